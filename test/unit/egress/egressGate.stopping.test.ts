// Answers that are cut and requests that are stopped: what came is counted, sockets close, all is recorded.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fail } from '#contract/result.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { at, Door, read, responseOf } from '../../fakes/door.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'

let storage: Storage
let door: Door

beforeAll(async () => {
  storage = await openMemoryStorage()
})

afterAll(() => storage.close())

beforeEach(async () => {
  door = await Door.open(storage)
})

afterEach(() => door[Symbol.asyncDispose]())

describe('when it goes wrong on the way', () => {
  test('a body cut short is a failure with what came counted', async () => {
    door.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' })
      response.write('0123456789', () => response.destroy())
    }
    const { text, end } = await read(await door.get('/a'))
    expect([text, end]).toEqual([
      '0123456789',
      fail('network-failed', { host: door.server.host, reason: 'UND_ERR_SOCKET' }),
    ])
    expect((await door.recorded())[1]).toBe(
      `2 outcome of 1 model-download ${at('/a')} network-failed:UND_ERR_SOCKET:200 10`,
    )
  })

  test('a connection that is refused', async () => {
    await door.server[Symbol.asyncDispose]()
    expect(await door.get('/a')).toEqual(fail('network-failed', { host: door.server.host, reason: 'ECONNREFUSED' }))
    expect((await door.recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} network-failed:ECONNREFUSED 0`)
  })

  test('an answer that is not HTTP', async () => {
    door.answer = (_request, response) => response.socket?.end('nonsense\r\n\r\n')
    const result = await door.get('/a')
    expect(result.ok ? null : result.failure.code).toBe('network-failed')
  })

  test('a server that never answers, by its timeout', async () => {
    door.gate = door.gateWith({ waitMs: 50 })
    door.answer = () => undefined
    expect(await door.get('/a')).toEqual(
      fail('network-failed', { host: door.server.host, reason: 'UND_ERR_HEADERS_TIMEOUT' }),
    )
  })
})

describe('stopping', () => {
  test('before it began sends nothing and records nothing', async () => {
    expect(await door.get('/a', { signal: AbortSignal.abort() })).toEqual({ ok: true, value: { outcome: 'stopped' } })
    expect([await door.recorded(), door.server.connections]).toEqual([[], 0])
  })

  test('a server that hangs: the socket closes and it is recorded', async () => {
    const stop = new AbortController()
    door.answer = () => stop.abort()
    expect(await door.get('/a', { signal: stop.signal })).toEqual({ ok: true, value: { outcome: 'stopped' } })
    await door.server.allClosed()
    expect((await door.recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} stopped 0`)
  })

  test('mid-body: what came stays, the socket closes, it is an outcome and not a failure', async () => {
    const stop = new AbortController()
    door.answer = (_request, response) => void response.write('first')
    const { body } = responseOf(await door.get('/a', { signal: stop.signal }))
    const first = await body.next()
    stop.abort()
    const end = await body.next()
    expect([first, end]).toEqual([
      { done: false, value: Buffer.from('first') },
      { done: true, value: { ok: true, value: { reason: 'stopped', receivedBytes: 5 } } },
    ])
    await door.server.allClosed()
    expect((await door.recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} stopped:200 5`)
  })

  test('by breaking off the loop', async () => {
    door.answer = (_request, response) => void response.write('first')
    const appended = door.nextOutcome()
    for await (const chunk of responseOf(await door.get('/a')).body) {
      expect(Buffer.from(chunk).toString()).toBe('first')
      break
    }
    await door.server.allClosed()
    expect(await appended).toBe(`2 outcome of 1 model-download ${at('/a')} stopped:200 5`)
  })

  test('a body nobody ever read, by the signal', async () => {
    const stop = new AbortController()
    door.answer = (_request, response) => void response.write('first')
    const appended = door.nextOutcome()
    await door.get('/a', { signal: stop.signal })
    stop.abort()
    await door.server.allClosed()
    expect(await appended).toBe(`2 outcome of 1 model-download ${at('/a')} stopped:200 0`)
  })

  test('everything, by closing the gate, which waits until it is recorded', async () => {
    const arrived = Promise.withResolvers<void>()
    door.answer = (request, response) => {
      if (request.url === '/hangs') arrived.resolve()
      else response.write('first')
    }
    const streaming = responseOf(await door.get('/streams'))
    const hanging = door.get('/hangs')
    await arrived.promise
    await door.gate.close()
    await door.server.allClosed()
    expect(await hanging).toEqual({ ok: true, value: { outcome: 'stopped' } })
    expect(
      (await door.recorded())
        .filter((line) => line.includes('outcome'))
        .map((line) => line.slice(2))
        .sort(),
    ).toEqual([
      `outcome of 1 model-download ${at('/streams')} stopped:200 0`,
      `outcome of 2 model-download ${at('/hangs')} stopped 0`,
    ])
    expect(await streaming.body.next()).toMatchObject({ done: true, value: { ok: true, value: { reason: 'stopped' } } })
    expect(await door.get('/late')).toEqual({ ok: true, value: { outcome: 'stopped' } })
  })

  test('by switching local-only on: cut, a failure, and recorded with its cause', async () => {
    door.answer = (_request, response) => void response.write('first')
    const { body } = responseOf(await door.get('/a'))
    await body.next()
    await door.gate.enforce()
    expect(door.server.requests).toHaveLength(1)
    door.localOnly = 'setting'
    await door.gate.enforce()
    expect(await body.next()).toEqual({ done: true, value: fail('local-only', { by: 'setting' }) })
    await door.server.allClosed()
    expect((await door.recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} local-only:setting:200 5`)
  })
})
