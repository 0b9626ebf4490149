// What stands beside the cells of an Excel sheet: notes, threads of comments, text boxes, each with the cell it hangs on.
import { columnOf, MOST_COLUMNS, MOST_ROWS } from './cellRange.ts'
import { unescapeCell } from './sharedStrings.ts'
import type { Block } from './blocks.ts'
import { figureIn } from './figure.ts'
import { cleanText, grouped, rowText } from '../sectionWriter.ts'
import { indentAt } from '../listMarks.ts'
import type { SheetNote } from './sheetWriter.ts'
import type { Attributes } from './xmlValues.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

const LONGEST_AUTHOR = 100

/** Takes a part of notes (`comments1.xml`) or of threaded comments; `persons` names the authors of the latter by their id. */
export class XlsxComments implements XmlTaker {
  readonly #persons: ReadonlyMap<string, string>
  readonly #authors: string[] = []
  readonly #notes: SheetNote[] = []
  #comment: { readonly ref: string; readonly author: string; text: string } | null = null
  #inAuthor = false
  #inText = false
  #inPhonetic = false

  constructor(persons: ReadonlyMap<string, string>) {
    this.#persons = persons
  }

  /** The notes in the part's order; answers in a thread follow what they answer. */
  get notes(): readonly SheetNote[] {
    return this.#notes
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') this.#takeText(event.text)
    else if (event.kind === 'open') this.#open(event)
    else this.#close(event.name)
  }

  #open({ name, attributes }: XmlOpen): void {
    if (name === 'x:author') this.#authors.push('')
    if (name === 'x:comment' || name === 'tc:threadedComment') {
      this.#comment = { ref: attributes.ref ?? '', author: this.#authorOf(name, attributes), text: '' }
    }
    this.#mark(name, true)
  }

  #close(name: string): void {
    this.#mark(name, false)
    if (name !== 'x:comment' && name !== 'tc:threadedComment') return
    const comment = this.#comment
    this.#comment = null
    const cell = comment === null ? null : cellOf(comment.ref)
    if (comment === null || cell === null || comment.text.trim() === '') return
    const text = unescapeCell(comment.text).trim()
    // Excel writes the author's name into a note as its first line.
    const own = comment.author !== '' && text.startsWith(`${comment.author}:`)
    this.#notes.push({ ...cell, text: comment.author === '' || own ? `[${text}]` : `[${comment.author}: ${text}]` })
  }

  #mark(name: string, isOpen: boolean): void {
    if (name === 'x:author') this.#inAuthor = isOpen
    if (name === 'x:t' || name === 'tc:text') this.#inText = isOpen
    if (name === 'x:rPh') this.#inPhonetic = isOpen
  }

  #takeText(text: string): void {
    const last = this.#authors.length - 1
    if (this.#inAuthor && last >= 0)
      this.#authors[last] = `${this.#authors[last] ?? ''}${text}`.slice(0, LONGEST_AUTHOR)
    if (this.#inText && !this.#inPhonetic && this.#comment !== null) this.#comment.text += text
  }

  #authorOf(name: string, { authorId = '', personId = '' }: Attributes): string {
    const author = name === 'x:comment' ? this.#authors[Number(authorId)] : this.#persons.get(personId)
    return (author ?? '').trim().slice(0, LONGEST_AUTHOR)
  }
}

/** A chart or diagram on a sheet: the id it is referred to with, and the cell where it begins. */
export type SheetFigure = { readonly id: string; readonly row: number; readonly column: number }

/** Takes a sheet's drawing part: the text of every shape, one note each, at the cell where the shape begins; and its figures. */
export class XlsxDrawing implements XmlTaker {
  readonly #notes: SheetNote[] = []
  readonly #figures = new Map<string, SheetFigure>()
  readonly #path: string[] = []
  #cell = { row: 1, column: 1 }
  #text = ''
  #skipped = 0

  /** The texts in the part's order. */
  get notes(): readonly SheetNote[] {
    return this.#notes
  }

  /** The figures in the part's order, each once. */
  get figures(): readonly SheetFigure[] {
    return [...this.#figures.values()]
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') this.#takeText(event.text)
    else if (event.kind === 'open') {
      if (this.#skipped > 0 || event.name === 'mc:Fallback') this.#skipped += 1
      else this.#open(event)
    } else if (this.#skipped > 0) this.#skipped -= 1
    else this.#close(event.name)
  }

  #open(event: XmlOpen): void {
    const { name } = event
    this.#path.push(name)
    const id = figureIn(event)
    if (id !== null && !this.#figures.has(id)) this.#figures.set(id, { id, ...this.#cell })
    if (name.endsWith('Anchor')) this.#cell = { row: 1, column: 1 }
    if (name === 'a:br') this.#text += '\n'
  }

  #close(name: string): void {
    this.#path.pop()
    if (name === 'a:p') this.#text += '\n'
    if (name !== 'xdr:sp') return
    if (this.#text.trim() !== '') this.#notes.push({ ...this.#cell, text: this.#text.trim() })
    this.#text = ''
  }

  #takeText(text: string): void {
    if (this.#skipped > 0) return
    const [element, parent] = [this.#path.at(-1), this.#path.at(-2)]
    if (element === 'a:t') this.#text += text
    // Counted from 0; only where the shape begins says where it stands.
    if (parent !== 'xdr:from' || !/^\s*\d{1,7}\s*$/.test(text)) return
    if (element === 'xdr:row') this.#cell.row = Math.min(MOST_ROWS, Number(text) + 1)
    if (element === 'xdr:col') this.#cell.column = Math.min(MOST_COLUMNS, Number(text) + 1)
  }
}

/** What a figure says as notes at its cell: its words, its values as a table. */
export function figureNotes({ row, column }: SheetFigure, blocks: readonly Block[]): readonly SheetNote[] {
  return blocks.flatMap((block): SheetNote[] => {
    if (block.kind === 'table') {
      return grouped(block.rows.map(rowText)).map((text) => ({ row, column, text, kind: 'table' }))
    }
    const text = cleanText(block.text)
    return block.kind === 'list-item'
      ? [{ row, column, text: `${indentAt(block.depth)}${text}`, kind: 'list-item' }]
      : [{ row, column, text }]
  })
}

/** All that stands beside a sheet's cells, by row; a thread takes the place of the note Excel writes for older readers. */
export function sheetNotes(
  comments: readonly SheetNote[],
  threads: readonly SheetNote[],
  boxes: readonly SheetNote[],
): readonly SheetNote[] {
  const threaded = new Set(threads.map(({ row, column }) => `${row} ${column}`))
  const notes = comments.filter(({ row, column }) => !threaded.has(`${row} ${column}`))
  return [...notes, ...threads, ...boxes].toSorted((one, other) => one.row - other.row || one.column - other.column)
}

function cellOf(ref: string): { readonly row: number; readonly column: number } | null {
  const row = Number(/^[A-Z]{1,3}(\d{1,7})$/.exec(ref)?.[1] ?? 0)
  const column = columnOf(ref)
  return column === null || row < 1 || row > MOST_ROWS ? null : { row, column }
}
