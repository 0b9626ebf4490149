// Blocks of a flowing document, and the frames they are gathered in while their end is still to come.
import type { SectionWriter } from '../sectionWriter.ts'

/** A finished block. `level` 0 is the document's title; `depth` counts the lists around an item. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph' | 'code'; readonly text: string }
  | { readonly kind: 'list-item'; readonly depth: number; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly continues: boolean }

/** Columns of one row kept apart; beyond them only text counts. */
const MOST_CELLS = 1000
/** Rows held before they are written out. */
const MOST_ROWS = 200
/** Columns one cell may be said to span. */
const MOST_SPAN = 64

/** A table being read, row by row. */
export class TableFrame {
  #rows: string[][] = []
  #row: string[] = []
  #cell: string[] = []
  #written = false

  /** A piece of text in the current cell. */
  add(text: string): void {
    if (text.trim() !== '') this.#cell.push(text)
  }

  /** Ends a cell that spans `columns`; those it covers stay empty. */
  endCell(columns = 1): void {
    const text = this.#cell.join(' ')
    this.#cell = []
    if (this.#row.length < MOST_CELLS || text !== '') this.#row.push(text)
    const covered = Math.min(MOST_SPAN, columns || 1, MOST_CELLS - this.#row.length)
    for (let column = 1; column < covered; column += 1) this.#row.push('')
  }

  /** Ends a row; `keep` is false for one that was deleted. */
  endRow(keep = true): void {
    if (keep && this.#row.some((cell) => cell !== '')) this.#rows.push(this.#row)
    this.#row = []
  }

  /** The rows so far once they are many, so that no table is held whole. */
  overflow(): Block | null {
    return this.#rows.length < MOST_ROWS ? null : this.take()
  }

  /** The rows not yet taken. */
  take(): Block {
    const block: Block = { kind: 'table', rows: this.#rows, continues: this.#written }
    this.#written = this.#written || this.#rows.length > 0
    this.#rows = []
    return block
  }
}

/** A block as running text, for where it stands inside another one. */
export function textOf(block: Block): string {
  if (block.kind !== 'table') return block.text
  return block.rows.map((row) => row.filter((cell) => cell !== '').join(' ')).join(' ')
}

/** Writes a block as what it is. */
export function writeBlock(writer: SectionWriter, block: Block): void {
  if (block.kind === 'table') writer.table(block.rows, block.continues)
  else if (block.kind === 'list-item') writer.item(block.depth, block.text)
  else if (block.kind !== 'heading') writer.block(block.kind, block.text)
  else if (block.level === 0) writer.title(block.text)
  else writer.heading(block.level, block.text)
}
