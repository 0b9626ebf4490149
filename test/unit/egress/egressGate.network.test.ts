// What lies between the door and the host: names and what they resolve to, the proxy, TLS.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fail } from '#contract/result.ts'
import type { Resolve } from '../../../main/egress/dispatcher.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { Door, read } from '../../fakes/door.ts'
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

test('https is never spoken to as http', async () => {
  const result = await door.fetchFrom(`https://${door.server.host}/a`)
  expect(result.ok ? null : result.failure.code).toBe('network-failed')
  expect(door.server.requests).toEqual([])
})

describe('a name that resolves', () => {
  function resolvingTo(...addresses: readonly string[]): Resolve {
    return (_hostname, _options, callback) => {
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )
    }
  }

  test.each([[['127.0.0.1']], [['203.0.113.1', '127.0.0.1']], [['169.254.169.254']]])(
    'to %j is refused, and nothing connects',
    async (addresses) => {
      const host = door.server.host.replace('127.0.0.1', 'models.example')
      door.hosts['model-download'] = [host]
      door.gate = door.gateWith({ resolve: resolvingTo(...addresses) })
      expect(await door.fetchFrom(`https://${host}/a`)).toEqual(fail('egress-refused', { host, reason: 'address' }))
      expect(door.server.connections).toBe(0)
      expect((await door.recorded())[1]).toContain('egress-refused:address')
    },
  )

  test('localhost to this computer is reached, to another is refused', async () => {
    const host = door.server.host.replace('127.0.0.1', 'localhost')
    door.hosts['model-download'] = [host]
    door.gate = door.gateWith({ resolve: resolvingTo('127.0.0.1') })
    expect((await read(await door.fetchFrom(`http://${host}/a`))).text).toBe('hello')
    await door.gate.close()
    door.gate = door.gateWith({ resolve: resolvingTo('203.0.113.1') })
    expect(await door.fetchFrom(`http://${host}/a`)).toEqual(fail('egress-refused', { host, reason: 'address' }))
  })
})

describe('the proxy', () => {
  test('loopback is never proxied', async () => {
    await using proxy = await startLoopbackServer((_request, response) => response.end('from the proxy'))
    door.gate = door.gateWith({ proxy: { http: proxy.address, https: proxy.address, bypass: '' } })
    expect((await read(await door.get('/a'))).text).toBe('hello')
    expect(proxy.connections).toBe(0)
  })

  test('everything else goes through it, by CONNECT, with nothing but the name of the host', async () => {
    await using proxy = await startLoopbackServer(
      (_request, response) => response.end(),
      (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'),
    )
    door.hosts['model-download'] = ['models.example']
    door.gate = door.gateWith({ proxy: { http: '', https: proxy.address, bypass: '' } })
    const result = await door.fetchFrom('https://models.example/secret-path')
    expect(result.ok ? null : result.failure.code).toBe('network-failed')
    expect(proxy.requests.map(({ method, path }) => [method, path])).toEqual([['CONNECT', 'models.example:443']])
    expect(JSON.stringify(proxy.requests)).not.toContain('secret-path')
  })

  test('its address is never read from the environment of the process', async () => {
    await using proxy = await startLoopbackServer((_request, response) => response.end())
    const before = process.env['HTTPS_PROXY']
    process.env['HTTPS_PROXY'] = proxy.address
    try {
      door.hosts['model-download'] = ['localhost.invalid']
      const result = await door.fetchFrom('https://localhost.invalid/a')
      expect([result.ok, proxy.connections]).toEqual([false, 0])
    } finally {
      if (before === undefined) delete process.env['HTTPS_PROXY']
      else process.env['HTTPS_PROXY'] = before
    }
  })

  test.each([
    ['http://', 'ERR_INVALID_URL'],
    ['socks5://127.0.0.1:1080', 'PROXY_UNSUPPORTED'],
  ])('%s is a failure, never a way round it', async (https, reason) => {
    door.gate = door.gateWith({ proxy: { http: '', https, bypass: '' } })
    door.hosts['model-download'] = ['models.example']
    expect(await door.fetchFrom('https://models.example/a')).toEqual(
      fail('network-failed', { host: 'models.example', reason }),
    )
  })
})
