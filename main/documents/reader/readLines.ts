// Reads plain text and Markdown: decoded in slices, cut into lines, gathered into segments with `lines` locators.
import type { Segment } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { LineSplitter, type LinePiece } from '../logic/lineSplitter.ts'
import { MarkdownBlocks } from '../logic/markdownBlocks.ts'
import { TextParagraphs } from '../logic/textParagraphs.ts'
import type { DocumentSource, FormatReader, ReadContext, Reading, ReadingEnd, TextFacts } from './formatReader.ts'
import { createDecoder } from './textDecoding.ts'

const SLICE_BYTES = 262_144

type Gatherer = {
  push(piece: LinePiece): readonly Segment[]
  finish(): readonly Segment[]
  readonly title?: string | null
}

/** A reader for plain text; it has no title. */
export function textReader(facts: TextFacts): FormatReader {
  return (source, context) => readLines(source, context, facts, new TextParagraphs())
}

/** A reader for Markdown; the title is front matter's, else the first heading. */
export function markdownReader(facts: TextFacts): FormatReader {
  return (source, context) => readLines(source, context, facts, new MarkdownBlocks())
}

async function* readLines(
  source: DocumentSource,
  context: ReadContext,
  facts: TextFacts,
  gatherer: Gatherer,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  const splitter = new LineSplitter()
  const decoder = createDecoder(facts.encoding)
  let found = 0
  for (let offset = 0; offset < source.size; offset += SLICE_BYTES) {
    const slice = await source.read(offset, Math.min(SLICE_BYTES, source.size - offset))
    if (source.failure !== null) return { ok: false, failure: source.failure }
    const segments = splitter.push(decoder.push(slice)).flatMap((piece) => gatherer.push(piece))
    found += segments.length
    yield { type: 'segments', segments }
    const read = Math.min(splitter.lines, facts.lines)
    yield { type: 'progress', unit: 'line', read, total: facts.lines, withoutText: [] }
  }
  const last = [...splitter.push(decoder.finish()), ...splitter.finish()].flatMap((piece) => gatherer.push(piece))
  const segments = [...last, ...gatherer.finish()]
  // Blank lines alone are an empty file to a person; `document-without-text` speaks of scans.
  if (found + segments.length === 0) return fail('file-empty', { name: context.name })
  yield { type: 'segments', segments }
  const total = splitter.lines
  yield { type: 'progress', unit: 'line', read: total, total, withoutText: [] }
  return ok({ title: gatherer.title ?? null, coverage: { unit: 'line', total, read: total, withoutText: [] } })
}
