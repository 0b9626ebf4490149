// Jobs as they stand: what is stored, what could not be stored, and who is told.
import type { Failure } from '#contract/failures.ts'
import type { Announce } from '#contract/index.ts'
import type { Job, JobState } from '#contract/job.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { JobModel } from './jobRunner.ts'
import type { JobRecord, JobStore, StoredJob } from './jobStore.ts'

/** What a job needs besides its record to be shown. */
export type JobSize = {
  readonly documentId: string | null
  readonly parentId: string | null
  readonly characters: number | null
  readonly model: JobModel | null
}

/** What the book works with; `shown` adds to a record what follows from the queue and from what was measured. */
export type JobBookDependencies = {
  readonly store: JobStore
  readonly announce: Announce
  readonly now: () => Date
  readonly shown: (record: JobRecord) => Job
}

/** Keeps the newest state of every job. Failures are those of the storage, and `not-found`. */
export class JobBook {
  readonly #deps: JobBookDependencies
  readonly #watchers = new Map<string, Set<(job: Job) => void>>()
  /** Jobs whose newest state is not, or could not be, written. */
  readonly #unwritten = new Map<string, JobRecord>()
  readonly #sizes = new Map<string, JobSize>()

  constructor(deps: JobBookDependencies) {
    this.#deps = deps
  }

  /** One job with what its runner needs; `not-found` when there is none. */
  async find(jobId: string): Promise<Result<StoredJob>> {
    const stored = await this.#deps.store.get(jobId)
    if (!stored.ok) return stored
    return stored.value === undefined ? fail('not-found', { what: 'job', id: jobId }) : ok(this.newest(stored.value))
  }

  /** A stored job in its newest state. */
  newest(stored: StoredJob): StoredJob {
    const { documentId, parentId } = stored.job
    this.#sizes.set(stored.job.id, { documentId, parentId, characters: stored.characters, model: stored.model })
    return { ...stored, job: this.#unwritten.get(stored.job.id) ?? stored.job }
  }

  /** What was last known of a job's text and model. */
  sizeOf(jobId: string): JobSize | undefined {
    return this.#sizes.get(jobId)
  }

  /** Jobs of a document this process has seen. */
  ofDocument(documentId: string): readonly string[] {
    return [...this.#sizes].flatMap(([id, size]) => (size.documentId === documentId ? [id] : []))
  }

  /** Writes down a job's model. */
  async setModel(jobId: string, model: JobModel | null, inputKey: string | null): Promise<Result<void>> {
    const written = await this.#deps.store.setModel(jobId, model, inputKey)
    const size = this.#sizes.get(jobId)
    if (written.ok && size !== undefined) this.#sizes.set(jobId, { ...size, model })
    return written
  }

  /** Writes a change; where it cannot be written the job still has it in this process. */
  async settle(job: JobRecord, state: JobState, failure: Failure | null): Promise<Result<JobRecord>> {
    const changed: JobRecord = { ...job, state, failure, updatedAt: this.#deps.now().toISOString() }
    const written = await this.#deps.store.update(changed)
    if (written.ok && state !== 'running') this.#unwritten.delete(job.id)
    else if (written.ok || state === 'failed') this.#unwritten.set(job.id, changed)
    else this.#unwritten.set(job.id, { ...changed, state: 'failed', failure: written.failure })
    this.tell(this.#unwritten.get(job.id) ?? changed)
    return written.ok ? ok(changed) : written
  }

  /** Notes the counts of a run, which are written with its steps. */
  progressed(job: JobRecord): void {
    this.#unwritten.set(job.id, job)
    this.tell(job)
  }

  /** Calls `listener` with a job whenever it is told; answers how to stop that. */
  watch(jobId: string, listener: (job: Job) => void): () => void {
    const listeners = this.#watchers.get(jobId) ?? new Set()
    this.#watchers.set(jobId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#watchers.delete(jobId)
    }
  }

  /** Tells everyone how a job stands. */
  tell(record: JobRecord): void {
    const job = this.#deps.shown(record)
    for (const listener of this.#watchers.get(job.id) ?? []) listener(job)
    this.#deps.announce('jobs.changed', job)
  }

  /** Tells everyone that a job is off the list. */
  removed(jobId: string): void {
    this.#deps.announce('jobs.removed', { jobId })
  }

  /** Drops what is known of a job that is gone. */
  drop(jobId: string): void {
    this.#unwritten.delete(jobId)
    this.#sizes.delete(jobId)
  }
}
