// Batches as a window asks for them: started over a folder or chosen documents, looked at, followed.
import type { Batch, BatchDocument, BatchItem } from '#contract/batch.ts'
import type { Parsed } from '#contract/index.ts'
import type { DocumentRecord } from '#contract/document.ts'
import type { Job } from '#contract/job.ts'
import type { LibraryFile, LibraryFolder } from '#contract/library.ts'
import { fail, failureOf, ok, type Result, type Stream } from '#contract/result.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { JobService } from '../jobs/jobService.ts'
import type { PromptLibrary } from '../prompts/promptLibrary.ts'
import type { Storage } from '../storage/storage.ts'
import { followBatch } from './batchFollower.ts'
import { runBatch, type BatchRunnerDependencies } from './batchRunner.ts'
import { BatchStore, type StoredBatchDocument, type SummarizedBatchDocument } from './batchStore.ts'
import { modelOf, type ChosenModel } from './modelGuard.ts'
import { sha256 } from './summaryInput.ts'
import { SummaryStore } from './summaryStore.ts'

/** What the service works with. `library` and `documents` are asked which documents a batch is made of. */
export type BatchServiceDependencies = {
  readonly storage: Storage
  readonly jobs: JobService
  readonly summaries: BatchRunnerDependencies['summaries']
  readonly documents: { get(documentId: string): Promise<Result<DocumentRecord>> }
  readonly library: {
    folders(): Promise<Result<readonly LibraryFolder[]>>
    list(
      input: Parsed<'library.list'>,
    ): Promise<Result<{ readonly files: readonly LibraryFile[]; readonly total: number }>>
  }
  readonly generator: LocalGenerator
  readonly prompts: PromptLibrary
  readonly chosenModel: ChosenModel
  readonly now: () => Date
}

type Standings = ReadonlyMap<string, Pick<Job, 'state' | 'failure'>>
type Made = {
  readonly title: string
  readonly folderId: string | null
  readonly documents: readonly StoredBatchDocument[]
}

const filesPerPage = 500

/** Batches of one data folder. Registers itself as the runner of `batch` jobs. */
export class BatchService {
  readonly #deps: BatchServiceDependencies
  readonly #store: BatchStore
  readonly #finished: SummaryStore

  constructor(deps: BatchServiceDependencies) {
    this.#deps = deps
    this.#store = new BatchStore(deps.storage)
    this.#finished = new SummaryStore(deps.storage)
    const runner = { ...deps, store: this.#store, finished: this.#finished }
    deps.jobs.register('batch', (context) => runBatch(runner, context))
  }

  /**
   * Starts a batch, or goes on with the same one. Failures: `invalid-input`, `not-found`, `batch-empty` (nothing with
   * text in it), those of the model and the storage.
   */
  async start(order: Parsed<'batches.start'>): Promise<Result<{ jobId: string }>> {
    const instruction = order.preset === 'own' ? (order.instruction?.trim() ?? '') : null
    if (instruction === '') return fail('invalid-input', { issues: ['instruction'] })
    const made = 'folderId' in order ? await this.#ofFolder(order.folderId) : await this.#ofDocuments(order.documentIds)
    if (!made.ok) return made
    const { title, folderId, documents } = made.value
    if (documents.every(({ documentId }) => documentId === null)) {
      return fail('batch-empty', { name: title, files: documents.length })
    }
    const model = await this.#deps.chosenModel()
    if (!model.ok) return model
    const { preset } = order
    // Sorted, because the list they were chosen from changes its order whenever one of them is opened.
    const ids = folderId ?? documents.map(({ documentId }) => documentId).toSorted()
    const job = await this.#deps.jobs.start({
      kind: 'batch',
      documentId: null,
      title,
      input: '{}',
      inputKey: sha256(JSON.stringify(['batch', 1, ids, preset, instruction, model.value.sha256])),
      fresh: false,
      again: true,
      model: modelOf(model.value),
      prepared: (jobId) => this.#store.keep({ jobId, folderId, preset, instruction }, documents),
    })
    return job.ok ? ok({ jobId: job.value.id }) : job
  }

  /** One batch as it stands; `not-found` when there is none. */
  async get(jobId: string): Promise<Result<Batch>> {
    const job = await this.#deps.jobs.get(jobId)
    if (!job.ok) return job
    const shown = await this.#shown([job.value])
    if (!shown.ok) return shown
    const [batch] = shown.value
    return batch === undefined ? fail('not-found', { what: 'job', id: jobId }) : ok(batch)
  }

  /** Every batch on the list, newest first; as many queries for thousands of documents as for one. */
  async list(): Promise<Result<Batch[]>> {
    const jobs = await this.#deps.jobs.list()
    return jobs.ok ? this.#shown(jobs.value.filter(({ kind }) => kind === 'batch')) : jobs
  }

  /** Follows a batch from wherever it is; leaving, or `signal`, ends the stream and never the batch. */
  follow(jobId: string, signal?: AbortSignal): Stream<BatchItem> {
    return followBatch(
      {
        get: () => this.get(jobId),
        watch: (id, listener) => this.#deps.jobs.watch(id, listener),
        document: (document) => this.#documentNow(document),
      },
      signal,
    )
  }

  /** Batches with every document in the state of its job. Failure: `not-found` for a job that is no batch. */
  async #shown(jobs: readonly Job[]): Promise<Result<Batch[]>> {
    const stored = await this.#store.whole(jobs.map(({ id }) => id))
    if (!stored.ok) return stored
    const documents = [...stored.value.values()].flatMap((whole) => whole.documents)
    const standings = await this.#standings(documents)
    if (!standings.ok) return standings
    const batches: Batch[] = []
    for (const job of jobs) {
      const whole = stored.value.get(job.id)
      if (whole === undefined) return fail('not-found', { what: 'job', id: job.id })
      const { folderId, preset, instruction, overview } = whole.batch
      const shown = whole.documents.map((document) => documentIn(document, standings.value))
      batches.push({ job, folderId, preset, instruction, documents: shown, overview })
    }
    return ok(batches)
  }

  /** A document in the state of its job. */
  async #documentNow(document: BatchDocument): Promise<Result<BatchDocument>> {
    const standings = await this.#standings([document])
    if (!standings.ok) return standings
    const { jobId } = document
    const done = jobId !== null && standings.value.get(jobId)?.state === 'done'
    const summary = done ? await this.#finished.ofJob(jobId) : ok(undefined)
    if (!summary.ok) return summary
    return ok(documentIn({ ...document, summaryId: summary.value?.id ?? null }, standings.value))
  }

  #standings(documents: readonly Pick<BatchDocument, 'jobId'>[]): Promise<Result<Standings>> {
    return this.#deps.jobs.standings(documents.flatMap(({ jobId }) => jobId ?? []))
  }

  async #ofDocuments(documentIds: readonly string[]): Promise<Result<Made>> {
    const documents: StoredBatchDocument[] = []
    for (const documentId of new Set(documentIds)) {
      const document = await this.#deps.documents.get(documentId)
      if (!document.ok) return document
      documents.push({ documentId, name: document.value.name, jobId: null, failure: null })
    }
    const [first, ...others] = documents
    const title = others.length === 0 ? (first?.name ?? '') : `${first?.name ?? ''} + ${others.length}`
    return ok({ title, folderId: null, documents })
  }

  /** Every file of a folder, by name: one with text becomes a document of the batch, any other is named with the reason. */
  async #ofFolder(folderId: string): Promise<Result<Made>> {
    const folders = await this.#deps.library.folders()
    if (!folders.ok) return folders
    const folder = folders.value.find(({ id }) => id === folderId)
    if (folder === undefined) return fail('not-found', { what: 'folder', id: folderId })
    const documents = new Map<string, StoredBatchDocument>()
    for (let from = 0; ; from += filesPerPage) {
      const page = await this.#deps.library.list({ folderId, from, count: filesPerPage })
      if (!page.ok) return page
      for (const file of page.value.files) {
        const key = file.documentId ?? file.id
        if (file.state !== 'excluded' && !documents.has(key)) documents.set(key, documentOf(file))
      }
      if (from + filesPerPage >= page.value.total) break
    }
    return ok({ title: folder.name, folderId, documents: [...documents.values()] })
  }
}

/** A document as it is shown: in the state of its job, with a summary once that is done. */
function documentIn(document: SummarizedBatchDocument, standings: Standings): BatchDocument {
  const { documentId, name, jobId, failure } = document
  const plain = { documentId, name, jobId }
  if (jobId === null) {
    const state = documentId === null || failure !== null ? 'left-out' : 'queued'
    return { ...plain, failure, state, summaryId: null }
  }
  const job = standings.get(jobId)
  if (job === undefined) {
    const gone = failureOf('not-found', { what: 'document', id: documentId ?? '' })
    return { ...plain, failure: gone, state: 'left-out', summaryId: null }
  }
  const summaryId = job.state === 'done' ? document.summaryId : null
  return { ...plain, failure: job.failure, state: job.state, summaryId }
}

/** A file that failed or was not read yet has no text to summarize. */
function documentOf({ documentId, name, state, failure }: LibraryFile): StoredBatchDocument {
  const failed = state === 'failed' ? failure : null
  if (documentId !== null && failed === null) return { documentId, name, jobId: null, failure: null }
  return { documentId: null, name, jobId: null, failure: failed ?? failureOf('document-not-read', { name }) }
}
