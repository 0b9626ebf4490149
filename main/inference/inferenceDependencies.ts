// What the client of the engine is given; the app gives all of it, tests what they are about.
import type { Announce } from '#contract/index.ts'
import type { Result } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import type { GpuMemory } from './gpuMemory.ts'
import type { Spawn } from './gpuTest.ts'
import type { Calibrations, ModelToLoad, SequenceSpeeds } from './localGenerator.ts'
import type { Machine } from './machine.ts'
import type { Timings } from './supervisor.ts'
import type { Timers } from './timers.ts'

/**
 * What the client needs; the optional ones have the values of a real run. `chooseModel` is asked before every request, by
 * id where one names its model; hashing a large file takes a while, so it may stop when `signal` aborts, with any failure.
 */
export type InferenceDependencies = {
  readonly spawn: Spawn
  readonly chooseModel: (signal: AbortSignal, modelId?: string) => Promise<Result<ModelToLoad>>
  readonly announce: Announce
  readonly logger: Logger
  readonly now: () => Date
  readonly calibrations?: Calibrations
  readonly timers?: Timers
  readonly timings?: Timings
  readonly machine?: Machine
  /** What GPUs could and could not do in earlier runs. */
  readonly gpuMemory?: GpuMemory
  /** Speeds of sequences side by side, measured in earlier runs, and the app's version they hold for. */
  readonly sequenceSpeeds?: SequenceSpeeds
  readonly appVersion?: string
  /** Whether fewer threads are to be used now, because of the battery. Asked before every request. */
  readonly savesBattery?: () => boolean
  /** After this long without a request the model is unloaded. */
  readonly idleMilliseconds?: number
}
