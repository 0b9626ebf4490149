// How flowing documents are read: a part's events through a gatherer, segments out as they come, counted in paragraphs.
import type { Coverage } from '#contract/document.ts'
import type { XmlTaker } from '../../logic/office/xmlEvent.ts'
import type { SectionWriter } from '../../logic/sectionWriter.ts'
import { Refusal } from '../archive/refusal.ts'
import type { Reading } from '../formatReader.ts'
import type { Package } from './package.ts'
import { xmlEvents } from './xmlPart.ts'

/** A gatherer that knows how much text it has taken. */
export type CountingTaker = XmlTaker & { readonly characters: number; finish(): void }

/** Reads one part through `taker`, whose blocks arrive in `writer`. */
export async function* readSections(
  document: Package,
  part: string,
  taker: CountingTaker,
  writer: SectionWriter,
): AsyncGenerator<Reading, void, void> {
  for await (const events of xmlEvents(document.archive, part, document.name)) {
    for (const event of events) taker.take(event)
    document.checkLength(taker.characters)
    yield* written(writer)
  }
  taker.finish()
  yield* written(writer)
}

/** What the writer holds, as segments and progress; nothing when it holds nothing. */
export function* written(writer: SectionWriter): Generator<Reading, void, void> {
  const segments = writer.drain()
  if (segments.length === 0) return
  yield { type: 'segments', segments: [...segments] }
  const read = writer.paragraphs
  // How many there are is known at the end only; what was read is what there is so far.
  yield { type: 'progress', unit: 'paragraph', read, total: read, withoutText: [] }
}

/** The coverage of a document read to its end; throws `file-empty` when it has no text at all. */
export function paragraphCoverage(document: Package, { paragraphs }: SectionWriter): Coverage {
  if (paragraphs === 0) throw new Refusal({ code: 'file-empty', details: { name: document.name } })
  return { unit: 'paragraph', total: paragraphs, read: paragraphs, withoutText: [] }
}
