// Counts the rows of a table in plain text ahead of reading it, and tells whether its quotes can be trusted.

/** Longest row in characters; one that goes on for longer begins with a stray quote. */
export const LONGEST_ROW = 1_048_576

/** Takes decoded text in order. */
export class RowCount {
  readonly #delimiter: number
  #quoted = false
  #fresh = true
  #empty = true
  #length = 0
  #rows = 0
  #lines = 0
  #trusted = true
  #afterBreak = true

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0)
  }

  push(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      const sign = text.charCodeAt(at)
      const isBreak = sign === 0x0a
      this.#afterBreak = isBreak
      if (isBreak) this.#lines += 1
      if (isBreak && !this.#quoted) {
        this.#rows += 1
        this.#begin()
        continue
      }
      this.#length += 1
      if (this.#length > LONGEST_ROW && this.#quoted) this.#distrust()
      if (sign === 0x22 && (this.#quoted || this.#fresh)) this.#quoted = !this.#quoted
      this.#fresh = sign === this.#delimiter && !this.#quoted
      if (sign !== 0x0d) this.#empty = false
    }
  }

  /** Rows, empty ones included, and whether every quote that opens is closed. */
  finish(): { readonly rows: number; readonly quotes: boolean } {
    if (this.#quoted) this.#distrust()
    if (!this.#trusted) return { rows: this.#lines + (this.#afterBreak ? 0 : 1), quotes: false }
    return { rows: this.#rows + (this.#empty ? 0 : 1), quotes: true }
  }

  #begin(): void {
    this.#fresh = true
    this.#empty = true
    this.#length = 0
  }

  #distrust(): void {
    this.#trusted = false
    this.#quoted = false
  }
}
