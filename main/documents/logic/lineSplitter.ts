// Cuts a stream of decoded text into lines at LF, CRLF and CR, with their numbers, across chunk borders.

/**
 * A line, or a part of one too long to hold. `text` includes its line break as it stands in the file; `ended` is false
 * for all parts of a line but its last.
 */
export type LinePiece = { readonly text: string; readonly number: number; readonly ended: boolean }

const LONGEST_PIECE = 16_384

/** Splits pushed text; `finish` gives what is left. Line numbers count from 1; a final line break opens no new line. */
export class LineSplitter {
  #pending = ''
  #number = 1

  /** Lines finished by this chunk. */
  push(chunk: string): readonly LinePiece[] {
    const text = this.#pending + chunk
    const pieces: LinePiece[] = []
    let start = 0
    for (const match of text.matchAll(/\r\n|\r|\n/g)) {
      const end = match.index + match[0].length
      // A CR at the very end may be half of a CRLF.
      if (match[0] === '\r' && end === text.length) break
      pieces.push({ text: text.slice(start, end), number: this.#number, ended: true })
      this.#number += 1
      start = end
    }
    this.#pending = text.slice(start)
    if (this.#pending.length > LONGEST_PIECE) pieces.push(this.#release())
    return pieces
  }

  /** The last line, if the text does not end in a line break. */
  finish(): readonly LinePiece[] {
    if (this.#pending === '') return []
    const piece = { text: this.#pending, number: this.#number, ended: true }
    this.#pending = ''
    this.#number += 1
    return [piece]
  }

  /** Lines seen in full so far; after `finish`, all of them. */
  get lines(): number {
    return this.#number - 1
  }

  #release(): LinePiece {
    // What may be half of a CRLF or of a surrogate pair stays behind.
    const last = this.#pending.charCodeAt(this.#pending.length - 1)
    const keep = last === 0x0d || (last >= 0xd800 && last <= 0xdbff) ? 1 : 0
    const text = this.#pending.slice(0, this.#pending.length - keep)
    this.#pending = this.#pending.slice(this.#pending.length - keep)
    return { text, number: this.#number, ended: false }
  }
}
