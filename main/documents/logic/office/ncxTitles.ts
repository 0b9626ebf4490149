// The table of contents of older books: what each file is called.
import type { XmlEvent, XmlTaker } from './xmlEvent.ts'

/** Takes an NCX part; answers entries in order, the outermost first. */
export class NcxTitles implements XmlTaker {
  readonly #entries: { readonly reference: string; readonly title: string }[] = []
  #label = ''
  #inLabel = false

  /** References as they stand in the part, with their titles. */
  get entries(): readonly { readonly reference: string; readonly title: string }[] {
    return this.#entries
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') {
      if (this.#inLabel) this.#label += event.text
    } else if (event.name === 'ncx:navLabel') {
      this.#inLabel = event.kind === 'open'
      if (event.kind === 'open') this.#label = ''
    } else if (event.kind === 'open' && event.name === 'ncx:content') {
      this.#entries.push({ reference: event.attributes.src ?? '', title: this.#label })
    }
  }
}
