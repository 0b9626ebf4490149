// Rows of a table in plain text to segments that know the range of cells they stand for.
import type { Segment } from '#contract/document.ts'
import { cutRanges } from '../cutPoint.ts'
import { SEGMENT_CHARACTERS } from '../lineBuffer.ts'
import { rowText } from '../sectionWriter.ts'

/** Takes rows in order; `sheet` is what their locators name. Rows and columns count as spreadsheets count them: from A1. */
export class CellRows {
  readonly #sheet: string
  #texts: string[] = []
  #characters = 0
  #first = 1
  #next = 1
  #columns = 0

  constructor(sheet: string) {
    this.#sheet = sheet
  }

  /** Rows taken so far. */
  get rows(): number {
    return this.#next - 1
  }

  /** The segments a row completes. A header is a segment of its own. */
  push(cells: readonly string[], isHeader = false): readonly Segment[] {
    const text = rowText(cells)
    const isFull = this.#characters + text.length >= SEGMENT_CHARACTERS
    const done = isHeader || isFull ? this.finish() : []
    this.#texts.push(text)
    this.#characters += text.length + 1
    this.#columns = Math.max(this.#columns, cells.length)
    this.#next += 1
    return isHeader ? [...done, ...this.#take('heading')] : done
  }

  /** What is held back. */
  finish(): readonly Segment[] {
    return this.#take('table')
  }

  #take(kind: 'heading' | 'table'): readonly Segment[] {
    const text = this.#texts.filter((row) => row !== '').join('\n')
    const range = `A${this.#first}:${columnName(Math.max(this.#columns, 1))}${this.#next - 1}`
    this.#texts = []
    this.#characters = 0
    this.#columns = 0
    this.#first = this.#next
    if (text.trim() === '') return []
    const locator = { kind: 'cells', sheet: this.#sheet, range } as const
    return cutRanges(text, SEGMENT_CHARACTERS).map(({ start, end }) => ({
      text: text.slice(start, end).trim(),
      locator,
      kind,
    }))
  }
}

/** The letters of a column; 1 is A, 27 is AA. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}
