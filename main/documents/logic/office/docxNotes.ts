// Word's footnotes, endnotes and comments: small texts by id, read before the body that refers to them.
import type { XmlEvent, XmlTaker } from './xmlEvent.ts'

const NOTE_NAMES: ReadonlySet<string> = new Set(['w:footnote', 'w:endnote', 'w:comment'])
const SKIPPED: ReadonlySet<string> = new Set(['w:del', 'w:moveFrom', 'w:instrText', 'mc:Fallback'])

/** A note may be referred to any number of times, so it is bounded. */
const LONGEST_NOTE = 20_000
const LONGEST_AUTHOR = 100

/** A note's text and, of a comment, who wrote it. */
export type Note = { readonly text: string; readonly author: string }

/** Takes `footnotes.xml`, `endnotes.xml` or `comments.xml`. */
export class DocxNotes implements XmlTaker {
  readonly #notes = new Map<string, Note>()
  #current: { readonly id: string; readonly author: string; text: string } | null = null
  #skipped = 0
  #inText = false

  take(event: XmlEvent): void {
    if (event.kind === 'text') {
      if (this.#inText && this.#skipped === 0 && this.#current !== null) this.#current.text += event.text
      return
    }
    const { name } = event
    if (this.#skipped > 0 || SKIPPED.has(name)) {
      this.#skipped += event.kind === 'open' ? 1 : -1
      return
    }
    this.#inText = event.kind === 'open' && (name === 'w:t' || name === 'm:t')
    if (NOTE_NAMES.has(name)) this.#turn(event)
    else if (name === 'w:tab' || name === 'w:br' || (name === 'w:p' && event.kind === 'close')) this.#space()
  }

  /** undefined for separators and unknown ids. */
  get(id: string | undefined): Note | undefined {
    return id === undefined ? undefined : this.#notes.get(id)
  }

  #turn(event: Exclude<XmlEvent, { kind: 'text' }>): void {
    if (event.kind === 'open') {
      const isNote = (event.attributes['w:type'] ?? 'normal') === 'normal'
      const { 'w:id': id = '', 'w:author': author = '' } = event.attributes
      this.#current = isNote ? { id, author: author.slice(0, LONGEST_AUTHOR), text: '' } : null
    } else if (this.#current !== null) {
      const { id, author, text } = this.#current
      const clean = text.slice(0, LONGEST_NOTE).replace(/\s+/g, ' ').trim()
      if (clean !== '') this.#notes.set(id, { text: clean, author })
      this.#current = null
    }
  }

  #space(): void {
    if (this.#current !== null) this.#current.text += ' '
  }
}
