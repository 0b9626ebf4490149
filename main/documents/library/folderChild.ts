// A child that looks after one folder: its messages one after the other, and its end when the drive does not answer.
import type { Host } from '../../host.ts'
import { watchMessage, type WatchMessage, type WatchRequest } from '../watchProtocol.ts'

/** What the child said, or that it is over: `silent` when its drive hangs, `ended` when the process went by itself. */
export type FolderEvent = WatchMessage | { readonly type: 'silent' } | { readonly type: 'ended' }

/** What a child is started with. `path` is all it may read. */
export type FolderChildNeeds = {
  readonly spawn: Host['spawn']
  readonly path: string
  /** Without a sign of life for so long, the drive counts as hung and the child is killed. */
  readonly silenceMilliseconds: number
}

const HEAP_MEGABYTES = 384

/**
 * Runs until `end`, which is safe to repeat, or until it tells `silent`, `ended` or `failed`. Events come one at a time:
 * the next is given when the handler of the one before is done.
 */
export class FolderChild {
  readonly #needs: FolderChildNeeds
  readonly #port: ReturnType<Host['spawn']>
  readonly #handle: (event: FolderEvent) => Promise<void>
  #silence: NodeJS.Timeout | undefined
  #isOver = false
  #isEnded = false
  #last: Promise<void> = Promise.resolve()

  constructor(needs: FolderChildNeeds, first: WatchRequest, handle: (event: FolderEvent) => Promise<void>) {
    this.#needs = needs
    this.#handle = handle
    this.#port = needs.spawn('reader', { heapMegabytes: HEAP_MEGABYTES, readablePaths: [needs.path] }) // ended in `end`
    this.#port.onMessage((message) => this.#receive(message))
    this.#port.onExit(() => this.#finish({ type: 'ended' }))
    this.#port.post(first)
    this.#listen()
  }

  post(request: WatchRequest): void {
    if (!this.#isOver) this.#port.post(request)
  }

  /** Ends the child; nothing is told any more. Answers when what it told before is dealt with. */
  end(): Promise<void> {
    this.#isOver = true
    this.#isEnded = true
    clearTimeout(this.#silence)
    this.#port.kill()
    return this.#last
  }

  #receive(message: unknown): void {
    if (this.#isOver) return
    const parsed = watchMessage.safeParse(message)
    if (!parsed.success) return this.#finish({ type: 'ended' })
    this.#listen()
    if (parsed.data.type === 'failed') return this.#finish(parsed.data)
    if (parsed.data.type !== 'alive') this.#pass(parsed.data)
  }

  #listen(): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#finish({ type: 'silent' }), this.#needs.silenceMilliseconds)
    this.#silence.unref()
  }

  #finish(event: FolderEvent): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#silence)
    this.#port.kill()
    this.#pass(event)
  }

  #pass(event: FolderEvent): void {
    this.#last = this.#last.then(() => (this.#isEnded ? undefined : this.#handle(event)))
  }
}
