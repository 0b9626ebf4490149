// Lays an export out as one page: what it is about, what was read, the result, what it rests on, how it was made.
import type { ExportedSection, ExportedStatement, ExportFile } from '#contract/exportFile.ts'
import { changeBlocks } from './changeBlocks.ts'
import { heading, marked, paragraph, plain, type Block, type ExportPage, type Run } from './exportPage.ts'
import { coverageInWords, placesInWords, type Say } from './placeWords.ts'
import { provenanceBlocks } from './provenanceBlocks.ts'

/** The page of an export in the language of `say`. Dates are written by `writeDate`. */
export function layOut(file: ExportFile, say: Say, writeDate: (iso: string) => string): ExportPage {
  const places = new Map(file.citations.map((citation) => [citation.number, placeOf(file, citation.number, say)]))
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: file.title },
    ...aboutBlocks(file, say, writeDate),
    ...noticeBlocks(file, say),
    ...file.sections.flatMap((section) => sectionBlocks(file, section, say)),
    ...changeBlocks(file, say),
    ...leftOutBlocks(file, say),
    ...passageBlocks(file, places, say),
    ...provenanceBlocks(file, say, writeDate),
  ]
  return {
    language: file.language,
    title: file.title,
    description: say('export.description', { names: file.documents.map(({ name }) => name).join(', ') }),
    date: file.exportedAt,
    blocks,
    places,
    say,
  }
}

function placeOf({ citations, documents }: ExportFile, number: number, say: Say): string {
  const citation = citations.find((each) => each.number === number)
  if (citation === undefined) return ''
  const places = placesInWords(citation.locators, say)
  const name = documents[citation.document]?.name
  return documents.length > 1 && name !== undefined ? `${name}, ${places}` : places
}

function aboutBlocks(file: ExportFile, say: Say, writeDate: (iso: string) => string): Block[] {
  const { documents, question, instruction, provenance, kind } = file
  const made = provenance[0]?.createdAt ?? file.exportedAt
  const lines = documents.map(({ name, title, coverage }, at) => {
    const called = title === null || title === name ? name : `${title} (${name})`
    const label = kind === 'comparison' ? say(at === 0 ? 'export.before' : 'export.after') : say('export.source')
    const read = coverage === null ? '' : ` ${coverageInWords(coverage, say)}`
    return [marked(`${label}: `, 'strong'), plain(`${called}.${read}`)]
  })
  return [
    { kind: 'paragraph', tone: 'quiet', runs: [plain(say(`export.made.${kind}`, { date: writeDate(made) }))] },
    ...lines.map((runs): Block => ({ kind: 'paragraph', tone: 'plain', runs })),
    ...(question === undefined ? [] : [questionBlock(question.text, say)]),
    ...(instruction === null ? [] : [paragraph(say('export.instruction', { instruction }))]),
  ]
}

function questionBlock(text: string, say: Say): Block {
  return { kind: 'paragraph', tone: 'plain', runs: [marked(`${say('export.question')}: `, 'strong'), plain(text)] }
}

/** What a reader must not miss, before the result itself. */
function noticeBlocks({ sections, question }: ExportFile, say: Say): Block[] {
  const statements = sections.flatMap(({ blocks }) => blocks.flatMap(({ items }) => items.flat()))
  const count = statements.filter(({ supported }) => !supported).length
  const notices = [
    ...(count > 0 ? [say('export.unsupportedCount', { count, total: statements.length })] : []),
    ...(question?.outcome === 'absent' ? [say('export.absent')] : []),
    ...(question?.outcome === 'passages' ? [say('export.passagesOnly')] : []),
  ]
  return notices.map((text) => paragraph(text, 'warning'))
}

function sectionBlocks(file: ExportFile, section: ExportedSection, say: Say): Block[] {
  const { blocks, contradictions, dropped, kind } = section
  const title = section.heading ?? say(`export.section.${kind}`)
  const none = blocks.length === 0 && file.question === undefined
  return [
    heading(2, title),
    ...(none ? [paragraph(say('export.nothing'))] : []),
    ...blocks.map((block): Block => {
      const items = block.items.map((statements) => runsOf(statements, say))
      return block.kind === 'list'
        ? { kind: 'list', items }
        : { kind: 'paragraph', tone: 'plain', runs: items.flatMap((runs) => [...runs, plain(' ')]).slice(0, -1) }
    }),
    ...(dropped > 0 ? [paragraph(say('export.dropped', { count: dropped }), 'quiet')] : []),
    ...(contradictions.length === 0 ? [] : [heading(3, say('export.contradictions'))]),
    ...contradictions.map(({ a, b }): Block => {
      const side = ({ text, locators }: typeof a) => ({ label: placesInWords(locators, say), runs: [plain(text)] })
      return { kind: 'versions', title: say('export.contradiction'), before: side(a), after: side(b) }
    }),
  ]
}

function runsOf(statements: readonly ExportedStatement[], say: Say): Run[] {
  return statements.flatMap((statement, at): Run[] => [
    ...(at === 0 ? [] : [plain(' ')]),
    marked(statement.text, statement.supported ? 'plain' : 'unsupported'),
    ...(statement.supported ? [] : [marked(` [${unsupportedWords(statement, say)}]`, 'quiet')]),
    ...statement.citations.map((number): Run => ({ kind: 'citation', number })),
  ])
}

function unsupportedWords({ notes = [], support }: ExportedStatement, say: Say): string {
  const said = [...new Set(notes.map((note) => note.said).filter((text) => text !== ''))]
  if (said.length > 0) return say('export.unsupportedSaid', { said: said.join(', ') })
  return say(support === 'partly' ? 'export.partly' : 'export.unsupported')
}

function passageBlocks({ citations, question }: ExportFile, places: ReadonlyMap<number, string>, say: Say): Block[] {
  if (citations.length === 0) return []
  const title = question?.outcome === 'absent' ? 'export.nearestPassages' : 'export.passages'
  return [
    heading(2, say(title)),
    ...citations.map(({ number, passage }): Block => {
      const text = passage === '' ? say('export.passageGone') : passage
      return { kind: 'passage', number, place: places.get(number) ?? '', text }
    }),
  ]
}

function leftOutBlocks({ leftOut = [] }: ExportFile, say: Say): Block[] {
  if (leftOut.length === 0) return []
  const items = leftOut.map(({ name, reason }) => [plain(reason === null ? name : `${name}: ${reason}`)])
  return [heading(2, say('export.leftOut')), { kind: 'list', items }]
}
