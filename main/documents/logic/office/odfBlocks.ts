// OpenDocument's text, wherever it stands, to blocks: paragraphs, headings, lists, tables, notes after what refers to them.
import type { LeftOut } from '#contract/document.ts'
import { TableFrame, textOf, type Block } from './blocks.ts'
import { OdfLists } from './odfLists.ts'
import type { OdfStyles } from './odfStyles.ts'
import type { XmlEvent, XmlOpen, XmlTaker } from './xmlEvent.ts'

/** Elements whose text is not the document's: forms, templates of indexes, descriptions for machines. */
const SKIPPED: ReadonlySet<string> = new Set([
  'office:forms',
  'office:scripts',
  'office:binary-data',
  'text:sequence-decls',
  'text:ruby-text',
  'dc:date',
  '?:title',
  '?:desc',
  '?:date-string',
])
const EMBEDDED: ReadonlySet<string> = new Set(['draw:object', 'draw:object-ole', 'draw:plugin', 'draw:applet'])
const MOST_SPACES = 100
const LONGEST_AUTHOR = 100

class ParagraphFrame {
  text = ''
  /** 0 for no heading. */
  readonly level: number
  readonly style: string | undefined
  readonly boxes: Block[] = []

  constructor(level: number, style: string | undefined) {
    this.level = level
    this.style = style
  }
}

/** A footnote, endnote or comment inside a paragraph. */
class NoteFrame {
  mark = ''
  author = ''
  readonly texts: string[] = []
}

/** Takes what stands in a body; blocks go to `place` in reading order. */
export class OdfBlocks implements XmlTaker {
  readonly #styles: OdfStyles
  readonly #place: (block: Block) => void
  readonly #lists: OdfLists
  readonly #path: string[] = []
  readonly #frames: (ParagraphFrame | TableFrame | NoteFrame)[] = []
  readonly #hiddenSpans: boolean[] = []
  readonly #leftOut = new Set<LeftOut>()
  #skipped = 0
  #columns = 1
  #after: Block[] = []
  #endnotes: Block[] = []
  #isEndnote = false
  #characters = 0

  constructor(styles: OdfStyles, place: (block: Block) => void) {
    this.#styles = styles
    this.#place = place
    this.#lists = new OdfLists(styles)
  }

  /** What was left out so far. */
  get leftOut(): readonly LeftOut[] {
    return [...this.#leftOut]
  }

  /** Characters taken so far. */
  get characters(): number {
    return this.#characters
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') return this.#takeText(event.text)
    if (event.kind === 'open') {
      if (this.#skipped > 0 || this.#skips(event)) this.#skipped += 1
      else this.#open(event)
    } else if (this.#skipped > 0) this.#skipped -= 1
    else this.#close(event.name)
  }

  /** Places the endnotes. */
  finish(): void {
    for (const block of this.#endnotes) this.#place(block)
    this.#endnotes = []
  }

  #skips({ name, attributes }: XmlOpen): boolean {
    if (EMBEDDED.has(name)) return this.#leave('embedded')
    if (name === 'text:tracked-changes') return true
    if (name === 'text:change') return this.#leave('deletions')
    if (name === 'text:section' && attributes['text:display'] === 'none') return this.#leave('hidden-text')
    return SKIPPED.has(name) || name.endsWith('-source')
  }

  #leave(what: LeftOut): true {
    this.#leftOut.add(what)
    return true
  }

  #open(event: XmlOpen): void {
    const { name, attributes } = event
    this.#path.push(name)
    switch (name) {
      case 'text:h':
        return void this.#frames.push(
          new ParagraphFrame(levelOf(attributes['text:outline-level']), attributes['text:style-name']),
        )
      case 'text:p':
        return void this.#frames.push(this.#paragraph(attributes['text:style-name']))
      case 'table:table':
        return void this.#frames.push(new TableFrame())
      case 'table:table-cell':
      case 'table:covered-table-cell':
        this.#columns = Number(attributes['table:number-columns-repeated'] ?? 1)
        return
      case 'text:note':
        this.#isEndnote = attributes['text:note-class'] === 'endnote'
        return void this.#frames.push(new NoteFrame())
      case 'office:annotation':
        return void this.#frames.push(new NoteFrame())
      case 'text:span':
        return void this.#hiddenSpans.push(this.#styles.isHidden('text', attributes['text:style-name']))
      case 'text:s':
        return this.#add(' '.repeat(Math.min(MOST_SPACES, Number(attributes['text:c'] ?? 1) || 1)))
      case 'text:tab':
        return this.#add(' ')
      case 'text:line-break':
        return this.#add('\n')
      default:
        this.#lists.open(event)
    }
  }

  /** LibreOffice writes some headings as paragraphs of a heading's style. */
  #paragraph(style: string | undefined): ParagraphFrame {
    return new ParagraphFrame(this.#styles.headingLevel(style), style)
  }

  #close(name: string): void {
    this.#path.pop()
    const frame = this.#frames.at(-1)
    if (name === 'text:span') this.#hiddenSpans.pop()
    this.#lists.close(name)
    if (frame instanceof ParagraphFrame && (name === 'text:p' || name === 'text:h')) return this.#endParagraph(frame)
    if (frame instanceof NoteFrame && (name === 'text:note' || name === 'office:annotation'))
      return this.#endNote(frame, name)
    if (!(frame instanceof TableFrame)) return
    if (name === 'table:table-cell' || name === 'table:covered-table-cell') frame.endCell(this.#columns)
    if (name === 'table:table-row') {
      frame.endRow()
      const early = this.#frames.length === 1 ? frame.overflow() : null
      if (early !== null) this.#place(early)
    }
    if (name === 'table:table') {
      this.#frames.pop()
      this.#put(frame.take())
    }
  }

  #takeText(text: string): void {
    const frame = this.#frames.at(-1)
    if (this.#skipped > 0 || frame === undefined) return
    if (frame instanceof ParagraphFrame) {
      if (!this.#hiddenSpans.includes(true)) this.#add(text)
      else if (text.trim() !== '') this.#leftOut.add('hidden-text')
    } else if (frame instanceof NoteFrame) {
      const element = this.#path.at(-1)
      if (element === 'text:note-citation') frame.mark += text.trim().slice(0, LONGEST_AUTHOR)
      if (element === 'dc:creator') frame.author += text.trim().slice(0, LONGEST_AUTHOR)
    }
  }

  #add(text: string): void {
    const frame = this.#frames.at(-1)
    if (!(frame instanceof ParagraphFrame)) return
    frame.text += text
    this.#characters += text.length
  }

  #endParagraph(frame: ParagraphFrame): void {
    this.#frames.pop()
    this.#put(this.#blockOf(frame))
    for (const box of frame.boxes) this.#put(box)
  }

  #blockOf({ text, level, style }: ParagraphFrame): Block {
    if (text.trim() === '') return { kind: 'paragraph', text: '' }
    const label = this.#lists.label(style, level)
    const labelled = label === '' ? text : `${label} ${text.trimStart()}`
    if (level > 0) return { kind: 'heading', level, text: labelled }
    if (this.#styles.isTitle(style)) return { kind: 'heading', level: 0, text }
    const { depth } = this.#lists
    if (label === '' && depth === 0) return { kind: 'paragraph', text: labelled }
    return { kind: 'list-item', depth: Math.max(1, depth), text: labelled }
  }

  #endNote(frame: NoteFrame, name: string): void {
    this.#frames.pop()
    const text = frame.texts.join(' ')
    if (name === 'text:note') {
      this.#add(`[${frame.mark}]`)
      ;(this.#isEndnote ? this.#endnotes : this.#after).push({ kind: 'paragraph', text: `[${frame.mark}] ${text}` })
    } else if (text !== '') {
      this.#after.push({ kind: 'paragraph', text: frame.author === '' ? `[${text}]` : `[${frame.author}: ${text}]` })
    }
  }

  #put(block: Block): void {
    const frame = this.#frames.at(-1)
    if (frame instanceof TableFrame) frame.add(textOf(block))
    else if (frame instanceof NoteFrame)
      frame.texts.push(...(textOf(block).trim() === '' ? [] : [textOf(block).trim()]))
    else if (frame !== undefined) frame.boxes.push(...(textOf(block).trim() === '' ? [] : [block]))
    else {
      this.#place(block)
      for (const note of this.#after) this.#place(note)
      this.#after = []
    }
  }
}

function levelOf(value: string | undefined): number {
  const level = Number(value ?? 1)
  return Number.isInteger(level) && level >= 1 && level <= 10 ? level : 1
}
