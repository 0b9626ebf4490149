// The client on a computer whose GPU fails in every way: what runs where, what is remembered, how the work goes on.
import { describe, expect, test } from 'vitest'
import type { EngineState } from '#contract/model.ts'
import { ok } from '#contract/result.ts'
import { GpuMemoryOfRun } from '../../../main/inference/gpuMemoryOfRun.ts'
import type { Behaviour, FakeEngineChild } from '../../fakes/fakeEngineChild.ts'
import { createFakeGpu, onFakeGpu, spoken, type FakeGpu } from '../../fakes/fakeGpu.ts'
import { model, never, of, request, settle, setUp, type FakeEngineClient } from '../../fakes/fakeEngineClient.ts'

const sentence = spoken.first + spoken.rest

/** A run of Sotto on that computer; `memory` is what earlier runs left. */
function startOn(gpu: FakeGpu, memory = new GpuMemoryOfRun(), driver = 'd1') {
  const set = setUp(onFakeGpu(gpu), {
    gpuMemory: memory,
    machine: { physicalCores: 2, mayHaveGpu: true, key: 'here', driver },
  })
  set.choice.model = ok({ ...model, gpu: 'auto', totalLayers: gpu.totalLayers })
  return set
}

/** Generates while restarts that wait are let through. */
async function speak({ client, timers }: FakeEngineClient) {
  const seen: string[] = []
  const running = client.generate(request(), { signal: never, onText: (delta) => seen.push(delta) })
  for (let round = 0; round < 6; round++) {
    await settle()
    timers.advance(2000)
  }
  const result = await running
  return { result, seen: seen.join('') }
}

async function loadAgain({ client, timers }: FakeEngineClient) {
  const loading = client.load(never)
  for (let round = 0; round < 6; round++) {
    await settle()
    timers.advance(2000)
  }
  return loading
}

function loads({ children }: FakeEngineClient) {
  return children
    .flatMap((child) => of(child, 'load'))
    .map(({ gpu }) => (gpu.kind === 'layers' ? gpu.layers : gpu.kind))
}

function how(state: EngineState) {
  if (state.state !== 'ready') return state.state
  return [state.gpu, state.gpuLayers, state.fallback]
}

function loadsOnGpu(child: FakeEngineChild): boolean {
  return of(child, 'load').some(({ gpu }) => gpu.kind !== 'off')
}

/** Processes that hear nothing more from the moment on, once they work on that GPU. */
function hanging(gpu: FakeGpu, moment: 'load' | 'generate'): () => Behaviour {
  return () => {
    const usual = onFakeGpu(gpu)()
    let isStuck = false
    return (message, child) => {
      isStuck ||= message.type === moment && loadsOnGpu(child)
      if (!isStuck) usual(message, child)
    }
  }
}

describe('R6: at load', () => {
  test.each([
    ['all fit', {}, ['auto'], ['vulkan', 32, null]],
    ['some fit', { fittingLayers: 28 }, ['auto'], ['vulkan', 28, 'out-of-memory']],
    [
      'it has room for less than the engine thought',
      { memoryLayers: 20 },
      ['auto', 16],
      ['vulkan', 16, 'out-of-memory'],
    ],
    ['none fit', { memoryLayers: 0 }, ['auto', 16, 8, 4, 'off'], ['cpu', 0, 'out-of-memory']],
    ['the driver dies of many', { stableLayers: 20 }, ['auto', 16], ['vulkan', 16, 'crashed']],
    ['the driver dies of any', { stableLayers: 0 }, ['auto', 16, 'off'], ['cpu', 0, 'crashed']],
    ['there is none', { present: false }, ['off'], ['cpu', 0, 'no-gpu']],
    ['its self-test crashes', { selfTest: 'crashed' }, ['off'], ['cpu', 0, 'self-test-failed']],
  ] as const)('%s', async (_, changes, tried, ends) => {
    const memory = new GpuMemoryOfRun()
    const gpu = createFakeGpu(changes)
    const first = startOn(gpu, memory)
    expect(await loadAgain(first)).toMatchObject({ ok: true })
    expect(loads(first)).toEqual(tried)
    expect(how(first.client.state())).toEqual(ends)
    // The next run of Sotto begins where this one ended, and says the same.
    const second = startOn(gpu, memory)
    await loadAgain(second)
    expect(loads(second)).toEqual(tried.slice(-1))
    expect(how(second.client.state())).toEqual(ends)
  })

  test('another driver, or another model, is another story', async () => {
    const memory = new GpuMemoryOfRun()
    const gpu = createFakeGpu({ stableLayers: 0 })
    await loadAgain(startOn(gpu, memory))
    gpu.stableLayers = 32
    const mended = startOn(gpu, memory, 'd2')
    await loadAgain(mended)
    expect(how(mended.client.state())).toEqual(['vulkan', 32, null])
    const other = startOn(gpu, memory)
    other.choice.model = ok({ ...model, gpu: 'auto', totalLayers: 32, sha256: 'b'.repeat(64) })
    await loadAgain(other)
    expect(how(other.client.state())).toEqual(['vulkan', 32, null])
  })

  test('a wished backend is used or the processor, never another', async () => {
    const wished = startOn(createFakeGpu())
    wished.choice.model = ok({ ...model, gpu: 'cuda', totalLayers: 32 })
    await loadAgain(wished)
    expect(how(wished.client.state())).toEqual(['cpu', 0, 'no-gpu'])
    wished.choice.model = ok({ ...model, gpu: 'vulkan', totalLayers: 32 })
    await loadAgain(wished)
    expect(how(wished.client.state())).toEqual(['vulkan', 32, null])
  })
})

describe('R6: at work', () => {
  test('a GPU that goes away: the answer goes on, word for word, after the state said so', async () => {
    const gpu = createFakeGpu()
    const set = startOn(gpu)
    await loadAgain(set)
    gpu.present = false
    const { result, seen } = await speak(set)
    expect(result).toMatchObject({ ok: true, value: { text: sentence, reason: 'complete' } })
    expect(seen).toBe(sentence)
    expect(set.states.map(how)).toEqual(['loading', ['vulkan', 32, null], 'idle', 'loading', ['cpu', 0, 'lost']])
    const last = set.children.flatMap((child) => of(child, 'generate')).at(-1)
    expect(last?.turns).toEqual([
      { role: 'person', text: 'hello' },
      { role: 'assistant', text: spoken.first },
    ])
    expect(last?.maxTokens).toBe(7)
  })

  test('a crash: the same, and the next run tries the GPU again, until it was too often', async () => {
    const memory = new GpuMemoryOfRun()
    const gpu = createFakeGpu({ atWork: 'crashes' })
    for (let run = 0; run < 3; run++) {
      const set = startOn(gpu, memory)
      expect((await speak(set)).result).toMatchObject({ ok: true, value: { text: sentence } })
      expect(how(set.client.state())).toEqual(['cpu', 0, 'crashed'])
      expect(loads(set)).toEqual(['auto', 'off'])
    }
    const left = startOn(gpu, memory)
    expect((await speak(left)).result).toMatchObject({ ok: true, value: { text: sentence } })
    expect(how(left.client.state())).toEqual(['cpu', 0, 'crash-loop'])
    expect(loads(left)).toEqual(['off'])
    gpu.atWork = 'finishes'
    await left.client.gpu.testAnew({ path: model.path, sha256: model.sha256 }, { signal: never })
    await loadAgain(left)
    expect(how(left.client.state())).toEqual(['vulkan', 32, null])
  })

  test.each(['load', 'generate'] as const)('a driver that hangs at %s: the processor does the work', async (moment) => {
    const memory = new GpuMemoryOfRun()
    const gpu = createFakeGpu()
    const set = setUp(hanging(gpu, moment), { gpuMemory: memory })
    set.choice.model = ok({ ...model, gpu: 'auto', totalLayers: 32 })
    const running = set.client.generate(request(), { signal: never })
    for (let round = 0; round < 30; round++) {
      await settle()
      set.timers.advance(4000)
    }
    expect(await running).toMatchObject({ ok: true, value: { text: sentence, reason: 'complete' } })
    expect(set.children.filter((child) => loadsOnGpu(child)).map(({ killed }) => killed)).toSatisfy(
      (killed: readonly boolean[]) => killed.length > 0 && killed.every(Boolean),
    )
    expect(how(set.client.state())).toEqual(['cpu', 0, 'crashed'])
  })

  test('several steps at once fall together and all go on', async () => {
    const gpu = createFakeGpu()
    const set = startOn(gpu)
    await loadAgain(set)
    gpu.atWork = 'crashes'
    const results = await Promise.all([speak(set), speak(set), speak(set)])
    expect(results.map(({ seen }) => seen)).toEqual([sentence, sentence, sentence])
    expect(loads(set)).toEqual(['auto', 'off'])
  })

  test('out of memory: fewer layers, as often as it takes, remembered', async () => {
    const memory = new GpuMemoryOfRun()
    const gpu = createFakeGpu({ atWork: 'out-of-memory' })
    const set = startOn(gpu, memory)
    await loadAgain(set)
    gpu.memoryLayers = 10
    expect((await speak(set)).seen).toBe(sentence)
    expect(loads(set)).toEqual(['auto', 16, 8])
    expect(how(set.client.state())).toEqual(['vulkan', 8, 'out-of-memory'])
    const next = startOn(gpu, memory)
    await loadAgain(next)
    expect(loads(next)).toEqual([8])
  })

  test('a crash of the processor alone is a failure as before', async () => {
    const gpu = createFakeGpu({ present: false })
    const set = setUp(() => (message, child) => {
      if (message.type === 'generate') child.exit()
      else onFakeGpu(gpu)()(message, child)
    })
    set.choice.model = ok({ ...model, gpu: 'off' })
    expect((await speak(set)).result).toMatchObject({ ok: false, failure: { code: 'engine-crashed' } })
  })

  test('output bound to a schema begins again when nobody has seen it, and fails when somebody has', async () => {
    const gpu = createFakeGpu()
    const bound = { ...request(), jsonSchema: { type: 'object' } }
    const unseen = startOn(gpu)
    await loadAgain(unseen)
    gpu.present = false
    const again = unseen.client.generate(bound, { signal: never })
    await loadAgain(unseen)
    expect(await again).toMatchObject({ ok: true, value: { text: sentence } })
    gpu.present = true
    const seen = startOn(gpu)
    await loadAgain(seen)
    gpu.present = false
    const failed = seen.client.generate(bound, { signal: never, onText: () => undefined })
    await loadAgain(seen)
    expect(await failed).toMatchObject({ ok: false, failure: { code: 'engine-crashed' } })
  })
})

describe('what a person may do', () => {
  test('back to the last working state', async () => {
    const memory = new GpuMemoryOfRun()
    const gpu = createFakeGpu({ fittingLayers: 28 })
    await speak(startOn(gpu, memory))
    gpu.stableLayers = 0
    const broken = startOn(gpu, memory)
    await loadAgain(broken)
    expect(how(broken.client.state())).toEqual(['cpu', 0, 'crashed'])
    gpu.stableLayers = 32
    expect(await broken.client.gpu.restore(model.sha256)).toMatchObject({
      state: { device: 'vulkan', deviceName: 'Radeon 780M', gpuLayers: 28, totalLayers: 32 },
    })
    await loadAgain(broken)
    expect(how(broken.client.state())).toEqual(['vulkan', 28, 'out-of-memory'])
    expect(await broken.client.gpu.restore('c'.repeat(64))).toBeNull()
  })

  test('R6: two loads that Sotto did not survive leave the GPU alone', async () => {
    const memory = new GpuMemoryOfRun()
    const gpu = createFakeGpu()
    for (let death = 0; death < 2; death++) {
      const set = setUp(() => (message, child) => message.type !== 'load' && onFakeGpu(gpu)()(message, child), {
        gpuMemory: memory,
      })
      set.choice.model = ok({ ...model, gpu: 'auto', totalLayers: 32 })
      void set.client.load(never)
      await settle()
      expect(loads(set)).toEqual(['auto'])
    }
    const third = startOn(gpu, memory)
    await loadAgain(third)
    expect(how(third.client.state())).toEqual(['cpu', 0, 'crash-loop'])
  })

  test('a load a person ended is no crash', async () => {
    const memory = new GpuMemoryOfRun()
    const gpu = createFakeGpu()
    for (let time = 0; time < 3; time++) {
      const set = setUp(
        () => (message, child) => {
          if (message.type === 'abort') {
            child.reply({
              type: 'failed',
              id: message.target,
              failure: { code: 'model-load-failed', details: { name: '' } },
            })
          } else if (message.type !== 'load') onFakeGpu(gpu)()(message, child)
        },
        { gpuMemory: memory },
      )
      set.choice.model = ok({ ...model, gpu: 'auto', totalLayers: 32 })
      const stop = new AbortController()
      const loading = set.client.load(stop.signal)
      await settle()
      stop.abort()
      expect(await loading).toMatchObject({ ok: false, failure: { code: 'model-load-failed' } })
    }
    const next = startOn(gpu, memory)
    await loadAgain(next)
    expect(how(next.client.state())).toEqual(['vulkan', 32, null])
  })
})

describe('battery', () => {
  test('half the threads while it is in use, told without loading again; what a person set stays', async () => {
    const battery = { saves: false }
    const set = setUp(onFakeGpu(createFakeGpu({ present: false })), {
      machine: { physicalCores: 9, mayHaveGpu: false, key: 'here', driver: '' },
      savesBattery: () => battery.saves,
    })
    set.choice.model = ok({ ...model, threads: 0, calibratedThreads: 8, gpu: 'off' })
    await set.client.load(never)
    battery.saves = true
    await set.client.load(never)
    expect(set.client.state()).toMatchObject({ threads: 4 })
    battery.saves = false
    await set.client.load(never)
    expect(set.client.state()).toMatchObject({ threads: 8 })
    expect(of(set.children[0], 'limit-threads').map(({ threads }) => threads)).toEqual([4, 8])
    expect(loads(set)).toEqual(['off'])
    battery.saves = true
    set.choice.model = ok({ ...model, threads: 6, gpu: 'off' })
    await set.client.load(never)
    expect(set.client.state()).toMatchObject({ threads: 6 })
  })
})
