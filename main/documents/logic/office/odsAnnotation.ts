// One comment on a cell of an OpenDocument sheet: who wrote it and what.
import type { XmlEvent, XmlTaker } from './xmlEvent.ts'

const LONGEST_NOTE = 20_000
const LONGEST_AUTHOR = 100

/** Takes the events from an `office:annotation`'s opening tag to its closing one. */
export class OdsAnnotation implements XmlTaker {
  readonly #path: string[] = []
  #author = ''
  #text = ''

  /** Whether the closing tag has come. */
  get isWhole(): boolean {
    return this.#path.length === 0
  }

  /** The comment with its author as every format writes it; '' for one without text. */
  get text(): string {
    const [author, text] = [this.#author.trim(), this.#text.trim()]
    if (text === '') return ''
    return author === '' ? `[${text}]` : `[${author}: ${text}]`
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') return this.#add(event.text)
    if (event.kind === 'open') {
      this.#path.push(event.name)
      if (/^text:(?:s|tab|line-break)$/.test(event.name)) this.#add(' ')
      return
    }
    this.#path.pop()
    if (event.name === 'text:p') this.#text += '\n'
  }

  #add(text: string): void {
    if (this.#path.at(-1) === 'dc:creator') this.#author = `${this.#author}${text}`.slice(0, LONGEST_AUTHOR)
    else if (this.#path.includes('text:p')) this.#text = `${this.#text}${text}`.slice(0, LONGEST_NOTE)
  }
}
