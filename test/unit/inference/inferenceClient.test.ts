// The client against a fake process: loading, order, deltas, stopping.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { loadsAndWaits } from '../../fakes/fakeEngineChild.ts'
import { speedsBestAt } from '../../fakes/sequenceSpeeds.ts'
import { chat, finish, meter, model, never, nothing, of, request, settle, setUp } from '../../fakes/fakeEngineClient.ts'

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
        mapSequences: 1,
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
        sequences: { chat: 2 },
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

describe('order', () => {
  test('as many map steps at once as were measured to pay, the next waits', async () => {
    const { client, children } = setUp(undefined, { sequenceSpeeds: speedsBestAt(4) })
    await client.load(never)
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
    const { client, children } = setUp(undefined, { sequenceSpeeds: speedsBestAt(4) })
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
