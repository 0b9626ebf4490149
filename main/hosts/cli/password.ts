// A document's password: the first line of a file, of what is piped in, or typed without being shown. Never an argument.
import { open } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Translator } from '../node/translator.ts'
import type { Terminal } from './terminal.ts'

/** Where a person types, or what is piped in; `process.stdin` is one. */
export type Keyboard = NodeJS.ReadableStream & { readonly isTTY?: boolean }

/** What is needed to ask. `signal` is aborted by Ctrl+C. */
type Asking = {
  readonly terminal: Terminal
  readonly translator: Translator
  readonly keyboard: Keyboard
  readonly signal: AbortSignal
}

/** What `--password-file` asks for: a file by absolute path, the keyboard, or no password at all. */
export type PasswordFrom = { readonly file: string } | 'keyboard' | null

/** A password's longest line with room to spare, in bytes. */
const MOST_BYTES = 8192

/** Reads the option's value; `-` is the keyboard. */
export function passwordFrom(value: string | null, cwd: string): PasswordFrom {
  if (value === null) return null
  return value === '-' ? 'keyboard' : { file: path.resolve(cwd, value) }
}

/**
 * The password; undefined where none was asked for or an empty line was given. null when typing was stopped by Ctrl+C.
 * Failures: `file-missing`, `file-unreadable`, `file-empty`.
 */
export async function readPassword(
  from: PasswordFrom,
  { terminal, translator, keyboard, signal }: Asking,
): Promise<Result<string | undefined | null>> {
  if (from === null) return ok(undefined)
  if (from !== 'keyboard') return firstLine(from.file)
  const isTyped = keyboard.isTTY === true
  if (isTyped) terminal.ask(translator.say('cli.password'))
  const line = await nextLine(keyboard, isTyped, signal)
  if (isTyped) terminal.note('')
  return ok(line === '' ? undefined : line)
}

async function firstLine(file: string): Promise<Result<string>> {
  const name = path.basename(file)
  try {
    const handle = await open(file) // closed in `finally`
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, null)
      const text = new TextDecoder().decode(buffer.subarray(0, bytesRead))
      const line = text.split(/\r?\n/, 1)[0] ?? ''
      return line === '' ? fail('file-empty', { name }) : ok(line)
    } finally {
      await handle.close()
    }
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException // as: what the file system rejects with
    return code === 'ENOENT' ? fail('file-missing', { name }) : fail('file-unreadable', { name, reason: code })
  }
}

/** One line; what is typed goes to no output. null after Ctrl+C. */
function nextLine(keyboard: Keyboard, isTyped: boolean, signal: AbortSignal): Promise<string | null> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: keyboard, output: nowhere, terminal: isTyped }) // closed by `end`
  return new Promise((resolve) => {
    function end(line: string | null): void {
      signal.removeEventListener('abort', stop)
      lines.removeAllListeners()
      lines.close()
      resolve(line)
    }
    function stop(): void {
      end(null)
    }
    lines.once('line', end)
    lines.once('SIGINT', stop)
    lines.once('close', () => end(''))
    signal.addEventListener('abort', stop)
  })
}
