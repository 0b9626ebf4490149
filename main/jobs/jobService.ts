// Durable work that outlives a window: jobs are started, found again, paused, stopped, resumed and put in order.
import type { Job, JobPriority } from '#contract/job.ts'
import { assertNever, fail, ok, type Result } from '#contract/result.ts'
import type {
  JobModel as RunnerModel,
  JobRunner,
  JobContext as RunnerContext,
  JobOutcome as Outcome,
} from './jobRunner.ts'
import type { JobRecord, StoredJob } from './jobStore.ts'
import { JobWorks, type JobDependencies } from './jobWorks.ts'
import { isEnded, isLive, onResume, onSameInputs } from './logic/jobStates.ts'

/** What a runner is given; shown to the rooms that bring one. */
export type JobContext = RunnerContext
/** How a run ended. */
export type JobOutcome = Outcome
/** The model a job began with. */
export type JobModel = RunnerModel

/**
 * What `start` needs. `input` is JSON text for the runner; `inputKey` names the inputs that make two jobs the same.
 * `characters` is the size of the text, for the time it will take.
 */
export type JobOrder = {
  readonly kind: Job['kind']
  readonly documentId: string | null
  readonly title: string
  readonly input: string
  readonly inputKey: string
  /** A new job even where one with the same inputs exists. */
  readonly fresh: boolean
  /** A job that is done already runs once more. */
  readonly again?: boolean
  /** Writes what the runner will look for, once the job has its id and before it may run. */
  readonly prepared?: (jobId: string) => Promise<Result<void>>
  readonly parentId?: string
  readonly priority?: JobPriority
  readonly model?: JobModel
  readonly characters?: number
}

/** The jobs of one data folder. One owner process at a time; every method fails only with `Storage`'s codes or as said. */
export class JobService {
  readonly #dependencies: JobDependencies
  readonly #works: JobWorks
  #lastOrder: Promise<unknown> = Promise.resolve()

  constructor(dependencies: JobDependencies) {
    this.#dependencies = dependencies
    this.#works = new JobWorks(dependencies)
  }

  /** Says who does the work of a kind; once per kind, before anything starts. */
  register(kind: Job['kind'], runner: JobRunner): void {
    this.#works.register(kind, runner)
  }

  /** True while a job runs. */
  get isRunning(): boolean {
    return this.#works.isActive()
  }

  /** Marks what a dead process left `running` or `queued` as `interrupted`. Called once, by the folder's owner. */
  async recover(): Promise<Result<void>> {
    const { store, speeds } = this.#works
    const left = await store.inStates(['running', 'queued'])
    if (!left.ok) return left
    for (const { job } of left.value) {
      const written = await store.update({ ...job, state: 'interrupted', updatedAt: this.#time() })
      if (!written.ok) return written
    }
    return speeds.load()
  }

  /** Queues every interrupted job again, oldest first. */
  async resumeInterrupted(): Promise<Result<readonly Job[]>> {
    const interrupted = await this.#works.store.inStates(['interrupted'])
    if (!interrupted.ok) return interrupted
    const records: JobRecord[] = []
    for (const stored of interrupted.value) {
      // A batch that goes on already may have brought its parts along.
      const now = await this.#works.book.find(stored.job.id)
      if (!now.ok || now.value.job.state !== 'interrupted') continue
      const revived = await this.#works.enqueue(now.value.job)
      if (!revived.ok) return revived
      records.push(revived.value)
    }
    return ok(records.map((record) => this.#works.shown(record)))
  }

  /** Finds the newest job with the same inputs (queueing it again if it ended unfinished) or makes a new one. */
  async start(order: JobOrder): Promise<Result<Job>> {
    const started = this.#lastOrder.then(() => this.#start(order))
    this.#lastOrder = started.catch(() => undefined)
    return this.#answer(await started)
  }

  /** Newest first. What is left of a job with parts is what is left of them. */
  async list(): Promise<Result<readonly Job[]>> {
    const stored = await this.#works.store.list()
    if (!stored.ok) return stored
    const jobs = stored.value.map((each) => this.#works.shown(this.#works.book.newest(each).job))
    return ok(jobs.map((job) => (job.kind === 'batch' ? { ...job, remainingMs: leftOfParts(job, jobs) } : job)))
  }

  /** The output stored under a step's key, whatever job it belongs to, or undefined. */
  storedStep(key: string): Promise<Result<string | undefined>> {
    return this.#works.store.step(key)
  }

  /** One job; `not-found` when there is none. */
  async get(jobId: string): Promise<Result<Job>> {
    const stored = await this.#works.book.find(jobId)
    return stored.ok ? ok(this.#works.shown(stored.value.job)) : stored
  }

  /** How these jobs stand, by id, in one query however many there are; what there is not is not among them. */
  async standings(jobIds: readonly string[]): Promise<Result<ReadonlyMap<string, Pick<Job, 'state' | 'failure'>>>> {
    const stored = await this.#works.store.many(jobIds)
    if (!stored.ok) return stored
    return ok(new Map(stored.value.map((each) => [each.job.id, this.#works.book.newest(each).job])))
  }

  /** Stops a job, keeps its finished steps, and answers once it has stopped; an ended job is answered as it is. */
  stop(jobId: string): Promise<Result<Job>> {
    return this.#rest(jobId, 'stopped')
  }

  /** Pauses a job that waits, runs or was interrupted, until somebody resumes it; answers once it rests. */
  pause(jobId: string): Promise<Result<Job>> {
    return this.#rest(jobId, 'paused')
  }

  /** Queues a job that is not done again, with its parts; `job-not-resumable` when it is done. */
  async resume(jobId: string): Promise<Result<Job>> {
    await this.#works.leftIfEnding(jobId)
    const found = await this.#works.book.find(jobId)
    if (!found.ok) return found
    const action = onResume(found.value.job.state)
    switch (action) {
      case 'keep':
        return ok(this.#works.shown(found.value.job))
      case 'revive':
        return this.#resumeFamily(found.value.job)
      case 'refuse':
        return fail('job-not-resumable', { id: jobId })
      default:
        return assertNever(action)
    }
  }

  /** Changes when a job, and its parts, get their turn; an ended job is answered as it is. */
  async prioritise(jobId: string, priority: JobPriority): Promise<Result<Job>> {
    const { queue, book } = this.#works
    const family = await this.#family(jobId)
    if (!family.ok) return family
    for (const { job } of family.value) {
      if (isEnded(job.state)) continue
      const run = this.#works.runOf(job.id)
      run?.prioritise(priority)
      if (queue.has(job.id)) queue.join(job.id, priority, job.parentId)
      const written = await book.settle({ ...(run?.job ?? job), priority }, job.state, job.failure)
      if (!written.ok) return written
    }
    this.#works.pump()
    return this.get(jobId)
  }

  /**
   * Goes on with a job that waits for a choice of model, and with the other parts of the same job: `began` keeps the
   * model, `chosen` starts over with the one that is chosen now.
   */
  async chooseModel(jobId: string, choice: 'began' | 'chosen'): Promise<Result<Job>> {
    const { queue, book } = this.#works
    const found = await book.find(jobId)
    if (!found.ok || queue.choiceOf(jobId) === null) return this.get(jobId)
    const family = await this.#family(found.value.job.parentId ?? jobId)
    if (!family.ok) return family
    for (const { job, model } of family.value) {
      if (model === null || isEnded(job.state) || this.#works.isActive(job.id)) continue
      const written = await book.setModel(job.id, choice === 'began' ? { ...model, pinned: true } : null, null)
      if (!written.ok) return written
      queue.modelChosen(job.id)
    }
    this.#works.pump()
    return this.get(jobId)
  }

  /** Takes an ended job off the list; what it made stays. `job-not-ended` when it waits, runs or is paused. */
  async remove(jobId: string): Promise<Result<void>> {
    const found = await this.#works.book.find(jobId)
    if (!found.ok) return found
    if (!isEnded(found.value.job.state)) return fail('job-not-ended', { id: jobId })
    const taken = await this.#works.store.takeOff(jobId)
    if (taken.ok) this.#works.book.removed(jobId)
    return taken
  }

  /** Lets go of the jobs of a document that is gone. */
  async documentForgotten(documentId: string): Promise<void> {
    const { book } = this.#works
    for (const jobId of book.ofDocument(documentId)) {
      if ((await book.find(jobId)).ok) continue
      void this.#works.end(jobId, 'stopped')
      await this.#works.partEnded(jobId)
      book.drop(jobId)
      book.removed(jobId)
    }
    this.#works.pump()
  }

  /** To be called when a chat begins or ends to be answered. */
  chatChanged(): void {
    this.#works.chatChanged()
  }

  /** Calls `listener` with a job whenever its state or counts change; answers how to stop that. */
  watch(jobId: string, listener: (job: Job) => void): () => void {
    return this.#works.book.watch(jobId, listener)
  }

  /** Ends the running job as `interrupted`, so that the next owner goes on with it, and starts no other. */
  close(): Promise<void> {
    return this.#works.close()
  }

  /** Out of the line and told to end before anything is awaited, or it might begin, or end otherwise, meanwhile. */
  async #rest(jobId: string, state: 'stopped' | 'paused'): Promise<Result<Job>> {
    const { queue, book } = this.#works
    queue.leave(jobId)
    await this.#works.end(jobId, state)
    const family = await this.#family(jobId)
    if (!family.ok) return family
    const owed = family.value.filter(({ job }) => !isEnded(job.state) && job.state !== state)
    for (const { job } of owed) queue.leave(job.id)
    for (const { job } of owed) {
      if (this.#works.isActive(job.id)) {
        await this.#works.end(job.id, state)
        continue
      }
      const settled = await book.settle(job, state, null)
      if (!settled.ok) return settled
      if (state === 'stopped') await this.#works.partEnded(job.id)
    }
    this.#works.pump()
    return this.get(jobId)
  }

  /** A job's parts and then itself. */
  async #family(jobId: string): Promise<Result<readonly StoredJob[]>> {
    const { book, store } = this.#works
    const found = await book.find(jobId)
    if (!found.ok) return found
    if (found.value.job.kind !== 'batch') return ok([found.value])
    const parts = await store.partsOf(jobId)
    return parts.ok ? ok([...parts.value.map((part) => book.newest(part)), found.value]) : parts
  }

  /** The job stands before its parts, so that they take its place in the line. */
  async #resumeFamily(job: JobRecord): Promise<Result<Job>> {
    const { book, store } = this.#works
    const parts = job.kind === 'batch' ? await store.partsOf(job.id) : ok([])
    if (!parts.ok) return parts
    const settled = await this.#works.enqueue(job)
    if (!settled.ok) return settled
    for (const part of parts.value) {
      if (onResume(part.job.state) !== 'revive') continue
      const revived = await this.#works.enqueue(book.newest(part).job)
      if (!revived.ok) return revived
    }
    return this.get(job.id)
  }

  async #start(order: JobOrder): Promise<Result<JobRecord>> {
    const { book, store } = this.#works
    if (!order.fresh) {
      const same = await store.newestWithKey(order.inputKey)
      if (!same.ok) return same
      if (same.value !== undefined) {
        await this.#works.leftIfEnding(same.value.job.id)
        const found = await book.find(same.value.job.id)
        if (!found.ok) return found
        const { job } = found.value
        const kept = onSameInputs(job.state) === 'keep' && !(order.again === true && job.state === 'done')
        if (kept) return ok(job)
        const prepared = (await order.prepared?.(job.id)) ?? ok(undefined)
        return prepared.ok ? this.#works.enqueue(job) : prepared
      }
    }
    const stored = this.#made(order)
    const inserted = await store.insert(stored, order.inputKey)
    if (!inserted.ok) return inserted
    const prepared = (await order.prepared?.(stored.job.id)) ?? ok(undefined)
    if (!prepared.ok) return prepared
    book.newest(stored)
    this.#works.join(stored.job)
    return ok(stored.job)
  }

  #made(order: JobOrder): StoredJob {
    const time = this.#time()
    return {
      job: {
        id: this.#dependencies.newId(),
        kind: order.kind,
        documentId: order.documentId,
        parentId: order.parentId ?? null,
        title: order.title,
        state: 'queued',
        priority: order.priority ?? 'normal',
        doneSteps: 0,
        totalSteps: 0,
        failure: null,
        createdAt: time,
        updatedAt: time,
      },
      input: order.input,
      model: order.model ?? null,
      characters: order.characters ?? null,
    }
  }

  #answer(record: Result<JobRecord>): Result<Job> {
    return record.ok ? ok(this.#works.shown(record.value)) : record
  }

  #time(): string {
    return this.#dependencies.now().toISOString()
  }
}

/** What is left of a job's parts together; null where it is not known of one. */
function leftOfParts(parent: Job, jobs: readonly Job[]): number | null {
  const owed = jobs.filter((job) => job.parentId === parent.id && (isLive(job.state) || job.state === 'paused'))
  const known = owed.flatMap(({ remainingMs }) => remainingMs ?? [])
  return known.length === 0 || known.length < owed.length ? null : known.reduce((sum, each) => sum + each, 0)
}
