// Keeps what arrives until its one listener is there, so that nothing said early is lost.

/** A queue that ends with its first listener; from then on values go straight to it. */
export class Latch<T> {
  readonly #early: T[] = []
  #listener: ((value: T) => void) | undefined

  put(value: T): void {
    if (this.#listener === undefined) this.#early.push(value)
    else this.#listener(value)
  }

  listen(listener: (value: T) => void): void {
    this.#listener = listener
    for (const value of this.#early.splice(0)) listener(value)
  }
}
