// Summaries over a real database in memory, one document, and a scripted model.
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { Summary, SummaryItem } from '#contract/summary.ts'
import { fileURLToPath } from 'node:url'
import { PromptLibrary } from '../../../main/prompts/promptLibrary.ts'
import type { JobService } from '../../../main/jobs/jobService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { SummaryService, type SummaryOrder } from '../../../main/summaries/summaryService.ts'
import { createFakeGenerator, fakeModel, type FakeGenerator } from '../../fakes/fakeGenerator.ts'
import { createJobFixture, valueOf } from '../jobs/jobFixture.ts'

const prompts = fileURLToPath(new URL('../../../resources/prompts/', import.meta.url))

/** A process that has just started on this storage. */
export type SummaryFixture = {
  readonly summaries: SummaryService
  readonly jobs: JobService
  readonly generator: FakeGenerator
}

/** Segments of a report of `pages` pages with ten sentences each, all different. */
export function reportSegments(pages: number): Segment[] {
  const places = ['harbour', 'bridge', 'market', 'school', 'ferry', 'library', 'tower', 'garden', 'station', 'mill']
  return Array.from({ length: pages }, (_, at) => {
    const text = places
      .map(
        (place, i) =>
          `In year ${1900 + at} the ${place} of ward ${at * 7 + i} was mended by crew ${i + 3} at a cost of ${at + 1},${500 + i} pounds.`,
      )
      .join(' ')
    return { text, kind: 'paragraph', locator: { kind: 'page', page: at + 1, start: 0, end: text.length } }
  })
}

/** The record of a document with these segments. */
export function recordOf(segments: readonly Segment[], id = 'doc'): DocumentRecord {
  const units = segments.length
  return {
    id,
    name: 'report.pdf',
    path: '/report.pdf',
    sha256: 'd'.repeat(64),
    format: 'pdf',
    bytes: 1000,
    characters: segments.reduce((sum, segment) => sum + segment.text.length, 0),
    segments: units,
    title: null,
    coverage: { unit: 'page', total: units + 1, read: units + 1, withoutText: [units + 1] },
    addedAt: '2026-01-01T00:00:00.000Z',
    openedAt: '2026-01-01T00:00:00.000Z',
  }
}

/** Writes the document's row, which jobs refer to. */
export async function keepDocument(storage: Storage, document: DocumentRecord): Promise<void> {
  const { id, sha256, name, path, format, bytes, characters, segments, coverage, addedAt, openedAt } = document
  valueOf(
    await storage.run(
      `INSERT INTO documents
         (id, sha256, name, path, format, bytes, characters, segments, title, coverage, added_at, opened_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)`,
      [id, sha256, name, path, format, bytes, characters, segments, JSON.stringify(coverage), addedAt, openedAt],
    ),
  )
}

/** Starts the services as a new process would. */
export async function createSummaryFixture(
  storage: Storage,
  segments: readonly Segment[],
  generator: FakeGenerator = createFakeGenerator(),
  prefix = 'id',
  document = recordOf(segments),
): Promise<SummaryFixture> {
  const { jobs } = createJobFixture(storage, prefix)
  let ids = 0
  let looks = 0
  const summaries = new SummaryService({
    storage,
    jobs,
    documents: {
      get: (id) => Promise.resolve(id === document.id ? ok(document) : fail('not-found', { what: 'document', id })),
      allSegments: () => Promise.resolve(ok(segments)),
    },
    generator,
    prompts: await PromptLibrary.load(prompts),
    chosenModel: () => Promise.resolve(ok(fakeModel)),
    now: () => new Date(Date.UTC(2026, 0, 2) + (looks += 1) * 100),
    newId: () => `${prefix}-summary-${(ids += 1)}`,
  })
  return { summaries, jobs, generator }
}

/** An order with the usual defaults. */
export function orderFor(changes: Partial<SummaryOrder> = {}): SummaryOrder {
  return { documentId: 'doc', preset: 'brief', seed: 0, fresh: false, ...changes }
}

/** Everything a stream yields, and how it ended. */
export async function drained(
  stream: Stream<SummaryItem>,
): Promise<{ readonly items: SummaryItem[]; readonly ending: Result<void> }> {
  const items: SummaryItem[] = []
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return { items, ending: step.value }
    items.push(step.value)
  }
}

/** Starts, follows to the end, and answers the summary. */
export async function summarized(fixture: SummaryFixture, changes: Partial<SummaryOrder> = {}): Promise<Summary> {
  const { jobId } = valueOf(await fixture.summaries.start(orderFor(changes)))
  const { items, ending } = await drained(fixture.summaries.follow(jobId))
  const found = items.find((item) => item.type === 'summary')
  if (found?.type !== 'summary') throw new Error(`no summary: ${JSON.stringify(ending)}`)
  return found.summary
}

/** Everything of a summary that must not depend on when and where it was made. */
export function lasting(summary: Summary): Partial<Summary> {
  const { text, rawText, claims, coverage, droppedSentences, preset } = summary
  return { text, rawText, claims, coverage, droppedSentences, preset }
}
