// The client against a fake process: loading, order, deltas, deaths, hangs, GPU fallback, idling.
import { describe, expect, test } from 'vitest'
import type { EngineState, GpuTest } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { InferenceClient, type InferenceDependencies } from '../../../main/inference/inferenceClient.ts'
import type { GenerationRequest, Lane, ModelToLoad } from '../../../main/inference/localGenerator.ts'
import type { InferenceRequest } from '../../../main/inference/protocol.ts'
import { createFakeSpawn, loadsAndWaits, type Behaviour, type FakeEngineChild } from '../../fakes/fakeEngineChild.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'
import { createFakeTimers } from '../../fakes/fakeTimers.ts'

const never = new AbortController().signal
const meter = { promptTokens: 3, evaluatedTokens: 3, generatedTokens: 2 }
const nothing = { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 }
const model: ModelToLoad = {
  modelId: 'm',
  name: 'Model',
  path: '/m.gguf',
  sha256: 'a'.repeat(64),
  contextTokens: 2048,
  mapContextTokens: 1024,
  summaryMode: 'free',
  languages: ['en'],
  wrapper: { kind: 'builtin', name: 'chatML' },
  threads: 2,
  calibratedThreads: null,
  gpu: 'unused',
  totalLayers: 6,
}

function setUp(
  behaviour: (number: number) => Behaviour = () => loadsAndWaits,
  changes: Partial<InferenceDependencies> = {},
) {
  const fake = createFakeSpawn(behaviour)
  const timers = createFakeTimers()
  const logger = createFakeLogger()
  const states: EngineState[] = []
  const clock = { now: Date.parse('2026-11-20T10:00:00Z') }
  const choice: { model: Result<ModelToLoad> } = { model: ok(model) }
  const client = new InferenceClient({
    spawn: () => fake.spawn(),
    chooseModel: async () => choice.model,
    announce: (topic, value) => {
      if (topic === 'models.engine-changed') states.push(value as EngineState) // as: the topic decides the value's type
    },
    logger,
    now: () => new Date(clock.now),
    timers,
    machine: { physicalCores: 2, mayHaveGpu: true, key: 'here' },
    ...changes,
  })
  return { client, children: fake.children, timers, logger, states, clock, choice }
}

function request(lane: Lane = { kind: 'map' }, text = 'hello'): GenerationRequest {
  return { lane, turns: [{ role: 'person', text }], maxTokens: 10, temperature: 0, seed: 1 }
}

function chat(conversationId = 'c'): Lane {
  return { kind: 'chat', conversationId }
}

/** Lets every settled promise run its course; nothing here waits for real time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

function of<T extends InferenceRequest['type']>(child: FakeEngineChild | undefined, type: T) {
  return (child?.received ?? []).filter((each): each is Extract<InferenceRequest, { type: T }> => each.type === type)
}

function finish(child: FakeEngineChild | undefined, id: number): void {
  child?.reply({ type: 'text', id, delta: 'o' })
  child?.reply({ type: 'text', id, delta: 'k' })
  child?.reply({ type: 'finished', id, reason: 'complete', meter })
}

describe('loading', () => {
  test('the first request loads; states are announced as they change', async () => {
    const { client, children, states } = setUp()
    expect(client.state()).toEqual({ state: 'idle' })
    const result = await client.load(never)
    expect(result).toEqual(
      ok({
        modelId: 'm',
        name: 'Model',
        sha256: 'a'.repeat(64),
        contextTokens: 2048,
        mapContextTokens: 1024,
        summaryMode: 'free',
        languages: ['en'],
      }),
    )
    expect(states.map(({ state }) => state)).toEqual(['loading', 'loading', 'ready'])
    expect(states.at(-1)).toEqual(client.state())
    expect(of(children[0], 'load')).toEqual([
      {
        type: 'load',
        id: 1,
        path: '/m.gguf',
        gpu: { kind: 'off' },
        contextTokens: 2048,
        mapContextTokens: 1024,
        threads: 2,
        sequences: { chat: 2, map: 4 },
        wrapper: { kind: 'builtin', name: 'chatML' },
      },
    ])
  })

  test('many requests at once load once', async () => {
    const { client, children } = setUp()
    await Promise.all([client.load(never), client.load(never), client.load(never)])
    expect(children.length).toBe(1)
    expect(of(children[0], 'load').length).toBe(1)
  })

  test('no model is said as it is, and starts nothing', async () => {
    const { client, children, choice } = setUp()
    choice.model = fail('model-not-installed', {})
    expect(await client.countTokens(['a'])).toEqual(fail('model-not-installed', {}))
    expect(children.length).toBe(0)
  })

  test('a changed choice is loaded after what runs has ended', async () => {
    const { client, children, choice } = setUp()
    const running = client.generate(request(), { signal: never })
    await settle()
    choice.model = ok({ ...model, path: '/other.gguf' })
    const other = client.generate(request(), { signal: never })
    await settle()
    expect(of(children[0], 'load').map(({ path }) => path)).toEqual(['/m.gguf'])
    finish(children[0], of(children[0], 'generate')[0]?.id ?? 0)
    expect(await running).toEqual(ok({ text: 'ok', reason: 'complete', meter }))
    await settle()
    expect(of(children[0], 'load').map(({ path }) => path)).toEqual(['/m.gguf', '/other.gguf'])
    finish(children[0], of(children[0], 'generate')[1]?.id ?? 0)
    expect(await other).toMatchObject({ ok: true })
  })

  test('a model that fails to load is named, and the next choice works', async () => {
    const { client, choice } = setUp(() => (message, child) => {
      if (message.type === 'load' && message.path === '/m.gguf') {
        child.reply({ type: 'failed', id: message.id, failure: { code: 'model-load-failed', details: { name: '' } } })
      } else loadsAndWaits(message, child)
    })
    expect(await client.load(never)).toEqual(fail('model-load-failed', { name: 'Model' }))
    expect(client.state()).toMatchObject({ state: 'failed', failure: { code: 'model-load-failed' } })
    choice.model = ok({ ...model, path: '/other.gguf' })
    expect(await client.load(never)).toMatchObject({ ok: true })
  })
})

describe('threads', () => {
  const cores = { physicalCores: 4, mayHaveGpu: false, key: 'here' }
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

describe('order', () => {
  test('four map steps at once, a fifth waits', async () => {
    const { client, children } = setUp()
    const steps = [1, 2, 3, 4, 5].map((number) =>
      client.generate(request({ kind: 'map' }, `${number}`), { signal: never }),
    )
    await settle()
    const sent = () => of(children[0], 'generate').map(({ turns }) => turns[0]?.text)
    expect(sent()).toEqual(['1', '2', '3', '4'])
    finish(children[0], of(children[0], 'generate')[2]?.id ?? 0)
    expect(await steps[2]).toMatchObject({ ok: true })
    await settle()
    expect(sent()).toEqual(['1', '2', '3', '4', '5'])
  })

  test('a chat passes waiting map steps, and none begins while it runs', async () => {
    const { client, children } = setUp()
    await client.load(never)
    for (const text of ['1', '2', '3', '4', '5'])
      void client.generate(request({ kind: 'map' }, text), { signal: never })
    await settle()
    const chatting = client.generate(request(chat(), 'chat'), { signal: never })
    await settle()
    const sent = () => of(children[0], 'generate').map(({ turns }) => turns[0]?.text)
    expect(sent()).toEqual(['1', '2', '3', '4', 'chat'])
    finish(children[0], of(children[0], 'generate')[0]?.id ?? 0)
    await settle()
    expect(sent().length).toBe(5)
    finish(children[0], of(children[0], 'generate')[4]?.id ?? 0)
    expect(await chatting).toMatchObject({ ok: true })
    await settle()
    expect(sent()).toEqual(['1', '2', '3', '4', 'chat', '5'])
  })

  test('one chat at a time, in order', async () => {
    const { client, children } = setUp()
    const first = client.generate(request(chat('a'), 'first'), { signal: never })
    const second = client.generate(request(chat('b'), 'second'), { signal: never })
    await settle()
    expect(of(children[0], 'generate').length).toBe(1)
    finish(children[0], of(children[0], 'generate')[0]?.id ?? 0)
    await first
    await settle()
    finish(children[0], of(children[0], 'generate')[1]?.id ?? 0)
    expect(await second).toMatchObject({ ok: true })
  })

  test('sending ends a preload, which keeps what it read', async () => {
    const { client, children } = setUp()
    const preloaded = client.preload('c', [{ role: 'person', text: 'he' }], never)
    await settle()
    const sent = client.generate(request(chat()), { signal: never })
    await settle()
    const preload = of(children[0], 'preload')[0]
    expect(of(children[0], 'abort').map(({ target }) => target)).toEqual([preload?.id])
    children[0]?.reply({ type: 'finished', id: preload?.id ?? 0, reason: 'stopped', meter })
    expect(await preloaded).toEqual(ok(meter))
    await settle()
    finish(children[0], of(children[0], 'generate')[0]?.id ?? 0)
    expect(await sent).toMatchObject({ ok: true })
  })
})

describe('stopping', () => {
  test('tells the process, and its answer is the outcome', async () => {
    const { client, children } = setUp()
    const stop = new AbortController()
    const seen: string[] = []
    const running = client.generate(request(), { signal: stop.signal, onText: (delta) => seen.push(delta) })
    await settle()
    const id = of(children[0], 'generate')[0]?.id ?? 0
    children[0]?.reply({ type: 'text', id, delta: 'par' })
    stop.abort()
    expect(of(children[0], 'abort').map(({ target }) => target)).toEqual([id])
    children[0]?.reply({ type: 'finished', id, reason: 'stopped', meter })
    expect(await running).toEqual(ok({ text: 'par', reason: 'stopped', meter }))
    expect(seen).toEqual(['par'])
  })

  test('while waiting in the queue, nothing is sent', async () => {
    const { client, children } = setUp()
    void client.generate(request(chat('a')), { signal: never })
    const stop = new AbortController()
    const waiting = client.generate(request(chat('b')), { signal: stop.signal })
    await settle()
    stop.abort()
    expect(await waiting).toEqual(ok({ text: '', reason: 'stopped', meter: nothing }))
    expect(of(children[0], 'generate').length).toBe(1)
  })

  test('a stopped load is begun again for whoever still waits for it', async () => {
    let loads = 0
    const { client } = setUp(() => (message, child) => {
      if (message.type === 'load' && ++loads === 1) return
      if (message.type === 'abort') {
        child.reply({
          type: 'failed',
          id: message.target,
          failure: { code: 'model-load-failed', details: { name: '' } },
        })
      } else loadsAndWaits(message, child)
    })
    const stop = new AbortController()
    const stopped = client.generate(request(), { signal: stop.signal })
    await settle()
    const other = client.load(never)
    await settle()
    stop.abort()
    expect(await stopped).toEqual(ok({ text: '', reason: 'stopped', meter: nothing }))
    expect(await other).toMatchObject({ ok: true })
    expect(loads).toBe(2)
  })
})

describe('deaths', () => {
  test.each([
    ['at load', (message: InferenceRequest) => message.type === 'load'],
    ['at the first request', (message: InferenceRequest) => message.type === 'generate'],
  ])('%s: it fails, the next request works', async (_, dies) => {
    const { client, children, logger } = setUp((number) => (message, child) => {
      if (number === 0 && dies(message)) child.exit()
      else loadsAndWaits(message, child)
    })
    expect(await client.generate(request(), { signal: never })).toEqual(fail('engine-crashed', {}))
    expect(client.state()).toEqual({ state: 'failed', failure: { code: 'engine-crashed', details: {} } })
    const next = client.generate(request(), { signal: never })
    await settle()
    finish(children[1], of(children[1], 'generate')[0]?.id ?? 0)
    expect(await next).toMatchObject({ ok: true })
    expect(logger.lines.map(({ event }) => event)).toEqual(['engine-started', 'engine-ended', 'engine-started'])
  })

  test('mid-stream: what had come was delivered', async () => {
    const { client, children } = setUp()
    const seen: string[] = []
    const running = client.generate(request(), { signal: never, onText: (delta) => seen.push(delta) })
    await settle()
    children[0]?.reply({ type: 'text', id: of(children[0], 'generate')[0]?.id ?? 0, delta: 'half' })
    children[0]?.exit()
    expect(await running).toEqual(fail('engine-crashed', {}))
    expect(seen).toEqual(['half'])
  })

  test('a process that answers no ping is ended as hung', async () => {
    const { client, children, timers } = setUp(() => (message, child) => {
      if (message.type !== 'ping') loadsAndWaits(message, child)
    })
    const running = client.generate(request(), { signal: never })
    await settle()
    timers.advance(19_999)
    expect(children[0]?.killed).toBe(false)
    timers.advance(4000)
    expect(await running).toEqual(fail('engine-hung', { seconds: 20 }))
    expect(children[0]?.killed).toBe(true)
  })

  test('one that answers pings but writes nothing for ten minutes, too; progress resets that', async () => {
    const { client, children, timers } = setUp()
    const running = client.generate(request(), { signal: never })
    await settle()
    timers.advance(590_000)
    children[0]?.reply({ type: 'reading', id: of(children[0], 'generate')[0]?.id ?? 0, evaluated: 1, total: 2 })
    timers.advance(590_000)
    expect(children[0]?.killed).toBe(false)
    timers.advance(20_000)
    expect(await running).toEqual(fail('engine-hung', { seconds: 600 }))
  })

  test('nobody is pinged while nothing is asked', async () => {
    const { client, children, timers } = setUp()
    await client.load(never)
    timers.advance(60_000)
    expect(of(children[0], 'ping')).toEqual([])
  })

  test('three restarts with growing waits, then unavailable until the window has passed', async () => {
    const { client, children, timers, clock } = setUp((number) => (message, child) => {
      if (number < 4) child.exit()
      else loadsAndWaits(message, child)
    })
    const attempt = async () => {
      const loading = client.load(never)
      await settle()
      timers.advance(2000)
      return loading
    }
    for (let death = 0; death < 4; death++) expect(await attempt()).toEqual(fail('engine-crashed', {}))
    expect(await attempt()).toEqual(fail('engine-unavailable', { restarts: 3, minutes: 5 }))
    expect(client.state()).toMatchObject({ state: 'failed', failure: { code: 'engine-unavailable' } })
    expect(children.length).toBe(4)
    clock.now += 300_001
    expect(await attempt()).toMatchObject({ ok: true })
  })

  test('a reply nobody can read is logged without its content', async () => {
    const { client, children, logger } = setUp()
    await client.load(never)
    children[0]?.reply({ type: 'text', id: 1, delta: 5 } as never) // as: a reply that is not one
    expect(logger.lines.at(-1)).toEqual({ level: 'error', event: 'engine-reply-unreadable', fields: { issues: 1 } })
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

  test('a driver that crashes the test leaves the processor, and says so', async () => {
    const { client, children } = onGpu(loadsAndWaits, () => null)
    await client.load(never)
    expect(loads(children)).toEqual([{ kind: 'off' }])
    expect(client.state()).toMatchObject({ gpu: 'cpu', fallback: 'self-test-failed' })
  })

  test('out of memory means fewer layers, remembered for the next load', async () => {
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

  test('a crash while loading or generating leaves the processor for this run', async () => {
    const { client, children } = onGpu(
      (message, child) => {
        if (message.type === 'generate') child.exit()
        else loadsAndWaits(message, child)
      },
      () => works,
    )
    expect(await client.generate(request(), { signal: never })).toEqual(fail('engine-crashed', {}))
    expect(await client.load(never)).toMatchObject({ ok: true })
    expect(client.state()).toMatchObject({ gpu: 'cpu', fallback: 'crashed' })
    expect(loads(children).map(({ kind }) => kind)).toEqual(['auto', 'off'])
  })

  test('turned off, or not there, nothing is tested', async () => {
    const { client, children, choice } = setUp()
    choice.model = ok({ ...model, gpu: 'off' })
    await client.load(never)
    expect(client.state()).toMatchObject({ fallback: 'turned-off' })
    const without = setUp(() => loadsAndWaits, { machine: { physicalCores: 2, mayHaveGpu: false, key: 'here' } })
    without.choice.model = automatic
    await without.client.load(never)
    expect(without.client.state()).toMatchObject({ fallback: 'no-gpu' })
    expect([...children, ...without.children].flatMap((child) => of(child, 'test-gpu'))).toEqual([])
  })

  test('a test that never ends is timed out', async () => {
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

describe('ending', () => {
  test('after a quarter of an hour without a request the model is unloaded', async () => {
    const { client, children, timers, states } = setUp()
    await client.load(never)
    timers.advance(14 * 60_000)
    expect(await Promise.race([client.load(never), Promise.resolve(null)])).toBeNull()
    await settle()
    timers.advance(14 * 60_000)
    expect(children[0]?.killed).toBe(false)
    timers.advance(60_000)
    await settle()
    expect(children[0]?.killed).toBe(true)
    expect(states.at(-1)).toEqual({ state: 'idle' })
    expect(await client.load(never)).toMatchObject({ ok: true })
  })

  test('unloading stops what runs and keeps its text', async () => {
    const { client, children } = setUp(() => (message, child) => {
      if (message.type === 'abort') child.reply({ type: 'finished', id: message.target, reason: 'stopped', meter })
      else loadsAndWaits(message, child)
    })
    const running = client.generate(request(), { signal: never })
    await settle()
    children[0]?.reply({ type: 'text', id: of(children[0], 'generate')[0]?.id ?? 0, delta: 'so far' })
    await client.unload()
    expect(await running).toEqual(ok({ text: 'so far', reason: 'stopped', meter }))
    expect(children[0]?.killed).toBe(true)
    expect(client.state()).toEqual({ state: 'idle' })
  })

  test('closing leaves no process and no timer; later requests are refused', async () => {
    const { client, children, timers } = setUp()
    const running = client.generate(request(), { signal: never })
    await settle()
    await client.close()
    expect(await running).toMatchObject({ ok: true, value: { reason: 'stopped' } })
    expect(children.every((child) => child.killed)).toBe(true)
    expect(timers.waiting).toBe(0)
    expect(await client.load(never)).toMatchObject({ failure: { code: 'engine-unavailable' } })
  })
})
