// Reads Word documents: the body in order, with what styles, lists and notes say about it.
import { documentTitle } from '../../logic/documentTitle.ts'
import { DocxBody } from '../../logic/office/docxBody.ts'
import { DocxNotes } from '../../logic/office/docxNotes.ts'
import { DocxNumbering } from '../../logic/office/docxNumbering.ts'
import { DocxStyles } from '../../logic/office/docxStyles.ts'
import { SectionWriter } from '../../logic/sectionWriter.ts'
import type { Reading, ReadingEnd } from '../formatReader.ts'
import { figuresOf } from './figures.ts'
import { packageReader, type Package } from './package.ts'
import { paragraphCoverage, readSections } from './sectionReading.ts'

/**
 * Reads DOCX, and templates and documents with macros, whose macros stay where they are. Tracked insertions are read,
 * deletions and hidden text are not, headers and footers neither; `leftOut` says so. Failures: those of the archive,
 * `document-corrupt`, `document-too-long`, `file-empty`.
 */
export const readDocx = packageReader(read)

async function* read(document: Package): AsyncGenerator<Reading, ReadingEnd, void> {
  const main = await document.mainPart()
  const related = await document.relationships(main)
  const partOf = (type: string) => related.find((one) => one.type === type)?.part ?? null
  const writer = new SectionWriter()
  const body = new DocxBody(
    {
      styles: await document.take(partOf('styles'), new DocxStyles()),
      numbering: await document.take(partOf('numbering'), new DocxNumbering()),
      footnotes: await document.take(partOf('footnotes'), new DocxNotes()),
      endnotes: await document.take(partOf('endnotes'), new DocxNotes()),
      comments: await document.take(partOf('comments'), new DocxNotes()),
      figures: await figuresOf(document, main),
    },
    writer,
  )
  yield* readSections(document, main, body, writer)
  const coverage = paragraphCoverage(document, writer)
  const title = documentTitle(await document.title()) ?? writer.firstHeading
  const { leftOut } = body
  return { title, coverage: leftOut.length === 0 ? coverage : { ...coverage, leftOut: [...leftOut] } }
}
