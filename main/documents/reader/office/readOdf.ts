// Reads OpenDocument texts, spreadsheets and presentations.
import type { Coverage, LeftOut, Locator } from '#contract/document.ts'
import { documentTitle } from '../../logic/documentTitle.ts'
import { writeBlock } from '../../logic/office/blocks.ts'
import { OdfBlocks } from '../../logic/office/odfBlocks.ts'
import { OdfPresentation } from '../../logic/office/odfPresentation.ts'
import { OdsSheets } from '../../logic/office/odsSheets.ts'
import { SectionWriter } from '../../logic/sectionWriter.ts'
import { Refusal } from '../archive/refusal.ts'
import type { Reading, ReadingEnd } from '../formatReader.ts'
import { odfBody, odfStyles, odfTitle } from './odfPackage.ts'
import { packageReader, type Package } from './package.ts'
import { paragraphCoverage, written } from './sectionReading.ts'

/**
 * Reads ODT. Tracked deletions, hidden text and headers and footers are left out and said so. Failures: those of the
 * archive, `document-encrypted`, `document-corrupt`, `document-too-long`, `file-empty`.
 */
export const readOdt = packageReader(readText)
/** Reads ODS; hidden sheets are named in `hidden`, long repetitions cut (`rest`). Failures as with ODT. */
export const readOds = packageReader(readSheets)
/** Reads ODP; hidden slides are named in `hidden`. Failures as with ODT, and `document-without-text`. */
export const readOdp = packageReader(readSlides)

async function* readText(document: Package): AsyncGenerator<Reading, ReadingEnd, void> {
  const styles = await odfStyles(document)
  const writer = new SectionWriter()
  const blocks = new OdfBlocks(styles, (block) => writeBlock(writer, block))
  for await (const _ of odfBody(document, styles, blocks)) yield* written(writer)
  blocks.finish()
  yield* written(writer)
  const leftOut: LeftOut[] = [...(styles.hasMargins ? ['headers' as const] : []), ...blocks.leftOut]
  const title = documentTitle(await odfTitle(document)) ?? writer.firstHeading
  return { title, coverage: { ...paragraphCoverage(document, writer), ...said(leftOut) } }
}

async function* readSheets(document: Package): AsyncGenerator<Reading, ReadingEnd, void> {
  const styles = await odfStyles(document)
  const sheets = new OdsSheets(styles)
  const tally = new Tally('sheet')
  const places: Locator[] = []
  for await (const _ of odfBody(document, styles, sheets)) {
    const { segments, sheets: done } = sheets.drain()
    yield { type: 'segments', segments: [...segments] }
    for (const { number, isHidden, isEmpty, place } of done) {
      places.push(place)
      yield tally.count(number, isHidden, isEmpty)
    }
  }
  if (tally.isEmpty) throw new Refusal({ code: 'file-empty', details: { name: document.name } })
  const title = documentTitle(await odfTitle(document))
  return { title, coverage: { ...tally.coverage, ...said(sheets.isCut ? ['rest'] : []), places } }
}

async function* readSlides(document: Package): AsyncGenerator<Reading, ReadingEnd, void> {
  const styles = await odfStyles(document)
  const slides = new OdfPresentation(styles)
  const tally = new Tally('slide')
  let firstTitle: string | null = null
  for await (const _ of odfBody(document, styles, slides)) {
    for (const { number, isHidden, segments } of slides.drain()) {
      firstTitle ??= segments.find(({ kind }) => kind === 'heading')?.text.replaceAll('\n', ' ') ?? null
      yield { type: 'segments', segments: [...segments] }
      yield tally.count(number, isHidden, segments.length === 0)
    }
  }
  const { coverage } = tally
  if (coverage.total === 0) throw new Refusal({ code: 'file-empty', details: { name: document.name } })
  if (tally.isEmpty) {
    const details = { name: document.name, unit: 'slide', total: coverage.total }
    throw new Refusal({ code: 'document-without-text', details })
  }
  const title = documentTitle(await odfTitle(document)) ?? firstTitle
  return { title, coverage: { ...coverage, ...said(slides.leftOut) } }
}

function said(leftOut: readonly LeftOut[]): Pick<Coverage, 'leftOut'> {
  return leftOut.length === 0 ? {} : { leftOut: [...leftOut] }
}

/** Counts units as they are read; how many there are is known at the end only. */
class Tally {
  readonly #unit: Coverage['unit']
  readonly #withoutText: number[] = []
  readonly #hidden: number[] = []
  #read = 0

  constructor(unit: Coverage['unit']) {
    this.#unit = unit
  }

  get isEmpty(): boolean {
    return this.#withoutText.length === this.#read
  }

  get coverage(): Coverage {
    const [unit, read, hidden] = [this.#unit, this.#read, this.#hidden]
    return { unit, total: read, read, withoutText: this.#withoutText, ...(hidden.length === 0 ? {} : { hidden }) }
  }

  count(number: number, isHidden: boolean, isEmpty: boolean): Reading {
    this.#read = number
    if (isHidden) this.#hidden.push(number)
    if (isEmpty) this.#withoutText.push(number)
    return { type: 'progress', unit: this.#unit, read: number, total: number, withoutText: isEmpty ? [number] : [] }
  }
}
