// An export as PDF: embedded fonts, bookmarks, page numbers, links to the passages, and tags for screen readers.
import { setImmediate as nextTurn } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { Block, ExportPage, Mark, Run, Version } from './logic/exportPage.ts'
import { fontRuns, type FontFiles, type Weight } from './pdfFonts.ts'

/** The file, and how many characters no font had; null when stopped. */
export type Pdf = { readonly bytes: Uint8Array; readonly withoutGlyph: number }

type Style = {
  readonly size: number
  readonly weight: Weight
  readonly colour: string
  readonly strike?: boolean
  readonly underline?: boolean
  readonly goTo?: string
}

const ink = '#1c1b19'
const quiet = '#5c5850'
const margins = { top: 64, bottom: 72, left: 68, right: 68 }

/** Writes the page; honours `signal` between blocks. */
export async function pdfOf(page: ExportPage, fonts: FontFiles, signal: AbortSignal): Promise<Pdf | null> {
  const writer = new PdfWriter(page, fonts)
  for (const [at, block] of page.blocks.entries()) {
    writer.write(block)
    if (at % 8 === 0) await nextTurn()
    if (signal.aborted) return null
  }
  return writer.end()
}

class PdfWriter {
  readonly #page: ExportPage
  readonly #document: PDFKit.PDFDocument
  readonly #root: PDFKit.PDFStructureElement
  readonly #chunks: Buffer[] = []
  readonly #fonts: FontFiles
  readonly #known = new Map<string, string | null>()
  #withoutGlyph = 0

  constructor(page: ExportPage, fonts: FontFiles) {
    this.#page = page
    this.#fonts = fonts
    this.#document = new PDFDocument({
      size: 'A4',
      margins,
      bufferPages: true,
      pdfVersion: '1.7',
      tagged: true,
      lang: page.language,
      displayTitle: true,
      info: {
        Title: page.title,
        Subject: page.description,
        Author: 'Sotto',
        Creator: 'Sotto',
        CreationDate: new Date(page.date),
      },
    })
    this.#document.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
    for (const { name, bytes } of new Set([...fonts.values()].flat())) this.#document.registerFont(name, bytes)
    this.#root = this.#document.struct('Document')
    this.#document.addStructure(this.#root)
  }

  write(block: Block): void {
    switch (block.kind) {
      case 'heading':
        return this.#heading(block)
      case 'paragraph': {
        const tone = block.tone
        const style = {
          size: tone === 'quiet' ? 9.5 : 11,
          weight: tone === 'warning' ? 'strong' : 'regular',
          colour: tone === 'quiet' ? quiet : ink,
        } as const
        return this.#paragraph('P', block.runs, style, 6)
      }
      case 'list':
        for (const item of block.items) {
          this.#paragraph('LI', [{ kind: 'text', text: '•  ', mark: 'plain' }, ...item], body, 3, 10)
        }
        return this.#gap(4)
      case 'facts':
        for (const { term, value, code } of block.rows) {
          this.#line(
            'P',
            [
              [`${term}: `, { size: 9, weight: 'regular', colour: quiet }],
              [value, { size: code ? 8 : 9, weight: code ? 'code' : 'regular', colour: ink }],
            ],
            0.5,
          )
        }
        return this.#gap(4)
      case 'versions':
        this.#keep(90)
        this.#line('H3', [[block.title, { size: 11, weight: 'strong', colour: ink }]], 8)
        this.#version(block.before)
        this.#version(block.after)
        return
      case 'passage':
        this.#keep(60)
        this.#document.addNamedDestination(anchorOf(block.number), 'XYZ', margins.left, this.#document.y, 0)
        this.#line('P', [
          [`[${block.number}] `, { size: 9.5, weight: 'strong', colour: ink }],
          [block.place, { size: 9.5, weight: 'regular', colour: quiet }],
        ])
        return this.#paragraph(
          'BlockQuote',
          [{ kind: 'text', text: block.text, mark: 'plain' }],
          { ...body, size: 10 },
          7,
          12,
        )
    }
  }

  /** Numbers the pages and closes the file. */
  async end(): Promise<Pdf> {
    this.#root.end()
    const document = this.#document
    const { start, count } = document.bufferedPageRange()
    const ended = new Promise<void>((done) => document.on('end', () => done()))
    for (let at = start; at < start + count; at += 1) {
      document.switchToPage(at)
      // Without this the footer would begin a page of its own.
      document.page.margins.bottom = 0
      const text = this.#page.say('export.page', { page: at + 1, pages: count })
      document.markContent('Artifact', { type: 'Pagination' })
      document
        .font(this.#fontFor(0x31, 'regular') ?? 'Times-Roman')
        .fontSize(8.5)
        .fillColor(quiet)
      document.text(text, margins.left, document.page.height - 44, {
        align: 'center',
        lineBreak: false,
        width: this.#width,
      })
      document.endMarkedContent()
    }
    document.end()
    await ended
    return { bytes: new Uint8Array(Buffer.concat(this.#chunks)), withoutGlyph: this.#withoutGlyph }
  }

  get #width(): number {
    return this.#document.page.width - margins.left - margins.right
  }

  #heading({ level, text }: Extract<Block, { kind: 'heading' }>): void {
    const size = [19, 14, 11.5][level - 1] ?? 11.5
    // With what it heads: a passage keeps 60 points together, and the heading comes before them.
    this.#keep(size * 3 + 66)
    const isFirst = this.#document.y <= margins.top
    if (level > 1 && !isFirst) this.#gap(level === 2 ? 14 : 6)
    this.#document.outline.addItem(text)
    this.#line(`H${level}`, [[text, { size, weight: 'strong', colour: ink }]], level === 1 ? 6 : 4)
  }

  #version(version: Version | null): void {
    if (version === null) return
    this.#line('P', [[version.label, { size: 9.5, weight: 'regular', colour: quiet }]])
    this.#paragraph('BlockQuote', version.runs, { ...body, size: 10.5 }, 6, 12)
  }

  #paragraph(type: string, runs: readonly Run[], style: Style, after: number, indent = 0): void {
    this.#line(
      type,
      runs.map((run) =>
        run.kind === 'citation'
          ? [`\u00A0[${run.number}]`, citationStyle(run.number)]
          : [run.text, markedStyle(style, run.mark)],
      ),
      after,
      indent,
    )
  }

  /** Pieces that flow as one paragraph, each in its style, cut further by the fonts that have their letters. */
  #line(type: string, pieces: readonly (readonly [string, Style])[], after = 2, indent = 0): void {
    // A line break inside one of several pieces would tear the paragraph apart.
    const breaks = pieces.length > 1 ? /\s*\n\s*|\t/g : /\t/g
    const parts = pieces.flatMap(([text, style]) => this.#parts(text.normalize('NFC').replace(breaks, ' '), style))
    if (parts.length === 0) return
    const document = this.#document
    const largest = Math.max(...parts.map(({ style }) => style.size))
    const write = (): void => {
      // One distance of lines and one baseline for all pieces, whatever their size; only a citation stands higher.
      const base = document.font(parts[0]?.font ?? 'Times-Roman').fontSize(largest)
      const [leading, baseline] = [base.currentLineHeight(true) + 2.2, ascent(document)]
      parts.forEach(({ font, text, style }, at) => {
        document.font(font).fontSize(style.size).fillColor(style.colour)
        const options = {
          continued: at < parts.length - 1,
          width: this.#width - indent,
          lineGap: leading - document.currentLineHeight(true),
          baseline: -(style.goTo === undefined ? baseline : ascent(document)),
          strike: style.strike === true,
          underline: style.underline === true,
          goTo: style.goTo ?? null,
        } as unknown as PDFKit.Mixins.TextOptions // as: pdfkit takes null to end a link, its types do not
        if (at === 0) document.text(text, margins.left + indent, document.y, options)
        else document.text(text, options)
      })
    }
    this.#root.add(document.struct(type, {}, [write]))
    document.x = margins.left
    this.#gap(after)
  }

  #parts(text: string, style: Style): { font: string; text: string; style: Style }[] {
    const basic = this.#fontFor(0x61, style.weight) ?? 'Times-Roman'
    return fontRuns(text, (code) => this.#fontFor(code, style.weight)).map((run) => {
      if (run.font !== null) return { font: run.font, text: run.text, style }
      return { font: basic, text: this.#described(run.text), style }
    })
  }

  /** What stands for letters that no font has: their codes, or for a longer run how many and the first code. */
  #described(text: string): string {
    const codes = [...text].map(
      (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    )
    this.#withoutGlyph += codes.length
    if (codes.length <= 3) return `[${codes.join(' ')}]`
    return this.#page.say('export.fontRun', { count: codes.length, code: codes[0] ?? '' })
  }

  #fontFor(codePoint: number, weight: Weight): string | null {
    if (codePoint === 0x0a) return this.#fontFor(0x20, weight)
    const key = `${weight} ${codePoint}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const found = (this.#fonts.get(weight) ?? []).find(({ name }) => this.#hasGlyph(name, codePoint))?.name ?? null
    this.#known.set(key, found)
    return found
  }

  #hasGlyph(name: string, codePoint: number): boolean {
    this.#document.font(name)
    const { _font: opened } = this.#document as unknown as Opened // as: pdfkit's types leave its open font out
    return opened.font.hasGlyphForCodePoint(codePoint)
  }

  #gap(points: number): void {
    this.#document.y += points
  }

  /** Begins a page where fewer points than this are left. */
  #keep(points: number): void {
    if (this.#document.y + points > this.#document.page.height - margins.bottom) this.#document.addPage()
  }
}

type Opened = {
  readonly _font: { readonly ascender: number; readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } }
  readonly _fontSize: number
}

/** How far the open font rises above its baseline at the size that is set. */
function ascent(document: PDFKit.PDFDocument): number {
  const { _font: opened, _fontSize: size } = document as unknown as Opened // as: pdfkit's types leave its open font out
  return (opened.ascender / 1000) * size
}

const body: Style = { size: 11, weight: 'regular', colour: ink }

function citationStyle(number: number): Style {
  return { size: 8, weight: 'regular', colour: quiet, goTo: anchorOf(number) }
}

function markedStyle(style: Style, mark: Mark): Style {
  switch (mark) {
    case 'plain':
      return style
    case 'strong':
      return { ...style, weight: 'strong' }
    case 'quiet':
      return { ...style, size: style.size - 1.5, colour: quiet }
    case 'unsupported':
      return { ...style, underline: true }
    case 'removed':
      return { ...style, strike: true, colour: '#8c2f23' }
    case 'inserted':
      return { ...style, underline: true, colour: '#1f5c2e' }
  }
}

function anchorOf(number: number): string {
  return `passage-${number}`
}
