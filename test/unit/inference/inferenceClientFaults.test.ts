// The client against a fake process that dies, hangs, idles or is ended.
import { describe, expect, test } from 'vitest'
import { fail, ok, type Result } from '#contract/result.ts'
import type { ModelToLoad } from '../../../main/inference/localGenerator.ts'
import type { InferenceRequest } from '../../../main/inference/protocol.ts'
import { loadsAndWaits } from '../../fakes/fakeEngineChild.ts'
import { finish, meter, never, of, request, settle, setUp } from '../../fakes/fakeEngineClient.ts'

describe('R7: deaths', () => {
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

  test('R8: a process that answers no ping is ended as hung', async () => {
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

  test('R8: one that answers pings but writes nothing for ten minutes, too; progress resets that', async () => {
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

  test('R8: one that hears nothing is ended four seconds after Stop, which stays an outcome', async () => {
    const { client, children, timers } = setUp((number) => (message, child) => {
      if (number > 0 || message.type === 'load') loadsAndWaits(message, child)
    })
    const stop = new AbortController()
    const running = client.generate(request(), { signal: stop.signal })
    await settle()
    stop.abort()
    timers.advance(3999)
    expect(children[0]?.killed).toBe(false)
    timers.advance(1)
    expect(await running).toMatchObject({ ok: true, value: { reason: 'stopped' } })
    expect(children[0]?.killed).toBe(true)
    const next = client.generate(request(), { signal: never })
    await settle()
    finish(children[1], of(children[1], 'generate')[0]?.id ?? 0)
    expect(await next).toMatchObject({ ok: true, value: { reason: 'complete' } })
  })

  test('Stop also ends the choice of a model that is still being looked at', async () => {
    const asked = Promise.withResolvers<void>()
    const chooseModel = (signal: AbortSignal): Promise<Result<ModelToLoad>> =>
      new Promise((resolve) => {
        asked.resolve()
        signal.addEventListener('abort', () => resolve(fail('model-load-failed', { name: 'large' })))
      })
    const { client } = setUp(() => loadsAndWaits, { chooseModel })
    const stop = new AbortController()
    const running = client.generate(request(), { signal: stop.signal })
    await asked.promise
    stop.abort()
    expect(await running).toMatchObject({ ok: true, value: { reason: 'stopped' } })
  })

  test('one that answers after Stop gets its time', async () => {
    const { client, children, timers } = setUp()
    const stop = new AbortController()
    const running = client.generate(request(), { signal: stop.signal })
    await settle()
    stop.abort()
    timers.advance(19_000)
    expect(children[0]?.killed).toBe(false)
    const id = of(children[0], 'generate')[0]?.id ?? 0
    children[0]?.reply({ type: 'finished', id, reason: 'stopped', meter })
    expect(await running).toMatchObject({ ok: true, value: { reason: 'stopped' } })
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
