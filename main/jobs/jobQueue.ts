// The jobs that wait, in memory: whose turn it is, and what keeps the others.
import type { Job, JobPriority, JobWait } from '#contract/job.ts'
import { nextInLine, placesIn, type InLine } from './logic/line.ts'

type ModelChoice = NonNullable<Job['modelChoice']>
type Parts = { readonly all: number; readonly left: Set<string> }

/** How many parts a job has, and how many of them have ended. */
export type PartCount = { readonly all: number; readonly ended: number }

/** One process's queue. A job keeps its place in line until `forget`, also while it runs. */
export class JobQueue {
  readonly #waiting = new Map<string, JobPriority>()
  readonly #orders = new Map<string, number>()
  readonly #choices = new Map<string, ModelChoice>()
  readonly #parts = new Map<string, Parts>()
  #arrivals = 0

  /** Ids of those that wait, in no order. */
  get ids(): readonly string[] {
    return [...this.#waiting.keys()]
  }

  /** Adds a job, or changes its priority; a part stands where its parent does. */
  join(jobId: string, priority: JobPriority, parentId: string | null): void {
    const order = this.#orders.get(jobId) ?? (parentId === null ? undefined : this.#orders.get(parentId))
    this.#orders.set(jobId, order ?? (this.#arrivals += 1))
    this.#waiting.set(jobId, priority)
  }

  /** True when it waits. */
  has(jobId: string): boolean {
    return this.#waiting.has(jobId)
  }

  /** Takes a job out of the line; what it waited for is forgotten, its order is not. */
  leave(jobId: string): void {
    this.#waiting.delete(jobId)
    this.#choices.delete(jobId)
    this.#parts.delete(jobId)
  }

  /** Forgets a job that has ended or is gone, and answers the jobs it was a part of. */
  forget(jobId: string): readonly string[] {
    this.leave(jobId)
    this.#orders.delete(jobId)
    const parents: string[] = []
    for (const [parentId, { left }] of this.#parts) if (left.delete(jobId)) parents.push(parentId)
    return parents
  }

  /** Empties the line. */
  clear(): void {
    for (const jobId of this.ids) this.leave(jobId)
  }

  /** Whose turn it is. */
  next(): { readonly jobId: string; readonly priority: JobPriority } | undefined {
    return nextInLine(this.#line())
  }

  /** Places of all whose turn can come, from 1. */
  places(): ReadonlyMap<string, number> {
    return placesIn(this.#line())
  }

  /** Keeps a job until a person has chosen. */
  askModel(jobId: string, choice: ModelChoice): void {
    this.#choices.set(jobId, choice)
  }

  /** A person has chosen. */
  modelChosen(jobId: string): void {
    this.#choices.delete(jobId)
  }

  /** Between which models a person must choose for this job or one of its parts. */
  choiceOf(jobId: string): ModelChoice | null {
    const own = this.#choices.get(jobId)
    if (own !== undefined) return own
    const asking = [...(this.#parts.get(jobId)?.left ?? [])].find((part) => this.#choices.has(part))
    return asking === undefined ? null : (this.#choices.get(asking) ?? null)
  }

  /** Keeps a job until these have ended; `all` counts those that have already, too. */
  awaitParts(jobId: string, left: readonly string[], all: number): void {
    this.#parts.set(jobId, { all, left: new Set(left) })
  }

  /** How far the parts of a waiting job are; null when it waits for none. */
  partCount(jobId: string): PartCount | null {
    const parts = this.#parts.get(jobId)
    return parts === undefined ? null : { all: parts.all, ended: parts.all - parts.left.size }
  }

  /** What keeps a job of the line. */
  waitOf(jobId: string): JobWait {
    if (this.choiceOf(jobId) !== null) return 'model-choice'
    return this.#isHeld(jobId) ? 'parts' : 'turn'
  }

  #isHeld(jobId: string): boolean {
    return this.#choices.has(jobId) || (this.#parts.get(jobId)?.left.size ?? 0) > 0
  }

  #line(): InLine[] {
    return [...this.#waiting].map(([jobId, priority]) => ({
      jobId,
      priority,
      order: this.#orders.get(jobId) ?? 0,
      held: this.#isHeld(jobId),
    }))
  }
}
