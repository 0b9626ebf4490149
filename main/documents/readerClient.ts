// The app's side of the reader: one short-lived process per file, watched for time and memory, always ended.
import { constants, setPriority } from 'node:os'
import path from 'node:path'
import type { Coverage, ReadItem } from '#contract/document.ts'
import { maxDocumentBytes } from '#contract/protocol.ts'
import { ok, type Stream } from '#contract/result.ts'
import type { ChildPort, Host } from '../host.ts'
import { memoryFromProc, type MemoryOf } from './childMemory.ts'
import { ReaderChild } from './readerChild.ts'
import type { ReaderLimits, ReaderMessage, ReadSource } from './protocol.ts'
import type { UploadedFile } from './uploadedFile.ts'

/** What a reading may take. Times in seconds, memory in MiB; the defaults are `readerDefaults`. */
export type ReaderOptions = {
  readonly limits: ReaderLimits
  readonly heapMegabytes: number
  readonly memoryMegabytes: number
  /** Without a sign of life for so long, a reader is given up. */
  readonly silenceSeconds: number
  readonly memoryOf: MemoryOf
  /** Gives way to everything else that wants the processor, and so may be silent for longer. */
  readonly isBackground: boolean
  /** For a document that needs one; used once and kept nowhere. */
  readonly password?: string | undefined
}

/** 1 GiB files, 100 MB texts, 10,000 pages, 20 million characters of a PDF, 512 MiB of heap, 1 GiB in all, a minute. */
export const readerDefaults: ReaderOptions = {
  limits: { fileBytes: maxDocumentBytes, textBytes: 100_000_000, pages: 10_000, characters: 20_000_000 },
  heapMegabytes: 512,
  memoryMegabytes: 1024,
  silenceSeconds: 60,
  memoryOf: memoryFromProc,
  isBackground: false,
}

/** A reader that gives way waits for its turn so many times as long, and is not hung for that. */
const BACKGROUND_PATIENCE = 3

/** Items of a reading: the contract's, with the title where it ends. */
export type ReaderItem =
  | Extract<ReadItem, { type: 'opened' | 'progress' | 'segments' }>
  | (Extract<ReadItem, { type: 'finished' }> & { readonly title: string | null })

/**
 * Reads a file, by absolute path or from memory, in a process of its own, which is gone when the stream ends, however
 * it ends. Aborting ends the stream
 * with `finished` and reason `stopped`. Failures: all of `readerFailure` in the protocol, `reader-timeout`,
 * `reader-out-of-memory`, `reader-crashed`.
 */
export async function* readDocument(
  spawn: Host['spawn'],
  file: string | UploadedFile,
  signal: AbortSignal,
  options: Partial<ReaderOptions> = {},
): Stream<ReaderItem> {
  const given = { ...readerDefaults, ...options }
  const settings = given.isBackground ? { ...given, silenceSeconds: given.silenceSeconds * BACKGROUND_PATIENCE } : given
  const progress = new Tally()
  if (signal.aborted) return yield* stopped(progress)
  const upload = typeof file === 'string' ? null : file
  const readablePaths = typeof file === 'string' ? [file] : []
  const port: ChildPort = spawn('reader', { heapMegabytes: settings.heapMegabytes, readablePaths })
  if (settings.isBackground) giveWay(port.pid)
  const child = new ReaderChild(port, nameOf(file), settings, upload) // ended in `finally`
  try {
    const { limits, password } = settings
    child.post({ type: 'read', source: sourceOf(file), limits, ...(password === undefined ? {} : { password }) })
    for (;;) {
      const event = await child.next(signal)
      if (event.type === 'stopped') return yield* stopped(progress)
      if (event.type === 'failed') return { ok: false, failure: event.failure }
      const item = progress.take(event)
      if (item === null) continue
      yield item
      if (item.type === 'finished') return ok(undefined)
      if (item.type === 'segments') child.post({ type: 'more' })
    }
  } finally {
    child.end()
  }
}

/** A process that has gone already, or a system that refuses, is no reason not to read. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    return
  }
}

function nameOf(file: string | UploadedFile): string {
  return typeof file === 'string' ? path.basename(file) : file.name
}

function sourceOf(file: string | UploadedFile): ReadSource {
  return typeof file === 'string' ? { kind: 'path', path: file } : { kind: 'bytes', name: file.name, size: file.size }
}

async function* stopped(progress: Tally): Stream<ReaderItem> {
  yield { type: 'finished', reason: 'stopped', coverage: progress.coverage, title: null }
  return ok(undefined)
}

/** Keeps count of what was read, for readings that are stopped. */
class Tally {
  coverage: Coverage = { unit: 'line', total: 0, read: 0, withoutText: [] }

  take(message: Exclude<ReaderMessage, { type: 'failed' | 'need' }>): ReaderItem | null {
    if (message.type === 'alive') return null
    if (message.type === 'finished') return { ...message, reason: 'complete' }
    if (message.type !== 'progress') return message
    const { withoutText, ...item } = message
    this.coverage = {
      unit: item.unit,
      total: item.total,
      read: item.read,
      withoutText: [...this.coverage.withoutText, ...withoutText],
    }
    return item
  }
}
