// Turns a flood of text deltas into few frames: the first at once, then at most thirty a second, nothing lost.

/** Runs a callback after so many milliseconds; the answer takes it back. */
export type Schedule = (callback: () => void, milliseconds: number) => () => void

/** What a batcher needs: where items go, the clock in milliseconds, and a timer. */
export type DeltaBatcherOptions = {
  readonly post: (item: unknown) => void
  readonly now: () => number
  readonly schedule: Schedule
}

/** The shortest time between two text frames of one stream, in milliseconds. */
export const frameMilliseconds = 1000 / 30

type TextItem = { readonly type: 'text'; readonly text: string }

function isText(item: unknown): item is TextItem {
  if (typeof item !== 'object' || item === null) return false
  return 'type' in item && item.type === 'text' && 'text' in item && typeof item.text === 'string'
}

/**
 * Joins consecutive `text` items of one stream. Other items pass at once, after the text before them, so order holds.
 * Whoever makes one calls `flush` at the stream's end.
 */
export class DeltaBatcher {
  readonly #options: DeltaBatcherOptions
  #pending: string[] = []
  #lastPostedAt = Number.NEGATIVE_INFINITY
  #unschedule: (() => void) | undefined

  constructor(options: DeltaBatcherOptions) {
    this.#options = options
  }

  /** Takes the next item. */
  add(item: unknown): void {
    if (!isText(item)) {
      this.flush()
      this.#options.post(item)
      return
    }
    this.#pending.push(item.text)
    // A clock that was set back must not hold text up.
    const wait = Math.min(frameMilliseconds, this.#lastPostedAt + frameMilliseconds - this.#options.now())
    if (wait <= 0) this.flush()
    else this.#unschedule ??= this.#options.schedule(() => this.flush(), Math.ceil(wait))
  }

  /** Posts what waits, now. */
  flush(): void {
    this.#cancelTimer()
    if (this.#pending.length === 0) return
    const text = this.#pending.join('')
    this.#pending = []
    this.#lastPostedAt = this.#options.now()
    this.#options.post({ type: 'text', text })
  }

  #cancelTimer(): void {
    this.#unschedule?.()
    this.#unschedule = undefined
  }
}
