// What answers the contract's part about jobs and batches.
import type { Batch, BatchItem } from '#contract/batch.ts'
import type { Method, Parsed } from '#contract/index.ts'
import type { Job, JobPriority } from '#contract/job.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Answer, Handlers, Items } from './handler.ts'

/** Jobs and batches, as the contract uses them. */
export type JobServices = {
  readonly jobs: {
    list(): Answer<Job[]>
    stop(jobId: string): Answer<Job>
    pause(jobId: string): Answer<Job>
    resume(jobId: string): Answer<Job>
    prioritise(jobId: string, priority: JobPriority): Answer<Job>
    chooseModel(jobId: string, model: 'began' | 'chosen'): Answer<Job>
    remove(jobId: string): Promise<Result<unknown>>
  }
  readonly batches: {
    start(order: Parsed<'batches.start'>): Answer<{ jobId: string }>
    get(jobId: string): Answer<Batch>
    list(): Answer<Batch[]>
    follow(jobId: string, signal: AbortSignal): Items<BatchItem>
  }
}

/** The methods answered here. */
type JobMethod = Extract<Method, `jobs.${string}` | `batches.${string}`>

/** Joins this part of the contract to the services. */
export function jobHandlers({ jobs, batches }: JobServices): Pick<Handlers, JobMethod> {
  return {
    'jobs.list': () => jobs.list(),
    'jobs.stop': ({ jobId }) => jobs.stop(jobId),
    'jobs.pause': ({ jobId }) => jobs.pause(jobId),
    'jobs.resume': ({ jobId }) => jobs.resume(jobId),
    'jobs.prioritise': ({ jobId, priority }) => jobs.prioritise(jobId, priority),
    'jobs.choose-model': ({ jobId, model }) => jobs.chooseModel(jobId, model),
    'jobs.remove': async ({ jobId }) => {
      const removed = await jobs.remove(jobId)
      return removed.ok ? ok({}) : removed
    },
    'batches.start': (order) => batches.start(order),
    'batches.get': ({ jobId }) => batches.get(jobId),
    'batches.list': () => batches.list(),
    'batches.follow': ({ jobId }, { signal }) => batches.follow(jobId, signal),
  }
}
