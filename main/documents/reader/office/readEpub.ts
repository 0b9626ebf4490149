// Reads books: the pages of the spine in order, each under the title the table of contents gives it.
import type { Coverage, Locator } from '#contract/document.ts'
import { documentTitle } from '../../logic/documentTitle.ts'
import { NcxTitles } from '../../logic/office/ncxTitles.ts'
import { XmlValues } from '../../logic/office/xmlValues.ts'
import { SectionWriter } from '../../logic/sectionWriter.ts'
import { resolvePart } from '../archive/partNames.ts'
import { corrupt, Refusal } from '../archive/refusal.ts'
import type { Reading, ReadingEnd } from '../formatReader.ts'
import { writeHtmlBlock } from '../readHtml.ts'
import { navigationTitles, readBookPage, type TitleEntry } from './bookPage.ts'
import { packageReader, type Package } from './package.ts'

/** Obfuscated fonts are no copy protection: the text stays open. */
const FONT_ALGORITHMS: ReadonlySet<string> = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
])
const PAGE_TYPES = /^(?:application\/xhtml\+xml|text\/html|application\/xml|text\/x-oeb1-document)$/

type Book = {
  readonly title: string | null
  /** Pages in reading order; null where one is listed and missing or no text. */
  readonly pages: readonly (string | null)[]
  readonly titles: ReadonlyMap<string, string>
}

/**
 * Reads EPUB 2 and 3. A chapter is a page of the spine; one the table of contents does not name goes on under the title
 * before it. Failures: those of the archive, `document-protected` (copy protection), `document-corrupt`,
 * `document-too-long`, `document-without-text`.
 */
export const readEpub = packageReader(read)

async function* read(document: Package): AsyncGenerator<Reading, ReadingEnd, void> {
  await refuseProtection(document)
  const book = await openBook(document)
  const { title, pages } = book
  const writer = new SectionWriter()
  const total = pages.length
  const withoutText: number[] = []
  const places: Locator[] = []
  if (title !== null) writer.chapter(title)
  for (const [at, page] of pages.entries()) {
    const before = writer.paragraphs
    places.push({ kind: 'section', path: [], paragraph: before + 1 })
    if (page !== null) yield* readPage(document, page, book, writer)
    const isEmpty = writer.paragraphs === before
    if (isEmpty) withoutText.push(at + 1)
    yield { type: 'progress', unit: 'chapter', read: at + 1, total, withoutText: isEmpty ? [at + 1] : [] }
  }
  if (writer.paragraphs === 0) {
    throw new Refusal({ code: 'document-without-text', details: { name: document.name, unit: 'chapter', total } })
  }
  const coverage: Coverage = { unit: 'chapter', total, read: total, withoutText, places }
  return { title: title ?? writer.firstHeading, coverage }
}

async function* readPage(
  document: Package,
  page: string,
  { titles, title: book }: Book,
  writer: SectionWriter,
): AsyncGenerator<Reading, void, void> {
  const title = titles.get(page)
  if (title !== undefined) writer.chapter(title === '' ? (book ?? '') : title)
  let isFirst = true
  const pieces = readBookPage(document, page, (block) => {
    // A book without a table of contents is told apart by the headings its pages open with.
    if (isFirst && titles.size === 0 && block.kind === 'heading') writer.chapter(block.text)
    isFirst = false
    writeHtmlBlock(writer, block)
  })
  for await (const _ of pieces) {
    document.checkLength(writer.characters)
    yield { type: 'segments', segments: [...writer.drain()] }
  }
  yield { type: 'segments', segments: [...writer.drain()] }
}

async function openBook(document: Package): Promise<Book> {
  const container = await document.take('META-INF/container.xml', new XmlValues('container:rootfile'))
  const opf = container
    .all('container:rootfile')
    .flatMap(({ 'full-path': path = '' }) => resolvePart('', path) ?? [])[0]
  if (opf === undefined || !document.archive.has(opf)) throw corrupt(document.name)
  const values = new XmlValues('opf:item', 'opf:itemref', 'opf:spine', 'dc:title')
  await document.take(opf, values, { allowDoctype: true })
  const items = values.all('opf:item')
  const partOf = (href: string | undefined) => {
    const part = href === undefined ? null : resolvePart(opf, href)
    return part !== null && document.archive.has(part) ? part : null
  }
  const byId = new Map(items.map((item) => [item.id ?? '', item]))
  const pages = values.all('opf:itemref').map(({ idref = '' }) => {
    const item = byId.get(idref)
    return PAGE_TYPES.test(item?.['media-type'] ?? '') ? partOf(item?.href) : null
  })
  const navigation = partOf(items.find(({ properties = '' }) => properties.split(/\s+/).includes('nav'))?.href)
  const ncx =
    byId.get(values.all('opf:spine')[0]?.toc ?? '') ??
    items.find((item) => item['media-type'] === 'application/x-dtbncx+xml')
  const titles = await titlesOf(document, navigation, partOf(ncx?.href))
  return { title: documentTitle(values.text('dc:title')), pages, titles }
}

/** What files are called: by the navigation page, else by the older table of contents. */
async function titlesOf(
  document: Package,
  navigation: string | null,
  ncx: string | null,
): Promise<ReadonlyMap<string, string>> {
  const own = navigation === null ? [] : await navigationTitles(document, navigation)
  if (navigation !== null && own.length > 0) return fileTitles(navigation, own)
  if (ncx === null) return new Map()
  return fileTitles(ncx, (await document.take(ncx, new NcxTitles(), { allowDoctype: true })).entries)
}

/** An entry names a file when it leads to its beginning, or when it is the only one that leads there; '' for a file whose parts alone are named. */
function fileTitles(from: string, entries: readonly TitleEntry[]): ReadonlyMap<string, string> {
  const titles = new Map<string, string>()
  const toBeginning = new Set<string>()
  for (const { reference, title } of entries) {
    const part = resolvePart(from, reference)
    if (part === null || title.trim() === '' || toBeginning.has(part)) continue
    if (!reference.includes('#')) {
      toBeginning.add(part)
      titles.set(part, title)
    } else titles.set(part, titles.has(part) ? '' : title)
  }
  return titles
}

async function refuseProtection(document: Package): Promise<void> {
  const encryption = await document.take('META-INF/encryption.xml', new XmlValues('enc:EncryptionMethod'))
  const algorithms = encryption.all('enc:EncryptionMethod').map(({ Algorithm = '' }) => Algorithm)
  if (document.archive.has('META-INF/sinf.xml') || algorithms.some((algorithm) => !FONT_ALGORITHMS.has(algorithm))) {
    throw new Refusal({ code: 'document-protected', details: { name: document.name } })
  }
}
