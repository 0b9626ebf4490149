// Collects neighbouring lines into one piece of text and knows the line of every offset in it.
import type { Segment } from '#contract/document.ts'
import { cutPoint } from './cutPoint.ts'
import type { LinePiece } from './lineSplitter.ts'

/** Longest segment in characters; longer paragraphs are cut at sentence or line ends. */
export const SEGMENT_CHARACTERS = 2000

/** Lines gathered for one segment. `take` empties it. */
export class LineBuffer {
  #text = ''
  #starts: { offset: number; line: number }[] = []

  get isEmpty(): boolean {
    return this.#text === ''
  }

  add(piece: LinePiece, text: string = piece.text): void {
    this.#starts.push({ offset: this.#text.length, line: piece.number })
    this.#text += text
  }

  /** Segments cut from the front while more than twice the longest segment is held. */
  takeOverflow(kind: Segment['kind'] & string): readonly Segment[] {
    return this.#takeWhile(2 * SEGMENT_CHARACTERS, kind)
  }

  /** Everything held, as segments. */
  take(kind: Segment['kind'] & string): readonly Segment[] {
    const segments = [...this.#takeWhile(SEGMENT_CHARACTERS, kind)]
    const last = this.#segment(0, this.#text.length, kind)
    if (last !== undefined) segments.push(last)
    this.#text = ''
    this.#starts = []
    return segments
  }

  #takeWhile(limit: number, kind: Segment['kind'] & string): readonly Segment[] {
    const segments: Segment[] = []
    while (this.#text.length > limit) {
      const end = cutPoint(this.#text, SEGMENT_CHARACTERS)
      const segment = this.#segment(0, end, kind)
      if (segment !== undefined) segments.push(segment)
      this.#drop(end)
    }
    return segments
  }

  /** The segment between two offsets without white space around it; undefined when nothing else is there. */
  #segment(start: number, end: number, kind: Segment['kind'] & string): Segment | undefined {
    const raw = this.#text.slice(start, end)
    const text = kind === 'code' ? raw.replace(/\s+$/, '').replace(/^(?:[ \t]*(?:\r\n|\r|\n))+/, '') : raw.trim()
    if (text.trim() === '') return undefined
    const from = start + raw.indexOf(text)
    const locator = { kind: 'lines', from: this.#lineAt(from), to: this.#lineAt(from + text.length - 1) } as const
    return { text, locator, kind }
  }

  #drop(end: number): void {
    const line = this.#lineAt(end)
    const rest = this.#starts.filter((start) => start.offset > end)
    this.#starts = [{ offset: 0, line }, ...rest.map((start) => ({ offset: start.offset - end, line: start.line }))]
    this.#text = this.#text.slice(end)
  }

  #lineAt(offset: number): number {
    let line = this.#starts[0]?.line ?? 1
    for (const start of this.#starts) {
      if (start.offset > offset) break
      line = start.line
    }
    return line
  }
}
