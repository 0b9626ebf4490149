// HTML's elements and text to the blocks a reader sees: headings, paragraphs, list items, tables and preformatted text.
import { HtmlLists } from './htmlLists.ts'
import { blockNames, droppedNames, isHidden, type Attributes } from './htmlElements.ts'
import { HtmlTable, type HtmlBlock } from './htmlTable.ts'

/** What is left of the page: everything, or only what its `main` element holds. */
export type HtmlScope = 'page' | 'main'

type Open = {
  readonly name: string
  /** Nothing inside is read. */
  readonly dropped: boolean
  /** It is where the reading of `main` begins. */
  readonly main: boolean
}

/** Elements beyond this depth count as text of the one above. */
const DEEPEST = 10_000

/**
 * Takes a parser's events in order and gives finished blocks to `write`. Navigation, asides, scripts, forms' controls,
 * the page's own footer and whatever is hidden are left out; `hidden` tells whether hidden text was among them.
 */
export class HtmlBlocks {
  readonly #write: (block: HtmlBlock) => void
  readonly #scope: HtmlScope
  readonly #open: Open[] = []
  readonly #tables: HtmlTable[] = []
  #dropped = 0
  #mains = 0
  #sections = 0
  readonly #lists = new HtmlLists()
  #preformatted = 0
  #heading = 0
  #text = ''
  #title: string | null = null
  #hidden = false

  constructor(scope: HtmlScope, write: (block: HtmlBlock) => void) {
    this.#scope = scope
    this.#write = write
  }

  /** The `title` element's text, as it stands; null without one. */
  get title(): string | null {
    return this.#title
  }

  get hidden(): boolean {
    return this.#hidden
  }

  open(name: string, attributes: Attributes): void {
    if (this.#open.length >= DEEPEST) return
    const hidden = isHidden(attributes)
    this.#hidden ||= hidden
    const dropped = hidden || droppedNames.has(name) || this.#isPageFooter(name, attributes)
    const main = name === 'main' || attributes['role'] === 'main'
    if (dropped || blockNames.has(name)) this.#flush()
    this.#open.push({ name, dropped, main })
    this.#count(name, 1)
    if (dropped) this.#dropped += 1
    if (main) this.#mains += 1
    if (this.#dropped > 0) return
    this.#lists.open(name, attributes)
    if (name === 'title' && this.#title === null && this.#sections === 0) this.#title = ''
    if (name === 'br') this.#text += '\n'
    if (name === 'table') this.#tables.push(new HtmlTable(attributes))
    if (name === 'tr') this.#tables.at(-1)?.openRow()
    if (name === 'td' || name === 'th') this.#tables.at(-1)?.openCell(Number(attributes['colspan'] ?? 1))
  }

  text(text: string): void {
    if (this.#dropped > 0) return
    if (this.#open.at(-1)?.name === 'title' && this.#title !== null) this.#title += text
    else if (this.#isRead) this.#text += this.#preformatted > 0 ? text : text.replace(/[\t\n\f\r ]+/g, ' ')
  }

  close(name: string): void {
    if (this.#open.at(-1)?.name !== name) return
    if (blockNames.has(name)) this.#flush()
    const closed = this.#open.pop()
    if (this.#dropped === 0) this.#lists.close(name)
    if (this.#dropped === 0 && name === 'table') this.#endTable()
    this.#count(name, -1)
    if (closed?.dropped === true) this.#dropped -= 1
    if (closed?.main === true) this.#mains -= 1
  }

  finish(): void {
    this.#flush()
    while (this.#tables.length > 0) this.#endTable()
  }

  get #isRead(): boolean {
    return this.#scope === 'page' || this.#mains > 0
  }

  #isPageFooter(name: string, attributes: Attributes): boolean {
    const role = attributes['role'] ?? ''
    if (role === 'navigation' || role === 'search' || role === 'complementary' || role === 'contentinfo') return true
    return name === 'footer' && this.#sections === 0
  }

  #count(name: string, step: 1 | -1): void {
    if (name === 'article' || name === 'main' || name === 'section') this.#sections += step
    if (name === 'pre' || name === 'textarea' || name === 'listing') this.#preformatted += step
    if (/^h[1-6]$/.test(name)) this.#heading = step === 1 ? Number(name[1]) : 0
  }

  #flush(): void {
    const text = this.#text
    this.#text = ''
    if (text.trim() === '' || this.#dropped > 0) return
    this.#emit(this.#blockOf(text))
  }

  #blockOf(text: string): HtmlBlock {
    if (this.#heading > 0) {
      // A sign that links to the heading itself is no part of it.
      const heading = text
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/\s*[¶#§🔗]$/u, '')
      return { kind: 'heading', level: this.#heading, text: heading }
    }
    if (this.#preformatted > 0) return { kind: 'code', text }
    const { depth } = this.#lists
    if (depth === 0) return { kind: 'paragraph', text: text.trim() }
    const label = this.#lists.takeLabel()
    return { kind: 'list-item', depth, text: label === '' ? text.trim() : `${label} ${text.trim()}` }
  }

  #emit(block: HtmlBlock): void {
    const table = this.#tables.at(-1)
    if (table === undefined) this.#write(block)
    else table.add(block)
  }

  #endTable(): void {
    const table = this.#tables.pop()
    for (const block of table?.finish() ?? []) this.#emit(block)
  }
}
