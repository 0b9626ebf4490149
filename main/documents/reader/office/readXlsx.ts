// Reads Excel workbooks sheet by sheet, each streamed: values as they show, in segments with their range.
import type { Coverage, Locator } from '#contract/document.ts'
import { documentTitle } from '../../logic/documentTitle.ts'
import { SharedStrings } from '../../logic/office/sharedStrings.ts'
import { SheetWriter, type SheetNote } from '../../logic/office/sheetWriter.ts'
import { figureNotes, sheetNotes, XlsxComments, XlsxDrawing } from '../../logic/office/xlsxNotes.ts'
import { XlsxSheet } from '../../logic/office/xlsxSheet.ts'
import { XlsxStyles } from '../../logic/office/xlsxStyles.ts'
import { isOn } from '../../logic/office/xmlEvent.ts'
import { XmlValues } from '../../logic/office/xmlValues.ts'
import { Refusal } from '../archive/refusal.ts'
import type { Reading, ReadingEnd } from '../formatReader.ts'
import { figuresOf } from './figures.ts'
import { packageReader, type Package } from './package.ts'
import { xmlEvents } from './xmlPart.ts'

/** A sheet in the order of its tab; `part` is null where it has no cells or is missing, `drawn` where nothing is drawn on it. */
type Sheet = {
  readonly name: string
  readonly isHidden: boolean
  readonly part: string | null
  readonly drawn: string | null
}

/**
 * Reads XLSX and XLSM. Hidden sheets are read and named in `hidden`; comments, text boxes, charts and diagrams follow the
 * rows they hang on; embedded objects are left out. Failures: those of the archive, `document-corrupt`, `document-too-long`, `file-empty`.
 */
export const readXlsx = packageReader(read)

async function* read(document: Package): AsyncGenerator<Reading, ReadingEnd, void> {
  const main = await document.mainPart()
  const workbook = await document.take(main, new XmlValues('x:workbookPr', 'x:sheet'))
  const related = await document.relationships(main)
  const partOf = (type: string) => related.find((one) => one.type === type)?.part ?? null
  const dates = isOn(workbook.all('x:workbookPr')[0]?.date1904 ?? '0') ? 1904 : 1900
  const styles = await document.take(partOf('styles'), new XlsxStyles(dates))
  const strings = await stringsOf(document, partOf('sharedStrings'))
  const sheets = workbook.all('x:sheet').map(({ name = '', state = 'visible', 'r:id': id }): Sheet => ({
    name,
    isHidden: state !== 'visible',
    part: related.find((one) => one.id === id && one.type === 'worksheet')?.part ?? null,
    drawn: related.find((one) => one.id === id && /^(?:work|chart)sheet$/.test(one.type))?.part ?? null,
  }))
  const persons = await document.take(partOf('person'), new XmlValues('tc:person'))
  const names = new Map(persons.all('tc:person').map(({ id = '', displayName = '' }) => [id, displayName]))
  const withoutText: number[] = []
  const places: Locator[] = []
  let characters = 0
  let hasUnread = document.archive.names.some((part) => /^xl\/embeddings\/.*[^/]$/.test(part))
  for (const [at, sheet] of sheets.entries()) {
    const beside = await besideOf(document, sheet.drawn, names)
    hasUnread ||= beside.hasUnread
    const writer = new SheetWriter(sheet.name, beside.notes)
    places.push(writer.place)
    if (sheet.part !== null)
      yield* readSheet(document, sheet.part, new XlsxSheet(strings, styles, writer), writer, characters)
    else yield { type: 'segments', segments: [...writer.drain(true)] }
    document.checkLength(characters + writer.characters)
    characters += writer.characters
    if (writer.characters === 0) withoutText.push(at + 1)
    yield {
      type: 'progress',
      unit: 'sheet',
      read: at + 1,
      total: sheets.length,
      withoutText: writer.characters === 0 ? [at + 1] : [],
    }
  }
  if (characters === 0) throw new Refusal({ code: 'file-empty', details: { name: document.name } })
  return {
    title: documentTitle(await document.title()),
    coverage: { ...coverageOf(sheets, withoutText, hasUnread), places },
  }
}

async function* readSheet(
  document: Package,
  part: string,
  sheet: XlsxSheet,
  writer: SheetWriter,
  before: number,
): AsyncGenerator<Reading, void, void> {
  for await (const events of xmlEvents(document.archive, part, document.name)) {
    for (const event of events) sheet.take(event)
    document.checkLength(before + writer.characters)
    yield { type: 'segments', segments: [...writer.drain()] }
  }
  yield { type: 'segments', segments: [...writer.drain(true)] }
}

/** What stands beside the cells of a sheet, and whether something there cannot be read. */
type Beside = { readonly notes: readonly SheetNote[]; readonly hasUnread: boolean }

/** Comments, text boxes and figures of a sheet. */
async function besideOf(
  document: Package,
  sheet: string | null,
  persons: ReadonlyMap<string, string>,
): Promise<Beside> {
  if (sheet === null) return { notes: [], hasUnread: false }
  const related = await document.relationships(sheet)
  const found = { comments: new XlsxComments(persons), threads: new XlsxComments(persons) }
  const drawn: Beside[] = []
  for (const { type, part } of related) {
    if (type === 'comments') await document.take(part, found.comments)
    if (type === 'threadedComment') await document.take(part, found.threads)
    if (type === 'drawing') drawn.push(await drawnOn(document, part))
  }
  const boxes = drawn.flatMap(({ notes }) => notes)
  return {
    notes: sheetNotes(found.comments.notes, found.threads.notes, boxes),
    hasUnread: drawn.some((one) => one.hasUnread),
  }
}

/** Text boxes and figures of one drawing. */
async function drawnOn(document: Package, part: string): Promise<Beside> {
  const drawing = await document.take(part, new XlsxDrawing())
  if (drawing.figures.length === 0) return { notes: drawing.notes, hasUnread: false }
  const figures = await figuresOf(document, part)
  const notes = drawing.figures.map((figure) => figureNotes(figure, figures.get(figure.id)?.blocks ?? []))
  const isCut = drawing.figures.some(({ id }) => figures.get(id)?.isCut === true)
  document.checkLength(notes.flat().reduce((sum, { text }) => sum + text.length, 0))
  return { notes: [...drawing.notes, ...notes.flat()], hasUnread: isCut || notes.some((each) => each.length === 0) }
}

/** Strings are kept whole, so more of them than a reading takes on is refused here already. */
async function stringsOf(document: Package, part: string | null): Promise<SharedStrings> {
  const strings = new SharedStrings()
  if (part === null) return strings
  for await (const events of xmlEvents(document.archive, part, document.name)) {
    for (const event of events) strings.take(event)
    document.checkLength(strings.characters)
  }
  return strings
}

function coverageOf(sheets: readonly Sheet[], withoutText: readonly number[], hasUnread: boolean): Coverage {
  const hidden = sheets.flatMap(({ isHidden }, at) => (isHidden ? [at + 1] : []))
  return {
    unit: 'sheet',
    total: sheets.length,
    read: sheets.length,
    withoutText: [...withoutText],
    ...(hidden.length === 0 ? {} : { hidden }),
    ...(hasUnread ? { leftOut: ['embedded' as const] } : {}),
  }
}
