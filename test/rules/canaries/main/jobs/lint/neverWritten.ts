// Canary: this file must be refused.
/** Holds. */
export class NeverWritten {
  #count = 1

  /** The count. */
  count(): number {
    return this.#count
  }
}
// canary: lint @typescript-eslint/prefer-readonly
