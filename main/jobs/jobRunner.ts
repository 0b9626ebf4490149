// What the code that does a job's work is given, and what it answers.
import type { Result } from '#contract/result.ts'

/** How many steps of this run were computed and how many came from storage. */
export type StepCounts = { readonly computed: number; readonly reused: number }

/** The model a job began with. `pinned` after a person said to finish with it although another is chosen. */
export type JobModel = {
  readonly modelId: string
  readonly name: string
  readonly sha256: string
  readonly pinned: boolean
}

/**
 * A running job as its runner sees it. `signal` aborts when the job is stopped or paused, gives way to another, or the
 * app closes; the runner then returns `stopped` with what it has stored.
 */
export type JobContext = {
  readonly jobId: string
  readonly documentId: string | null
  /** The JSON text `start` was given. */
  readonly input: string
  /** The model the job began with; null until one was written down. */
  readonly model: JobModel | null
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
  /**
   * Writes down the model the job works with and the key under which `start` finds it again (null: as it was), when they
   * turned out to be others than `start` was given.
   */
  begun(model: JobModel, inputKey: string | null): Promise<Result<void>>
}

/**
 * How a run ended. `model-choice`: another model is chosen than the one the job began with, and a person must say which
 * it is to be. `parts`: these jobs have to end first; then the runner is called again.
 */
export type JobOutcome =
  | 'complete'
  | 'stopped'
  | { readonly waitsFor: 'model-choice'; readonly began: string; readonly chosen: string }
  | { readonly waitsFor: 'parts'; readonly jobIds: readonly string[] }

/** Does the work of one kind of job. A throw is a bug and fails the job as `internal`. */
export type JobRunner = (context: JobContext) => Promise<Result<JobOutcome>>
