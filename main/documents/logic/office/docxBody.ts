// Word's main part to blocks: paragraphs, headings, numbered lists, tables, figures, notes where they are referred to.
import type { LeftOut } from '#contract/document.ts'
import type { SectionWriter } from '../sectionWriter.ts'
import { isFontSign, signOf, symbolFontOf } from '../symbolFonts.ts'
import { TableFrame, textOf, writeBlock, type Block } from './blocks.ts'
import type { DocxNotes } from './docxNotes.ts'
import type { DocxNumbering } from './docxNumbering.ts'
import type { DocxStyles, ListPlace } from './docxStyles.ts'
import { FiguresOnce, type Figures } from './figure.ts'
import { writeNumber } from './listNumbers.ts'
import { isOn, type XmlEvent, type XmlOpen, type XmlTaker } from './xmlEvent.ts'

/** What the other parts of the document say about its main one. */
export type DocxParts = {
  readonly styles: DocxStyles
  readonly numbering: DocxNumbering
  readonly footnotes: DocxNotes
  readonly endnotes: DocxNotes
  readonly comments: DocxNotes
  readonly figures: Figures
}

/** Elements whose content no reader of the page sees, or sees a second time. */
const SKIPPED: ReadonlySet<string> = new Set([
  'mc:Fallback',
  'w:instrText',
  'w:delText',
  'w:sdtPr',
  'w:pPrChange',
  'w:rPrChange',
  'w:tblPrChange',
])

class ParagraphFrame {
  text = ''
  style = ''
  outline: number | null = null
  listId: string | null = null
  level = 0
  isMarkDeleted = false
  /** Text boxes and figures anchored in the paragraph. */
  readonly boxes: Block[] = []
}

/** Takes `document.xml`; blocks go to the writer as they end. */
export class DocxBody implements XmlTaker {
  readonly #parts: DocxParts
  readonly #writer: SectionWriter
  readonly #figures: FiguresOnce
  readonly #path: string[] = []
  readonly #frames: (ParagraphFrame | TableFrame)[] = []
  readonly #leftOut = new Set<LeftOut>()
  #skipped = 0
  #isHidden = false
  #span = 1
  #isRowDeleted = false
  #carried = ''
  #after: Block[] = []
  readonly #endnotes: Block[] = []
  #footnoteCount = 0
  #characters = 0

  constructor(parts: DocxParts, writer: SectionWriter) {
    this.#parts = parts
    this.#writer = writer
    this.#figures = new FiguresOnce(parts.figures)
  }

  /** What the document has and this reading left out. */
  get leftOut(): readonly LeftOut[] {
    return [...this.#leftOut]
  }

  /** Characters taken so far, those still held too. */
  get characters(): number {
    return this.#characters
  }

  take(event: XmlEvent): void {
    if (event.kind === 'text') return this.#takeText(event.text)
    if (event.kind === 'open') {
      if (this.#skipped > 0 || this.#skips(event)) this.#skipped += 1
      else this.#open(event)
      return
    }
    if (this.#skipped > 0) this.#skipped -= 1
    else this.#close(event.name)
  }

  /** Writes what stands at the end of the document. */
  finish(): void {
    this.#flush()
    for (const block of this.#endnotes) writeBlock(this.#writer, block)
  }

  #skips({ name }: XmlOpen): boolean {
    const parent = this.#path.at(-1)
    if ((name === 'w:del' || name === 'w:moveFrom') && parent !== 'w:rPr' && parent !== 'w:trPr') {
      this.#leftOut.add('deletions')
      return true
    }
    if (name === 'w:object' || name === 'w:altChunk') {
      this.#leftOut.add('embedded')
      return true
    }
    return SKIPPED.has(name)
  }

  #open(event: XmlOpen): void {
    const { name, attributes } = event
    this.#path.push(name)
    switch (name) {
      case 'w:p':
        return void this.#frames.push(new ParagraphFrame())
      case 'w:tbl':
        return void this.#frames.push(new TableFrame())
      case 'w:tc':
        this.#span = 1
        return
      case 'w:gridSpan':
        this.#span = Number(attributes['w:val'] ?? 1)
        return
      case 'w:r':
        this.#isHidden = false
        return
      case 'w:headerReference':
      case 'w:footerReference':
        return void this.#leftOut.add('headers')
      case 'w:del':
      case 'w:moveFrom':
        return this.#markDeleted()
      default:
        this.#figure(event)
        this.#openInParagraph(event)
    }
  }

  /** A figure stands after the paragraph it is anchored in; one that cannot be read is named as left out. */
  #figure(event: XmlOpen): void {
    const blocks = this.#figures.at(event)
    if (this.#figures.hasUnread) this.#leftOut.add('embedded')
    for (const block of blocks) {
      this.#characters += textOf(block).length
      if (this.#paragraph === null) this.#place(block)
      else this.#paragraph.boxes.push(block)
    }
  }

  #openInParagraph({ name, attributes }: XmlOpen): void {
    const frame = this.#paragraph
    if (frame === null) return
    const value = attributes['w:val']
    const parent = this.#path.at(-2)
    if (parent === 'w:r') return this.#openInRun(name, attributes)
    if (name === 'w:pStyle') frame.style = value ?? ''
    else if (name === 'w:outlineLvl') frame.outline = Number(value)
    else if (name === 'w:numId') frame.listId = value ?? null
    else if (name === 'w:ilvl') frame.level = Number(value ?? 0) || 0
    else if (this.#path.at(-3) !== 'w:r') return
    else if (name === 'w:vanish') this.#isHidden = isOn(value)
    else if (name === 'w:rStyle') this.#isHidden = this.#isHidden || this.#parts.styles.isHidden(value ?? '')
  }

  #openInRun(name: string, attributes: XmlOpen['attributes']): void {
    switch (name) {
      case 'w:tab':
      case 'w:ptab':
        return this.#add(' ')
      case 'w:br':
      case 'w:cr':
        return this.#add('\n')
      case 'w:noBreakHyphen':
        return this.#add('\u2011')
      case 'w:sym':
        return this.#add(symbol(attributes['w:char'] ?? '', attributes['w:font'] ?? ''))
      case 'w:footnoteReference':
        return this.#footnote(attributes['w:id'])
      case 'w:endnoteReference':
        return this.#endnote(attributes['w:id'])
      case 'w:commentReference':
        return this.#comment(attributes['w:id'])
    }
  }

  #close(name: string): void {
    this.#path.pop()
    const frame = this.#frames.at(-1)
    if (name === 'w:p' && frame instanceof ParagraphFrame) return this.#endParagraph(frame)
    if (!(frame instanceof TableFrame)) return
    if (name === 'w:tc') frame.endCell(this.#span)
    if (name === 'w:tr') {
      frame.endRow(!this.#isRowDeleted)
      this.#isRowDeleted = false
      const early = this.#frames.length === 1 ? frame.overflow() : null
      if (early !== null) writeBlock(this.#writer, early)
    }
    if (name === 'w:tbl') {
      this.#frames.pop()
      this.#place(frame.take())
    }
  }

  #takeText(text: string): void {
    const element = this.#path.at(-1)
    if (this.#skipped > 0 || (element !== 'w:t' && element !== 'm:t')) return
    if (this.#isHidden && element === 'w:t') this.#leftOut.add('hidden-text')
    else this.#add(text)
  }

  #add(text: string): void {
    const frame = this.#paragraph
    if (frame === null || this.#isHidden) return
    frame.text += text
    this.#characters += text.length
  }

  get #paragraph(): ParagraphFrame | null {
    const frame = this.#frames.at(-1)
    return frame instanceof ParagraphFrame ? frame : null
  }

  #endParagraph(frame: ParagraphFrame): void {
    this.#frames.pop()
    const text = this.#carried + frame.text
    this.#carried = frame.isMarkDeleted ? text : ''
    if (!frame.isMarkDeleted) this.#place(this.#blockOf(frame, text))
    for (const box of frame.boxes) this.#place(box)
  }

  #blockOf(frame: ParagraphFrame, text: string): Block {
    const { styles, numbering } = this.#parts
    const list = this.#listOf(frame)
    const level = headingLevel(frame, styles)
    const label = list === null || text.trim() === '' ? '' : numbering.label(list.listId, list.level)
    const labelled = label === '' ? text : `${label} ${text.trimStart()}`
    if (level !== null) return { kind: 'heading', level, text: labelled }
    return list === null
      ? { kind: 'paragraph', text: labelled }
      : { kind: 'list-item', depth: list.level + 1, text: labelled }
  }

  #listOf(frame: ParagraphFrame): ListPlace | null {
    if (frame.listId === '0') return null
    if (frame.listId !== null) return { listId: frame.listId, level: frame.level }
    return frame.style === '' ? null : this.#parts.styles.list(frame.style)
  }

  /** Puts a block where it belongs: a cell, the paragraph its text box is anchored in, or the page. */
  #place(block: Block): void {
    const frame = this.#frames.at(-1)
    if (frame instanceof TableFrame) frame.add(textOf(block))
    else if (frame !== undefined) frame.boxes.push(...(textOf(block).trim() === '' ? [] : [block]))
    else {
      writeBlock(this.#writer, block)
      this.#flush()
    }
  }

  #flush(): void {
    for (const block of this.#after) writeBlock(this.#writer, block)
    this.#after = []
  }

  #markDeleted(): void {
    this.#leftOut.add('deletions')
    const owner = this.#path.at(-3)
    if (this.#path.at(-2) === 'w:trPr') this.#isRowDeleted = true
    else if (owner === 'w:pPr' && this.#paragraph !== null) this.#paragraph.isMarkDeleted = true
  }

  #footnote(id: string | undefined): void {
    const note = this.#parts.footnotes.get(id)
    if (note === undefined) return
    this.#footnoteCount += 1
    this.#refer(this.#after, String(this.#footnoteCount), note.text)
  }

  #endnote(id: string | undefined): void {
    const note = this.#parts.endnotes.get(id)
    if (note !== undefined) this.#refer(this.#endnotes, writeNumber(this.#endnotes.length + 1, 'lowerRoman'), note.text)
  }

  #refer(to: Block[], mark: string, text: string): void {
    this.#add(`[${mark}]`)
    this.#characters += text.length
    to.push({ kind: 'paragraph', text: `[${mark}] ${text}` })
  }

  #comment(id: string | undefined): void {
    const note = this.#parts.comments.get(id)
    if (note === undefined) return
    this.#characters += note.text.length
    this.#after.push({
      kind: 'paragraph',
      text: note.author === '' ? `[${note.text}]` : `[${note.author}: ${note.text}]`,
    })
  }
}

function headingLevel(frame: ParagraphFrame, styles: DocxStyles): number | null {
  if (frame.outline !== null) return frame.outline >= 0 && frame.outline < 9 ? frame.outline + 1 : null
  return frame.style === '' ? null : styles.headingLevel(frame.style)
}

/** A character of a symbol font; those of a font's private range mean what the font makes of them. */
function symbol(hex: string, font: string): string {
  const code = Number.parseInt(hex, 16)
  if (isFontSign(code)) return signOf(code, symbolFontOf(font, true) ?? 'other')
  const isCharacter = code > 0x20 && code < 0xd800
  return isCharacter ? String.fromCharCode(code) : ''
}
