// Reads HTML: the page's main content as headings, paragraphs, lists and tables; nothing it names is ever fetched.
import { Parser } from 'htmlparser2'
import type { Coverage } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { documentTitle } from '../logic/documentTitle.ts'
import { HtmlBlocks, type HtmlScope } from '../logic/html/htmlBlocks.ts'
import type { HtmlBlock } from '../logic/html/htmlTable.ts'
import { SectionWriter } from '../logic/sectionWriter.ts'
import type { DocumentSource, FormatReader, ReadContext, Reading, ReadingEnd, TextFacts } from './formatReader.ts'
import { declaredEncoding } from './htmlEncoding.ts'
import { createDecoder } from './textDecoding.ts'

const SLICE_BYTES = 262_144
const OVERLAP_CHARACTERS = 64
/** A `main` with less text than this share of the page is no content, but a program's empty frame. */
const LEAST_MAIN_SHARE = 0.1

/** A reader for HTML in the encoding its bytes, or else it itself, tell. */
export function htmlReader(facts: TextFacts): FormatReader {
  return (source, context) => readHtml(source, context, facts)
}

/** What one page holds, read from memory: for mails, whose HTML comes from another reader. */
export function blocksOfHtml(html: string): readonly HtmlBlock[] {
  const found: HtmlBlock[] = []
  const page = new Page('page', (block) => found.push(block))
  page.write(html)
  page.finish()
  return found
}

async function* readHtml(
  source: DocumentSource,
  context: ReadContext,
  facts: TextFacts,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  const opening = await source.read(0, Math.min(4096, source.size))
  const encoding = declaredEncoding(opening, facts.encoding)
  const scope = await scopeOf(source, encoding)
  const writer = new SectionWriter()
  const page = new Page(scope, (block) => writeHtmlBlock(writer, block))
  for await (const text of textOf(source, encoding)) {
    page.write(text)
    yield* written(writer)
  }
  page.finish()
  yield* written(writer)
  if (source.failure !== null) return { ok: false, failure: source.failure }
  const total = writer.paragraphs
  if (total === 0) return fail('file-empty', { name: context.name })
  const coverage: Coverage = { unit: 'paragraph', total, read: total, withoutText: [] }
  const title = documentTitle(page.title) ?? writer.firstHeading
  return ok({ title, coverage: page.hidden ? { ...coverage, leftOut: ['hidden-text'] } : coverage })
}

/** Writes a block of a page as what it is. */
export function writeHtmlBlock(writer: SectionWriter, block: HtmlBlock): void {
  if (block.kind === 'heading') writer.heading(block.level, block.text)
  else if (block.kind === 'table') writer.table(block.rows)
  else if (block.kind === 'list-item') writer.item(block.depth, block.text)
  else writer.block(block.kind, block.text)
}

function* written(writer: SectionWriter): Generator<Reading, void, void> {
  const segments = writer.drain()
  if (segments.length > 0) yield { type: 'segments', segments: [...segments] }
  const read = writer.paragraphs
  yield { type: 'progress', unit: 'paragraph', read, total: read, withoutText: [] }
}

/** Whether the page marks its main content, and the mark can be believed. */
async function scopeOf(source: DocumentSource, encoding: string): Promise<HtmlScope> {
  let [before, marked] = ['', false]
  for await (const text of textOf(source, encoding)) {
    if (/<main[\s>]|\srole\s*=\s*["']?main\b/i.test(before + text)) marked = true
    if (marked) break
    before = text.slice(-OVERLAP_CHARACTERS)
  }
  if (!marked) return 'page'
  const [inMain, inAll] = await Promise.all([lengthOf(source, encoding, 'main'), lengthOf(source, encoding, 'page')])
  return inMain > LEAST_MAIN_SHARE * inAll ? 'main' : 'page'
}

async function lengthOf(source: DocumentSource, encoding: string, scope: HtmlScope): Promise<number> {
  let length = 0
  const page = new Page(scope, (block) => {
    length += block.kind === 'table' ? block.rows.flat().join('').length : block.text.length
  })
  for await (const text of textOf(source, encoding)) page.write(text)
  page.finish()
  return length
}

async function* textOf(source: DocumentSource, encoding: string): AsyncGenerator<string, void, void> {
  const decoder = createDecoder(encoding)
  for (let offset = 0; offset < source.size && source.failure === null; offset += SLICE_BYTES) {
    yield decoder.push(await source.read(offset, Math.min(SLICE_BYTES, source.size - offset)))
  }
  yield decoder.finish()
}

/** One parse of one page. */
class Page {
  readonly #blocks: HtmlBlocks
  readonly #parser: Parser

  constructor(scope: HtmlScope, write: (block: HtmlBlock) => void) {
    const blocks = new HtmlBlocks(scope, write)
    this.#blocks = blocks
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => blocks.open(name, attributes),
        ontext: (text) => blocks.text(text),
        onclosetag: (name) => blocks.close(name),
      },
      { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: false },
    )
  }

  get title(): string | null {
    return this.#blocks.title
  }

  get hidden(): boolean {
    return this.#blocks.hidden
  }

  write(text: string): void {
    this.#parser.write(text)
  }

  finish(): void {
    this.#parser.end()
    this.#blocks.finish()
  }
}
