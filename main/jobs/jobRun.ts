// One run of one job: its counts, its steps, and how often its progress is told.
import type { JobPriority } from '#contract/job.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { JobContext, StepCounts } from './jobRunner.ts'
import type { JobRecord, JobStore, StoredJob } from './jobStore.ts'
import { timeLeftOfRun } from './logic/timeLeft.ts'

/** Progress is told at most this often; a change of state is always told. */
const millisecondsBetweenTold = 250

/** The job as it was when it began to run, and where its progress goes. */
export type JobRunDependencies = {
  readonly stored: StoredJob
  readonly store: JobStore
  readonly signal: AbortSignal
  readonly now: () => Date
  readonly changed: (job: JobRecord) => void
  /** Writes down the model the run works with. */
  readonly begun: JobContext['begun']
}

/** Runs the steps of one job and keeps count. Made for one run; a resumed job gets a new one. */
export class JobRun {
  readonly #dependencies: JobRunDependencies
  readonly #underWay = new Map<string, Promise<Result<string | null>>>()
  #job: JobRecord
  #computed = 0
  #reused = 0
  #toldAt = 0
  /** Steps being computed now, since when at least one is, and how long that was so before. */
  #computing = 0
  #computingSince = 0
  #computedMs = 0

  constructor(dependencies: JobRunDependencies) {
    this.#dependencies = dependencies
    this.#job = dependencies.stored.job
  }

  /** The job with the counts of this run. */
  get job(): JobRecord {
    return this.#job
  }

  /** Steps of this run so far. */
  counts(): StepCounts {
    return { computed: this.#computed, reused: this.#reused }
  }

  /** Milliseconds in which at least one step was being computed: neither waiting for a turn nor reading what is stored. */
  get computingMs(): number {
    const running = this.#computing > 0 ? this.#dependencies.now().getTime() - this.#computingSince : 0
    return this.#computedMs + running
  }

  /** Milliseconds left as this run measures them; null until it can. */
  get remainingMs(): number | null {
    const { doneSteps, totalSteps } = this.#job
    return timeLeftOfRun({
      computedSteps: this.#computed,
      computingMs: this.computingMs,
      doneSteps,
      totalSteps,
    })
  }

  /** Changes the priority the job is left with. */
  prioritise(priority: JobPriority): void {
    this.#job = { ...this.#job, priority }
  }

  /** What the job's runner works with. */
  context(): JobContext {
    const { stored, store, signal } = this.#dependencies
    return {
      jobId: stored.job.id,
      documentId: stored.job.documentId,
      input: stored.input,
      model: stored.model,
      signal,
      plan: (totalSteps) => this.#plan(totalSteps),
      step: (key, compute) => this.#step(key, compute),
      countStored: (keys) => store.countSteps(keys),
      counts: () => this.counts(),
      begun: (model, inputKey) => this.#dependencies.begun(model, inputKey),
    }
  }

  #plan(totalSteps: number): void {
    this.#change({ totalSteps: Math.max(totalSteps, this.#job.doneSteps) })
  }

  #step(key: string, compute: () => Promise<Result<string | null>>): Promise<Result<string | null>> {
    const twin = this.#underWay.get(key)
    const step = twin === undefined ? this.#firstStep(key, compute) : this.#sameStep(twin)
    if (twin === undefined) this.#underWay.set(key, step)
    return step
  }

  async #sameStep(twin: Promise<Result<string | null>>): Promise<Result<string | null>> {
    const output = await twin
    if (output.ok && output.value !== null) this.#finish('reused')
    return output
  }

  async #firstStep(key: string, compute: () => Promise<Result<string | null>>): Promise<Result<string | null>> {
    const { store, now, signal } = this.#dependencies
    if (signal.aborted) return ok(null)
    const stored = await store.step(key)
    if (!stored.ok) return stored
    if (stored.value !== undefined) {
      this.#finish('reused')
      return ok(stored.value)
    }
    const begunAt = now().getTime()
    const output = await this.#timed(compute)
    if (!output.ok || output.value === null) return output
    const doneSteps = this.#job.doneSteps + 1
    const totalSteps = Math.max(this.#job.totalSteps, doneSteps)
    const counted: JobRecord = { ...this.#job, doneSteps, totalSteps, updatedAt: now().toISOString() }
    const kept = await store.keepStep(counted, key, output.value, now().getTime() - begunAt)
    if (!kept.ok) return kept
    if (kept.value === undefined) return fail('not-found', { what: 'job', id: this.#job.id })
    this.#finish('computed')
    return ok(kept.value)
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const { now } = this.#dependencies
    if (this.#computing === 0) this.#computingSince = now().getTime()
    this.#computing += 1
    try {
      return await work()
    } finally {
      this.#computing -= 1
      if (this.#computing === 0) this.#computedMs += now().getTime() - this.#computingSince
    }
  }

  #finish(how: 'computed' | 'reused'): void {
    if (how === 'computed') this.#computed += 1
    else this.#reused += 1
    const doneSteps = this.#job.doneSteps + 1
    this.#change({ doneSteps, totalSteps: Math.max(this.#job.totalSteps, doneSteps) })
  }

  #change(changes: Partial<JobRecord>): void {
    const now = this.#dependencies.now()
    this.#job = { ...this.#job, ...changes, updatedAt: now.toISOString() }
    if (now.getTime() - this.#toldAt < millisecondsBetweenTold) return
    this.#toldAt = now.getTime()
    this.#dependencies.changed(this.#job)
  }
}
