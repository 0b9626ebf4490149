// Durable work that outlives a window: queues jobs, runs one at a time, keeps every finished step.
import type { Failure } from '#contract/failures.ts'
import type { Announce } from '#contract/index.ts'
import type { Job, JobState } from '#contract/job.ts'
import { assertNever, fail, failureOf, ok, type Result } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import type { Storage } from '../storage/storage.ts'
import type { JobRunner, JobContext as RunnerContext } from './jobRunner.ts'
import { JobRun } from './jobRun.ts'
import { JobStore, type StoredJob } from './jobStore.ts'
import { onResume, onSameInputs } from './logic/jobStates.ts'

/** What a runner is given: this room's front shows it to those who bring one. */
export type JobContext = RunnerContext

/** What `start` needs. `input` is JSON text for the runner; `inputKey` names the inputs that make two jobs the same. */
export type JobOrder = {
  readonly kind: Job['kind']
  readonly documentId: string | null
  readonly input: string
  readonly inputKey: string
  /** A new job even where one with the same inputs exists. */
  readonly fresh: boolean
}

/** What the service works with. */
export type JobServiceDependencies = {
  readonly storage: Storage
  readonly announce: Announce
  readonly now: () => Date
  readonly newId: () => string
  readonly logger: Logger
}

/** Why a running job's signal was aborted; what comes first decides how the job is left. */
type Ending = 'stopped' | 'interrupted'

type Active = { readonly jobId: string; readonly controller: AbortController; readonly ended: Promise<void> }

/** The jobs of one data folder. One owner process at a time; every method fails only with `Storage`'s codes or as said. */
export class JobService {
  readonly #dependencies: JobServiceDependencies
  readonly #store: JobStore
  readonly #runners = new Map<Job['kind'], JobRunner>()
  readonly #watchers = new Map<string, Set<(job: Job) => void>>()
  /** Jobs whose newest state is not, or could not be, written. */
  readonly #unwritten = new Map<string, Job>()
  #queue: readonly string[] = []
  #active: Active | undefined
  #closed = false
  #lastOrder: Promise<unknown> = Promise.resolve()

  constructor(dependencies: JobServiceDependencies) {
    this.#dependencies = dependencies
    this.#store = new JobStore(dependencies.storage)
  }

  /** Says who does the work of a kind; once per kind, before anything starts. */
  register(kind: Job['kind'], runner: JobRunner): void {
    this.#runners.set(kind, runner)
  }

  /** True while a job runs. */
  get isRunning(): boolean {
    return this.#active !== undefined
  }

  /** Marks what a dead process left `running` or `queued` as `interrupted`. Called once, by the folder's owner. */
  async recover(): Promise<Result<void>> {
    const left = await this.#store.inStates(['running', 'queued'])
    if (!left.ok) return left
    for (const { job } of left.value) {
      const written = await this.#store.update({ ...job, state: 'interrupted', updatedAt: this.#time() })
      if (!written.ok) return written
    }
    return ok(undefined)
  }

  /** Queues every interrupted job again, oldest first. */
  async resumeInterrupted(): Promise<Result<readonly Job[]>> {
    const interrupted = await this.#store.inStates(['interrupted'])
    if (!interrupted.ok) return interrupted
    const jobs: Job[] = []
    for (const stored of interrupted.value) {
      const revived = await this.#enqueue(stored.job)
      if (!revived.ok) return revived
      jobs.push(revived.value)
    }
    return ok(jobs)
  }

  /** Finds the newest job with the same inputs (queueing it again if it ended unfinished) or makes a new one. */
  async start(order: JobOrder): Promise<Result<Job>> {
    const started = this.#lastOrder.then(() => this.#start(order))
    this.#lastOrder = started.catch(() => undefined)
    return started
  }

  /** Newest first. */
  async list(): Promise<Result<readonly Job[]>> {
    const stored = await this.#store.list()
    return stored.ok ? ok(stored.value.map(({ job }) => this.#newest(job))) : stored
  }

  /** The output stored under a step's key, whatever job it belongs to, or undefined. */
  storedStep(key: string): Promise<Result<string | undefined>> {
    return this.#store.step(key)
  }

  /** One job; `not-found` when there is none. */
  async get(jobId: string): Promise<Result<Job>> {
    const stored = await this.#find(jobId)
    return stored.ok ? ok(stored.value.job) : stored
  }

  /** Stops a job, keeps its finished steps, and answers once it has stopped; an ended job is answered as it is. */
  async stop(jobId: string): Promise<Result<Job>> {
    if (this.#active?.jobId === jobId) {
      const { controller, ended } = this.#active
      controller.abort('stopped' satisfies Ending)
      await ended
      return this.get(jobId)
    }
    // Out of the queue before anything is awaited, or it might begin meanwhile.
    this.#queue = this.#queue.filter((id) => id !== jobId)
    const found = await this.get(jobId)
    if (!found.ok || found.value.state !== 'queued') return found
    return this.#settle(found.value, 'stopped', null)
  }

  /** Queues a stopped, interrupted or failed job again; `job-not-resumable` when it is done. */
  async resume(jobId: string): Promise<Result<Job>> {
    await this.#leftIfEnding(jobId)
    const found = await this.get(jobId)
    if (!found.ok) return found
    const action = onResume(found.value.state)
    switch (action) {
      case 'keep':
        return found
      case 'revive':
        return this.#enqueue(found.value)
      case 'refuse':
        return fail('job-not-resumable', { id: jobId })
      default:
        return assertNever(action)
    }
  }

  /** Calls `listener` with a job whenever its state or counts change; answers how to stop that. */
  watch(jobId: string, listener: (job: Job) => void): () => void {
    const listeners = this.#watchers.get(jobId) ?? new Set()
    this.#watchers.set(jobId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#watchers.delete(jobId)
    }
  }

  /** Ends the running job as `interrupted`, so that the next owner goes on with it, and starts no other. */
  async close(): Promise<void> {
    this.#closed = true
    this.#queue = []
    this.#active?.controller.abort('interrupted' satisfies Ending)
    await this.#active?.ended
  }

  /** Waits for a job that is being stopped, so that who starts it again is not given the run that ends. */
  async #leftIfEnding(jobId: string): Promise<void> {
    if (this.#active?.jobId === jobId && this.#active.controller.signal.aborted) await this.#active.ended
  }

  async #start(order: JobOrder): Promise<Result<Job>> {
    if (!order.fresh) {
      const same = await this.#store.newestWithKey(order.inputKey)
      if (!same.ok) return same
      if (same.value !== undefined) {
        await this.#leftIfEnding(same.value.job.id)
        const found = await this.get(same.value.job.id)
        if (!found.ok) return found
        const job = found.value
        return onSameInputs(job.state) === 'keep' ? ok(job) : this.#enqueue(job)
      }
    }
    const time = this.#time()
    const job: Job = {
      id: this.#dependencies.newId(),
      kind: order.kind,
      documentId: order.documentId,
      state: 'queued',
      doneSteps: 0,
      totalSteps: 0,
      failure: null,
      createdAt: time,
      updatedAt: time,
    }
    const inserted = await this.#store.insert({ job, input: order.input }, order.inputKey)
    if (!inserted.ok) return inserted
    this.#join(job)
    return ok(job)
  }

  async #enqueue(job: Job): Promise<Result<Job>> {
    const queued = await this.#settle({ ...job, doneSteps: 0 }, 'queued', null)
    if (queued.ok) this.#join(queued.value)
    return queued
  }

  #join(job: Job): void {
    this.#tell(job)
    if (!this.#queue.includes(job.id)) this.#queue = [...this.#queue, job.id]
    this.#pump()
  }

  #pump(): void {
    const [next, ...rest] = this.#queue
    if (next === undefined || this.#active !== undefined || this.#closed) return
    this.#queue = rest
    void this.#launch(next)
  }

  /** Sets `#active` from the first moment, so that one job runs at a time and `stop` always finds it. */
  async #launch(jobId: string): Promise<void> {
    const controller = new AbortController()
    const ended = Promise.withResolvers<void>()
    this.#active = { jobId, controller, ended: ended.promise }
    try {
      const found = await this.#find(jobId)
      if (found.ok) await this.#work(found.value, controller.signal)
    } finally {
      this.#active = undefined
      ended.resolve()
      this.#pump()
    }
  }

  async #work(stored: StoredJob, signal: AbortSignal): Promise<void> {
    const { now, logger } = this.#dependencies
    const begunAt = now().getTime()
    const started = await this.#settle(stored.job, 'running', null)
    if (!started.ok) return
    const run = new JobRun({
      stored: { ...stored, job: started.value },
      store: this.#store,
      signal,
      now,
      changed: (job) => this.#progressed(job),
    })
    const outcome = await this.#attempt(run, stored)
    const state = this.#stateAfter(outcome, signal)
    await this.#settle(run.job, state, outcome.ok ? null : outcome.failure)
    const code = outcome.ok ? null : outcome.failure.code
    const milliseconds = now().getTime() - begunAt
    logger.info('job-ended', { jobId: stored.job.id, state, code, ...run.counts(), milliseconds })
  }

  #stateAfter(outcome: Result<'complete' | 'stopped'>, signal: AbortSignal): JobState {
    if (!outcome.ok) return 'failed'
    if (outcome.value === 'complete') return 'done'
    return signal.reason === ('stopped' satisfies Ending) ? 'stopped' : 'interrupted'
  }

  async #attempt(run: JobRun, stored: StoredJob): Promise<Result<'complete' | 'stopped'>> {
    const runner = this.#runners.get(stored.job.kind)
    try {
      if (runner === undefined) throw new Error(`no runner for jobs of kind ${stored.job.kind}`)
      return await runner(run.context())
    } catch (error) {
      const id = this.#dependencies.newId()
      const name = error instanceof Error ? error.name : typeof error
      this.#dependencies.logger.error('job-bug', { jobId: stored.job.id, id, name })
      return fail('internal', { id })
    }
  }

  /** Writes a change of state; where it cannot be written the job still has it in this process. */
  async #settle(job: Job, state: JobState, failure: Failure | null): Promise<Result<Job>> {
    const changed: Job = { ...job, state, failure, updatedAt: this.#time() }
    const written = await this.#store.update(changed)
    if (written.ok && state !== 'running') this.#unwritten.delete(job.id)
    else if (written.ok || state === 'failed') this.#unwritten.set(job.id, changed)
    else this.#unwritten.set(job.id, { ...changed, state: 'failed', failure: written.failure })
    this.#tell(this.#newest(changed))
    return written.ok ? ok(changed) : written
  }

  #progressed(job: Job): void {
    this.#unwritten.set(job.id, job)
    this.#tell(job)
  }

  #tell(job: Job): void {
    for (const listener of this.#watchers.get(job.id) ?? []) listener(job)
    this.#dependencies.announce('jobs.changed', job)
  }

  #newest(job: Job): Job {
    return this.#unwritten.get(job.id) ?? job
  }

  async #find(jobId: string): Promise<Result<StoredJob>> {
    const stored = await this.#store.get(jobId)
    if (!stored.ok) return stored
    if (stored.value === undefined) return { ok: false, failure: failureOf('not-found', { what: 'job', id: jobId }) }
    return ok({ ...stored.value, job: this.#newest(stored.value.job) })
  }

  #time(): string {
    return this.#dependencies.now().toISOString()
  }
}
