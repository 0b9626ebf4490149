// Content at the door: only what a live grant stands for leaves, once, to one host, byte for byte.
import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fail, type Result } from '#contract/result.ts'
import type { ContentAnswer } from '../../../main/egress/contentSend.ts'
import type { GrantOrder } from '../../../main/egress/grant.ts'
import { type ContentRequest, requestDigest } from '../../../main/egress/requestDigest.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { Door } from '../../fakes/door.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'

let storage: Storage
let door: Door
const never = new AbortController().signal
const seen: { headers: string[]; body: string }[] = []

beforeEach(async () => {
  storage = await openMemoryStorage()
  door = await Door.open(storage)
  seen.length = 0
  door.answer = (request, response) => {
    void bodyOf(request).then((body) => {
      seen.push({ headers: request.rawHeaders, body })
      response.end('an answer')
    })
  }
})

afterEach(async () => {
  await door[Symbol.asyncDispose]()
  await storage.close()
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // as: no encoding is set, so these are buffers
  return Buffer.concat(chunks).toString('utf8')
}

function requestTo(url: string): ContentRequest {
  return {
    method: 'POST',
    url,
    headers: [{ name: 'content-type', value: 'application/json' }],
    body: '{"text":"grüezi"}',
  }
}

function orderFor(request: ContentRequest, change: Partial<GrantOrder> = {}): GrantOrder {
  const secret = { name: 'x-api-key', prefix: '', read: async () => 'the-key' }
  return { digest: requestDigest(request), host: new URL(request.url).host, model: 'm-1', request, secret, ...change }
}

async function textOf(result: Result<ContentAnswer | 'stopped'>): Promise<string> {
  if (!result.ok || result.value === 'stopped') throw new Error(JSON.stringify(result))
  const chunks: Uint8Array[] = []
  for await (const chunk of result.value.body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

describe('a live grant', () => {
  test('lets out exactly its bytes, with the key, and both lines are in the ledger', async () => {
    const request = requestTo(`${door.server.address}/v1/messages`)
    const grant = door.grants.mint(orderFor(request))
    const { sentBytes, result } = await door.gate.send(grant.id, never)
    expect(await textOf(result)).toBe('an answer')
    expect(sentBytes).toBe(18)
    expect(seen).toEqual([
      {
        headers: expect.arrayContaining(['content-type', 'application/json', 'x-api-key', 'the-key']) as unknown, // as: asymmetric matchers are typed any
        body: request.body,
      },
    ])
    const named = { grantId: grant.id, digest: requestDigest(request), model: 'm-1', purpose: 'content' }
    await expect.poll(async () => (await door.books.entries()).length).toBe(2)
    expect(await door.books.entries()).toMatchObject([
      { ...named, event: 'attempt', sentBytes: 18, result: 'POST' },
      { ...named, event: 'outcome', sentBytes: 18, receivedBytes: 9, result: 'complete:200', attemptSeq: 1 },
    ])
    expect(JSON.stringify(await door.books.entries())).not.toContain('the-key')
  })

  test('that runs out while the keystore is asked sends nothing', async () => {
    const read = async () => {
      door.clock.wall += 120_000
      return 'the-key'
    }
    const secret = { name: 'x-api-key', prefix: '', read }
    const grant = door.grants.mint(orderFor(requestTo(door.server.address), { secret }))
    expect(await door.gate.send(grant.id, never)).toEqual({ sentBytes: 0, result: fail('consent-expired', {}) })
    expect(door.server.connections).toBe(0)
    expect(await door.recorded()).toHaveLength(2)
    expect((await door.books.entries())[1]).toMatchObject({ event: 'outcome', sentBytes: 0, result: 'consent-expired' })
  })

  test('is used up by its first attempt', async () => {
    const grant = door.grants.mint(orderFor(requestTo(door.server.address)))
    await textOf((await door.gate.send(grant.id, never)).result)
    expect(await door.gate.send(grant.id, never)).toEqual({ sentBytes: 0, result: fail('consent-used', {}) })
    expect(seen.length).toBe(1)
  })
})

describe('nothing leaves', () => {
  async function refused(order: GrantOrder, code: string): Promise<void> {
    const grant = door.grants.mint(order)
    const { sentBytes, result } = await door.gate.send(grant.id, never)
    expect([sentBytes, result.ok ? 'ok' : result.failure.code]).toEqual([0, code])
    expect(door.server.connections).toBe(0)
    expect((await door.books.entries()).map(({ event }) => event)).toEqual(['refusal'])
  }

  test('without a grant', async () => {
    expect(await door.gate.send('made-up', never)).toEqual({ sentBytes: 0, result: fail('consent-required', {}) })
    expect((await door.recorded())[0]).toBe('1 refusal content nowhere consent-required 0')
  })

  test.each(['body', 'url', 'headers'] as const)('when %s is not what was approved', async (part) => {
    const request = requestTo(door.server.address)
    const altered = {
      body: { ...request, body: request.body.replace('g', 'G') },
      url: { ...request, url: `${request.url}/elsewhere` },
      headers: { ...request, headers: [{ name: 'content-type', value: 'text/plain' }] },
    }[part]
    await refused(orderFor(altered, { digest: requestDigest(request) }), 'consent-mismatch')
  })

  test('when one byte changes after the attempt was written', async () => {
    const request = { ...requestTo(door.server.address) }
    const order = orderFor(request)
    const grant = door.grants.mint({
      ...order,
      secret: {
        name: 'x-api-key',
        prefix: '',
        read: async () => {
          Object.assign(request, { body: request.body.replace('g', 'G') })
          return 'the-key'
        },
      },
    })
    expect(await door.gate.send(grant.id, never)).toEqual({ sentBytes: 0, result: fail('consent-mismatch', {}) })
    expect(door.server.connections).toBe(0)
    expect((await door.books.entries()).map(({ event, sentBytes }) => [event, sentBytes])).toEqual([
      ['attempt', 18],
      ['outcome', 0],
    ])
    expect(await door.books.ledger.totals()).toMatchObject({ ok: true, value: { contentBytes: 0 } })
  })

  test('to another host than the grant names', () =>
    refused(orderFor(requestTo(door.server.address), { host: 'api.example' }), 'egress-refused'))

  test('unencrypted to another computer', () => refused(orderFor(requestTo('http://api.example/v1')), 'egress-refused'))

  test('to an address with a user name', () =>
    refused(orderFor(requestTo('https://me:word@api.example/v1')), 'egress-refused'))

  test.each([
    ['two minutes later', { wall: 120_000, steady: 120_000 }],
    ['after sleep, while the steady clock stood', { wall: 3_600_000, steady: 10 }],
    ['when the wall clock was set back', { wall: -1, steady: 10 }],
    ['when the wall clock stands', { wall: 0, steady: 120_000 }],
  ])('%s', async (_, passed) => {
    const grant = door.grants.mint(orderFor(requestTo(door.server.address)))
    door.clock.wall += passed.wall
    door.clock.steady += passed.steady
    expect(await door.gate.send(grant.id, never)).toEqual({ sentBytes: 0, result: fail('consent-expired', {}) })
    expect(door.server.connections).toBe(0)
  })

  test.each(['localOnly', 'contentClosed'] as const)('while %s closes the way', async (which) => {
    door[which] = 'policy'
    await refused(orderFor(requestTo(door.server.address)), 'local-only')
  })
})

test('a redirect is refused and recorded, and nobody is asked a second time', async () => {
  door.answer = (_request, response) => {
    response.writeHead(307, { location: `${door.server.address}/there` })
    response.end()
  }
  const grant = door.grants.mint(orderFor(requestTo(`${door.server.address}/here`)))
  const { sentBytes, result } = await door.gate.send(grant.id, never)
  expect([sentBytes, result]).toEqual([18, fail('egress-refused', { host: door.server.host, reason: 'redirect' })])
  expect(door.server.requests.length).toBe(1)
  expect((await door.books.entries()).map(({ event, result: said }) => `${event} ${said}`)).toEqual([
    'attempt POST',
    'outcome redirect:307',
    'refusal egress-refused:redirect',
  ])
})

test('closing the way for content cuts what is on its way', async () => {
  door.answer = (_request, response) => {
    response.write('half ')
  }
  const grant = door.grants.mint(orderFor(requestTo(door.server.address)))
  const { result } = await door.gate.send(grant.id, never)
  if (!result.ok || result.value === 'stopped') throw new Error('no answer')
  door.contentClosed = 'policy'
  const cut = door.gate.enforce()
  let end: unknown
  for (;;) {
    const next = await result.value.body.next()
    if (next.done !== true) continue
    end = next.value
    break
  }
  await cut
  expect(end).toEqual(fail('local-only', { by: 'policy' }))
})

test('a proxy that wants NTLM is named and got nothing', async () => {
  const { startLoopbackServer } = await import('../../fakes/loopbackServer.ts')
  await using proxy = await startLoopbackServer(
    (_request, response) => response.end(),
    (_request, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n'),
  )
  door.gate = door.gateWith({ proxy: { http: proxy.address, https: proxy.address, bypass: '' } })
  const request = requestTo('https://api.example/v1')
  const grant = door.grants.mint(orderFor(request))
  const { sentBytes, result } = await door.gate.send(grant.id, never)
  expect([sentBytes, result]).toEqual([0, fail('network-failed', { host: 'api.example', reason: 'PROXY_NTLM' })])
  expect(proxy.requests.map(({ method }) => method)).toEqual(['CONNECT'])
})
