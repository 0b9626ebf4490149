// Reads PDF page by page with pdfjs, which gets bytes on demand and neither runs scripts nor draws.
import {
  getDocument,
  PasswordException,
  PDFDataRangeTransport,
  VerbosityLevel,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
} from 'unpdf/pdfjs'
import { assertNever, fail, ok, type Result } from '#contract/result.ts'
import { PdfPages } from '../logic/pdfPages.ts'
import type { TextRun } from '../logic/pdfText.ts'
import { documentTitle } from '../logic/documentTitle.ts'
import { CMAP_FOLDER, CmapFiles } from './pdfCmaps.ts'
import { installPdfjsShortcuts } from './pdfjsShortcuts.ts'
import type { DocumentSource, ReadContext, Reading, ReadingEnd } from './formatReader.ts'

installPdfjsShortcuts()

const RANGE_BYTES = 65_536
/** Files up to here are handed over whole: pdfjs starts a page again for every range it finds missing. */
const WHOLE_BYTES = 67_108_864
const SLICE_BYTES = 1_048_576
const OUTLINE_TITLES = 20_000

/**
 * Reads a PDF's text layer. Pages that have none beyond a running head or foot, or that fail, are counted as without
 * text. Failures:
 * `document-encrypted` (a password is needed), `document-password-wrong`, `document-corrupt`, `document-without-text` (all pages),
 * `document-too-long`, or the source's.
 */
export async function* readPdf(
  source: DocumentSource,
  context: ReadContext,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  const task = openTask(source, await wholeFile(source), context.password) // destroyed in `finally`
  try {
    const opened = await documentOf(task, source, context)
    if (!opened.ok) return opened
    return yield* readPages(opened.value, source, context)
  } finally {
    await task.destroy()
  }
}

/** All bytes of a file that is not too large for it; null for one that is. */
async function wholeFile(source: DocumentSource): Promise<Uint8Array | null> {
  if (source.size > WHOLE_BYTES) return null
  const bytes = new Uint8Array(source.size)
  for (let offset = 0; offset < source.size && source.failure === null; offset += SLICE_BYTES) {
    bytes.set(await source.read(offset, Math.min(SLICE_BYTES, source.size - offset)), offset)
  }
  return bytes
}

function openTask(
  source: DocumentSource,
  whole: Uint8Array | null,
  password: string | undefined,
): PDFDocumentLoadingTask {
  return getDocument({
    ...(password === undefined ? {} : { password }),
    ...(whole === null ? { range: new SourceTransport(source) } : { data: whole }),
    rangeChunkSize: RANGE_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    cMapUrl: `${CMAP_FOLDER}/`,
    cMapPacked: true,
    BinaryDataFactory: CmapFiles,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  })
}

async function documentOf(
  task: PDFDocumentLoadingTask,
  source: DocumentSource,
  { name, password }: ReadContext,
): Promise<Result<PDFDocumentProxy>> {
  try {
    return ok(await task.promise)
  } catch (error) {
    if (source.failure !== null) return { ok: false, failure: source.failure }
    if (!(error instanceof PasswordException)) return fail('document-corrupt', { name })
    return fail(password === undefined ? 'document-encrypted' : 'document-password-wrong', { name })
  }
}

async function* readPages(
  document: PDFDocumentProxy,
  source: DocumentSource,
  { name, limits }: ReadContext,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  const total = document.numPages
  const tooLong = fail('document-too-long', { name, limitCharacters: limits.characters })
  // Taken from the file as it stands there, which may be anything.
  if (total < 1) return fail('document-corrupt', { name })
  if (total > limits.pages) return tooLong
  const labels = await labelsOf(document)
  const pages = new PdfPages(await outlineOf(document))
  const withoutText: number[] = []
  let [characters, failed] = [0, 0]
  for (let number = 1; number <= total; number += 1) {
    const drawn = await runsOf(document, number)
    if (source.failure !== null) return { ok: false, failure: source.failure }
    if (drawn === null) failed += 1
    const page = pages.assemble(drawn?.runs ?? [], drawn?.height ?? 0, number, labels(number))
    characters += page.text.length
    if (characters > limits.characters) return tooLong
    const isEmpty = !/[\p{L}\p{N}]/u.test(page.text)
    if (isEmpty) withoutText.push(number)
    else yield { type: 'segments', segments: [...page.segments] }
    yield { type: 'progress', unit: 'page', read: number, total, withoutText: isEmpty ? [number] : [] }
  }
  if (failed === total) return fail('document-corrupt', { name })
  if (withoutText.length === total) return fail('document-without-text', { name, unit: 'page', total })
  const title = documentTitle(await metadataTitle(document)) ?? pages.firstHeading
  return ok({ title, coverage: { unit: 'page', total, read: total, withoutText } })
}

/** The text runs of a page and its height; null when the page cannot be read. */
async function runsOf(
  document: PDFDocumentProxy,
  number: number,
): Promise<{ readonly runs: readonly TextRun[]; readonly height: number } | null> {
  try {
    const page = await document.getPage(number)
    const { transform, height } = page.getViewport({ scale: 1 })
    const { items, styles } = await page.getTextContent()
    page.cleanup()
    const runs = items.flatMap((item) =>
      'str' in item && item.str !== '' ? [runOf(item, transform, styles[item.fontName]?.vertical === true)] : [],
    )
    return { runs, height }
  } catch {
    return null
  }
}

type Item = {
  readonly str: string
  readonly dir: string
  readonly width: number
  readonly height: number
  readonly transform: readonly number[]
}

/**
 * Page space to the upright page as a reader sees it: the viewport turns rotated pages and lets y grow downwards. Text that
 * runs another way is turned for itself, so that it runs from left to right and its lines follow downwards; so is vertical
 * writing, whose columns follow from the right.
 */
function runOf(item: Item, viewport: readonly number[], isVertical: boolean): TextRun {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = viewport
  const [across = 0, along = 0, skew = 0, height = 0, x = 0, y = 0] = item.transform
  const [forward, upward] = isVertical ? [-skew, -height] : [across, along]
  const [right, down] = [a * forward + c * upward, b * forward + d * upward]
  const turns = quarterTurns(right, down)
  const place = turned(a * x + c * y + e, b * x + d * y + f, turns)
  const run = {
    text: item.str,
    ...place,
    width: isVertical ? item.height : item.width,
    size: Math.hypot(skew, height),
    rightToLeft: item.dir === 'rtl',
  }
  return turns === 0 ? run : { ...run, turns }
}

/** The nearest quarter turn, clockwise, of text that runs towards (`right`, `down`). */
function quarterTurns(right: number, down: number): 0 | 1 | 2 | 3 {
  if (Math.abs(down) <= Math.abs(right)) return right >= 0 ? 0 : 2
  return down > 0 ? 1 : 3
}

function turned(x: number, y: number, turns: 0 | 1 | 2 | 3): { readonly x: number; readonly y: number } {
  switch (turns) {
    case 0:
      return { x, y }
    case 1:
      return { x: y, y: -x }
    case 2:
      return { x: -x, y: -y }
    case 3:
      return { x: -y, y: x }
    default:
      return assertNever(turns)
  }
}

/** The titles of the document's outline, at most so many as matter. */
async function outlineOf(document: PDFDocumentProxy): Promise<readonly string[]> {
  try {
    const titles: string[] = []
    let level: readonly OutlineItem[] = (await document.getOutline()) ?? []
    while (level.length > 0 && titles.length < OUTLINE_TITLES) {
      titles.push(...level.map(({ title }) => title))
      level = level.flatMap(({ items }) => items)
    }
    return titles.filter((title) => title.trim() !== '')
  } catch {
    return []
  }
}

type OutlineItem = { readonly title: string; readonly items: readonly OutlineItem[] }

/** What the document prints for a page; undefined where that is its plain number. */
async function labelsOf(document: PDFDocumentProxy): Promise<(page: number) => string | undefined> {
  try {
    const labels = await document.getPageLabels()
    return (page) => {
      const label = labels?.[page - 1]
      return label === undefined || label === '' || label === String(page) ? undefined : label.toWellFormed()
    }
  } catch {
    return () => undefined
  }
}

async function metadataTitle(document: PDFDocumentProxy): Promise<unknown> {
  try {
    const { info } = (await document.getMetadata()) as { info: { Title?: unknown } } // as: pdfjs types it as a bare object
    return info.Title
  } catch {
    return undefined
  }
}

/** Hands pdfjs the ranges it asks for. What cannot be read comes as zeros; the source remembers why. */
class SourceTransport extends PDFDataRangeTransport {
  readonly #source: DocumentSource

  constructor(source: DocumentSource) {
    super(source.size, null)
    this.#source = source
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#source.read(begin, end - begin).then((bytes) => this.onDataRange(begin, bytes))
  }
}
