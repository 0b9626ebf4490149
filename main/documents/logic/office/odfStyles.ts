// OpenDocument's styles: what is hidden, which style is the title's, and how lists and chapters are numbered.
import { bulletAt } from '../listMarks.ts'
import { writeNumber } from './listNumbers.ts'
import type { Attributes } from './xmlValues.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

type Style = {
  readonly parent: string
  readonly displayName: string
  readonly listStyle: string
  readonly outline: string | undefined
  isHidden: boolean
}
type Level = {
  readonly isBullet: boolean
  readonly format: string
  readonly before: string
  readonly after: string
  readonly start: number
  readonly shown: number
}

/** The name under which the numbering of headings is kept; no list style is called so. */
export const OUTLINE = ''

const LEVELS: ReadonlySet<string> = new Set([
  'text:list-level-style-bullet',
  'text:list-level-style-number',
  'text:list-level-style-image',
  'text:outline-level-style',
])
const HIDING: ReadonlySet<string> = new Set([
  'style:text-properties',
  'style:table-properties',
  'style:drawing-page-properties',
])
const LONGEST_CHAIN = 20
/** A label's fixed parts stand before every paragraph of a list, so they are bounded. */
const LONGEST_AFFIX = 20

/** Takes `styles.xml` and the automatic styles that open `content.xml`. */
export class OdfStyles implements XmlTaker {
  readonly #styles = new Map<string, Style>()
  readonly #lists = new Map<string, Map<number, Level>>()
  #style: Style | null = null
  #list: Map<number, Level> | null = null
  #margins = 0
  #hasMargins = false

  /** Whether pages carry headers or footers with text. */
  get hasMargins(): boolean {
    return this.#hasMargins
  }

  take(event: XmlEvent): void {
    if (event.kind === 'open') return this.#open(event)
    if (event.kind === 'text') {
      if (this.#margins > 0 && event.text.trim() !== '') this.#hasMargins = true
      return
    }
    if (event.name === 'style:style') this.#style = null
    if (event.name === 'text:list-style' || event.name === 'text:outline-style') this.#list = null
    if (isMargin(event.name)) this.#margins -= 1
  }

  /** Whether text, sheets or slides of a style are not shown. */
  isHidden(family: string, name: string | undefined): boolean {
    return [...this.#chain(family, name)].some(({ isHidden }) => isHidden)
  }

  /** Whether a paragraph's style is that of the document's title. */
  isTitle(name: string | undefined): boolean {
    return (
      name === 'Title' ||
      [...this.#chain('paragraph', name)].some(
        ({ parent, displayName }) => parent === 'Title' || displayName === 'Title',
      )
    )
  }

  /** The heading level a paragraph's style has; 0 for none. */
  headingLevel(name: string | undefined): number {
    for (const { outline, displayName } of this.#chain('paragraph', name)) {
      if (outline !== undefined) return /^(?:[1-9]|10)$/.test(outline) ? Number(outline) : 0
      // The style made for web pages has no level; its name is English in every language of the program.
      const level = /^Heading ([1-9]|10)$/.exec(displayName)?.[1]
      if (level !== undefined) return Number(level)
    }
    return 0
  }

  /** The list a paragraph's style puts it in. */
  listOf(name: string | undefined): string | null {
    for (const style of this.#chain('paragraph', name)) if (style.listStyle !== '') return style.listStyle
    return null
  }

  /** The label for a count on each level down to `level`, from 1; '' for none. A list of unknown style has bullets. */
  label(list: string, level: number, counts: readonly number[]): string {
    const levels = this.#lists.get(list)
    const own = levels?.get(level)
    if (own === undefined) return list === OUTLINE ? '' : bulletAt(level)
    if (own.isBullet) return bulletAt(level)
    if (own.format === '') return ''
    const numbers: string[] = []
    for (let at = Math.max(1, level - own.shown + 1); at <= level; at += 1) {
      const style = levels?.get(at)
      if (style !== undefined && style.format !== '')
        numbers.push(writeNumber(counts[at - 1] ?? style.start, style.format))
    }
    return `${own.before}${numbers.join('.')}${own.after}`.trim()
  }

  /** What the first paragraph of a level counts as. */
  startOf(list: string, level: number): number {
    return this.#lists.get(list)?.get(level)?.start ?? 1
  }

  *#chain(family: string, name: string | undefined): Generator<Style, void, void> {
    let style = this.#styles.get(`${family} ${name ?? ''}`)
    for (let steps = 0; style !== undefined && steps < LONGEST_CHAIN; steps += 1) {
      yield style
      style = this.#styles.get(`${family} ${style.parent}`)
    }
  }

  #open({ name, attributes }: XmlOpen): void {
    if (isMargin(name)) this.#margins += 1
    if (name === 'style:style') this.#begin(attributes)
    else if (name === 'text:list-style') this.#list = this.#newList(attributes['style:name'] ?? '')
    else if (name === 'text:outline-style') this.#list = this.#newList(OUTLINE)
    else if (LEVELS.has(name)) this.#list?.set(Number(attributes['text:level'] ?? 1), levelOf(name, attributes))
    else if (HIDING.has(name) && this.#style !== null) {
      const { 'text:display': text, 'table:display': table, 'presentation:visibility': slide } = attributes
      if (text === 'none' || table === 'false' || slide === 'hidden') this.#style.isHidden = true
    }
  }

  #begin(attributes: Attributes): void {
    const { 'style:name': name = '', 'style:family': family = '', 'style:parent-style-name': parent = '' } = attributes
    const { 'style:default-outline-level': outline } = attributes
    const { 'style:display-name': displayName = '', 'style:list-style-name': listStyle = '' } = attributes
    this.#style = { parent, displayName, listStyle, outline, isHidden: false }
    this.#styles.set(`${family} ${name}`, this.#style)
  }

  #newList(name: string): Map<number, Level> {
    const levels = new Map<number, Level>()
    this.#lists.set(name, levels)
    return levels
  }
}

function levelOf(name: string, attributes: Attributes): Level {
  const {
    'style:num-format': format = '',
    'style:num-prefix': before = '',
    'style:num-suffix': after = '',
  } = attributes
  return {
    isBullet: name.endsWith('-bullet') || name.endsWith('-image'),
    format: NUMBER_STYLES.get(format) ?? (format === '' ? '' : 'decimal'),
    before: before.slice(0, LONGEST_AFFIX),
    after: after.slice(0, LONGEST_AFFIX),
    start: Number(attributes['text:start-value'] ?? 1) || 1,
    shown: Number(attributes['text:display-levels'] ?? 1) || 1,
  }
}

const NUMBER_STYLES: ReadonlyMap<string, string> = new Map([
  ['1', 'decimal'],
  ['a', 'lowerLetter'],
  ['A', 'upperLetter'],
  ['i', 'lowerRoman'],
  ['I', 'upperRoman'],
])

function isMargin(name: string): boolean {
  return /^style:(?:header|footer)(?:-left|-first)?$/.test(name)
}
