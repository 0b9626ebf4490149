// One running reader: its messages in order, and what became of it when it went silent, grew too large or died.
import type { Failure } from '#contract/failures.ts'
import { failureOf } from '#contract/result.ts'
import type { ChildPort } from '../host.ts'
import type { MemoryOf } from './childMemory.ts'
import { readerMessage, type ReaderMessage, type ReaderRequest } from './protocol.ts'
import type { UploadedFile } from './uploadedFile.ts'

type Watch = {
  readonly heapMegabytes: number
  readonly memoryMegabytes: number
  readonly silenceSeconds: number
  readonly memoryOf: MemoryOf
}

type Need = Extract<ReaderMessage, { type: 'need' }>

/** What the reader says next, or that it was stopped or failed; after the last two nothing follows. */
export type ReaderEvent =
  | Exclude<ReaderMessage, { type: 'failed' | 'need' }>
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'stopped' }

const MEMORY_INTERVAL_MILLISECONDS = 200
/** Exit codes and signals by which V8 ends a process whose heap is full. */
const HEAP_EXIT_CODES = new Set([134, 5, -1073740791, 3221226505])
const HEAP_SIGNALS = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL'])

/**
 * Owns a reader process from its first message to its end. `end` must be called; it is safe to repeat. Ranges of
 * `upload`, the file it reads when that has no path, are answered here.
 */
export class ReaderChild {
  readonly #port: ChildPort
  readonly #name: string
  readonly #watch: Watch
  readonly #upload: UploadedFile | null
  readonly #events: ReaderEvent[] = []
  readonly #memoryTimer: NodeJS.Timeout
  #wake: (() => void) | null = null

  constructor(port: ChildPort, name: string, watch: Watch, upload: UploadedFile | null) {
    this.#port = port
    this.#name = name
    this.#watch = watch
    this.#upload = upload
    port.onMessage((message) => this.#receive(message))
    port.onExit((exit) => this.#put({ type: 'failed', failure: this.#exitFailure(exit) }))
    this.#memoryTimer = setInterval(() => void this.#checkMemory(), MEMORY_INTERVAL_MILLISECONDS)
  }

  post(request: ReaderRequest): void {
    this.#port.post(request)
  }

  /**
   * The next event. The clock for silence runs only while somebody waits here, so a slow consumer is never taken for
   * a hung reader.
   */
  async next(signal: AbortSignal): Promise<ReaderEvent> {
    const stop = () => this.#put({ type: 'stopped' })
    const seconds = this.#watch.silenceSeconds
    const silence = setTimeout(
      () => this.#fail(failureOf('reader-timeout', { name: this.#name, seconds })),
      seconds * 1000,
    )
    signal.addEventListener('abort', stop)
    try {
      if (signal.aborted) return { type: 'stopped' }
      while (this.#events.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
      return this.#events.shift() ?? { type: 'stopped' }
    } finally {
      signal.removeEventListener('abort', stop)
      clearTimeout(silence)
    }
  }

  end(): void {
    clearInterval(this.#memoryTimer)
    this.#port.kill()
  }

  #receive(message: unknown): void {
    const parsed = readerMessage.safeParse(message)
    // A reader that talks nonsense has been taken over or broken by what it reads.
    if (!parsed.success) this.#fail(failureOf('reader-crashed', { name: this.#name }))
    else if (parsed.data.type === 'need') this.#give(parsed.data)
    else this.#put(parsed.data)
  }

  #give({ id, offset, length }: Need): void {
    const upload = this.#upload
    if (upload === null || offset + length > upload.size) {
      this.#fail(failureOf('reader-crashed', { name: this.#name }))
    } else {
      this.post({ type: 'bytes', id, bytes: upload.read(offset, length) })
    }
  }

  async #checkMemory(): Promise<void> {
    const bytes = this.#port.pid === undefined ? null : await this.#watch.memoryOf(this.#port.pid)
    const limitMegabytes = this.#watch.memoryMegabytes
    if (bytes !== null && bytes > limitMegabytes * 2 ** 20) {
      this.#fail(failureOf('reader-out-of-memory', { name: this.#name, limitMegabytes }))
    }
  }

  #exitFailure(exit: { readonly code: number | null; readonly signal: string | null }): Failure {
    const heapFull = HEAP_EXIT_CODES.has(exit.code ?? 0) || HEAP_SIGNALS.has(exit.signal ?? '')
    const limitMegabytes = this.#watch.heapMegabytes
    return heapFull
      ? failureOf('reader-out-of-memory', { name: this.#name, limitMegabytes })
      : failureOf('reader-crashed', { name: this.#name })
  }

  #fail(failure: Failure): void {
    this.#put({ type: 'failed', failure })
    this.end()
  }

  #put(event: ReaderEvent): void {
    // What ends a reading overtakes what is still queued.
    if (event.type === 'stopped') this.#events.unshift(event)
    else this.#events.push(event)
    this.#wake?.()
    this.#wake = null
  }
}
