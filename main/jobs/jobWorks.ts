// Runs the jobs whose turn has come, one at a time, and knows what keeps the others.
import type { Job, JobState } from '#contract/job.ts'
import { fail, type Result } from '#contract/result.ts'
import type { Announce } from '#contract/index.ts'
import type { Logger } from '../host.ts'
import type { Storage } from '../storage/storage.ts'
import { JobBook } from './jobBook.ts'
import { JobQueue } from './jobQueue.ts'
import type { JobOutcome, JobRunner } from './jobRunner.ts'
import { JobRun } from './jobRun.ts'
import { JobSpeeds } from './jobSpeeds.ts'
import { JobStore, type JobRecord, type StoredJob } from './jobStore.ts'
import { isEnded, isLive } from './logic/jobStates.ts'
import { overtakes } from './logic/line.ts'
import { timeLeftWaiting } from './logic/timeLeft.ts'

/** What jobs work with. `chatting` is true while a chat is answered, which goes first. */
export type JobDependencies = {
  readonly storage: Storage
  readonly announce: Announce
  readonly now: () => Date
  readonly newId: () => string
  readonly logger: Logger
  readonly chatting?: () => boolean
}

/** Why a running job's signal was aborted; what comes first decides how the job is left. */
export type Ending = 'stopped' | 'paused' | 'yielded' | 'interrupted'

type Active = {
  readonly jobId: string
  readonly controller: AbortController
  readonly ended: Promise<void>
  run?: JobRun
}

/** The queue at work. Whoever changes the queue calls `pump` afterwards. */
export class JobWorks {
  readonly #dependencies: JobDependencies
  /** What is stored, what is told, who waits. */
  readonly store: JobStore
  readonly book: JobBook
  readonly queue = new JobQueue()
  readonly speeds: JobSpeeds
  readonly #runners = new Map<Job['kind'], JobRunner>()
  /** What was last told of those that wait, and of the one that runs. */
  readonly #told = new Map<string, string>()
  #active: Active | undefined
  #closed = false
  /** One look along the line after the other. */
  #telling: Promise<void> = Promise.resolve()

  constructor(dependencies: JobDependencies) {
    const { storage, announce, now } = dependencies
    this.#dependencies = dependencies
    this.store = new JobStore(storage)
    this.speeds = new JobSpeeds(storage)
    this.book = new JobBook({ store: this.store, announce, now, shown: (record) => this.shown(record) })
  }

  /** Says who does the work of a kind. */
  register(kind: Job['kind'], runner: JobRunner): void {
    this.#runners.set(kind, runner)
  }

  /** The run of this job, or of whichever runs when none is named. */
  runOf(jobId?: string): JobRun | undefined {
    return jobId === undefined || this.isActive(jobId) ? this.#active?.run : undefined
  }

  /** True when this job runs, or any when none is named. */
  isActive(jobId?: string): boolean {
    return this.#active !== undefined && (jobId === undefined || this.#active.jobId === jobId)
  }

  /** Ends this job if it runs; resolves once it has left. */
  async end(jobId: string, ending: Ending): Promise<void> {
    if (this.#active?.jobId !== jobId) return
    this.#active.controller.abort(ending)
    await this.#active.ended
  }

  /** Waits for a job that is being ended, so that who starts it again is not given the run that ends. */
  async leftIfEnding(jobId: string): Promise<void> {
    if (this.#active?.jobId === jobId && this.#active.controller.signal.aborted) await this.#active.ended
  }

  /** Ends what runs as `interrupted` and begins no other. */
  async close(): Promise<void> {
    this.#closed = true
    this.queue.clear()
    if (this.#active !== undefined) await this.end(this.#active.jobId, 'interrupted')
    await this.#telling
  }

  /** Queues a job again from whatever state it was left in. */
  async enqueue(job: JobRecord): Promise<Result<JobRecord>> {
    const queued = await this.book.settle(job, 'queued', null)
    if (queued.ok) this.join(queued.value)
    return queued
  }

  /** Puts a job in the line and tells it. */
  join(job: JobRecord): void {
    if (this.#closed) return
    this.queue.join(job.id, job.priority, job.parentId)
    this.book.tell(job)
    this.pump()
  }

  /** Begins the job whose turn it is, or lets it take the place of the running one. */
  pump(): void {
    this.#telling = this.#telling.then(() => this.#tellLine())
    const next = this.queue.next()
    if (next === undefined || this.#closed) return
    if (this.#active === undefined) {
      this.queue.leave(next.jobId)
      void this.#launch(next.jobId)
    } else if (this.#active.run !== undefined && overtakes(next.priority, this.#active.run.job.priority)) {
      this.#active.controller.abort('yielded' satisfies Ending)
    }
  }

  /** A job has ended or is gone: those it was a part of are nearer to their turn. */
  async partEnded(jobId: string): Promise<void> {
    for (const parentId of this.queue.forget(jobId)) {
      const parent = await this.book.find(parentId)
      if (parent.ok) await this.book.settle(this.#withParts(parent.value.job), parent.value.job.state, null)
    }
  }

  /** A chat begins or ends to be answered: the running job is told to wait for it, or to wait no more. */
  chatChanged(): void {
    const job = this.#active?.run?.job
    if (job === undefined) return
    const told = String(this.#dependencies.chatting?.())
    if (this.#told.get(job.id) === told) return
    this.#told.set(job.id, told)
    this.book.tell(job)
  }

  /** A record with what follows from the queue and from what was measured. */
  shown(record: JobRecord): Job {
    const waiting = record.state === 'queued' && this.queue.has(record.id)
    return {
      ...record,
      place: waiting && record.parentId === null ? (this.queue.places().get(record.id) ?? null) : null,
      waitsFor: waiting ? this.queue.waitOf(record.id) : this.#waitOfRunning(record),
      modelChoice: waiting ? this.queue.choiceOf(record.id) : null,
      remainingMs: this.#remainingMs(record),
    }
  }

  /** Sets `#active` from the first moment, so that one job runs at a time and `end` always finds it. */
  async #launch(jobId: string): Promise<void> {
    const controller = new AbortController()
    const ended = Promise.withResolvers<void>()
    const active: Active = { jobId, controller, ended: ended.promise }
    this.#active = active
    try {
      const found = await this.book.find(jobId)
      if (found.ok) await this.#work(found.value, active)
      else await this.partEnded(jobId)
    } finally {
      this.#active = undefined
      this.#told.delete(jobId)
      ended.resolve()
      this.pump()
    }
  }

  async #work(stored: StoredJob, active: Active): Promise<void> {
    const { now, logger } = this.#dependencies
    const { signal } = active.controller
    const begunAt = now().getTime()
    const started = await this.book.settle({ ...stored.job, doneSteps: 0 }, 'running', null)
    if (!started.ok) return this.partEnded(stored.job.id)
    const run = new JobRun({
      stored: { ...stored, job: started.value },
      store: this.store,
      signal,
      now,
      changed: (job) => this.book.progressed(job),
      begun: (model, inputKey) => this.book.setModel(stored.job.id, model, inputKey),
    })
    active.run = run
    const outcome = await this.#attempt(run, stored)
    await this.#measure(run)
    const state = await this.#leave(run.job, outcome, signal)
    const code = outcome.ok ? null : outcome.failure.code
    const milliseconds = now().getTime() - begunAt
    logger.info('job-ended', { jobId: stored.job.id, state, code, ...run.counts(), milliseconds })
  }

  /** Writes down how a run ended; who has to wait again is back in the line before it is told. */
  async #leave(job: JobRecord, outcome: Result<JobOutcome>, signal: AbortSignal): Promise<JobState> {
    if (outcome.ok && typeof outcome.value !== 'string' && !signal.aborted) {
      const { value } = outcome
      this.queue.join(job.id, job.priority, job.parentId)
      if (value.waitsFor === 'model-choice') this.queue.askModel(job.id, { began: value.began, chosen: value.chosen })
      else await this.#awaitParts(job, value.jobIds)
      await this.book.settle(this.#withParts(job), 'queued', null)
      return 'queued'
    }
    const state = stateAfter(outcome, signal)
    if (state === 'queued') this.queue.join(job.id, job.priority, job.parentId)
    const counted = state === 'done' ? { ...job, doneSteps: job.totalSteps } : job
    await this.book.settle(counted, state, outcome.ok ? null : outcome.failure)
    if (isEnded(state)) await this.partEnded(job.id)
    return state
  }

  async #awaitParts(job: JobRecord, jobIds: readonly string[]): Promise<void> {
    await this.store.addParts(job.id, jobIds)
    const parts = await this.store.partsOf(job.id)
    const known = parts.ok ? parts.value.map((part) => this.book.newest(part).job) : []
    const left = known.filter(({ state }) => !isEnded(state)).map(({ id }) => id)
    this.queue.awaitParts(job.id, left, known.length)
  }

  #withParts(job: JobRecord): JobRecord {
    const counts = this.queue.partCount(job.id)
    return counts === null ? job : { ...job, doneSteps: counts.ended, totalSteps: counts.all + 1 }
  }

  async #measure(run: JobRun): Promise<void> {
    const { model = null, characters = null } = this.book.sizeOf(run.job.id) ?? {}
    const { computed } = run.counts()
    if (model === null || characters === null || computed < 2) return
    const share = computed / Math.max(run.job.totalSteps, computed)
    await this.speeds.measured(model.sha256, run.computingMs, characters * share)
  }

  async #attempt(run: JobRun, stored: StoredJob): Promise<Result<JobOutcome>> {
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

  /** Those that wait are told when their place, or what they wait for, is another. */
  async #tellLine(): Promise<void> {
    if (this.#closed) return
    const places = this.queue.places()
    const ids = this.queue.ids
    for (const known of this.#told.keys()) if (!ids.includes(known) && !this.isActive(known)) this.#told.delete(known)
    for (const jobId of ids) {
      const found = await this.#changedInLine(jobId, places.get(jobId))
      if (found !== undefined) this.book.tell(found)
    }
  }

  async #changedInLine(jobId: string, place: number | undefined): Promise<JobRecord | undefined> {
    const isPart = (this.book.sizeOf(jobId)?.parentId ?? null) !== null
    const told = `${isPart ? '' : place} ${this.queue.waitOf(jobId)}`
    if (this.#told.get(jobId) === told) return undefined
    const first = !this.#told.has(jobId)
    this.#told.set(jobId, told)
    if (first) return undefined
    const found = await this.book.find(jobId)
    return found.ok && this.queue.has(jobId) ? found.value.job : undefined
  }

  #waitOfRunning({ state }: JobRecord): Job['waitsFor'] {
    return state === 'running' && this.#dependencies.chatting?.() === true ? 'chat' : null
  }

  #remainingMs(record: JobRecord): number | null {
    if (!isLive(record.state) && record.state !== 'paused') return null
    const measured = this.runOf(record.id)?.remainingMs ?? null
    const size = this.book.sizeOf(record.id)
    const msPerCharacter = this.speeds.msPerCharacter(size?.model?.sha256)
    return measured ?? timeLeftWaiting({ ...record, characters: size?.characters ?? null, msPerCharacter })
  }
}

function stateAfter(outcome: Result<JobOutcome>, signal: AbortSignal): JobState {
  if (!outcome.ok) return 'failed'
  if (outcome.value === 'complete') return 'done'
  const ending = signal.reason as Ending | undefined // as: only this file aborts the signal
  return ending === undefined || ending === 'interrupted' ? 'interrupted' : ending === 'yielded' ? 'queued' : ending
}
