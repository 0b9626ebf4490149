// Excel's shared strings: every text of the workbook once, by number.
import type { XmlEvent, XmlTaker } from './xmlEvent.ts'

/** Excel's own limit. A string may be referred to any number of times, so it is kept to. */
const LONGEST_CELL = 32_767

/** Takes `sharedStrings.xml`. Phonetic readings beside the text are left out. */
export class SharedStrings implements XmlTaker {
  readonly #strings: string[] = []
  #current: string | null = null
  #inText = false
  #inPhonetic = false
  #characters = 0

  /** Characters of all strings, and one for each of them. */
  get characters(): number {
    return this.#characters
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') {
      if (this.#inText && !this.#inPhonetic && this.#current !== null) this.#current += event.text
      return
    }
    const isOpen = event.kind === 'open'
    if (event.name === 'x:t') this.#inText = isOpen
    if (event.name === 'x:rPh') this.#inPhonetic = isOpen
    if (event.name !== 'x:si') return
    if (isOpen) this.#current = ''
    else if (this.#current !== null) {
      this.#characters += this.#current.length + 1
      this.#strings.push(unescapeCell(this.#current.slice(0, LONGEST_CELL)))
      this.#current = null
    }
  }

  get(index: number): string {
    return this.#strings[index] ?? ''
  }
}

/** Excel writes characters XML cannot hold as `_x000D_`. */
export function unescapeCell(text: string): string {
  return text.includes('_x')
    ? text
        .replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
        .toWellFormed()
    : text
}
