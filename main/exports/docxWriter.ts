// An export as a Word document: real headings, lists, footnotes for citations, bookmarks for the passages.
import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  Footer,
  FootnoteReferenceRun,
  HeadingLevel,
  InternalHyperlink,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
  type IRunOptions,
  type ParagraphChild,
} from 'docx'
import type { Block, ExportPage, Run, Version } from './logic/exportPage.ts'

const levels = [HeadingLevel.TITLE, HeadingLevel.HEADING_1, HeadingLevel.HEADING_2] as const
const serif = 'Georgia'
const mono = 'Consolas'

/** Every citation becomes a footnote that names its place and leads to the passage. */
export async function docxOf(page: ExportPage): Promise<Uint8Array> {
  const footnotes = new Footnotes(page)
  const children = page.blocks.flatMap((block) => paragraphsOf(block, footnotes))
  const document = new Document({
    title: page.title,
    description: page.description,
    creator: 'Sotto',
    lastModifiedBy: 'Sotto',
    styles: { default: styles(page.language), paragraphStyles },
    numbering: { config: [{ reference: 'points', levels: [bullet] }] },
    footnotes: footnotes.notes,
    sections: [{ properties: { page: { margin } }, footers: { default: footer() }, children }],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

/** Numbers footnotes in the order they stand; Word wants each used once. */
class Footnotes {
  readonly #page: ExportPage
  readonly #notes: Record<string, { readonly children: Paragraph[] }> = {}
  #count = 0

  constructor(page: ExportPage) {
    this.#page = page
  }

  get notes(): Record<string, { readonly children: Paragraph[] }> {
    return this.#notes
  }

  add(number: number): ParagraphChild {
    this.#count += 1
    const place = this.#page.places.get(number) ?? ''
    const link = new InternalHyperlink({
      anchor: anchorOf(number),
      children: [new TextRun({ text: `[${number}]`, style: 'Hyperlink' })],
    })
    this.#notes[String(this.#count)] = {
      children: [new Paragraph({ style: 'FootnoteText', children: [new TextRun(` ${place} `), link] })],
    }
    return new FootnoteReferenceRun(this.#count)
  }
}

function paragraphsOf(block: Block, footnotes: Footnotes): Paragraph[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: levels[block.level - 1] ?? HeadingLevel.HEADING_2, children: text(block.text) })]
    case 'paragraph': {
      const children = runsOf(block.runs, footnotes)
      return [new Paragraph({ children, ...(block.tone === 'plain' ? {} : { style: toneStyles[block.tone] }) })]
    }
    case 'list':
      return block.items.map(
        (item) => new Paragraph({ children: runsOf(item, footnotes), numbering: { reference: 'points', level: 0 } }),
      )
    case 'facts':
      return block.rows.map(
        ({ term, value, code }) =>
          new Paragraph({
            style: 'Fact',
            children: [
              new TextRun({ text: `${term}: `, bold: true }),
              ...text(value, code ? { font: mono, size: 16 } : {}),
            ],
          }),
      )
    case 'versions':
      return [
        new Paragraph({ heading: HeadingLevel.HEADING_3, children: text(block.title) }),
        ...versionOf(block.before, footnotes),
        ...versionOf(block.after, footnotes),
      ]
    case 'passage': {
      const mark = new Bookmark({
        id: anchorOf(block.number),
        children: [new TextRun({ text: `[${block.number}]`, bold: true })],
      })
      return [
        new Paragraph({ style: 'Place', keepNext: true, children: [mark, ...text(` ${block.place}`)] }),
        ...block.text.split('\n').map((line) => new Paragraph({ style: 'Passage', children: text(line) })),
      ]
    }
  }
}

function versionOf(version: Version | null, footnotes: Footnotes): Paragraph[] {
  if (version === null) return []
  return [
    new Paragraph({ style: 'Place', keepNext: true, children: text(version.label) }),
    new Paragraph({ style: 'Passage', children: runsOf(version.runs, footnotes) }),
  ]
}

function runsOf(runs: readonly Run[], footnotes: Footnotes): ParagraphChild[] {
  return runs.flatMap((run) => (run.kind === 'citation' ? [footnotes.add(run.number)] : text(run.text, formatOf(run))))
}

function formatOf({ mark }: Extract<Run, { kind: 'text' }>): IRunOptions {
  switch (mark) {
    case 'plain':
      return {}
    case 'strong':
      return { bold: true }
    case 'quiet':
      return { italics: true, color: '5C5850' }
    case 'unsupported':
      return { underline: { type: 'wave' } }
    case 'removed':
      return { strike: true, color: '8C2F23' }
    case 'inserted':
      return { underline: { type: 'single' }, color: '1F5C2E' }
  }
}

/** Runs of one text; a line break inside stays one. */
function text(value: string, format: IRunOptions = {}): TextRun[] {
  return value.split('\n').map((line, at) => new TextRun({ ...format, text: line, ...(at === 0 ? {} : { break: 1 }) }))
}

function anchorOf(number: number): string {
  return `passage_${number}`
}

function footer(): Footer {
  const children = [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES]
  return new Footer({
    children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children, size: 16 })] })],
  })
}

const margin = { top: 1134, bottom: 1134, left: 1247, right: 1247 }

const bullet = {
  level: 0,
  format: LevelFormat.BULLET,
  text: '•',
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 360, hanging: 260 } } },
} as const

const toneStyles = { quiet: 'Quiet', warning: 'Notice' } as const

/** Lines in parts of a single one; said with its rule, or LibreOffice takes the number for a fixed height. */
function leading(line: number) {
  return { line, lineRule: LineRuleType.AUTO } as const
}

function styles(language: 'en' | 'de') {
  const head = { bold: true, font: serif, color: '1C1B19' }
  /** A heading stays whole and on the page of what it heads. */
  const headed = (before: number, after: number) => ({
    keepNext: true,
    keepLines: true,
    spacing: { before, after, ...leading(264) },
  })
  return {
    document: {
      run: { font: serif, size: 22, language: { value: language === 'de' ? 'de-DE' : 'en-GB' } },
      paragraph: { spacing: { after: 120, ...leading(300) } },
    },
    title: { run: { ...head, size: 36 }, paragraph: headed(0, 120) },
    heading1: { run: { ...head, size: 27 }, paragraph: headed(360, 120) },
    heading2: { run: { ...head, size: 23 }, paragraph: headed(240, 80) },
    heading3: { run: { ...head, size: 22 }, paragraph: headed(200, 60) },
    hyperlink: { run: { color: '5C5850', underline: { type: 'single', color: 'B8B2A6' } } },
    footnoteText: { run: { size: 17, color: '5C5850' }, paragraph: { spacing: { after: 20, ...leading(252) } } },
  } as const
}

const rule = { style: BorderStyle.SINGLE, size: 12, space: 8 } as const
const paragraphStyles = [
  { id: 'Quiet', name: 'Quiet', basedOn: 'Normal', run: { size: 18, color: '5C5850' } },
  {
    id: 'Fact',
    name: 'Fact',
    basedOn: 'Quiet',
    paragraph: { spacing: { after: 20 } },
  },
  {
    id: 'Place',
    name: 'Place',
    basedOn: 'Normal',
    run: { size: 18, color: '5C5850' },
    paragraph: { spacing: { after: 20 } },
  },
  {
    id: 'Notice',
    name: 'Notice',
    basedOn: 'Normal',
    run: { bold: true },
    paragraph: { indent: { left: 200 }, border: { left: { ...rule, color: '1C1B19' } } },
  },
  {
    id: 'Passage',
    name: 'Passage',
    basedOn: 'Normal',
    run: { size: 20 },
    paragraph: { indent: { left: 200 }, border: { left: { ...rule, size: 6, color: 'D9D4C8' } } },
  },
]
