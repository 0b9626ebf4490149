// A table of a page while it is read: rows of cells, unless it turns out to be there for the layout only.
import type { Attributes } from './htmlElements.ts'

/** A finished block of a page; `level` counts from 1, `depth` the lists around an item. */
export type HtmlBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph' | 'code'; readonly text: string }
  | { readonly kind: 'list-item'; readonly depth: number; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }

/** A cell with more than this reads as text, not as a figure. */
const LONGEST_CELL = 1500
const MOST_SPAN = 64

/** Gathers the blocks of every cell; `finish` answers one table, or the blocks one after the other. */
export class HtmlTable {
  readonly #blocks: HtmlBlock[] = []
  readonly #rows: string[][] = []
  #laysOut: boolean
  #row: string[] | null = null
  #spans = 1
  #caption = ''

  constructor(attributes: Attributes) {
    this.#laysOut = attributes['role'] === 'presentation' || attributes['role'] === 'none'
  }

  openRow(): void {
    this.#rows.push([])
  }

  /** Begins a cell that spans `columns`; those it covers before the next one stay empty. */
  openCell(columns: number): void {
    if (this.#rows.length === 0) this.#rows.push([])
    const row = this.#rows.at(-1) ?? []
    if (this.#row === row) for (let covered = 1; covered < this.#spans; covered += 1) row.push('')
    row.push('')
    this.#spans = Number.isInteger(columns) && columns > 1 ? Math.min(columns, MOST_SPAN) : 1
    this.#row = row
  }

  add(block: HtmlBlock): void {
    this.#blocks.push(block)
    if (block.kind === 'table' || block.kind === 'heading') this.#laysOut = true
    else this.#addText(block.text)
  }

  finish(): readonly HtmlBlock[] {
    const columns = this.#rows.reduce((most, row) => Math.max(most, row.length), 0)
    if (this.#laysOut || columns < 2) return this.#blocks
    const caption: readonly HtmlBlock[] = this.#caption === '' ? [] : [{ kind: 'paragraph', text: this.#caption }]
    return [...caption, { kind: 'table', rows: this.#rows }]
  }

  #addText(text: string): void {
    const row = this.#row
    if (row === null) {
      this.#caption = this.#caption === '' ? text : `${this.#caption} ${text}`
      return
    }
    const at = row.length - 1
    const cell = row[at] ?? ''
    row[at] = cell === '' ? text : `${cell} ${text}`
    if ((row[at] ?? '').length > LONGEST_CELL) this.#laysOut = true
  }
}
