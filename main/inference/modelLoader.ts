// Loads a model the best way this computer can: GPU by self-test and stepwise fallback, threads measured or computed.
import type { Failure } from '#contract/failures.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EngineLink } from './engineLink.ts'
import type { Calibrations, ModelToLoad } from './localGenerator.ts'
import type { GpuLadder, Rung } from './gpuLadder.ts'
import type { Fallback, GpuAttempt } from './logic/gpuPlan.ts'
import { defaultThreads, threadCandidates } from './logic/threads.ts'
import type { Machine } from './machine.ts'
import type { GpuChoice, LoadedInfo } from './protocol.ts'

/** How a model was loaded. */
export type Loaded = {
  readonly model: ModelToLoad
  readonly info: LoadedInfo
  readonly fallback: Fallback
  readonly rung: Rung
}

/** What loading needs. */
export type LoaderDependencies = {
  readonly link: EngineLink
  readonly machine: Machine
  readonly calibrations: Calibrations
  readonly ladder: GpuLadder
}

/** Two conversations keep their state; map steps bring the number of their sequences with them. */
const sequences = { chat: 2 } as const

/** Measuring pays where there is something to choose. */
const coresWorthMeasuring = 3

/** Loads models. */
export class ModelLoader {
  readonly #dependencies: LoaderDependencies

  constructor(dependencies: LoaderDependencies) {
    this.#dependencies = dependencies
  }

  /** Loads; `onProgress` gets 0 to 1. Failures as `LocalGenerator` lists them. */
  async load(model: ModelToLoad, onProgress: (progress: number) => void, signal: AbortSignal): Promise<Result<Loaded>> {
    const { ladder } = this.#dependencies
    let rung = await ladder.first(model, signal)
    if (signal.aborted) return fail('model-load-failed', { name: model.name })
    let threads = await this.#threadsOf(model)
    for (;;) {
      await ladder.begins(model, rung)
      const result = await this.#try(model, rung, threads.count, onProgress, signal)
      if (result.ok) {
        await ladder.loaded(model, rung, result.value.info)
        const best = threads.measure && rung.attempt.backend === null ? await this.measure(model, signal) : null
        if (best === null || best === threads.count) return result
        threads = { count: best, measure: false }
        continue
      }
      if (signal.aborted) await ladder.abandoned(model, rung)
      const next = signal.aborted ? null : await ladder.below(model, rung, result.failure.code)
      if (next === null) return result
      rung = next
    }
  }

  /** Measures the loaded model at one thread, all cores but one, and all; keeps and answers the best, null when it failed. */
  async measure(model: ModelToLoad, signal: AbortSignal): Promise<number | null> {
    const { link, machine, calibrations } = this.#dependencies
    const reply = await link.ask(
      { type: 'calibrate', candidates: [...threadCandidates(machine.physicalCores)] },
      signal,
    )
    if (reply.type !== 'calibrated' || signal.aborted) return null
    await calibrations.set(model.sha256, machine.key, reply.threads, reply.tokensPerSecond)
    return reply.threads
  }

  async #try(
    model: ModelToLoad,
    rung: Rung,
    threads: number,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<Result<Loaded>> {
    const { link } = this.#dependencies
    const started = await link.start()
    if (!started.ok) return started
    const reply = await link.ask(
      {
        type: 'load',
        path: model.path,
        gpu: choiceOf(rung.attempt),
        contextTokens: model.contextTokens,
        mapContextTokens: model.mapContextTokens,
        threads,
        sequences,
        wrapper: model.wrapper,
      },
      signal,
      (sign) => sign.type === 'loading' && onProgress(sign.progress),
    )
    if (reply.type === 'loaded') {
      return ok({ model, info: reply.info, fallback: fallbackOf(reply.info, rung.attempt), rung })
    }
    const failure: Failure =
      reply.type === 'failed' ? reply.failure : { code: 'model-load-failed', details: { name: '' } }
    return { ok: false, failure: named(failure, model.name) }
  }

  async #threadsOf(model: ModelToLoad): Promise<{ readonly count: number; readonly measure: boolean }> {
    const { machine, calibrations } = this.#dependencies
    if (model.threads > 0) return { count: model.threads, measure: false }
    if (model.calibratedThreads !== null) return { count: model.calibratedThreads, measure: false }
    const known = await calibrations.get(model.sha256, machine.key)
    if (known !== null) return { count: known, measure: false }
    return { count: defaultThreads(machine.physicalCores), measure: machine.physicalCores >= coresWorthMeasuring }
  }
}

function choiceOf(attempt: GpuAttempt): GpuChoice {
  if (attempt.backend === null) return { kind: 'off' }
  if (attempt.layers === 'auto') return { kind: 'auto', backend: attempt.backend }
  return { kind: 'layers', backend: attempt.backend, layers: attempt.layers }
}

/** As many layers as fit may be fewer than all: that is a lack of memory too. */
function fallbackOf(info: LoadedInfo, attempt: GpuAttempt): Fallback {
  if (attempt.fallback !== null || attempt.backend === null) return attempt.fallback
  return info.gpuLayers < info.totalLayers ? 'out-of-memory' : null
}

/** The process does not know what the person calls the model. */
export function named(failure: Failure, name: string): Failure {
  if (failure.code === 'model-load-failed') return { code: failure.code, details: { name } }
  if (failure.code === 'model-invalid') return { code: failure.code, details: { ...failure.details, name } }
  return failure
}
