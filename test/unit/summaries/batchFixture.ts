// Batches over a real database in memory, several documents, a folder of the library, and a scripted model.
import { fileURLToPath } from 'node:url'
import type { Batch, BatchItem } from '#contract/batch.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { LibraryFile, LibraryFolder } from '#contract/library.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { JobService } from '../../../main/jobs/jobService.ts'
import { PromptLibrary } from '../../../main/prompts/promptLibrary.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { BatchService } from '../../../main/summaries/batchService.ts'
import { SummaryService } from '../../../main/summaries/summaryService.ts'
import { createFakeGenerator, fakeModel, type FakeGenerator } from '../../fakes/fakeGenerator.ts'
import { createJobFixture } from '../jobs/jobFixture.ts'
import { recordOf, reportSegments } from './summaryFixture.ts'

/** A document of so many pages under this id; its name is the id with an ending. */
export type BatchDocumentOf = { readonly record: DocumentRecord; readonly segments: readonly Segment[] }

/** A process that has just started, and which model is chosen in it. */
export type BatchFixture = {
  readonly batches: BatchService
  readonly jobs: JobService
  readonly generator: FakeGenerator
  readonly chosen: { model: { modelId: string; name: string; sha256: string } }
}

/** A document with a text of its own. */
export function batchDocument(id: string, pages: number, ward: number): BatchDocumentOf {
  const segments = reportSegments(pages).map((segment) => ({
    ...segment,
    text: segment.text.replaceAll('ward ', `${id} ward ${ward}`),
  }))
  return {
    record: { ...recordOf(segments, id), name: `${id}.pdf`, path: `/${id}.pdf`, sha256: id.repeat(64).slice(0, 64) },
    segments,
  }
}

/** A file of folder `f1`, read or not. */
export function folderFile(name: string, documentId: string | null, failure: Failure | null = null): LibraryFile {
  const at = '2026-01-01T00:00:00.000Z'
  return {
    id: `file-${name}`,
    folderId: 'f1',
    name,
    path: `/f/${name}`,
    state: failure !== null ? 'failed' : documentId === null ? 'waiting' : 'ready',
    failure,
    documentId,
    duplicateOf: null,
    format: 'pdf',
    bytes: 1,
    modifiedAt: at,
    addedAt: at,
  }
}

/** Starts the services as a new process would. */
export async function createBatchFixture(
  storage: Storage,
  documents: readonly BatchDocumentOf[],
  files: readonly LibraryFile[] = [],
  generator = createFakeGenerator(),
  prefix = 'id',
): Promise<BatchFixture> {
  const { jobs } = createJobFixture(storage, prefix)
  const found = (id: string) => documents.find(({ record }) => record.id === id)
  const chosen: BatchFixture['chosen'] = { model: fakeModel }
  let looks = 0
  let ids = 0
  const seam = {
    get: (id: string): Promise<Result<DocumentRecord>> => {
      const record = found(id)?.record
      return Promise.resolve(record === undefined ? fail('not-found', { what: 'document', id }) : ok(record))
    },
    allSegments: (id: string) => Promise.resolve(ok(found(id)?.segments ?? [])),
  }
  const base = {
    storage,
    jobs,
    documents: seam,
    generator,
    prompts: await PromptLibrary.load(fileURLToPath(new URL('../../../resources/prompts/', import.meta.url))),
    chosenModel: () => Promise.resolve(ok(chosen.model)),
    now: () => new Date(Date.UTC(2026, 0, 2) + (looks += 1) * 100),
    newId: () => `${prefix}-summary-${(ids += 1)}`,
  }
  const summaries = new SummaryService(base)
  const folder = { id: 'f1', name: 'Contracts', path: '/f' } as LibraryFolder // as: nothing else of it is read
  const library = {
    folders: () => Promise.resolve(ok([folder])),
    list: ({ from, count }: { from: number; count: number }) =>
      Promise.resolve(ok({ files: files.slice(from, from + count), total: files.length })),
  }
  return { batches: new BatchService({ ...base, summaries, library }), jobs, generator, chosen }
}

/** Follows a batch to its end; the batch as it was first told, and everything after. */
export async function followed(
  stream: Stream<BatchItem>,
): Promise<{ readonly first: Batch | undefined; readonly items: BatchItem[]; readonly ending: Result<void> }> {
  const items: BatchItem[] = []
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      const first = items[0]?.type === 'batch' ? items[0].batch : undefined
      return { first, items, ending: step.value }
    }
    items.push(step.value)
  }
}
