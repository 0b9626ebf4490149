// One slide of PowerPoint, or the notes to it: its title first, then text, lists and tables in the order they were laid.
import type { Segment } from '#contract/document.ts'
import { TableFrame, textOf, type Block } from './blocks.ts'
import { FiguresOnce, noFigures, type Figures } from './figure.ts'
import { labelOf, levelOf, PptxLists, type PptxLabel } from './pptxLists.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

/** Which placeholders of a part are read: a slide's own text, or the notes without the picture of the slide. */
export type SlidePart = Extract<Segment['locator'], { kind: 'slide' }>['part']

/** Placeholders a layout fills in by itself on every slide. */
const REPEATED: ReadonlySet<string> = new Set(['dt', 'ftr', 'sldNum', 'hdr', 'sldImg'])
const TITLES: ReadonlySet<string> = new Set(['title', 'ctrTitle'])
const OUTLINES: ReadonlySet<string> = new Set(['body', 'obj'])

type Shape = { placeholder: string | null; isHidden: boolean; readonly blocks: Block[] }

/** Takes a slide's or notes' part. */
export class PptxSlide implements XmlTaker {
  readonly #part: SlidePart
  readonly #figures: FiguresOnce
  readonly #titles: Block[] = []
  readonly #blocks: Block[] = []
  readonly #shapes: Shape[] = []
  readonly #tables: TableFrame[] = []
  readonly #path: string[] = []
  readonly #lists = new PptxLists()
  #paragraph: { text: string; level: number; label: PptxLabel | null } | null = null
  #skipped = 0
  #isHidden = false
  #hasObject = false
  #characters = 0

  constructor(part: SlidePart, figures: Figures = noFigures) {
    this.#part = part
    this.#figures = new FiguresOnce(figures)
  }

  /** Whether the slide is left out when the presentation is shown. */
  get isHidden(): boolean {
    return this.#isHidden
  }

  /** Whether something stands on the slide whose text is not read: an embedded object, a figure without its part. */
  get hasUnread(): boolean {
    return this.#hasObject || this.#figures.hasUnread
  }

  /** Characters taken so far. */
  get characters(): number {
    return this.#characters
  }

  /** Everything the part says, its title first. */
  get blocks(): readonly Block[] {
    return [...this.#titles, ...this.#blocks]
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') return this.#takeText(event.text)
    if (event.kind === 'open') {
      if (this.#skipped > 0 || event.name === 'mc:Fallback') this.#skipped += 1
      else this.#open(event)
    } else if (this.#skipped > 0) this.#skipped -= 1
    else this.#close(event.name)
  }

  #open(event: XmlOpen): void {
    const { name, attributes } = event
    this.#path.push(name)
    for (const block of this.#figures.at(event)) this.#putFigure(block)
    const shape = this.#shapes.at(-1)
    switch (name) {
      case 'p:sld':
        this.#isHidden = attributes.show === '0' || attributes.show === 'false'
        return
      case 'p:sp':
      case 'p:graphicFrame':
        this.#lists.begin()
        return void this.#shapes.push({ placeholder: null, isHidden: false, blocks: [] })
      case 'p:ph':
        if (shape !== undefined) shape.placeholder = attributes.type ?? 'obj'
        return
      case 'p:cNvPr':
        if (shape !== undefined) shape.isHidden = attributes.hidden === '1' || attributes.hidden === 'true'
        return
      case 'p:oleObj':
        this.#hasObject = true
        return
      case 'a:tbl':
        return void this.#tables.push(new TableFrame())
      case 'a:p':
        this.#paragraph = { text: '', level: 0, label: null }
        return
      case 'a:pPr':
        if (this.#paragraph !== null) this.#paragraph.level = levelOf(attributes.lvl)
        return
      case 'a:br':
        return this.#add('\n')
      case 'a:buNone':
      case 'a:buChar':
      case 'a:buAutoNum':
      case 'a:buBlip':
        if (this.#paragraph !== null && this.#path.at(-2) === 'a:pPr') this.#paragraph.label = labelOf(name, attributes)
    }
  }

  #putFigure(block: Block): void {
    this.#characters += textOf(block).length
    this.#put(block)
  }

  #close(name: string): void {
    this.#path.pop()
    const table = this.#tables.at(-1)
    if (name === 'a:p') this.#endParagraph()
    else if (name === 'a:tc' && table !== undefined) table.endCell()
    else if (name === 'a:tr' && table !== undefined) table.endRow()
    else if (name === 'a:tbl' && table !== undefined) {
      this.#tables.pop()
      this.#put(table.take())
    } else if (name === 'p:sp' || name === 'p:graphicFrame') this.#endShape()
  }

  #takeText(text: string): void {
    const element = this.#path.at(-1)
    if (this.#skipped === 0 && (element === 'a:t' || element === 'm:t')) this.#add(text)
  }

  #add(text: string): void {
    if (this.#paragraph === null) return
    this.#paragraph.text += text
    this.#characters += text.length
  }

  #endParagraph(): void {
    const paragraph = this.#paragraph
    this.#paragraph = null
    if (paragraph === null || paragraph.text.trim() === '') return
    const table = this.#tables.at(-1)
    if (table !== undefined) return table.add(paragraph.text)
    const placeholder = this.#shapes.at(-1)?.placeholder ?? null
    const { text, level } = paragraph
    const isOutline = this.#part === 'body' && placeholder !== null && OUTLINES.has(placeholder)
    const label = this.#lists.label(level, paragraph.label ?? (isOutline ? 'bullet' : 'none'))
    if (label === '') this.#put({ kind: 'paragraph', text })
    else this.#put({ kind: 'list-item', depth: level + 1, text: `${label} ${text.trimStart()}` })
  }

  #put(block: Block): void {
    if (textOf(block).trim() !== '') (this.#shapes.at(-1)?.blocks ?? this.#blocks).push(block)
  }

  #endShape(): void {
    const shape = this.#shapes.pop()
    if (shape === undefined || shape.isHidden) return
    const { placeholder, blocks } = shape
    if (placeholder !== null && REPEATED.has(placeholder)) return
    if (placeholder !== null && TITLES.has(placeholder)) {
      const text = blocks.map(textOf).join(' ')
      if (text !== '') this.#titles.push({ kind: 'heading', level: 1, text })
    } else this.#blocks.push(...blocks)
  }
}
