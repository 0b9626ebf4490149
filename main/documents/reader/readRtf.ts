// Reads RTF in slices: what it says in text, with its headings, lists, tables and footnotes; pictures and objects are passed over.
import iconv from 'iconv-lite'
import type { Coverage } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { documentTitle } from '../logic/documentTitle.ts'
import { RtfBlocks, type RtfBlock } from '../logic/rtf/rtfBlocks.ts'
import { RtfTokens } from '../logic/rtf/rtfTokens.ts'
import { SectionWriter } from '../logic/sectionWriter.ts'
import type { DocumentSource, ReadContext, Reading, ReadingEnd } from './formatReader.ts'

const SLICE_BYTES = 262_144

/**
 * Reads an RTF file. One that is cut short is read as far as it goes, and `leftOut` says so. Failures: `document-corrupt`
 * when it is cut before any text, `document-too-long`, `file-empty`, or the source's.
 */
export async function* readRtf(
  source: DocumentSource,
  { name, limits }: ReadContext,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  const writer = new SectionWriter()
  const blocks = new RtfBlocks(decodeBytes, (block) => write(writer, block))
  const tokens = new RtfTokens(blocks)
  for (let offset = 0; offset < source.size; offset += SLICE_BYTES) {
    tokens.push(await source.read(offset, Math.min(SLICE_BYTES, source.size - offset)))
    if (source.failure !== null) return { ok: false, failure: source.failure }
    if (writer.characters > limits.textBytes) {
      return fail('document-too-long', { name, limitCharacters: limits.textBytes })
    }
    yield* written(writer)
  }
  const { isWhole } = blocks
  tokens.finish()
  blocks.finish()
  yield* written(writer)
  const total = writer.paragraphs
  if (total === 0) return isWhole ? fail('file-empty', { name }) : fail('document-corrupt', { name })
  const leftOut = [...blocks.leftOut, ...(isWhole ? [] : (['rest'] as const))]
  const coverage: Coverage = { unit: 'paragraph', total, read: total, withoutText: [] }
  const title = documentTitle(blocks.title) ?? writer.firstHeading
  return ok({ title, coverage: leftOut.length === 0 ? coverage : { ...coverage, leftOut } })
}

function write(writer: SectionWriter, block: RtfBlock): void {
  if (block.kind === 'heading') writer.heading(block.level, block.text)
  else if (block.kind === 'table') writer.table(block.rows, block.continues)
  else if (block.kind === 'list-item') writer.item(block.depth, block.text)
  else writer.block(block.kind, block.text)
}

function* written(writer: SectionWriter): Generator<Reading, void, void> {
  const segments = writer.drain()
  if (segments.length > 0) yield { type: 'segments', segments: [...segments] }
  const read = writer.paragraphs
  yield { type: 'progress', unit: 'paragraph', read, total: read, withoutText: [] }
}

/** Names of code pages that iconv does not know by their number. */
const NAMES: Readonly<Record<number, string>> = { 10000: 'macintosh', 10007: 'maccyrillic', 65001: 'utf-8' }

function decodeBytes(bytes: Uint8Array, codePage: number): string {
  const name = NAMES[codePage] ?? `cp${codePage}`
  const known = iconv.encodingExists(name) ? name : 'windows-1252'
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), known)
}
