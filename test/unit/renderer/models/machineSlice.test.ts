// This computer in the window: the GPU's test and ways back, measuring with progress and Stop, the chart's bars.
import { describe, expect, test } from 'vitest'
import type { GpuPanel, Measurement } from '#contract/machine.ts'
import type { GpuTest } from '#contract/model.ts'
import { failureOf, ok } from '#contract/result.ts'
import { speedBars } from '../../../../renderer/features/models/measuredChart.ts'
import { createMachineSlice } from '../../../../renderer/state/machineSlice.ts'
import { type Answers, createFakeClient, streamOf } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const gpu: GpuPanel = {
  modelId: 'm',
  known: 'running',
  state: { device: 'vulkan', deviceName: 'Radeon 780M', gpuLayers: 28, totalLayers: 32 },
  reason: 'out-of-memory',
  wish: 'auto',
  wishLocked: false,
  devices: ['vulkan', 'cpu'],
  tests: [],
  testedAt: null,
  lastWorking: null,
  canRestore: false,
  threads: 4,
  onBattery: null,
  savesBattery: false,
}
const tested: GpuTest = { backend: 'cpu', outcome: 'works', deviceNames: [], memoryBytes: null }
const measurement: Measurement = {
  modelId: 'm',
  modelName: 'Model',
  modelSha256: 'a',
  readTokensPerSecond: 100,
  writeTokensPerSecond: 10,
  memoryBytes: 1,
  quality: { texts: 6, facts: 20, kept: 15, invented: 0, unusable: 0, mode: 'free' },
  state: { device: 'cpu', deviceName: null, gpuLayers: 0, totalLayers: 32 },
  threads: 1,
  contextTokens: 2048,
  appVersion: '0',
  engineVersion: '0',
  measuredAt: '2026-11-20T00:00:00.000Z',
  current: true,
}

function setUp(answers: Answers = {}) {
  const fake = createFakeClient({
    'machine.gpu': async () => ok(gpu),
    'machine.measurements': async () => ok([measurement]),
    ...answers,
  })
  return { fake, state: buildState(fake.client, createMachineSlice) }
}

test('the panel and the measurements are read, and the panel is followed', async () => {
  const { fake, state } = setUp()
  await state.get().refreshMachine()
  expect([state.get().gpu, state.get().measurements]).toEqual([gpu, [measurement]])
  const lost = { ...gpu, reason: 'lost' as const }
  fake.announce('machine.gpu-changed', lost)
  expect(state.get().gpu).toEqual(lost)
})

describe('the test of the GPU', () => {
  test('shows each backend as it is tried, then the panel', async () => {
    const seen: unknown[] = []
    const after = { ...gpu, tests: [tested] }
    const { state } = setUp({
      'machine.test-gpu': () =>
        (async function* () {
          yield { type: 'tested', test: tested, done: 1, total: 2 }
          seen.push(state.get().gpuTesting)
          yield { type: 'finished', reason: 'complete', gpu: after }
          return ok(undefined)
        })(),
    })
    await state.get().testGpu()
    expect(seen).toEqual([{ state: 'running', tests: [tested], total: 2 }])
    expect([state.get().gpuTesting, state.get().gpu]).toEqual([{ state: 'ended', reason: 'complete' }, after])
  })

  test('can be stopped', async () => {
    const gate = Promise.withResolvers<void>()
    const { fake, state } = setUp({
      'machine.test-gpu': () =>
        (async function* () {
          await gate.promise
          yield { type: 'finished', reason: 'stopped', gpu }
          return ok(undefined)
        })(),
    })
    const testing = state.get().testGpu()
    state.get().stopGpuTest()
    expect(fake.asked[0]?.signal?.aborted).toBe(true)
    gate.resolve()
    await testing
    expect(state.get().gpuTesting).toEqual({ state: 'ended', reason: 'stopped' })
  })
})

test('a wish that is refused says why and changes nothing', async () => {
  const failure = failureOf('setting-locked', { key: 'gpu', reason: '', contact: '' })
  const { state } = setUp({ 'machine.use': async () => ({ ok: false, failure }) })
  await state.get().refreshMachine()
  await state.get().chooseDevice('cpu')
  expect([state.get().gpuFailure, state.get().gpu]).toEqual([failure, gpu])
})

test('one press goes back to what worked', async () => {
  const back = { ...gpu, reason: null }
  const { fake, state } = setUp({ 'machine.restore-last-working': async () => ok(back) })
  await state.get().restoreWorking()
  expect([fake.asked.at(-1)?.method, state.get().gpu]).toEqual(['machine.restore-last-working', back])
})

describe('measuring', () => {
  test('shows its stage, then reads the measurements', async () => {
    const seen: unknown[] = []
    const progress = { type: 'progress', stage: 'speed', done: 1, total: 4 } as const
    const { state } = setUp({
      'machine.measure': () =>
        (async function* () {
          yield progress
          seen.push(state.get().measuring)
          yield { type: 'finished', reason: 'complete', measurement }
          return ok(undefined)
        })(),
    })
    await state.get().measureModel('m')
    expect(seen).toEqual([{ state: 'running', modelId: 'm', progress }])
    expect([state.get().measuring, state.get().measurements]).toEqual([{ state: 'none' }, [measurement]])
  })

  test('a failure and a second one at the same time', async () => {
    const failure = failureOf('engine-out-of-memory', {})
    const { fake, state } = setUp({ 'machine.measure': () => streamOf([], { ok: false, failure }) })
    const first = state.get().measureModel('m')
    await state.get().measureModel('n')
    await first
    expect(state.get().measuring).toEqual({ state: 'failed', modelId: 'm', failure })
    expect(fake.asked.filter(({ method }) => method === 'machine.measure').length).toBe(1)
  })
})

test('bars are shares of the fastest; what is not known has none', () => {
  const slow = { ...measurement, modelId: 'slow', writeTokensPerSecond: 2.5 }
  const unknown = {
    ...measurement,
    modelId: 'unknown',
    writeTokensPerSecond: null,
    quality: { ...measurement.quality, facts: 0, kept: 0 },
  }
  expect(speedBars([measurement, slow, unknown]).map(({ share, kept }) => [share, kept])).toEqual([
    [100, 75],
    [25, 75],
    [null, null],
  ])
})

test('a report for support is shown, or why there is none', async () => {
  const bundle = { sha256: 'a', bytes: 2, parts: [], text: '{}' }
  const { fake, state } = setUp({ 'diagnostics.bundle': async () => ok(bundle) })
  await state.get().makeSupportReport()
  expect(state.get().supportReport).toEqual({ state: 'made', bundle })
  const failure = failureOf('internal', { id: 'x' })
  fake.answers = { 'diagnostics.bundle': async () => ({ ok: false, failure }) }
  await state.get().makeSupportReport()
  expect(state.get().supportReport).toEqual({ state: 'failed', failure })
})
