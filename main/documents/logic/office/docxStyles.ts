// Word's styles: which of them are headings, however they are called, and which carry a list.
import { isOn, type XmlEvent, type XmlOpen, type XmlTaker } from './xmlEvent.ts'

/** A list a paragraph belongs to. */
export type ListPlace = { readonly listId: string; readonly level: number }

type Style = {
  name: string
  basedOn: string | null
  outline: number | null
  listId: string | null
  level: number | null
  hidden: boolean
}

/** "Heading 1" in the languages Word and LibreOffice are mostly used in; the built-in names are English everywhere else. */
const HEADING_NAME =
  /^(?:heading|überschrift|titre|t[ií]tulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|başlık|заголовок|見出し|标题|標題|제목)\s*([1-9])$/iu
const TITLE_NAME =
  /^(?:title|titel|titre|t[ií]tulo|titolo|rubrik|tittel|otsikko|tytuł|název|cím|название|表題|标题|標題)$/iu
/** A chain of styles longer than this is a circle. */
const LONGEST_CHAIN = 20
/** `outlineLvl` of text that is no heading. */
const BODY_LEVEL = 9

/** Takes `styles.xml`, then answers what a paragraph of a style is. */
export class DocxStyles implements XmlTaker {
  readonly #styles = new Map<string, Style>()
  #current: Style | null = null

  take(event: XmlEvent): void {
    if (event.kind === 'open') this.#open(event)
    else if (event.kind === 'close' && event.name === 'w:style') this.#current = null
  }

  /** 1 to 9 for headings, 0 for the document's title, null for everything else. */
  headingLevel(styleId: string): number | null {
    for (const style of this.#chain(styleId)) {
      if (style.outline !== null) return style.outline < BODY_LEVEL ? style.outline + 1 : null
      const level = HEADING_NAME.exec(style.name)?.[1]
      if (level !== undefined) return Number(level)
      if (TITLE_NAME.test(style.name)) return 0
    }
    return null
  }

  /** Whether text of a character style is hidden. */
  isHidden(styleId: string): boolean {
    return [...this.#chain(styleId)].some(({ hidden }) => hidden)
  }

  /** The list a style puts its paragraphs in. */
  list(styleId: string): ListPlace | null {
    let level: number | null = null
    for (const style of this.#chain(styleId)) {
      level ??= style.level
      if (style.listId !== null) return style.listId === '0' ? null : { listId: style.listId, level: level ?? 0 }
    }
    return null
  }

  *#chain(styleId: string): Generator<Style, void, void> {
    let style = this.#styles.get(styleId)
    for (let steps = 0; style !== undefined && steps < LONGEST_CHAIN; steps += 1) {
      yield style
      style = style.basedOn === null ? undefined : this.#styles.get(style.basedOn)
    }
  }

  #open({ name, attributes }: XmlOpen): void {
    const value = attributes['w:val'] ?? ''
    if (name === 'w:style') {
      const style = { name: '', basedOn: null, outline: null, listId: null, level: null, hidden: false }
      this.#current = style
      this.#styles.set(attributes['w:styleId'] ?? '', style)
    }
    const style = this.#current
    if (style === null) return
    if (name === 'w:name') style.name = value
    if (name === 'w:basedOn') style.basedOn = value
    if (name === 'w:outlineLvl') style.outline = Number(value)
    if (name === 'w:numId') style.listId = value
    if (name === 'w:ilvl') style.level = Number(value)
    if (name === 'w:vanish') style.hidden = isOn(attributes['w:val'])
  }
}
