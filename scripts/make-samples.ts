// Sets the sample report as a PDF: `resources/samples/source/harbour-report.md` to `resources/samples/harbour-report.pdf`.
// The same source gives the same bytes.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage, type RGB } from 'pdf-lib'

const folder = path.join(import.meta.dirname, '..', 'resources', 'samples')

/** Points; A4 with room at the left for nothing but air. */
const PAGE = { width: 595.28, height: 841.89, left: 92, right: 92, top: 82, bottom: 88 }
const MEASURE = PAGE.width - PAGE.left - PAGE.right
const INK = rgb(0.11, 0.12, 0.14)
const GREY = rgb(0.42, 0.45, 0.49)
const BLUE = rgb(0.08, 0.29, 0.44)
const HAIR = rgb(0.78, 0.8, 0.83)

type Style = { readonly font: PDFFont; readonly size: number; readonly leading: number; readonly color: RGB }
type Fonts = Record<'serif' | 'serifBold' | 'serifItalic' | 'sans' | 'sansBold', PDFFont>
type Block = { readonly kind: string; readonly text: string }

/** Fills pages from top to bottom. */
class Typesetter {
  readonly document: PDFDocument
  readonly fonts: Fonts
  page: PDFPage
  y = 0

  constructor(document: PDFDocument, fonts: Fonts) {
    this.document = document
    this.fonts = fonts
    this.page = this.newPage()
  }

  newPage(): PDFPage {
    this.page = this.document.addPage([PAGE.width, PAGE.height])
    this.y = PAGE.height - PAGE.top
    return this.page
  }

  /** Room left on this page in points. */
  get room(): number {
    return this.y - PAGE.bottom
  }

  need(height: number): void {
    if (this.room < height) this.newPage()
  }

  space(height: number): void {
    if (this.y < PAGE.height - PAGE.top) this.y -= height
  }

  rule(color: RGB, thickness: number, from = PAGE.left, to = PAGE.width - PAGE.right): void {
    this.page.drawLine({ start: { x: from, y: this.y }, end: { x: to, y: this.y }, thickness, color })
  }

  /** Sets a paragraph, ragged right; it goes to the next page rather than being parted. */
  paragraph(text: string, style: Style, indent = 0): void {
    const lines = breakLines(text, style, MEASURE - indent)
    this.need(lines.length * style.leading)
    for (const line of lines) {
      this.y -= style.leading
      this.page.drawText(line, { x: PAGE.left + indent, y: this.y, ...drawn(style) })
    }
  }
}

function drawn(style: Style): { font: PDFFont; size: number; color: RGB } {
  return { font: style.font, size: style.size, color: style.color }
}

/** Breaks at spaces; a number stays with its unit and a day with its month. */
function breakLines(text: string, style: Style, width: number): readonly string[] {
  const glued = text
    .replace(/(\d) (million|per cent|metres|centimetres|millimetres|tonnes|minutes|knots|hours|people)/g, '$1\u00a0$2')
    .replace(
      /(\d) (January|March|May|June|July|August|September|October|November|December|April|February)/g,
      '$1\u00a0$2',
    )
  const lines: string[] = []
  let line = ''
  for (const word of glued.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && style.font.widthOfTextAtSize(plain(longer), style.size) > width) {
      lines.push(plain(line))
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, plain(line)]
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ')
}

/** Paragraphs, `#` headings, `- ` items and `word: ` lines of the source, in order. */
function blocksOf(source: string): readonly Block[] {
  return source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const marked = /^(#{1,2}|-|subtitle:|meta:|lead:|sign:|table:) (.*)$/.exec(line)
      return { kind: marked?.[1]?.replace(':', '') ?? 'body', text: typographic(marked?.[2] ?? line) }
    })
}

function typographic(text: string): string {
  return text
    .replaceAll("'", '\u2019')
    .replace(/(^|\s)"/g, '$1\u201c')
    .replaceAll('"', '\u201d')
}

function setBlocks(type: Typesetter, blocks: readonly Block[]): void {
  const { serif, serifBold, serifItalic, sans, sansBold } = type.fonts
  const body: Style = { font: serif, size: 11.6, leading: 16.9, color: INK }
  for (const [index, { kind, text }] of blocks.entries()) {
    switch (kind) {
      case '#':
        type.page.drawText('THORNMOUTH HARBOUR BOARD', {
          x: PAGE.left,
          y: type.y,
          font: sansBold,
          size: 8.5,
          color: BLUE,
        })
        type.y -= 26
        type.paragraph(text, { font: serifBold, size: 29, leading: 34, color: INK })
        break
      case 'subtitle':
        type.y -= 4
        type.paragraph(text, { font: serifItalic, size: 14, leading: 19, color: INK })
        type.y -= 12
        break
      case 'meta':
        type.paragraph(text, { font: sans, size: 8.5, leading: 13, color: GREY })
        break
      case 'lead':
        type.y -= 14
        type.rule(BLUE, 1.4, PAGE.left, PAGE.left + 48)
        type.y -= 8
        type.paragraph(text, { font: serifItalic, size: 13, leading: 19, color: INK })
        break
      case '##':
        type.space(20)
        // A heading stays with the paragraph below it.
        type.need(34 + breakLines(blocks[index + 1]?.text ?? '', body, MEASURE).length * body.leading)
        type.paragraph(text, { font: sansBold, size: 13.5, leading: 17, color: BLUE })
        type.y -= 2
        break
      case 'sign':
        type.space(blocks[index - 1]?.kind === 'sign' ? 0 : 16)
        type.paragraph(text, { font: serifItalic, size: 11.6, leading: 16.9, color: INK })
        break
      case '-':
        type.space(4)
        type.need(breakLines(text, body, MEASURE - 18).length * body.leading)
        type.page.drawText('\u2022', { x: PAGE.left + 4, y: type.y - body.leading, ...drawn(body) })
        type.paragraph(text, body, 18)
        break
      case 'table':
        if (blocks[index - 1]?.kind !== 'table') setTable(type, tableFrom(blocks, index), body)
        break
      default:
        type.space(7)
        type.paragraph(text, body)
    }
  }
}

function tableFrom(blocks: readonly Block[], index: number): readonly (readonly string[])[] {
  const end = blocks.findIndex((block, at) => at > index && block.kind !== 'table')
  return blocks.slice(index, end).map((block) => block.text.split(' | '))
}

/** Sets a table: words left, figures right, the first row as head and the last as sum. */
function setTable(type: Typesetter, rows: readonly (readonly string[])[], body: Style): void {
  const { sans, sansBold } = type.fonts
  const leading = 18
  type.space(14)
  type.need((rows.length + 1) * leading)
  type.rule(BLUE, 1)
  for (const [index, cells] of rows.entries()) {
    const isStrong = index === 0 || index === rows.length - 1
    const style = { font: isStrong ? sansBold : sans, size: 9, color: index === 0 ? BLUE : body.color }
    type.y -= leading
    for (const [column, text] of cells.entries()) {
      const right = PAGE.width - PAGE.right - (3 - column) * 62
      const x = column === 0 ? PAGE.left : right - style.font.widthOfTextAtSize(text, style.size)
      type.page.drawText(text, { x, y: type.y + 5.5, ...style })
    }
    const isBorder = index === 0 || index >= rows.length - 2
    type.rule(isBorder ? BLUE : HAIR, isBorder ? 0.8 : 0.4)
  }
  type.y -= 10
}

/** A foot on every page: the report's name and the page's number. */
function setFeet(type: Typesetter, title: string): void {
  const pages = type.document.getPages()
  for (const [index, page] of pages.entries()) {
    const style = { font: type.fonts.sans, size: 8, color: GREY }
    const number = `${index + 1}`
    const right = PAGE.width - PAGE.right - style.font.widthOfTextAtSize(number, style.size)
    page.drawText(title, { x: PAGE.left, y: 50, ...style })
    page.drawText(number, { x: right, y: 50, ...style })
  }
}

async function makeReport(): Promise<void> {
  const blocks = blocksOf(await readFile(path.join(folder, 'source', 'harbour-report.md'), 'utf8'))
  const document = await PDFDocument.create()
  const fonts: Fonts = {
    serif: await document.embedFont(StandardFonts.TimesRoman),
    serifBold: await document.embedFont(StandardFonts.TimesRomanBold),
    serifItalic: await document.embedFont(StandardFonts.TimesRomanItalic),
    sans: await document.embedFont(StandardFonts.Helvetica),
    sansBold: await document.embedFont(StandardFonts.HelveticaBold),
  }
  const type = new Typesetter(document, fonts)
  setBlocks(type, blocks)
  const title = 'The Thornmouth Flood Barrier: Report on the second year of works'
  setFeet(type, title)
  const written = new Date('2026-09-14T09:00:00Z')
  document.setTitle(title)
  document.setAuthor('Thornmouth Harbour Board')
  document.setLanguage('en-GB')
  document.setProducer('pdf-lib')
  document.setCreator('Sotto samples')
  document.setCreationDate(written)
  document.setModificationDate(written)
  const file = path.join(folder, 'harbour-report.pdf')
  await writeFile(file, await document.save())
  console.log(`${file}: ${document.getPageCount()} pages`)
}

await makeReport()
