// One sheet of Excel: its cells' values as they show, row by row.
import { columnOf, MOST_ROWS } from './cellRange.ts'
import { unescapeCell, type SharedStrings } from './sharedStrings.ts'
import type { Cell, SheetWriter } from './sheetWriter.ts'
import type { XlsxStyles } from './xlsxStyles.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

type OpenCell = { readonly column: number; readonly type: string; readonly style: string | undefined; text: string }

/** Takes a worksheet part; rows go to the writer. Formulas are passed over, their last results are the values. */
export class XlsxSheet implements XmlTaker {
  readonly #strings: SharedStrings
  readonly #styles: XlsxStyles
  readonly #writer: SheetWriter
  #row = 0
  #column = 0
  #cells: Cell[] = []
  #cell: OpenCell | null = null
  #inValue = false
  #inPhonetic = false

  constructor(strings: SharedStrings, styles: XlsxStyles, writer: SheetWriter) {
    this.#strings = strings
    this.#styles = styles
    this.#writer = writer
  }

  take(event: XmlEvent): void {
    if (event.kind === 'open') this.#open(event)
    else if (event.kind === 'close') this.#close(event.name)
    else if (this.#inValue && !this.#inPhonetic && this.#cell !== null) this.#cell.text += event.text
  }

  #open({ name, attributes }: XmlOpen): void {
    switch (name) {
      case 'x:row': {
        const number = Number(attributes.r ?? this.#row + 1)
        this.#row = Number.isInteger(number) && number > this.#row ? number : this.#row + 1
        this.#column = 0
        return
      }
      case 'x:c': {
        const { r = '', t: type = 'n', s: style } = attributes
        this.#column = Math.max(this.#column + 1, columnOf(r) ?? 0)
        this.#cell = { column: this.#column, type, style, text: '' }
        return
      }
      case 'x:v':
      case 'x:t':
        this.#inValue = true
        return
      case 'x:rPh':
        this.#inPhonetic = true
    }
  }

  #close(name: string): void {
    if (name === 'x:v' || name === 'x:t') this.#inValue = false
    if (name === 'x:rPh') this.#inPhonetic = false
    if (name === 'x:c' && this.#cell !== null) {
      const text = this.#shown(this.#cell)
      if (text !== '') this.#cells.push({ column: this.#cell.column, text })
      this.#cell = null
    }
    if (name === 'x:row') {
      if (this.#row <= MOST_ROWS) this.#writer.row(this.#row, this.#cells)
      this.#cells = []
    }
  }

  #shown({ type, style, text }: OpenCell): string {
    if (text === '') return ''
    switch (type) {
      case 's':
        return this.#strings.get(Number(text))
      case 'b':
        return text === '1' || text === 'true' ? 'TRUE' : 'FALSE'
      case 'n': {
        const value = Number(text)
        return Number.isNaN(value) ? text : this.#styles.format(value, style)
      }
      case 'd':
        return text.replace(/T00:00:00(?:\.0+)?Z?$/, '')
      default:
        return unescapeCell(text)
    }
  }
}
