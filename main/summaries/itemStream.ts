// A stream fed from outside: items are pushed, a reader takes them, and either side may end it.
import { ok, type Result, type Stream } from '#contract/result.ts'

type Step<T> = IteratorResult<T, Result<void>>

/**
 * Unlike a generator function it can be left while it waits: `return` ends it at once. `onLeft` runs once, whoever ended
 * it. Nothing pushed after the end arrives.
 */
export class ItemStream<T> implements Stream<T> {
  readonly #items: T[] = []
  readonly #onLeft: () => void
  #ending: Result<void> | undefined
  #fault: { readonly error: unknown } | undefined
  readonly #waiting: { resolve(step: Step<T>): void; reject(error: unknown): void }[] = []

  constructor(onLeft: () => void) {
    this.#onLeft = onLeft
  }

  /** True once it ended or was left. */
  get ended(): boolean {
    return this.#ending !== undefined
  }

  /** Adds an item. */
  push(item: T): void {
    if (this.#ending !== undefined) return
    const waiting = this.#waiting.shift()
    if (waiting === undefined) this.#items.push(item)
    else waiting.resolve({ done: false, value: item })
  }

  /** Ends the stream after the items already pushed, with how it ended. */
  end(ending: Result<void>): void {
    if (this.#ending !== undefined) return
    this.#ending = ending
    for (const waiting of this.#waiting.splice(0)) waiting.resolve({ done: true, value: ending })
    this.#onLeft()
  }

  /** Ends the stream because its feeder threw, which is a bug: whoever reads on is thrown the same error. */
  breakOff(error: unknown): void {
    if (this.#ending === undefined && this.#waiting.length === 0) this.#fault = { error }
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error)
    this.end(ok(undefined))
  }

  /** The next item, or how the stream ended. */
  next(): Promise<Step<T>> {
    const item = this.#items.shift()
    if (item !== undefined) return Promise.resolve({ done: false, value: item })
    if (this.#fault !== undefined) return this.#thrown(this.#fault.error)
    if (this.#ending !== undefined) return Promise.resolve({ done: true, value: this.#ending })
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  /** Leaves the stream; whoever feeds it goes on. */
  return(value: Result<void> | PromiseLike<Result<void>>): Promise<Step<T>> {
    this.#items.length = 0
    this.end(ok(undefined))
    return Promise.resolve(value).then((ending) => ({ done: true, value: ending }))
  }

  /** Leaves the stream because its reader failed. */
  throw(error: unknown): Promise<Step<T>> {
    this.#items.length = 0
    this.end(ok(undefined))
    return Promise.reject(error instanceof Error ? error : new Error('the reader of a stream failed'))
  }

  #thrown(error: unknown): Promise<never> {
    this.#fault = undefined
    return Promise.reject(error instanceof Error ? error : new Error('the feeder of a stream failed'))
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Leaves the stream. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.return(ok(undefined))
  }
}
