// Summaries as a window asks for them: a gist at once, a durable job, a way to follow it, what was made before.
import type { CloudProposal } from '#contract/cloud.ts'
import type { CloudPreparation } from '#contract/cloudDraft.ts'
import type { Parsed } from '#contract/index.ts'
import type { Job, JobPriority } from '#contract/job.ts'
import { assertNever, fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { GistSentence, Summary, SummaryItem, SummaryPreset } from '#contract/summary.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { JobModel, JobService } from '../jobs/jobService.ts'
import type { PromptLibrary } from '../prompts/promptLibrary.ts'
import type { Storage } from '../storage/storage.ts'
import { CloudSummaries } from './cloudSummaries.ts'
import { noCloud, type SummaryCloud } from './cloudSeam.ts'
import { ItemStream } from './itemStream.ts'
import { gistOf } from './logic/gist.ts'
import { SummaryBoard } from './summaryBoard.ts'
import type { SummaryInput } from './summaryInput.ts'
import { gistSentences, inputKeyOf, readSentences, runSummary, type SummaryDocuments } from './summaryRunner.ts'
import { modelOf, type ChosenModel } from './modelGuard.ts'
import type { Embed } from './secondLook.ts'
import { SummaryStore } from './summaryStore.ts'

/** `chosenModel` answers which model a job started now would use, without loading it; it may stop when `signal` aborts. */
export type SummaryServiceDependencies = {
  readonly storage: Storage
  readonly jobs: JobService
  readonly documents: SummaryDocuments
  readonly generator: LocalGenerator
  readonly prompts: PromptLibrary
  /** Absent: nothing can be sent anywhere. */
  readonly cloud?: SummaryCloud
  readonly chosenModel: ChosenModel
  /** From a model made for it; absent, or failing: claims are judged by their words alone. */
  readonly embed?: Embed
  readonly now: () => Date
  readonly newId: () => string
}

/** What `start` is asked for; the contract's input, parsed. */
export type SummaryOrder = {
  readonly documentId: string
  readonly preset: SummaryPreset
  readonly instruction?: string | undefined
  readonly seed: number
  readonly fresh: boolean
  /** A unit that was read again: the steps with it in them are computed anew. */
  readonly again?: SummaryInput['again']
  /** The batch it is made for, and the batch's model. */
  readonly part?: { readonly parentId: string; readonly priority: JobPriority; readonly model: JobModel }
}

/** What the app brings to judge claims by meaning. */
export type { Embed }

/** Boards of ended jobs kept for late followers. */
const boardsKept = 20

/** Summaries of library documents. Registers itself as the runner of `summary` jobs. */
export class SummaryService {
  readonly #dependencies: SummaryServiceDependencies
  readonly #store: SummaryStore
  readonly #boards = new Map<string, SummaryBoard>()
  readonly #running = new Set<string>()
  readonly #cloud: CloudSummaries

  constructor(dependencies: SummaryServiceDependencies) {
    this.#dependencies = dependencies
    this.#store = new SummaryStore(dependencies.storage)
    this.#cloud = new CloudSummaries({ ...dependencies, cloud: dependencies.cloud ?? noCloud })
    const runner = {
      ...dependencies,
      store: this.#store,
      boardOf: (jobId: string) => this.#boardOf(jobId),
      cloudGenerator: (input: string) => this.#cloud.generatorOf(input),
    }
    dependencies.jobs.register('summary', async (context) => {
      this.#running.add(context.jobId)
      try {
        return await runSummary(runner, context)
      } finally {
        this.#running.delete(context.jobId)
      }
    })
  }

  /** The most central sentences of a document, in reading order, with no model. Failure: `not-found`, storage's. */
  async gist(documentId: string, sentences: number): Promise<Result<GistSentence[]>> {
    const read = await readSentences(this.#dependencies.documents, documentId)
    return read.ok ? ok(gistOf(read.value.sentences, sentences)) : read
  }

  /**
   * Starts a durable job, or finds the one with the same inputs unless `fresh`. Failures: `invalid-input` (preset `own`
   * without an instruction), `not-found`, those of `chosenModel` and of the storage.
   */
  async start(order: SummaryOrder, signal?: AbortSignal): Promise<Result<{ jobId: string }>> {
    const { documents, prompts, jobs, chosenModel } = this.#dependencies
    const { documentId, preset, seed, fresh, again } = order
    const instruction = preset === 'own' ? (order.instruction?.trim() ?? '') : null
    if (instruction === '') return fail('invalid-input', { issues: ['instruction'] })
    const document = await documents.get(documentId)
    if (!document.ok) return document
    const model = order.part === undefined ? await chosenModel(signal) : ok(order.part.model)
    if (!model.ok) return model
    const input: SummaryInput = { documentId, preset, instruction, seed, fresh, again }
    const inputKey = inputKeyOf(input, document.value, model.value.sha256, prompts)
    const { name: title, characters } = document.value
    const job = await jobs.start({
      kind: 'summary',
      documentId,
      title,
      input: JSON.stringify(input),
      inputKey,
      fresh,
      model: modelOf(model.value),
      characters,
      ...(order.part ?? {}),
    })
    return job.ok ? ok({ jobId: job.value.id }) : job
  }

  /**
   * Follows a job from wherever it is: what is known first, then what comes. Leaving, or `signal`, ends the stream and
   * never the job. A job that is neither queued nor running ends the stream at once: done and stopped with `finished`,
   * failed with its failure. A bug on the way is thrown to the reader.
   */
  follow(jobId: string, signal?: AbortSignal): Stream<SummaryItem> {
    const board = this.#boardOf(jobId)
    const left: (() => void)[] = [() => board.leave(follower)]
    const follower = new ItemStream<SummaryItem>(() => left.forEach((leave) => leave()))
    const leave = () => void follower.return(ok(undefined))
    signal?.addEventListener('abort', leave, { once: true })
    left.push(() => signal?.removeEventListener('abort', leave))
    if (signal?.aborted) leave()
    this.#feed(jobId, board, follower, (stop) => (follower.ended ? stop() : left.push(stop))).catch((error: unknown) =>
      follower.breakOff(error),
    )
    return follower
  }

  /** Drafts the first request of a summary made elsewhere; stores and sends nothing. */
  prepareCloud(order: Parsed<'summaries.prepare-cloud'>, signal?: AbortSignal): Promise<Result<CloudPreparation>> {
    return this.#cloud.prepare(order, signal)
  }

  /** Starts the job of a summary under a grant. */
  runCloud(grantId: string): Promise<Result<{ jobId: string }>> {
    return this.#cloud.run(grantId)
  }

  /** Where a summary would be better made; sends nothing. */
  proposeCloud(documentId: string, signal: AbortSignal): Promise<Result<CloudProposal | null>> {
    return this.#cloud.propose(documentId, signal)
  }

  /** Every summary of a document, newest first. */
  async list(documentId: string): Promise<Result<Summary[]>> {
    return this.#store.list(documentId)
  }

  async #feed(
    jobId: string,
    board: SummaryBoard,
    follower: ItemStream<SummaryItem>,
    onLeft: (stop: () => void) => unknown,
  ): Promise<void> {
    const found = await this.#dependencies.jobs.get(jobId)
    if (!found.ok) return follower.end(found)
    await this.#showGist(found.value, board)
    board.join(follower)
    let ending = false
    const look = (job: Job) => {
      if (job.state === 'queued') follower.push(queuedItem(job))
      if (job.state === 'queued' || job.state === 'running' || ending) return
      ending = true
      this.#finish(job, board, follower).catch((error: unknown) => follower.breakOff(error))
    }
    onLeft(this.#dependencies.jobs.watch(jobId, look))
    const now = await this.#dependencies.jobs.get(jobId)
    if (now.ok) look(now.value)
    else follower.end(now)
  }

  /** The gist comes first, also for a job that waits behind another. A document that is gone shows none. */
  async #showGist(job: Job, board: SummaryBoard): Promise<void> {
    if (board.hasGist || job.documentId === null) return
    const gist = await this.gist(job.documentId, gistSentences)
    if (gist.ok && gist.value.length > 0) board.gist(gist.value)
  }

  async #finish(job: Job, board: SummaryBoard, follower: ItemStream<SummaryItem>): Promise<void> {
    switch (job.state) {
      case 'done': {
        if (board.summary === undefined) {
          const summary = await this.#store.ofJob(job.id)
          if (!summary.ok) return follower.end(summary)
          if (summary.value !== undefined) follower.push({ type: 'summary', summary: summary.value })
        }
        follower.push({ type: 'finished', reason: 'complete' })
        return follower.end(ok(undefined))
      }
      case 'failed':
        return follower.end(
          job.failure === null ? fail('internal', { id: job.id }) : { ok: false, failure: job.failure },
        )
      case 'stopped':
      case 'paused':
      case 'interrupted':
        follower.push({ type: 'finished', reason: 'stopped' })
        return follower.end(ok(undefined))
      case 'queued':
      case 'running':
        return
      default:
        return assertNever(job.state)
    }
  }

  #boardOf(jobId: string): SummaryBoard {
    const known = this.#boards.get(jobId) ?? new SummaryBoard()
    this.#boards.delete(jobId)
    this.#boards.set(jobId, known)
    for (const [id, board] of this.#boards) {
      if (this.#boards.size <= boardsKept) break
      if (id !== jobId && !board.followed && !this.#running.has(id)) this.#boards.delete(id)
    }
    return known
  }
}

function queuedItem(job: Job): SummaryItem {
  const { doneSteps, totalSteps } = job
  return { type: 'progress', stage: 'queued', doneSteps, totalSteps, units: null, remainingMs: null }
}
