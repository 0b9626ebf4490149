// Plain text to paragraph-sized segments: blank lines and form feeds separate, line breaks inside stay as they are.
import type { Segment } from '#contract/document.ts'
import { LineBuffer } from './lineBuffer.ts'
import type { LinePiece } from './lineSplitter.ts'

/** Takes lines in order and answers the segments they complete. */
export class TextParagraphs {
  readonly #buffer = new LineBuffer()

  push(piece: LinePiece): readonly Segment[] {
    if (piece.ended && piece.text.trim() === '' && !this.#continuesLine) return this.#buffer.take('paragraph')
    const before = piece.text.startsWith('\f') && !this.#continuesLine ? this.#buffer.take('paragraph') : []
    this.#continuesLine = !piece.ended
    this.#buffer.add(piece)
    return [...before, ...this.#buffer.takeOverflow('paragraph')]
  }

  finish(): readonly Segment[] {
    return this.#buffer.take('paragraph')
  }

  #continuesLine = false
}
