// Rows of a sheet to segments: neighbouring rows together, each segment with the exact range its cells stand in.
import type { Locator, Segment } from '#contract/document.ts'
import { cleanText, rowText } from '../sectionWriter.ts'
import { SEGMENT_CHARACTERS } from '../lineBuffer.ts'
import { cutRanges } from '../cutPoint.ts'
import { rangeName } from './cellRange.ts'

/** A cell with text; `column` counts from 1. */
export type Cell = { readonly column: number; readonly text: string }

/**
 * A text that hangs on a cell: a comment, a text box, a chart. Row and column count from 1. The text of one that says its
 * kind stands as it is to be written.
 */
export type SheetNote = {
  readonly row: number
  readonly column: number
  readonly text: string
  readonly kind?: 'table' | 'list-item'
}

type Row = { readonly number: number; readonly cells: readonly Cell[]; readonly characters: number }

/** Rows of one segment at most. */
const MOST_ROWS = 40
/** Empty columns kept between two cells; a wider gap says nothing more. */
const WIDEST_GAP = 12
/** A name is part of every locator of its sheet, so it is bounded. */
const LONGEST_NAME = 200

/**
 * Writes one sheet. Rows come from top to bottom with their cells from left to right; an empty row ends a segment. Notes
 * follow the segment of the rows they hang on.
 */
export class SheetWriter {
  readonly #sheet: string
  readonly #notes: SheetNote[]
  #notesWritten = 0
  #rows: Row[] = []
  #held = 0
  #segments: Segment[] = []
  #characters = 0

  /** `notes` are ordered by row. */
  constructor(sheet: string, notes: readonly SheetNote[] = []) {
    this.#notes = [...notes]
    this.#sheet = sheet.slice(0, LONGEST_NAME).toWellFormed()
  }

  /** Where the sheet begins. */
  get place(): Locator {
    return { kind: 'cells', sheet: this.#sheet, range: 'A1' }
  }

  /** Characters of all cells and notes so far. */
  get characters(): number {
    return this.#characters
  }

  /** A row by its number, from 1. Rows without text may be left away. */
  row(number: number, cells: readonly Cell[]): void {
    const filled = cells.filter(({ text }) => text.trim() !== '')
    if (filled.length === 0) return
    const characters = filled.reduce((sum, { text }) => sum + text.length + 1, 0)
    const last = this.#rows.at(-1)
    const isFull = this.#rows.length >= MOST_ROWS || this.#held + characters > SEGMENT_CHARACTERS
    if (last !== undefined && (isFull || number !== last.number + 1)) this.#close()
    if (this.#rows.length === 0) this.#writeNotes(number - 1)
    this.#rows.push({ number, cells: filled, characters })
    this.#held += characters
    this.#characters += characters
  }

  /** A text that hangs on a cell of the row that comes next; rows of such notes come from top to bottom, too. */
  note(note: SheetNote): void {
    if (this.#rows.length === 0) this.#writeNotes(note.row - 1)
    this.#notes.push(note)
  }

  /** The segments ended since the last call; `end` ends the one being gathered. */
  drain(end = false): readonly Segment[] {
    if (end) {
      this.#close()
      this.#writeNotes(Infinity)
    }
    const segments = this.#segments
    this.#segments = []
    return segments
  }

  #close(): void {
    const rows = this.#rows
    const [first, last] = [rows[0], rows.at(-1)]
    if (first === undefined || last === undefined) return
    let [left, right] = [Infinity, 0]
    for (const { cells } of rows) {
      for (const { column } of cells) [left, right] = [Math.min(left, column), Math.max(right, column)]
    }
    const range = rangeName([first.number, left], [last.number, right])
    const text = rows.map(({ cells }) => lineOf(cells, left)).join('\n')
    for (const { start, end } of cutRanges(text, 2 * SEGMENT_CHARACTERS)) {
      const part = text.slice(start, end).replace(/^\n+|\s+$/g, '')
      if (part !== '') {
        this.#segments.push({ text: part, locator: { kind: 'cells', sheet: this.#sheet, range }, kind: 'table' })
      }
    }
    this.#rows = []
    this.#held = 0
    this.#writeNotes(last.number)
  }

  #writeNotes(lastRow: number): void {
    for (;;) {
      const note = this.#notes[this.#notesWritten]
      if (note === undefined || note.row > lastRow) return
      this.#notesWritten += 1
      const text = note.kind === undefined ? cleanText(note.text) : note.text
      this.#characters += text.length
      const corner = [note.row, note.column] as const
      const locator: Locator = { kind: 'cells', sheet: this.#sheet, range: rangeName(corner, corner) }
      for (const { start, end } of cutRanges(text, SEGMENT_CHARACTERS)) {
        const part = note.kind === undefined ? text.slice(start, end).trim() : text.slice(start, end).trimEnd()
        if (part !== '') this.#segments.push({ text: part, locator, kind: note.kind ?? 'paragraph' })
      }
    }
  }
}

function lineOf(cells: readonly Cell[], left: number): string {
  const texts: string[] = []
  let column = left
  for (const cell of cells) {
    for (let gap = Math.min(WIDEST_GAP, cell.column - column); gap > 0; gap -= 1) texts.push('')
    texts.push(cell.text)
    column = cell.column + 1
  }
  return rowText(texts)
}
