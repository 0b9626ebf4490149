// What to try on the GPU, and what to try after that failed: fewer layers, then none.
import type { FailureCode } from '#contract/failures.ts'
import type { EngineState, GpuTest } from '#contract/model.ts'

type Ready = Extract<EngineState, { readonly state: 'ready' }>

/** Why fewer layers than exist run on the GPU; null when all do or none was wanted. */
export type Fallback = Ready['fallback']

/** A backend that is a GPU's. */
export type GpuBackend = Exclude<GpuTest['backend'], 'cpu'>

/** One way to load: layers for the GPU (`auto` as many as fit), and why not more. */
export type GpuAttempt = {
  readonly backend: GpuBackend | null
  readonly layers: number | 'auto'
  readonly fallback: Fallback
}

/** Everything on the processor. */
export function onProcessor(fallback: Fallback): GpuAttempt {
  return { backend: null, layers: 0, fallback }
}

/** The first attempt, given what the self-tests said: the wished backend, or the first that works, best first. */
export function firstAttempt(tests: readonly GpuTest[], wish: 'auto' | GpuBackend): GpuAttempt {
  const wished = tests.filter(({ backend }) => backend !== 'cpu' && (wish === 'auto' || backend === wish))
  const working = wished.find(({ outcome }) => outcome === 'works')
  if (working !== undefined && working.backend !== 'cpu') {
    return { backend: working.backend, layers: 'auto', fallback: null }
  }
  return onProcessor(wished.some(({ outcome }) => outcome !== 'not-present') ? 'self-test-failed' : 'no-gpu')
}

/**
 * What to try after `attempt` failed with `code`; null when nothing is left. Out of memory: half of the layers, again
 * and again, then the processor. A crash, which drivers also have for want of memory: half once, then the processor.
 */
export function nextAttempt(attempt: GpuAttempt, code: FailureCode, totalLayers: number): GpuAttempt | null {
  if (attempt.backend === null) return null
  const crashed = code === 'engine-crashed' || code === 'engine-hung'
  if (!crashed && code !== 'engine-out-of-memory' && code !== 'model-load-failed') return null
  const fallback = crashed ? 'crashed' : 'out-of-memory'
  if (crashed && attempt.fallback === 'crashed') return onProcessor(fallback)
  const layers = Math.floor((attempt.layers === 'auto' ? totalLayers : attempt.layers) / 2)
  if (layers < 1 || layers < totalLayers / 8) return onProcessor(fallback)
  return { backend: attempt.backend, layers, fallback }
}
