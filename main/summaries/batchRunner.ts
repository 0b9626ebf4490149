// Does the work of one batch: a job for each document, and when all have ended, the overview over what they found.
import type { Overview } from '#contract/batch.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { JobContext, JobModel, JobOutcome, JobService } from '../jobs/jobService.ts'
import type { PromptLibrary } from '../prompts/promptLibrary.ts'
import type { BatchStore, StoredBatch, StoredBatchDocument } from './batchStore.ts'
import type { Finished } from './logic/overviewText.ts'
import { ModelGuard, type ChosenModel } from './modelGuard.ts'
import { writeOverview } from './overviewWriter.ts'
import type { SummaryOrder } from './summaryService.ts'
import type { SummaryStore } from './summaryStore.ts'

/** What a batch works with. */
export type BatchRunnerDependencies = {
  readonly jobs: JobService
  readonly summaries: { start(order: SummaryOrder, signal?: AbortSignal): Promise<Result<{ jobId: string }>> }
  readonly store: BatchStore
  readonly finished: SummaryStore
  readonly generator: LocalGenerator
  readonly prompts: PromptLibrary
  readonly chosenModel: ChosenModel
  readonly now: () => Date
}

/**
 * Runs a batch as far as it can go now: until its documents have jobs, or, when these have ended, to the overview.
 * Failures: `batch-empty` when no document could be summarized, the generator's, the storage's.
 */
export async function runBatch(deps: BatchRunnerDependencies, job: JobContext): Promise<Result<JobOutcome>> {
  const batch = await deps.store.get(job.jobId)
  if (!batch.ok) return batch
  if (batch.value === undefined) return fail('not-found', { what: 'job', id: job.jobId })
  const guarded = await ModelGuard.of(job, deps.generator, deps.chosenModel)
  if (!guarded.ok) return job.signal.aborted ? ok('stopped') : guarded
  const { model, outcome } = guarded.value
  if (outcome !== null) return ok(outcome)
  const begun = await job.begun(model, null)
  if (!begun.ok) return begun
  const started = await startParts(deps, { ...job, model }, batch.value)
  if (!started.ok) return started
  if (job.signal.aborted) return ok('stopped')
  const parts = await partStates(deps, started.value)
  if (!parts.ok) return parts
  if (parts.value.owed.length > 0) return ok({ waitsFor: 'parts', jobIds: parts.value.all })
  job.plan(parts.value.all.length + 1)
  const finished = await finishedOf(deps, started.value)
  if (!finished.ok) return finished
  const { found, leftOut } = finished.value
  const made = await deps.jobs.get(job.jobId)
  if (found.length === 0) return fail('batch-empty', { name: made.ok ? made.value.title : '', files: leftOut.length })
  const overview = await writeOverview(deps, { job, batch: batch.value, finished: found, leftOut })
  if (!overview.ok) return overview
  if (typeof overview.value === 'string' || 'waitsFor' in overview.value) return ok(overview.value)
  const kept = await deps.store.setOverview(job.jobId, overview.value)
  return kept.ok ? ok('complete') : kept
}

/**
 * Gives every document its job with the batch's model, also where one by another model is done; a document that cannot
 * have any gets the reason instead.
 */
async function startParts(
  deps: BatchRunnerDependencies,
  job: JobContext & { readonly model: JobModel },
  batch: StoredBatch,
): Promise<Result<readonly StoredBatchDocument[]>> {
  const documents = await deps.store.documents(job.jobId)
  if (!documents.ok) return documents
  const self = await deps.jobs.get(job.jobId)
  if (!self.ok) return self
  const part = { parentId: job.jobId, priority: self.value.priority, model: job.model }
  const started: StoredBatchDocument[] = []
  for (const [position, document] of documents.value.entries()) {
    const { documentId } = document
    const known = await hasJobOf(deps, document, job.model)
    if (!known.ok) return known
    if (documentId === null || known.value || document.failure !== null || job.signal.aborted) {
      started.push(document)
      continue
    }
    const { preset, instruction } = batch
    const order = { documentId, preset, seed: 0, fresh: false, part }
    const begun = await deps.summaries.start(instruction === null ? order : { ...order, instruction }, job.signal)
    const next = begun.ok ? { ...document, jobId: begun.value.jobId } : { ...document, failure: begun.failure }
    if (!begun.ok && begun.failure.code !== 'not-found') return begun
    const kept = await deps.store.setDocument(job.jobId, position, next)
    if (!kept.ok) return kept
    started.push(next)
  }
  return ok(started)
}

/** Whether a document has a job of this model, or one that has not come to its end. */
async function hasJobOf(
  deps: BatchRunnerDependencies,
  { jobId }: StoredBatchDocument,
  model: JobModel,
): Promise<Result<boolean>> {
  if (jobId === null) return ok(false)
  const made = await deps.finished.ofJob(jobId)
  return made.ok ? ok(made.value === undefined || made.value.provenance.model.sha256 === model.sha256) : made
}

/** The jobs of the documents, and those of them that have not ended. What was interrupted goes on. */
async function partStates(
  deps: BatchRunnerDependencies,
  documents: readonly StoredBatchDocument[],
): Promise<Result<{ readonly all: readonly string[]; readonly owed: readonly string[] }>> {
  const all = documents.flatMap(({ jobId }) => jobId ?? [])
  const owed: string[] = []
  for (const jobId of all) {
    const part = await deps.jobs.get(jobId)
    if (!part.ok) {
      if (part.failure.code === 'not-found') continue
      return part
    }
    const { state } = part.value
    if (state === 'interrupted') {
      const resumed = await deps.jobs.resume(jobId)
      if (!resumed.ok) return resumed
    }
    if (state !== 'done' && state !== 'failed' && state !== 'stopped') owed.push(jobId)
  }
  return ok({ all, owed })
}

async function finishedOf(
  deps: BatchRunnerDependencies,
  documents: readonly StoredBatchDocument[],
): Promise<Result<{ readonly found: readonly Finished[]; readonly leftOut: Overview['leftOut'] }>> {
  const found: Finished[] = []
  const leftOut: Overview['leftOut'] = []
  for (const { name, jobId, failure } of documents) {
    const summary = jobId === null ? ok(undefined) : await deps.finished.ofJob(jobId)
    if (!summary.ok) return summary
    if (summary.value !== undefined) {
      found.push({ name, summary: summary.value })
      continue
    }
    const job = jobId === null ? null : await deps.jobs.get(jobId)
    leftOut.push({ name, failure: failure ?? (job?.ok === true ? job.value.failure : null) })
  }
  return ok({ found, leftOut })
}
