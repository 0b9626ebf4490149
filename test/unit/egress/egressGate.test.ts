// The door against real servers on loopback: what goes out, what is refused, what the ledger says of it.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EgressPurpose, LedgerEntry } from '#contract/ledger.ts'
import { fail, type Result } from '#contract/result.ts'
import type { Resolve } from '../../../main/egress/dispatcher.ts'
import { EgressGate, type LocalOnlyCause } from '../../../main/egress/egressGate.ts'
import type { Grant } from '../../../main/egress/grant.ts'
import type { Ledger } from '../../../main/egress/ledger.ts'
import type { Proxy } from '../../../main/egress/logic/proxy.ts'
import type { PublicFetch, PublicOptions } from '../../../main/egress/publicFetch.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeLogger, type FakeLogger } from '../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { emptyLedger, type LedgerFixture, openLedger } from '../../fakes/ledgerFixture.ts'
import { type LoopbackServer, startLoopbackServer } from '../../fakes/loopbackServer.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let shared: Storage
let fixture: LedgerFixture
let logger: FakeLogger
let server: LoopbackServer
let answer: Answer
let localOnly: LocalOnlyCause
let hosts: Partial<Record<EgressPurpose, readonly string[]>>
let gate: EgressGate

beforeAll(async () => {
  shared = await openMemoryStorage()
})

afterAll(() => shared.close())

beforeEach(async () => {
  await emptyLedger(shared)
  fixture = await openLedger({ storage: shared })
  logger = createFakeLogger()
  answer = (_request, response) => response.end('hello')
  server = await startLoopbackServer((request, response) => answer(request, response))
  localOnly = null
  hosts = { 'model-download': [server.host], 'model-header': [server.host], 'provider-models': [server.host] }
  gate = gateWith({})
})

afterEach(async () => {
  await gate.close()
  await server[Symbol.asyncDispose]()
})

function gateWith(change: { ledger?: Pick<Ledger, 'append'>; proxy?: Proxy; resolve?: Resolve }): EgressGate {
  return new EgressGate({
    ledger: fixture.ledger,
    localOnly: () => localOnly,
    allowedHosts: (purpose) => hosts[purpose] ?? [],
    proxy: { http: '', https: '', bypass: '' },
    logger,
    timeouts: { connectMs: 5000, headersMs: 5000, silenceMs: 5000 },
    ...change,
  })
}

function get(path: string, options: Partial<PublicOptions> = {}): Promise<Result<PublicFetch>> {
  return fetchFrom(`${server.address}${path}`, options)
}

function fetchFrom(
  address: string,
  options: Partial<PublicOptions> = {},
  purpose: EgressPurpose = 'model-download',
): Promise<Result<PublicFetch>> {
  return gate.fetchPublic(purpose, address, { method: 'GET', signal: new AbortController().signal, ...options })
}

function responseOf(result: Result<PublicFetch>): Extract<PublicFetch, { outcome: 'response' }> {
  if (!result.ok || result.value.outcome !== 'response') throw new Error(`no response: ${JSON.stringify(result)}`)
  return result.value
}

async function read(result: Result<PublicFetch>): Promise<{ text: string; end: unknown }> {
  const { body } = responseOf(result)
  const chunks: Uint8Array[] = []
  for (;;) {
    const next = await body.next()
    if (next.done === true) return { text: Buffer.concat(chunks).toString(), end: next.value }
    chunks.push(next.value)
  }
}

async function recorded(): Promise<string[]> {
  return (await fixture.entries()).map(sentence)
}

function sentence(entry: LedgerEntry): string {
  const { seq, event, purpose, destination, receivedBytes, result, attemptSeq } = entry
  const of = attemptSeq === null ? '' : ` of ${attemptSeq}`
  const place = destination.replaceAll(server.host, 'SERVER')
  return `${seq} ${event}${of} ${purpose} ${place} ${result} ${receivedBytes}`
}

function at(path: string): string {
  return `http://SERVER${path}`
}

describe('an allowed request', () => {
  test('sends exactly the fixed headers, returns head and body, and is in the ledger before and after', async () => {
    answer = (_request, response) => {
      response.writeHead(206, {
        'Content-Type': 'x/y',
        ETag: '"1"',
        'Content-Range': 'bytes 2-6/9',
        'Set-Cookie': 'a=b',
      })
      response.end('hello')
    }
    const result = await get('/model.gguf?revision=main', { range: { from: 2, to: 6 } })
    const { status, headers } = responseOf(result)
    const body = await read(result)
    expect(server.requests).toEqual([
      {
        method: 'GET',
        path: '/model.gguf?revision=main',
        headers: [
          'host',
          server.host,
          'connection',
          'keep-alive',
          'user-agent',
          'Sotto',
          'accept',
          '*/*',
          'range',
          'bytes=2-6',
        ],
      },
    ])
    expect({ status, headers }).toEqual({
      status: 206,
      headers: { 'content-type': 'x/y', etag: '"1"', 'content-range': 'bytes 2-6/9' },
    })
    expect(body).toEqual({ text: 'hello', end: { ok: true, value: { reason: 'complete', receivedBytes: 5 } } })
    expect(await recorded()).toEqual([
      `1 attempt model-download ${at('/model.gguf?revision=main')} GET bytes=2-6 0`,
      `2 outcome of 1 model-download ${at('/model.gguf?revision=main')} complete:206 5`,
    ])
  })

  test('HEAD has no body and ends by itself', async () => {
    answer = (_request, response) => response.writeHead(200, { 'Content-Length': '1234' }).end()
    const result = await get('/a', { method: 'HEAD' })
    expect([responseOf(result).headers, await read(result)]).toEqual([
      { 'content-length': '1234' },
      { text: '', end: { ok: true, value: { reason: 'complete', receivedBytes: 0 } } },
    ])
    expect(await recorded()).toEqual([
      `1 attempt model-download ${at('/a')} HEAD 0`,
      `2 outcome of 1 model-download ${at('/a')} complete:200 0`,
    ])
  })

  test('a range without an end runs to the end; without a range no such header leaves', async () => {
    await read(await get('/a', { range: { from: 7 } }))
    await read(await get('/b'))
    expect(server.requests.map(({ headers }) => headers.slice(4))).toEqual([
      ['user-agent', 'Sotto', 'accept', '*/*', 'range', 'bytes=7-'],
      ['user-agent', 'Sotto', 'accept', '*/*'],
    ])
  })

  test('a cookie that was set is never sent back', async () => {
    answer = (_request, response) => response.writeHead(200, { 'Set-Cookie': 'id=1' }).end('x')
    await read(await get('/a'))
    await read(await get('/b'))
    expect(server.requests.flatMap(({ headers }) => headers).filter((part) => /cookie/i.test(part))).toEqual([])
  })

  test('an error status is an answer like any other', async () => {
    answer = (_request, response) => response.writeHead(404).end('no')
    const result = await get('/a')
    expect([responseOf(result).status, (await read(result)).text]).toEqual([404, 'no'])
    expect((await recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} complete:404 2`)
  })

  test('several at once keep their books apart', async () => {
    answer = (request, response) => response.end('x'.repeat(Number(request.url?.slice(1))))
    const bodies = await Promise.all([10, 200, 3000].map(async (size) => read(await get(`/${size}`))))
    expect(bodies.map(({ text }) => text.length)).toEqual([10, 200, 3000])
    const outcomes = (await fixture.entries()).filter(({ event }) => event === 'outcome')
    const attempts = await fixture.entries()
    const pairs = outcomes.map(({ attemptSeq, receivedBytes }) => [
      attempts
        .find(({ seq }) => seq === attemptSeq)
        ?.destination.split('/')
        .at(-1),
      receivedBytes,
    ])
    expect(Object.fromEntries(pairs)).toEqual({ '10': 10, '200': 200, '3000': 3000 })
  })
})

describe('a refusal', () => {
  test.each<[string, (base: string) => string, EgressPurpose, string, string]>([
    ['another host', (base) => base.replace('127.0.0.1', 'localhost'), 'model-download', 'localhost:PORT', 'host'],
    ['another port', () => 'http://127.0.0.1:1/a', 'model-download', '127.0.0.1:1', 'host'],
    ['another scheme', () => 'ftp://127.0.0.1/a', 'model-download', '127.0.0.1', 'scheme'],
    ['plain http beyond this computer', () => 'http://huggingface.co/a', 'model-download', 'huggingface.co', 'scheme'],
    ['a user name', (base) => base.replace('//', '//person:word@'), 'model-download', '127.0.0.1:PORT', 'address'],
    ['no address', () => 'nonsense', 'model-download', '', 'address'],
    ['a purpose without hosts', (base) => base, 'update', '127.0.0.1:PORT', 'purpose'],
    ['content', (base) => base, 'content', '127.0.0.1:PORT', 'purpose'],
  ])('%s: recorded, and nothing connects', async (_name, address, purpose, host, reason) => {
    const port = server.host.split(':')[1] ?? ''
    const result = await fetchFrom(address(`${server.address}/a`), {}, purpose)
    expect(result).toEqual(fail('egress-refused', { host: host.replace('PORT', port), reason: reason as 'host' })) // as: one of the listed reasons
    expect(
      (await fixture.entries()).map((entry) => [entry.event, entry.purpose, entry.result, entry.sentBytes]),
    ).toEqual([['refusal', purpose, `egress-refused:${reason}`, 0]])
    expect(JSON.stringify(await fixture.entries())).not.toContain('word')
    expect(server.connections).toBe(0)
  })

  test('another method', async () => {
    const post = 'POST' as 'GET' // as: what a caller in plain JavaScript could pass
    expect(await get('/a', { method: post })).toEqual(fail('egress-refused', { host: server.host, reason: 'method' }))
    expect(server.connections).toBe(0)
  })

  test.each(['setting', 'policy', 'environment'] as const)('local-only by %s', async (by) => {
    localOnly = by
    expect(await get('/a')).toEqual(fail('local-only', { by }))
    expect(await recorded()).toEqual([`1 refusal model-download ${at('/a')} local-only:${by} 0`])
    expect(server.connections).toBe(0)
  })

  test('stays one when it cannot be recorded, and that is logged', async () => {
    gate = gateWith({ ledger: { append: async () => fail('disk-full', { folder: '/data' }) } })
    localOnly = 'setting'
    expect(await get('/a')).toEqual(fail('local-only', { by: 'setting' }))
    expect(logger.lines).toEqual([
      { level: 'error', event: 'egress.refusal-unrecorded', fields: { code: 'disk-full' } },
    ])
  })
})

describe('when the attempt cannot be recorded', () => {
  test('nothing connects', async () => {
    gate = gateWith({ ledger: { append: async () => fail('disk-full', { folder: '/data' }) } })
    expect(await get('/a')).toEqual(fail('disk-full', { folder: '/data' }))
    expect([server.connections, server.requests]).toEqual([0, []])
  })

  test('a ledger with a tampered end lets nothing out', async () => {
    await read(await get('/a'))
    await fixture.storage.run('DELETE FROM ledger WHERE seq = 2')
    expect(await get('/b')).toEqual(fail('ledger-broken', { seq: 2, reason: 'truncated' }))
    expect(server.requests.map(({ path }) => path)).toEqual(['/a'])
  })

  test('local-only switched on while it was written is obeyed', async () => {
    const { ledger } = fixture
    gate = gateWith({
      ledger: {
        append: async (line) => {
          const entry = await ledger.append(line)
          localOnly = 'setting'
          return entry
        },
      },
    })
    expect(await get('/a')).toEqual(fail('local-only', { by: 'setting' }))
    expect([server.connections, (await recorded())[1]]).toEqual([
      0,
      `2 outcome of 1 model-download ${at('/a')} local-only:setting 0`,
    ])
  })
})

describe('redirects', () => {
  function redirectTo(map: Readonly<Record<string, string>>, status = 302): Answer {
    return (request, response) => {
      const location = map[request.url ?? '']
      if (location === undefined) response.end('arrived')
      else response.writeHead(status, { Location: location }).end('moved')
    }
  }

  test.each([301, 302, 303, 307, 308])('%i within the allow-list is followed, every hop recorded', async (status) => {
    answer = redirectTo({ '/a': '/b', '/b': `${server.address}/c?signature=secret` }, status)
    const result = await get('/a', { range: { from: 1 } })
    expect((await read(result)).text).toBe('arrived')
    expect(server.requests.map(({ headers }) => headers.includes('bytes=1-'))).toEqual([true, true, true])
    expect(await recorded()).toEqual([
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
    answer = redirectTo({ '/a': `${other.address}/x` })
    expect(await get('/a')).toEqual(fail('egress-refused', { host: other.host, reason: 'redirect' }))
    expect(other.connections).toBe(0)
    expect((await recorded()).slice(1)).toEqual([
      `2 outcome of 1 model-download ${at('/a')} redirect:302 0`,
      `3 refusal of 1 model-download http://${other.host}/x egress-refused:redirect 0`,
    ])
  })

  test.each(['http://huggingface.co/x', 'file:///etc/passwd', 'https://a:b@huggingface.co/x', 'https://'])(
    'to %s is refused',
    async (location) => {
      hosts['model-download'] = [server.host, 'huggingface.co']
      answer = redirectTo({ '/a': location })
      const result = await get('/a')
      expect(result.ok ? null : result.failure.code).toBe('egress-refused')
      expect((await recorded()).at(-1)).toContain('egress-refused:redirect')
    },
  )

  test('without a location is refused', async () => {
    answer = (_request, response) => response.writeHead(302).end()
    const result = await get('/a')
    expect(result).toEqual(fail('egress-refused', { host: server.host, reason: 'redirect' }))
    expect(server.requests).toHaveLength(1)
  })

  test('in a circle are refused after five hops', async () => {
    answer = redirectTo({ '/a': '/a' })
    expect(await get('/a')).toEqual(fail('egress-refused', { host: server.host, reason: 'redirect' }))
    expect(server.requests).toHaveLength(6)
  })

  test('is refused for a purpose that takes none, even to the same host', async () => {
    answer = redirectTo({ '/a': '/b' })
    const result = await fetchFrom(`${server.address}/a`, {}, 'provider-models')
    expect(result).toEqual(fail('egress-refused', { host: server.host, reason: 'redirect' }))
    expect(server.requests.map(({ path }) => path)).toEqual(['/a'])
  })

  test('local-only switched on between two hops is obeyed', async () => {
    answer = (_request, response) => {
      localOnly = 'policy'
      response.writeHead(302, { Location: '/b' }).end()
    }
    expect(await get('/a')).toEqual(fail('local-only', { by: 'policy' }))
    expect(server.requests.map(({ path }) => path)).toEqual(['/a'])
  })
})

describe('when it goes wrong on the way', () => {
  test('a body cut short is a failure with what came counted', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' })
      response.write('0123456789', () => response.destroy())
    }
    const { text, end } = await read(await get('/a'))
    expect([text, end]).toEqual(['0123456789', fail('network-failed', { host: server.host, reason: 'UND_ERR_SOCKET' })])
    expect((await recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} network-failed:UND_ERR_SOCKET:200 10`)
  })

  test('a connection that is refused', async () => {
    await server[Symbol.asyncDispose]()
    expect(await get('/a')).toEqual(fail('network-failed', { host: server.host, reason: 'ECONNREFUSED' }))
    expect((await recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} network-failed:ECONNREFUSED 0`)
  })

  test('an answer that is not HTTP', async () => {
    answer = (_request, response) => response.socket?.end('nonsense\r\n\r\n')
    const result = await get('/a')
    expect(result.ok ? null : result.failure.code).toBe('network-failed')
  })

  test('a server that never answers, by its timeout', async () => {
    gate = new EgressGate({
      ledger: fixture.ledger,
      localOnly: () => null,
      allowedHosts: () => [server.host],
      proxy: { http: '', https: '', bypass: '' },
      logger,
      timeouts: { connectMs: 5000, headersMs: 50, silenceMs: 50 },
    })
    answer = () => undefined
    expect(await get('/a')).toEqual(fail('network-failed', { host: server.host, reason: 'UND_ERR_HEADERS_TIMEOUT' }))
  })
})

test('https is never spoken to as http', async () => {
  const result = await fetchFrom(`https://${server.host}/a`)
  expect(result.ok ? null : result.failure.code).toBe('network-failed')
  expect(server.requests).toEqual([])
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
      const host = server.host.replace('127.0.0.1', 'models.example')
      hosts['model-download'] = [host]
      gate = gateWith({ resolve: resolvingTo(...addresses) })
      expect(await fetchFrom(`https://${host}/a`)).toEqual(fail('egress-refused', { host, reason: 'address' }))
      expect(server.connections).toBe(0)
      expect((await recorded())[1]).toContain('egress-refused:address')
    },
  )

  test('localhost to this computer is reached, to another is refused', async () => {
    const host = server.host.replace('127.0.0.1', 'localhost')
    hosts['model-download'] = [host]
    gate = gateWith({ resolve: resolvingTo('127.0.0.1') })
    expect((await read(await fetchFrom(`http://${host}/a`))).text).toBe('hello')
    await gate.close()
    gate = gateWith({ resolve: resolvingTo('203.0.113.1') })
    expect(await fetchFrom(`http://${host}/a`)).toEqual(fail('egress-refused', { host, reason: 'address' }))
  })
})

describe('stopping', () => {
  test('before it began sends nothing and records nothing', async () => {
    expect(await get('/a', { signal: AbortSignal.abort() })).toEqual({ ok: true, value: { outcome: 'stopped' } })
    expect([await recorded(), server.connections]).toEqual([[], 0])
  })

  test('a server that hangs: the socket closes and it is recorded', async () => {
    const stop = new AbortController()
    answer = () => stop.abort()
    expect(await get('/a', { signal: stop.signal })).toEqual({ ok: true, value: { outcome: 'stopped' } })
    await server.allClosed()
    expect((await recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} stopped 0`)
  })

  test('mid-body: what came stays, the socket closes, it is an outcome and not a failure', async () => {
    const stop = new AbortController()
    answer = (_request, response) => void response.write('first')
    const { body } = responseOf(await get('/a', { signal: stop.signal }))
    const first = await body.next()
    stop.abort()
    const end = await body.next()
    expect([first, end]).toEqual([
      { done: false, value: Buffer.from('first') },
      { done: true, value: { ok: true, value: { reason: 'stopped', receivedBytes: 5 } } },
    ])
    await server.allClosed()
    expect((await recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} stopped:200 5`)
  })

  test('by breaking off the loop', async () => {
    answer = (_request, response) => void response.write('first')
    const appended = nextOutcome()
    for await (const chunk of responseOf(await get('/a')).body) {
      expect(Buffer.from(chunk).toString()).toBe('first')
      break
    }
    await server.allClosed()
    expect(await appended).toBe(`2 outcome of 1 model-download ${at('/a')} stopped:200 5`)
  })

  test('a body nobody ever read, by the signal', async () => {
    const stop = new AbortController()
    answer = (_request, response) => void response.write('first')
    const appended = nextOutcome()
    await get('/a', { signal: stop.signal })
    stop.abort()
    await server.allClosed()
    expect(await appended).toBe(`2 outcome of 1 model-download ${at('/a')} stopped:200 0`)
  })

  test('everything, by closing the gate, which waits until it is recorded', async () => {
    const arrived = Promise.withResolvers<void>()
    answer = (request, response) => {
      if (request.url === '/hangs') arrived.resolve()
      else response.write('first')
    }
    const streaming = responseOf(await get('/streams'))
    const hanging = get('/hangs')
    await arrived.promise
    await gate.close()
    await server.allClosed()
    expect(await hanging).toEqual({ ok: true, value: { outcome: 'stopped' } })
    expect(
      (await recorded())
        .filter((line) => line.includes('outcome'))
        .map((line) => line.slice(2))
        .sort(),
    ).toEqual([
      `outcome of 1 model-download ${at('/streams')} stopped:200 0`,
      `outcome of 2 model-download ${at('/hangs')} stopped 0`,
    ])
    expect(await streaming.body.next()).toMatchObject({ done: true, value: { ok: true, value: { reason: 'stopped' } } })
    expect(await get('/late')).toEqual({ ok: true, value: { outcome: 'stopped' } })
  })

  test('by switching local-only on: cut, a failure, and recorded with its cause', async () => {
    answer = (_request, response) => void response.write('first')
    const { body } = responseOf(await get('/a'))
    await body.next()
    await gate.enforce()
    expect(server.requests).toHaveLength(1)
    localOnly = 'setting'
    await gate.enforce()
    expect(await body.next()).toEqual({ done: true, value: fail('local-only', { by: 'setting' }) })
    await server.allClosed()
    expect((await recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} local-only:setting:200 5`)
  })
})

describe('the proxy', () => {
  test('loopback is never proxied', async () => {
    await using proxy = await startLoopbackServer((_request, response) => response.end('from the proxy'))
    gate = gateWith({ proxy: { http: proxy.address, https: proxy.address, bypass: '' } })
    expect((await read(await get('/a'))).text).toBe('hello')
    expect(proxy.connections).toBe(0)
  })

  test('everything else goes through it, by CONNECT, with nothing but the name of the host', async () => {
    await using proxy = await startLoopbackServer(
      (_request, response) => response.end(),
      (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'),
    )
    hosts['model-download'] = ['models.example']
    gate = gateWith({ proxy: { http: '', https: proxy.address, bypass: '' } })
    const result = await fetchFrom('https://models.example/secret-path')
    expect(result.ok ? null : result.failure.code).toBe('network-failed')
    expect(proxy.requests.map(({ method, path }) => [method, path])).toEqual([['CONNECT', 'models.example:443']])
    expect(JSON.stringify(proxy.requests)).not.toContain('secret-path')
  })

  test('its address is never read from the environment of the process', async () => {
    await using proxy = await startLoopbackServer((_request, response) => response.end())
    const before = process.env['HTTPS_PROXY']
    process.env['HTTPS_PROXY'] = proxy.address
    try {
      hosts['model-download'] = ['localhost.invalid']
      const result = await fetchFrom('https://localhost.invalid/a')
      expect([result.ok, proxy.connections]).toEqual([false, 0])
    } finally {
      if (before === undefined) delete process.env['HTTPS_PROXY']
      else process.env['HTTPS_PROXY'] = before
    }
  })

  test('an address that does not parse is a failure, never a way round it', async () => {
    gate = gateWith({ proxy: { http: '', https: 'http://', bypass: '' } })
    hosts['model-download'] = ['models.example']
    expect(await fetchFrom('https://models.example/a')).toEqual(
      fail('network-failed', { host: 'models.example', reason: 'ERR_INVALID_URL' }),
    )
  })
})

describe('send', () => {
  const grant: Grant = {
    id: 'grant-1',
    digest: 'ab'.repeat(32),
    host: 'api.example',
    model: 'some-model',
    expiresAt: '2026-11-20T12:02:00.000Z',
  }

  test('refuses every grant and records it', async () => {
    expect(await gate.send(grant)).toEqual(fail('consent-required', {}))
    expect(await fixture.entries()).toMatchObject([
      {
        event: 'refusal',
        purpose: 'content',
        destination: 'api.example',
        sentBytes: 0,
        digest: grant.digest,
        grantId: 'grant-1',
        result: 'consent-required',
      },
    ])
  })

  test('local-only comes first', async () => {
    localOnly = 'environment'
    expect(await gate.send(grant)).toEqual(fail('local-only', { by: 'environment' }))
    expect((await recorded())[0]).toBe('1 refusal content api.example local-only:environment 0')
  })
})

test('the log carries no address', async () => {
  await read(await get('/very-private-path'))
  await fetchFrom('https://other.example/very-private-path')
  expect(JSON.stringify(logger.lines)).not.toMatch(/private|example|127/)
})

test('after all of it the chain is whole', async () => {
  await Promise.all(Array.from({ length: 8 }, async (_, index) => read(await get(`/${index}`))))
  const verdict = await fixture.ledger.verify()
  expect(verdict).toMatchObject({ ok: true, value: { intact: true, entries: 16, anchored: true } })
})

/** The sentence of the next outcome, once it is on disk. */
async function nextOutcome(): Promise<string> {
  const { ledger } = fixture
  const seen = new EventTarget()
  const outcome = once(seen, 'outcome')
  let found: LedgerEntry | undefined
  gate = gateWith({
    ledger: {
      append: async (line) => {
        const entry = await ledger.append(line)
        if (line.event === 'outcome' && entry.ok) {
          found = entry.value
          seen.dispatchEvent(new Event('outcome'))
        }
        return entry
      },
    },
  })
  await outcome
  if (found === undefined) throw new Error('no outcome')
  return sentence(found)
}
