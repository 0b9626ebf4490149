// OpenDocument's sheets: cells' values row by row, with repetitions bounded by what is really there.
import type { Locator, Segment } from '#contract/document.ts'
import { MOST_COLUMNS, MOST_ROWS } from './cellRange.ts'
import { OdsAnnotation } from './odsAnnotation.ts'
import type { OdfStyles } from './odfStyles.ts'
import { SheetWriter, type Cell } from './sheetWriter.ts'
import type { Attributes } from './xmlValues.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

/** A sheet that has been read; `number` counts from 1, `place` is where it begins. */
export type OdsSheet = {
  readonly number: number
  readonly isHidden: boolean
  readonly isEmpty: boolean
  readonly place: Locator
}

/** Times a cell or row with text is written; programs repeat to the sheet's edge to save room. */
const MOST_REPEATS = 100
const MOST_REPEATED_CHARACTERS = 20_000

const SKIPPED: ReadonlySet<string> = new Set(['table:shapes', 'draw:frame', 'table:tracked-changes', 'text:ruby-text'])

type OpenCell = { readonly repeats: number; readonly attributes: Attributes; text: string; paragraphs: number }

/** Takes the body of a spreadsheet. */
export class OdsSheets implements XmlTaker {
  readonly #styles: OdfStyles
  readonly #sheets: OdsSheet[] = []
  #segments: Segment[] = []
  #writer: SheetWriter | null = null
  #isHidden = false
  #count = 0
  #characters = 0
  #row = 0
  #rowRepeats = 1
  #column = 0
  #cells: Cell[] = []
  #cell: OpenCell | null = null
  #annotation: OdsAnnotation | null = null
  #skipped = 0
  #isCut = false

  constructor(styles: OdfStyles) {
    this.#styles = styles
  }

  /** Characters of all cells so far. */
  get characters(): number {
    return this.#characters + (this.#writer?.characters ?? 0) + (this.#cell?.text.length ?? 0)
  }

  /** Whether a repetition was cut short. */
  get isCut(): boolean {
    return this.#isCut
  }

  /** Segments and sheets ended since the last call. */
  drain(): { readonly segments: readonly Segment[]; readonly sheets: readonly OdsSheet[] } {
    const segments = [...this.#segments, ...(this.#writer?.drain() ?? [])]
    this.#segments = []
    return { segments, sheets: this.#sheets.splice(0) }
  }

  take(event: XmlEvent): void {
    if (this.#annotation !== null) this.#takeNote(this.#annotation, event)
    else if (event.kind === 'text') {
      if (this.#skipped === 0 && this.#cell !== null && this.#cell.paragraphs > 0) this.#cell.text += event.text
    } else if (event.kind === 'open') {
      if (this.#skipped > 0 || SKIPPED.has(event.name)) this.#skipped += 1
      else if (event.name === 'office:annotation') this.#takeNote(new OdsAnnotation(), event)
      else this.#open(event)
    } else if (this.#skipped > 0) this.#skipped -= 1
    else this.#close(event.name)
  }

  /** A comment hangs on the cell it stands in, once however often the cell repeats. */
  #takeNote(annotation: OdsAnnotation, event: XmlEvent): void {
    annotation.take(event)
    this.#annotation = annotation.isWhole ? null : annotation
    if (!annotation.isWhole || annotation.text === '' || this.#cell === null) return
    const row = Math.min(MOST_ROWS, this.#row + 1)
    this.#writer?.note({ row, column: Math.min(MOST_COLUMNS, this.#column + 1), text: annotation.text })
  }

  #open({ name, attributes }: XmlOpen): void {
    switch (name) {
      case 'table:table':
        this.#count += 1
        this.#row = 0
        this.#isHidden = this.#styles.isHidden('table', attributes['table:style-name'])
        this.#writer = new SheetWriter(attributes['table:name'] ?? '')
        return
      case 'table:table-row':
        this.#rowRepeats = repeats(attributes['table:number-rows-repeated'], MOST_ROWS)
        this.#column = 0
        return
      case 'table:table-cell':
      case 'table:covered-table-cell': {
        const times = repeats(attributes['table:number-columns-repeated'], MOST_COLUMNS)
        this.#cell = { repeats: times, attributes, text: '', paragraphs: 0 }
        return
      }
      case 'text:p':
        if (this.#cell !== null && (this.#cell.paragraphs += 1) > 1) this.#cell.text += ' '
        return
      case 'text:s':
      case 'text:tab':
      case 'text:line-break':
        if (this.#cell !== null) this.#cell.text += ' '
    }
  }

  #close(name: string): void {
    if (name === 'table:table-cell' || name === 'table:covered-table-cell') this.#endCell()
    else if (name === 'table:table-row') this.#endRow()
    else if (name === 'table:table') this.#endSheet()
  }

  #endCell(): void {
    const cell = this.#cell
    this.#cell = null
    if (cell === null) return
    const text = shown(cell)
    const times = text === '' ? 0 : timesOf(cell.repeats, text.length)
    if (text !== '' && times < cell.repeats) this.#isCut = true
    for (let at = 1; at <= times; at += 1) this.#cells.push({ column: this.#column + at, text })
    this.#column = Math.min(MOST_COLUMNS, this.#column + cell.repeats)
  }

  #endRow(): void {
    const characters = this.#cells.reduce((sum, { text }) => sum + text.length, 0)
    const times = characters === 0 ? 0 : timesOf(this.#rowRepeats, characters)
    if (times > 0 && times < this.#rowRepeats) this.#isCut = true
    for (let at = 1; at <= times; at += 1) this.#writer?.row(this.#row + at, this.#cells)
    this.#row += this.#rowRepeats
    this.#cells = []
  }

  #endSheet(): void {
    const writer = this.#writer
    if (writer === null) return
    this.#segments.push(...writer.drain(true))
    const { characters, place } = writer
    this.#sheets.push({ number: this.#count, isHidden: this.#isHidden, isEmpty: characters === 0, place })
    this.#characters += writer.characters
    this.#writer = null
  }
}

function repeats(value: string | undefined, most: number): number {
  const number = Number(value ?? 1)
  return Number.isInteger(number) && number >= 1 ? Math.min(number, most) : 1
}

/** How often something is written that is said to repeat: less often the longer it is, so that no text multiplies. */
function timesOf(repeats: number, characters: number): number {
  return Math.max(1, Math.min(repeats, MOST_REPEATS, Math.floor(MOST_REPEATED_CHARACTERS / characters)))
}

/** Dates and times as ISO, everything else as the sheet shows it. */
function shown({ attributes, text }: OpenCell): string {
  const { 'office:value-type': type = 'string', 'office:date-value': date, 'office:time-value': time = '' } = attributes
  if (type === 'date') return (date ?? text).replace(/T00:00:00(?:\.0+)?$/, '')
  if (type === 'time') {
    const [, hours, minutes = '', seconds = ''] = /^PT0*(\d+)H(\d+)M(\d+)/.exec(time) ?? []
    return hours === undefined ? text : [hours, minutes, seconds].map((part) => part.padStart(2, '0')).join(':')
  }
  if (text !== '') return text
  if (type === 'boolean') return (attributes['office:boolean-value'] ?? '').toUpperCase()
  return attributes['office:string-value'] ?? attributes['office:value'] ?? ''
}
