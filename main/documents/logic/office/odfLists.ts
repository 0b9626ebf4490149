// Where in OpenDocument's lists a paragraph stands, and the label it carries there.
import { OUTLINE, type OdfStyles } from './odfStyles.ts'
import type { XmlOpen } from './xmlEvent.ts'

type OpenList = { readonly style: string | null; isFresh: boolean }

/** Follows lists and numbered headings as they open and close. */
export class OdfLists {
  readonly #styles: OdfStyles
  readonly #open: OpenList[] = []
  readonly #counts = new Map<string, number[]>()

  constructor(styles: OdfStyles) {
    this.#styles = styles
  }

  /** How many lists are open. */
  get depth(): number {
    return this.#open.length
  }

  open({ name, attributes }: XmlOpen): void {
    if (name === 'text:list') {
      const style = attributes['text:style-name'] ?? this.#open.at(-1)?.style ?? null
      const goesOn = attributes['text:continue-numbering'] === 'true' || attributes['text:continue-list'] !== undefined
      this.#open.push({ style, isFresh: false })
      const counts = this.#countsOf(style ?? '?')
      // A list within a list begins anew each time; another one on top unless it says that it goes on.
      if (this.#open.length > 1) counts.length = Math.min(counts.length, this.#open.length - 1)
      else if (!goesOn) counts.length = 0
    } else if (name === 'text:list-item') {
      const list = this.#open.at(-1)
      if (list === undefined) return
      list.isFresh = true
      const value = Number(attributes['text:start-value'])
      if (Number.isInteger(value)) this.#countsOf(list.style ?? '?')[this.#open.length - 1] = value - 1
    }
  }

  close(name: string): void {
    if (name === 'text:list') this.#open.pop()
    const list = this.#open.at(-1)
    if (name === 'text:list-item' && list !== undefined) list.isFresh = false
  }

  /** The label of a paragraph with text; `headingLevel` 0 for none. Only the first of an item's paragraphs has one. */
  label(style: string | undefined, headingLevel: number): string {
    const list = this.#open.at(-1)
    if (headingLevel > 0 && (list === undefined || list.isFresh)) {
      if (list !== undefined) list.isFresh = false
      const own = list?.style ?? OUTLINE
      return this.#next(own, own === OUTLINE ? headingLevel : this.#open.length)
    }
    if (list?.isFresh !== true) return ''
    list.isFresh = false
    return this.#next(list.style ?? this.#styles.listOf(style) ?? '?', this.#open.length)
  }

  #next(list: string, level: number): string {
    const counts = this.#countsOf(list)
    for (let at = 1; at < level; at += 1) counts[at - 1] ??= this.#styles.startOf(list, at)
    const count = counts[level - 1]
    counts[level - 1] = count === undefined ? this.#styles.startOf(list, level) : count + 1
    counts.length = level
    return this.#styles.label(list, level, counts)
  }

  #countsOf(list: string): number[] {
    const counts = this.#counts.get(list) ?? []
    this.#counts.set(list, counts)
    return counts
  }
}
