// The client against a fake process: threads measured, GPU tested, and the way down from it.
import { describe, expect, test } from 'vitest'
import type { GpuTest } from '#contract/model.ts'
import { fail, ok } from '#contract/result.ts'
import { loadsAndWaits, type Behaviour, type FakeEngineChild } from '../../fakes/fakeEngineChild.ts'
import { model, never, of, settle, setUp } from '../../fakes/fakeEngineClient.ts'

describe('threads', () => {
  const cores = { physicalCores: 4, mayHaveGpu: false, key: 'here', driver: 'd1' }
  const unset = ok({ ...model, threads: 0 })

  test('unset they are all cores but one, measured once where there is a choice', async () => {
    const kept = new Map<string, number>()
    const calibrations = {
      get: async (sha256: string, machine: string) => kept.get(sha256 + machine) ?? null,
      set: async (sha256: string, machine: string, threads: number) => void kept.set(sha256 + machine, threads),
    }
    const { client, children, choice } = setUp(
      () => (message, child) => {
        if (message.type === 'calibrate') {
          child.reply({ type: 'calibrated', id: message.id, threads: 4, tokensPerSecond: 30 })
        } else loadsAndWaits(message, child)
      },
      { machine: cores, calibrations },
    )
    choice.model = unset
    await client.load(never)
    expect(of(children[0], 'calibrate')[0]?.candidates).toEqual([1, 3, 4])
    expect(of(children[0], 'load').map(({ threads }) => threads)).toEqual([3, 4])
    await client.unload()
    await client.load(never)
    expect(of(children[1], 'calibrate')).toEqual([])
    expect(of(children[1], 'load').map(({ threads }) => threads)).toEqual([4])
  })

  test('what the catalogue measured is taken; what the person set comes before it', async () => {
    const { client, children, choice } = setUp(() => loadsAndWaits, { machine: cores })
    choice.model = ok({ ...model, threads: 0, calibratedThreads: 1 })
    await client.load(never)
    choice.model = ok({ ...model, threads: 5, calibratedThreads: 1 })
    await client.load(never)
    expect(of(children[0], 'load').map(({ threads }) => threads)).toEqual([1, 5])
  })

  test('with two cores nothing is measured by itself', async () => {
    const { client, children, choice } = setUp()
    choice.model = unset
    await client.load(never)
    expect(of(children[0], 'load')[0]?.threads).toBe(1)
    expect(of(children[0], 'calibrate')).toEqual([])
  })
})

describe('GPU', () => {
  const works: GpuTest = { backend: 'cuda', outcome: 'works', deviceNames: ['GPU'], memoryBytes: 1 }
  const automatic = ok({ ...model, gpu: 'auto' } as const)

  function onGpu(load: Behaviour, tests: (backend: GpuTest['backend']) => GpuTest | null) {
    const set = setUp(() => (message, child) => {
      if (message.type === 'test-gpu') {
        const test = tests(message.backend)
        if (test === null) child.exit()
        else child.reply({ type: 'gpu-tested', id: message.id, test })
      } else load(message, child)
    })
    set.choice.model = automatic
    return set
  }

  function loads(children: readonly FakeEngineChild[]) {
    return children.flatMap((child) => of(child, 'load')).map(({ gpu }) => gpu)
  }

  test('tested in children of their own, then as many layers as fit', async () => {
    const { client, children } = onGpu(loadsAndWaits, (backend) => ({ ...works, backend }))
    await client.load(never)
    expect(loads(children)).toEqual([{ kind: 'auto', backend: 'cuda' }])
    expect(client.state()).toMatchObject({ gpu: 'cuda', gpuLayers: 6, fallback: null })
    const tested = children.filter((child) => of(child, 'test-gpu').length > 0)
    expect(tested.every((child) => child.killed && child.received.length === 1)).toBe(true)
  })

  test('R6: a driver that crashes the test leaves the processor, and says so', async () => {
    const { client, children } = onGpu(loadsAndWaits, () => null)
    await client.load(never)
    expect(loads(children)).toEqual([{ kind: 'off' }])
    expect(client.state()).toMatchObject({ gpu: 'cpu', fallback: 'self-test-failed' })
  })

  test('R6: out of memory means fewer layers, remembered for the next load', async () => {
    const { client, children } = onGpu(
      (message, child) => {
        if (message.type === 'load' && message.gpu.kind === 'auto') {
          child.reply({ type: 'failed', id: message.id, failure: { code: 'engine-out-of-memory', details: {} } })
        } else loadsAndWaits(message, child)
      },
      () => works,
    )
    await client.load(never)
    expect(client.state()).toMatchObject({ gpu: 'cuda', gpuLayers: 3, fallback: 'out-of-memory' })
    await client.unload()
    await client.load(never)
    expect(loads(children).map(({ kind }) => kind)).toEqual(['auto', 'layers', 'layers'])
  })

  test('turned off, or not there, nothing is tested', async () => {
    const { client, children, choice } = setUp()
    choice.model = ok({ ...model, gpu: 'off' })
    await client.load(never)
    expect(client.state()).toMatchObject({ fallback: 'turned-off' })
    const without = setUp(() => loadsAndWaits, {
      machine: { physicalCores: 2, mayHaveGpu: false, key: 'here', driver: 'd1' },
    })
    without.choice.model = automatic
    await without.client.load(never)
    expect(without.client.state()).toMatchObject({ fallback: 'no-gpu' })
    expect([...children, ...without.children].flatMap((child) => of(child, 'test-gpu'))).toEqual([])
  })

  test('R6: a test that never ends is timed out', async () => {
    const { client, children, timers } = setUp(() => () => undefined)
    const testing = client.testGpu(never)
    while (children.every((child) => child.received.length > 0) && children.length < 4) {
      await settle()
      const before = children.length
      timers.advance(60_000)
      await settle()
      if (children.length === before) break
    }
    const result = await testing
    expect(result.ok && result.value.map(({ outcome }) => outcome)).toSatisfy((outcomes: string[]) =>
      outcomes.every((outcome) => outcome === 'timed-out'),
    )
    expect(children.every((child) => child.killed)).toBe(true)
  })
})

test('R6: Stop ends a test of a GPU whose driver hangs, and the next load tests anew', async () => {
  const { client, children, choice } = setUp(() => (message, child) => {
    if (message.type !== 'test-gpu') loadsAndWaits(message, child)
  })
  choice.model = ok({ ...model, gpu: 'auto' })
  const stop = new AbortController()
  const running = client.load(stop.signal)
  await settle()
  expect(of(children[0], 'test-gpu')).toHaveLength(1)
  stop.abort()
  expect(await running).toEqual(fail('model-load-failed', { name: model.name }))
  expect(children.map(({ killed }) => killed)).toEqual([true])
  void client.load(never)
  await settle()
  expect(of(children[1], 'test-gpu')).toHaveLength(1)
  await client.close()
})
