// The way down from the GPU: self-tests, fewer layers, the processor.
import { expect, test } from 'vitest'
import type { GpuTest } from '#contract/model.ts'
import { firstAttempt, nextAttempt, onProcessor, type GpuAttempt } from '../../../../main/inference/logic/gpuPlan.ts'

function tested(backend: GpuTest['backend'], outcome: GpuTest['outcome']): GpuTest {
  return { backend, outcome, deviceNames: [], memoryBytes: null }
}

test('the first backend that works is used, as many layers as fit', () => {
  const tests = [tested('cuda', 'crashed'), tested('vulkan', 'works'), tested('cpu', 'works')]
  expect(firstAttempt(tests, 'auto')).toEqual({ backend: 'vulkan', layers: 'auto', fallback: null })
  expect(firstAttempt(tests, 'vulkan')).toEqual({ backend: 'vulkan', layers: 'auto', fallback: null })
  expect(firstAttempt(tests, 'cuda')).toEqual(onProcessor('self-test-failed'))
  expect(firstAttempt(tests, 'metal')).toEqual(onProcessor('no-gpu'))
})

test('without one, the reason tells none from broken', () => {
  const none = [tested('cuda', 'not-present'), tested('vulkan', 'not-present'), tested('cpu', 'works')]
  expect(firstAttempt(none, 'auto')).toEqual(onProcessor('no-gpu'))
  expect(firstAttempt([tested('cuda', 'timed-out'), ...none.slice(1)], 'auto')).toEqual(onProcessor('self-test-failed'))
  expect(firstAttempt([], 'auto')).toEqual(onProcessor('no-gpu'))
})

test('out of memory halves the layers until none are worth it', () => {
  const seen: (GpuAttempt['layers'] | null)[] = []
  let attempt: GpuAttempt | null = { backend: 'cuda', layers: 'auto', fallback: null }
  while (attempt !== null) {
    seen.push(attempt.backend === null ? null : attempt.layers)
    attempt = nextAttempt(attempt, 'engine-out-of-memory', 33)
  }
  expect(seen).toEqual(['auto', 16, 8, null])
})

test('a crash or a hang means half of the layers once, then the processor; an invalid model stays one', () => {
  const attempt: GpuAttempt = { backend: 'metal', layers: 'auto', fallback: null }
  const half: GpuAttempt = { backend: 'metal', layers: 16, fallback: 'crashed' }
  expect(nextAttempt(attempt, 'engine-crashed', 33)).toEqual(half)
  expect(nextAttempt(half, 'engine-hung', 33)).toEqual(onProcessor('crashed'))
  expect(nextAttempt({ ...half, fallback: 'out-of-memory' }, 'engine-crashed', 33)).toEqual({ ...half, layers: 8 })
  expect(nextAttempt(attempt, 'engine-crashed', 1)).toEqual(onProcessor('crashed'))
  expect(nextAttempt(attempt, 'model-invalid', 33)).toBeNull()
  expect(nextAttempt(onProcessor(null), 'engine-crashed', 33)).toBeNull()
})
