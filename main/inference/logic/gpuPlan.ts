// What to try on the GPU, and what to try after that failed: fewer layers, then none.
import type { FailureCode } from '#contract/failures.ts'
import type { EngineState, GpuTest } from '#contract/model.ts'

type Ready = Extract<EngineState, { readonly state: 'ready' }>

/** Why fewer layers than exist run on the GPU; null when all do or none was wanted. */
export type Fallback = Ready['fallback']

/** One way to load: layers for the GPU (`auto` as many as fit), and why not more. */
export type GpuAttempt = {
  readonly backend: 'cuda' | 'vulkan' | 'metal' | null
  readonly layers: number | 'auto'
  readonly fallback: Fallback
}

/** Everything on the processor. */
export function onProcessor(fallback: Fallback): GpuAttempt {
  return { backend: null, layers: 0, fallback }
}

/** The first attempt, given what the self-tests said: the first backend that works, best first. */
export function firstAttempt(tests: readonly GpuTest[]): GpuAttempt {
  const working = tests.find((test) => test.outcome === 'works' && test.backend !== 'cpu')
  if (working !== undefined && working.backend !== 'cpu') {
    return { backend: working.backend, layers: 'auto', fallback: null }
  }
  const tried = tests.some((test) => test.backend !== 'cpu' && test.outcome !== 'not-present')
  return onProcessor(tried ? 'self-test-failed' : 'no-gpu')
}

/** What to try after `attempt` failed with `code`; null when nothing is left. A crash goes straight to the processor. */
export function nextAttempt(attempt: GpuAttempt, code: FailureCode, totalLayers: number): GpuAttempt | null {
  if (attempt.backend === null) return null
  if (code === 'engine-crashed' || code === 'engine-hung') return onProcessor('crashed')
  if (code !== 'engine-out-of-memory' && code !== 'model-load-failed') return null
  const layers = Math.floor((attempt.layers === 'auto' ? totalLayers : attempt.layers) / 2)
  if (layers < 1 || layers < totalLayers / 8) return onProcessor('out-of-memory')
  return { backend: attempt.backend, layers, fallback: 'out-of-memory' }
}
