// The order in which waiting jobs get their turn.
import type { JobPriority } from '#contract/job.ts'

/** A job that waits. `order` is when it came; the parts of a batch have the batch's own. `held` keeps its turn from coming. */
export type InLine = {
  readonly jobId: string
  readonly priority: JobPriority
  readonly order: number
  readonly held: boolean
}

const ranks: Readonly<Record<JobPriority, number>> = { first: 0, normal: 1, last: 2 }

/** By priority, then by age; what came in one go keeps its order. */
export function lined<T extends Pick<InLine, 'priority' | 'order'>>(waiting: readonly T[]): T[] {
  return waiting.toSorted((a, b) => ranks[a.priority] - ranks[b.priority] || a.order - b.order)
}

/** Whose turn it is; undefined when nobody can go. */
export function nextInLine<T extends InLine>(waiting: readonly T[]): T | undefined {
  return lined(waiting).find(({ held }) => !held)
}

/** Places from 1 among those whose turn can come. */
export function placesIn(waiting: readonly InLine[]): ReadonlyMap<string, number> {
  const free = lined(waiting).filter(({ held }) => !held)
  return new Map(free.map(({ jobId }, at) => [jobId, at + 1]))
}

/** True when a job that waits should take the place of the one that runs. */
export function overtakes(priority: JobPriority, running: JobPriority): boolean {
  return ranks[priority] < ranks[running] && priority === 'first'
}
