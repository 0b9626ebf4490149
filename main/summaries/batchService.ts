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
import { BatchStore, type StoredBatchDocument } from './batchStore.ts'
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
    const ids = folderId ?? documents.map(({ documentId }) => documentId)
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
    return job.ok ? this.#shown(job.value) : job
  }

  /** Every batch on the list, newest first. */
  async list(): Promise<Result<Batch[]>> {
    const jobs = await this.#deps.jobs.list()
    if (!jobs.ok) return jobs
    const batches: Batch[] = []
    for (const job of jobs.value) {
      if (job.kind !== 'batch') continue
      const shown = await this.#shown(job)
      if (!shown.ok) return shown
      batches.push(shown.value)
    }
    return ok(batches)
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

  async #shown(job: Job): Promise<Result<Batch>> {
    const stored = await this.#store.get(job.id)
    if (!stored.ok) return stored
    if (stored.value === undefined) return fail('not-found', { what: 'job', id: job.id })
    const documents = await this.#store.documents(job.id)
    if (!documents.ok) return documents
    const shown: BatchDocument[] = []
    for (const document of documents.value) {
      const now = await this.#documentNow({ ...document, state: 'queued', summaryId: null })
      if (!now.ok) return now
      shown.push(now.value)
    }
    const { folderId, preset, instruction, overview } = stored.value
    return ok({ job, folderId, preset, instruction, documents: shown, overview })
  }

  /** A document in the state of its job. */
  async #documentNow(document: BatchDocument): Promise<Result<BatchDocument>> {
    const { jobId, documentId, failure } = document
    if (jobId === null)
      return ok({ ...document, state: documentId === null || failure !== null ? 'left-out' : 'queued' })
    const job = await this.#deps.jobs.get(jobId)
    if (!job.ok) {
      const gone = failureOf('not-found', { what: 'document', id: documentId ?? '' })
      return job.failure.code === 'not-found' ? ok({ ...document, state: 'left-out', failure: gone }) : job
    }
    const summary = job.value.state === 'done' ? await this.#finished.ofJob(jobId) : ok(undefined)
    if (!summary.ok) return summary
    return ok({ ...document, state: job.value.state, failure: job.value.failure, summaryId: summary.value?.id ?? null })
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

/** A file that failed or was not read yet has no text to summarize. */
function documentOf({ documentId, name, state, failure }: LibraryFile): StoredBatchDocument {
  const failed = state === 'failed' ? failure : null
  if (documentId !== null && failed === null) return { documentId, name, jobId: null, failure: null }
  return { documentId: null, name, jobId: null, failure: failed ?? failureOf('document-not-read', { name }) }
}
