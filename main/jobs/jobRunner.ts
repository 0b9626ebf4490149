// What the code that does a job's work is given, and what it answers.
import type { Result } from '#contract/result.ts'

/** How many steps of this run were computed and how many came from storage. */
export type StepCounts = { readonly computed: number; readonly reused: number }

/**
 * A running job as its runner sees it. `signal` aborts when the person stops the job or the app closes; the runner then
 * returns `stopped` with what it has stored.
 */
export type JobContext = {
  readonly jobId: string
  readonly documentId: string | null
  /** The JSON text `start` was given. */
  readonly input: string
  readonly signal: AbortSignal
  /** Says how many steps the whole job has; may be corrected as the work becomes known. */
  plan(totalSteps: number): void
  /**
   * The stored output under `key`, or the computed one, stored durably before this resolves. `compute` answers null
   * when it was stopped; nothing is stored then and the step answers null too. Steps with one key compute once.
   */
  step(key: string, compute: () => Promise<Result<string | null>>): Promise<Result<string | null>>
  /** How many of these keys are stored already. */
  countStored(keys: readonly string[]): Promise<Result<number>>
  /** Steps of this run so far. */
  counts(): StepCounts
  /** Corrects the key under which `start` finds this job again, when its inputs turned out to be others (another model). */
  rekey(inputKey: string): Promise<Result<void>>
}

/** Does the work of one kind of job. A throw is a bug and fails the job as `internal`. */
export type JobRunner = (context: JobContext) => Promise<Result<'complete' | 'stopped'>>
