// Makes an export of a sample and gathers its pieces.
import path from 'node:path'
import type { ExportFormat, ExportItem, ExportSubject } from '#contract/export.ts'
import type { Language } from '#contract/language.ts'
import { createSampleExports, sampleSummaries } from '../../fakes/exportSamples.ts'

/** The samples by name. */
export const subjects = {
  ...(Object.fromEntries(
    Object.entries(sampleSummaries).map(([name, { of, summary }]) => [
      name,
      { kind: 'summary', documentId: of.document.id, summaryId: summary.id },
    ]),
  ) as Record<keyof typeof sampleSummaries, ExportSubject>), // as: fromEntries forgets its keys
  answer: { kind: 'answer', answerId: 'answer-1' },
  comparison: { kind: 'comparison', comparisonId: 'comparison-1' },
  batch: { kind: 'batch', jobId: 'batch-1' },
} as const satisfies Record<string, ExportSubject>

const resources = path.resolve(import.meta.dirname, '../../../resources')
const service = createSampleExports(resources)

/** A finished file. */
export type Exported = { readonly bytes: Buffer; readonly finished: Extract<ExportItem, { type: 'finished' }> }

/** The whole file; throws where it failed. */
export async function exported(
  what: ExportSubject,
  format: ExportFormat,
  language: Language = 'en',
  signal = new AbortController().signal,
): Promise<Exported> {
  const stream = service.make({ what, format, language }, signal)
  const pieces: Buffer[] = []
  let finished: Exported['finished'] | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      if (!step.value.ok) throw new Error(step.value.failure.code)
      if (finished === null) throw new Error('nothing finished')
      return { bytes: Buffer.concat(pieces), finished }
    }
    if (step.value.type === 'piece') pieces.push(Buffer.from(step.value.base64, 'base64'))
    else finished = step.value
  }
}

/** The whole file as text. */
export async function exportedText(
  what: ExportSubject,
  format: ExportFormat,
  language: Language = 'en',
): Promise<string> {
  return (await exported(what, format, language)).bytes.toString('utf8')
}
