// Redirects: followed for downloads within the allow-list, every hop in the ledger, refused everywhere else.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fail } from '#contract/result.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { type Answer, at, Door, read } from '../../fakes/door.ts'
import { startLoopbackServer } from '../../fakes/loopbackServer.ts'
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

describe('redirects', () => {
  function redirectTo(map: Readonly<Record<string, string>>, status = 302): Answer {
    return (request, response) => {
      const location = map[request.url ?? '']
      if (location === undefined) response.end('arrived')
      else response.writeHead(status, { Location: location }).end('moved')
    }
  }

  test.each([301, 302, 303, 307, 308])('%i within the allow-list is followed, every hop recorded', async (status) => {
    door.answer = redirectTo({ '/a': '/b', '/b': `${door.server.address}/c?signature=secret` }, status)
    const result = await door.get('/a', { range: { from: 1 } })
    expect((await read(result)).text).toBe('arrived')
    expect(door.server.requests.map(({ headers }) => headers.includes('bytes=1-'))).toEqual([true, true, true])
    expect(await door.recorded()).toEqual([
      `1 attempt model-download ${at('/a')} GET bytes=1- 0`,
      `2 outcome of 1 model-download ${at('/a')} redirect:${status} 0`,
      `3 attempt model-download ${at('/b')} GET bytes=1- 0`,
      `4 outcome of 3 model-download ${at('/b')} redirect:${status} 0`,
      `5 attempt model-download ${at('/c')}?(16 characters) GET bytes=1- 0`,
      `6 outcome of 5 model-download ${at('/c')}?(16 characters) complete:200 7`,
    ])
  })

  test('to another server is refused, and that server sees nothing', async () => {
    await using other = await startLoopbackServer((_request, response) => response.end('other'))
    door.answer = redirectTo({ '/a': `${other.address}/x` })
    expect(await door.get('/a')).toEqual(fail('egress-refused', { host: other.host, reason: 'redirect' }))
    expect(other.connections).toBe(0)
    expect((await door.recorded()).slice(1)).toEqual([
      `2 outcome of 1 model-download ${at('/a')} redirect:302 0`,
      `3 refusal of 1 model-download http://${other.host}/x egress-refused:redirect 0`,
    ])
  })

  test.each(['http://huggingface.co/x', 'file:///etc/passwd', 'https://a:b@huggingface.co/x', 'https://'])(
    'to %s is refused',
    async (location) => {
      door.hosts['model-download'] = [door.server.host, 'huggingface.co']
      door.answer = redirectTo({ '/a': location })
      const result = await door.get('/a')
      expect(result.ok ? null : result.failure.code).toBe('egress-refused')
      expect((await door.recorded()).at(-1)).toContain('egress-refused:redirect')
    },
  )

  test('without a location is refused', async () => {
    door.answer = (_request, response) => response.writeHead(302).end()
    const result = await door.get('/a')
    expect(result).toEqual(fail('egress-refused', { host: door.server.host, reason: 'redirect' }))
    expect(door.server.requests).toHaveLength(1)
  })

  test('in a circle are refused after five hops', async () => {
    door.answer = redirectTo({ '/a': '/a' })
    expect(await door.get('/a')).toEqual(fail('egress-refused', { host: door.server.host, reason: 'redirect' }))
    expect(door.server.requests).toHaveLength(6)
  })

  test('is refused for a purpose that takes none, even to the same host', async () => {
    door.answer = redirectTo({ '/a': '/b' })
    const result = await door.fetchFrom(`${door.server.address}/a`, {}, 'provider-models')
    expect(result).toEqual(fail('egress-refused', { host: door.server.host, reason: 'redirect' }))
    expect(door.server.requests.map(({ path }) => path)).toEqual(['/a'])
  })

  test('local-only switched on between two hops is obeyed', async () => {
    door.answer = (_request, response) => {
      door.localOnly = 'policy'
      response.writeHead(302, { Location: '/b' }).end()
    }
    expect(await door.get('/a')).toEqual(fail('local-only', { by: 'policy' }))
    expect(door.server.requests.map(({ path }) => path)).toEqual(['/a'])
  })
})
