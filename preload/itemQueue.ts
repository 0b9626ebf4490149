// Items that arrive on their own, read as a stream that can be left at any time.
import { ok, type Result, type Stream } from '#contract/result.ts'

type Step<T> = IteratorResult<T, Result<void>>

/**
 * A stream fed from outside: `put` and `end` are the writer's, the generator methods the reader's. Unlike a generator
 * function it can be left while a read is pending. `onLeave` runs when the reader goes before the end.
 */
export class ItemQueue<T> implements Stream<T> {
  readonly #onLeave: () => void
  readonly #steps: Step<T>[] = []
  readonly #readers: ((step: Step<T>) => void)[] = []
  #ending: Result<void> | null = null

  constructor(onLeave: () => void) {
    this.#onLeave = onLeave
  }

  /** Adds an item; ignored after the end. */
  put(item: T): void {
    if (this.#ending !== null) return
    const reader = this.#readers.shift()
    if (reader === undefined) this.#steps.push({ done: false, value: item })
    else reader({ done: false, value: item })
  }

  /** Ends the stream after the items already in it. */
  end(result: Result<void>): void {
    if (this.#ending !== null) return
    this.#ending = result
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: result })
  }

  async next(): Promise<Step<T>> {
    const step = this.#steps.shift()
    if (step !== undefined) return step
    const ending = this.#ending
    if (ending !== null) return { done: true, value: ending }
    return new Promise((resolve) => this.#readers.push(resolve))
  }

  async return(value: Result<void> | PromiseLike<Result<void>>): Promise<Step<T>> {
    const open = this.#ending === null
    this.#steps.length = 0
    this.end((await value) ?? ok(undefined))
    if (open) this.#onLeave()
    return { done: true, value: this.#ending ?? ok(undefined) }
  }

  async throw(error: unknown): Promise<Step<T>> {
    await this.return(ok(undefined))
    throw error
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return(ok(undefined))
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
