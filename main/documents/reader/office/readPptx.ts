// Reads PowerPoint presentations slide by slide in the order they are shown, with the speaker's notes.
import type { Coverage, LeftOut } from '#contract/document.ts'
import { documentTitle } from '../../logic/documentTitle.ts'
import { PptxSlide } from '../../logic/office/pptxSlide.ts'
import { slideSegments } from '../../logic/office/slideSegments.ts'
import { XmlValues } from '../../logic/office/xmlValues.ts'
import { xmlEvents } from './xmlPart.ts'
import { Refusal } from '../archive/refusal.ts'
import type { Reading, ReadingEnd } from '../formatReader.ts'
import { figuresOf } from './figures.ts'
import { packageReader, type Package } from './package.ts'

/**
 * Reads PPTX, PPSX and PPTM, charts and diagrams too. Hidden slides are read and named in `hidden`; dates, footers and
 * numbers every slide repeats, and embedded objects, are left out. Failures: those of the archive, `document-corrupt`,
 * `document-too-long`, `document-without-text`, `file-empty` (no slides).
 */
export const readPptx = packageReader(read)

async function* read(document: Package): AsyncGenerator<Reading, ReadingEnd, void> {
  const slides = await slideParts(document)
  const total = slides.length
  if (total === 0) throw new Refusal({ code: 'file-empty', details: { name: document.name } })
  const withoutText: number[] = []
  const hidden: number[] = []
  let hasUnread = false
  let characters = 0
  let firstTitle: string | null = null
  for (const [at, part] of slides.entries()) {
    const number = at + 1
    const slide = await takeSlide(document, part, new PptxSlide('body', await figuresOf(document, part)), characters)
    characters += slide.characters
    const notesPart = (await document.relationships(part)).find(({ type }) => type === 'notesSlide')?.part
    const notes = await takeSlide(document, notesPart ?? null, new PptxSlide('notes'), characters)
    characters += notes.characters
    const segments = [...slideSegments(slide.blocks, number, 'body'), ...slideSegments(notes.blocks, number, 'notes')]
    hasUnread ||= slide.hasUnread
    if (slide.isHidden) hidden.push(number)
    if (segments.length === 0) withoutText.push(number)
    firstTitle ??= segments.find(({ kind }) => kind === 'heading')?.text.replaceAll('\n', ' ') ?? null
    yield { type: 'segments', segments }
    yield { type: 'progress', unit: 'slide', read: number, total, withoutText: segments.length === 0 ? [number] : [] }
  }
  if (withoutText.length === total) {
    throw new Refusal({ code: 'document-without-text', details: { name: document.name, unit: 'slide', total } })
  }
  const title = documentTitle(await document.title()) ?? firstTitle
  return { title, coverage: coverageOf(total, withoutText, hidden, hasUnread) }
}

/** The parts of the slides in the order of the presentation; what is listed and missing is damage. */
async function slideParts(document: Package): Promise<readonly string[]> {
  const main = await document.mainPart()
  const related = new Map((await document.relationships(main)).map(({ id, part }) => [id, part]))
  const list = await document.take(main, new XmlValues('p:sldId'))
  return list.all('p:sldId').map(({ 'r:id': id = '' }) => {
    const part = related.get(id)
    if (part === undefined) throw new Refusal({ code: 'document-corrupt', details: { name: document.name } })
    return part
  })
}

async function takeSlide(document: Package, part: string | null, slide: PptxSlide, before: number): Promise<PptxSlide> {
  if (part === null) return slide
  for await (const events of xmlEvents(document.archive, part, document.name)) {
    for (const event of events) slide.take(event)
    document.checkLength(before + slide.characters)
  }
  return slide
}

function coverageOf(total: number, withoutText: number[], hidden: number[], hasUnread: boolean): Coverage {
  const leftOut: LeftOut[] = hasUnread ? ['embedded'] : []
  return {
    unit: 'slide',
    total,
    read: total,
    withoutText,
    ...(hidden.length === 0 ? {} : { hidden }),
    ...(leftOut.length === 0 ? {} : { leftOut }),
  }
}
