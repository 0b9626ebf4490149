// Joins generated text so that the first piece goes out at once and then at most thirty a second.

const intervalMilliseconds = 33

/** Collects deltas and posts them; `end` posts what is left. */
export class DeltaStream {
  readonly #post: (delta: string) => void
  #pending = ''
  #timer: NodeJS.Timeout | undefined
  #first = true

  constructor(post: (delta: string) => void) {
    this.#post = post
  }

  push(delta: string): void {
    this.#pending += delta
    if (this.#first) {
      this.#first = false
      this.#flush()
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#flush()
    }, intervalMilliseconds)
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#flush()
  }

  #flush(): void {
    if (this.#pending === '') return
    const delta = this.#pending
    this.#pending = ''
    this.#post(delta)
  }
}
