// The log on plain Node: JSON lines in the data folder, turned over by size, holding codes and counts and nothing a person wrote.
import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import type { LogFields, Logger } from '../../host.ts'

/** A logger whose lines are on disk once `flush` resolves. */
export type FileLogger = Logger & { flush(): Promise<void> }

/** Where to log. `limitBytes` is where a new file begins, `keep` how many old ones stay. */
export type FileLoggerOptions = {
  /** The data folder, absolute; it must exist before anything is written, and is never made here. */
  readonly folder: string
  readonly now: () => Date
  readonly limitBytes?: number
  readonly keep?: number
}

/** A longer value is text, whatever it was meant to be, and text does not belong in a log. */
const longestValue = 120

/** Lines held back while the folder is not there yet. */
const mostWaiting = 1000

/** A logger that keeps nothing. */
export function createNoLogger(): FileLogger {
  const nothing = () => undefined
  return { info: nothing, warn: nothing, error: nothing, flush: async () => undefined }
}

/** Logs to `logs/sotto.log`; where that cannot be written, lines are lost and nothing else happens. */
export function createFileLogger(options: FileLoggerOptions): FileLogger {
  const { folder, now, limitBytes = 1_000_000, keep = 3 } = options
  const file = path.join(folder, 'logs', 'sotto.log')
  let waiting: string[] = []
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    if (waiting.length === 0) return
    const lines = waiting
    waiting = []
    try {
      await turnOver(file, limitBytes, keep)
      await appendFile(file, lines.join(''), { mode: 0o600 })
    } catch (error) {
      if (await madeFolder(error, path.dirname(file))) await appendFile(file, lines.join(''), { mode: 0o600 })
      else waiting = [...lines, ...waiting].slice(-mostWaiting)
    }
  }

  function log(level: string, event: string, fields: LogFields = {}): void {
    waiting.push(`${JSON.stringify({ at: now().toISOString(), level, event, ...short(fields) })}\n`)
    writing = writing.then(write).catch(() => undefined)
  }

  return {
    info: (event, fields) => log('info', event, fields),
    warn: (event, fields) => log('warn', event, fields),
    error: (event, fields) => log('error', event, fields),
    flush: () => writing,
  }
}

function short(fields: LogFields): LogFields {
  const entries = Object.entries(fields).map(([name, value]) => {
    const long = typeof value === 'string' && value.length > longestValue
    return [name, long ? `(${value.length} characters)` : value] as const
  })
  return Object.fromEntries(entries)
}

async function madeFolder(error: unknown, folder: string): Promise<boolean> {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') return false
  try {
    await mkdir(folder, { mode: 0o700 })
    return true
  } catch {
    return false
  }
}

async function turnOver(file: string, limitBytes: number, keep: number): Promise<void> {
  const { size } = await stat(file)
  if (size < limitBytes) return
  for (let age = keep; age > 1; age -= 1) await rename(`${file}.${age - 1}`, `${file}.${age}`).catch(() => undefined)
  await rename(file, `${file}.1`)
}
