// A loaded model in words of the rest of the app, and small questions about replies of its process.
import type { Failure } from '#contract/failures.ts'
import type { EngineState } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import type { LastReply } from './engineLink.ts'
import type { LoadedModel, ModelToLoad } from './localGenerator.ts'
import type { MapCount } from './mapSequences.ts'
import { named, type Loaded } from './modelLoader.ts'

/** What is done with a loaded model. */
export type Work<T> = (loaded: Loaded) => Promise<Result<T>>

/** The model as features see it. */
export function describe({ model, info }: Loaded, { count }: MapCount): LoadedModel {
  const { modelId, name, sha256, summaryMode, languages } = model
  const mapContextTokens = Math.min(model.mapContextTokens, info.contextTokens)
  return {
    modelId,
    name,
    sha256,
    contextTokens: info.contextTokens,
    mapContextTokens,
    mapSequences: count,
    summaryMode,
    languages,
  }
}

/** The engine's state with a model loaded, on `threads` threads, with so many map steps side by side. */
export function readyState({ model, info, fallback }: Loaded, threads: number, map: MapCount): EngineState {
  const { gpu, gpuName, gpuLayers, totalLayers, contextTokens } = info
  return {
    state: 'ready',
    modelId: model.modelId,
    gpu,
    gpuName,
    gpuLayers,
    totalLayers,
    threads,
    contextTokens,
    mapSequences: map.count,
    mapSequencesMeasured: map.measured,
    fallback,
  }
}

/** Whether a loaded model is still what was chosen; a name or a language list would change nothing in the engine. */
export function same(a: ModelToLoad, b: ModelToLoad): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Does it once. */
export function once(then: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    then()
  }
}

/** The failure a reply stands for; one of a type nobody asked for would be a bug of the process, and counts as its death. */
export function failureOfReply(reply: LastReply, name = ''): Result<never> {
  const failure: Failure = reply.type === 'failed' ? reply.failure : { code: 'engine-crashed', details: {} }
  return { ok: false, failure: named(failure, name) }
}

/** Whether a GPU may be behind a failure. */
export function mayBeGpu({ code }: Failure): boolean {
  return code === 'engine-crashed' || code === 'engine-hung' || code === 'engine-out-of-memory'
}

/** The counts of a reply; a reply of another type is a failure as any. */
export function countsOfReply(reply: LastReply): Result<readonly number[]> {
  return reply.type === 'counts' ? ok(reply.counts) : failureOfReply(reply)
}
