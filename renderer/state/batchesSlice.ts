// Batches: started over a folder or chosen documents, and the one on the page followed wherever it is.
import type { Batch, BatchItem } from '#contract/batch.ts'
import type { Locator } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import { ok } from '#contract/result.ts'
import type { SummaryPreset } from '#contract/summary.ts'
import type { SliceTools } from './slice.ts'

/** What a batch is asked for: a folder of the library, or documents of the list. */
export type BatchOrder =
  { readonly folderId: string; readonly name: string } | { readonly documentIds: readonly string[] }

/** Batches by job. `batchStart` is what a batch is being asked for, with what was refused. */
export type BatchesSlice = {
  readonly batches: Readonly<Record<string, Batch>>
  readonly batchFailures: Readonly<Record<string, Failure>>
  readonly batchStart: { readonly order: BatchOrder; readonly failure: Failure | null } | null
  askForBatch(order: BatchOrder | null): void
  startBatch(preset: SummaryPreset, instruction: string): Promise<void>
  /** Follows a batch until the answer is called. */
  followBatch(jobId: string): () => void
  /** Opens a document of a batch at the passage a claim rests on. */
  openInDocument(documentId: string, passage: { readonly locators: readonly Locator[]; readonly text: string }): void
}

const prefix = 'batch:'

/** The batch an address of the documents room names; null where it names something else. */
export function batchOfRoute(id: string | null): string | null {
  return id?.startsWith(prefix) === true ? id.slice(prefix.length) : null
}

/** The address of a batch, as `batchOfRoute` reads it. */
export function routeOfBatch(jobId: string): string {
  return prefix + jobId
}

/** Keeps what the streams say. */
export function createBatchesSlice({ set, get, client }: SliceTools): BatchesSlice {
  function put(jobId: string, batch: Batch): void {
    set({ batches: { ...get().batches, [jobId]: batch } })
  }

  function take(jobId: string, item: BatchItem): void {
    if (item.type === 'batch') return put(jobId, item.batch)
    const batch = get().batches[jobId]
    if (batch === undefined) return
    if (item.type === 'job') put(jobId, { ...batch, job: item.job })
    if (item.type === 'overview') put(jobId, { ...batch, overview: item.overview })
    if (item.type !== 'document') return
    put(jobId, { ...batch, documents: batch.documents.map((one, at) => (at === item.at ? item.document : one)) })
  }

  async function follow(jobId: string, signal: AbortSignal): Promise<void> {
    const items = client.stream('batches.follow', { jobId }, { signal })
    for (;;) {
      const step = await items.next()
      if (signal.aborted) return void items.return(ok(undefined))
      if (step.done !== true) take(jobId, step.value)
      else if (step.value.ok) return
      else return set({ batchFailures: { ...get().batchFailures, [jobId]: step.value.failure } })
    }
  }

  return {
    batches: {},
    batchFailures: {},
    batchStart: null,
    askForBatch: (order) => set({ batchStart: order === null ? null : { order, failure: null } }),
    async startBatch(preset, instruction) {
      const { batchStart, navigate } = get()
      if (batchStart === null) return
      const { order } = batchStart
      const of = 'folderId' in order ? { folderId: order.folderId } : { documentIds: [...order.documentIds] }
      const own = preset === 'own' ? { instruction } : {}
      const started = await client.call('batches.start', { ...of, preset, ...own })
      if (!started.ok) return set({ batchStart: { ...batchStart, failure: started.failure } })
      set({ batchStart: null, chosenDocuments: null })
      navigate('documents', routeOfBatch(started.value.jobId))
    },
    followBatch(jobId) {
      const { [jobId]: _, ...others } = get().batchFailures
      set({ batchFailures: others })
      const controller = new AbortController()
      void follow(jobId, controller.signal)
      return () => controller.abort()
    },
    openInDocument(documentId, { locators, text }) {
      const { navigate, attachSource, showPassage } = get()
      navigate('documents', documentId)
      attachSource(documentId)
      showPassage({ locators, text, claim: null })
    },
  }
}
