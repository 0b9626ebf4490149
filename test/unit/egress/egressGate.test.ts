// The door against a real server on loopback: what goes out, what is refused, what the ledger says of it.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EgressPurpose } from '#contract/ledger.ts'
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

describe('an allowed request', () => {
  test('sends exactly the fixed headers, returns head and body, and is in the ledger before and after', async () => {
    door.answer = (_request, response) => {
      response.writeHead(206, {
        'Content-Type': 'x/y',
        ETag: '"1"',
        'Content-Range': 'bytes 2-6/9',
        'Set-Cookie': 'a=b',
      })
      response.end('hello')
    }
    const result = await door.get('/model.gguf?revision=main', { range: { from: 2, to: 6 } })
    const { status, headers } = responseOf(result)
    const body = await read(result)
    expect(door.server.requests).toEqual([
      {
        method: 'GET',
        path: '/model.gguf?revision=main',
        headers: [
          'host',
          door.server.host,
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
    expect(await door.recorded()).toEqual([
      `1 attempt model-download ${at('/model.gguf?revision=main')} GET bytes=2-6 0`,
      `2 outcome of 1 model-download ${at('/model.gguf?revision=main')} complete:206 5`,
    ])
  })

  test('HEAD has no body and ends by itself', async () => {
    door.answer = (_request, response) => response.writeHead(200, { 'Content-Length': '1234' }).end()
    const result = await door.get('/a', { method: 'HEAD' })
    expect([responseOf(result).headers, await read(result)]).toEqual([
      { 'content-length': '1234' },
      { text: '', end: { ok: true, value: { reason: 'complete', receivedBytes: 0 } } },
    ])
    expect(await door.recorded()).toEqual([
      `1 attempt model-download ${at('/a')} HEAD 0`,
      `2 outcome of 1 model-download ${at('/a')} complete:200 0`,
    ])
  })

  test('a range without an end runs to the end; without a range no such header leaves', async () => {
    await read(await door.get('/a', { range: { from: 7 } }))
    await read(await door.get('/b'))
    expect(door.server.requests.map(({ headers }) => headers.slice(4))).toEqual([
      ['user-agent', 'Sotto', 'accept', '*/*', 'range', 'bytes=7-'],
      ['user-agent', 'Sotto', 'accept', '*/*'],
    ])
  })

  test('a cookie that was set is never sent back', async () => {
    door.answer = (_request, response) => response.writeHead(200, { 'Set-Cookie': 'id=1' }).end('x')
    await read(await door.get('/a'))
    await read(await door.get('/b'))
    expect(door.server.requests.flatMap(({ headers }) => headers).filter((part) => /cookie/i.test(part))).toEqual([])
  })

  test('an error status is an answer like any other', async () => {
    door.answer = (_request, response) => response.writeHead(404).end('no')
    const result = await door.get('/a')
    expect([responseOf(result).status, (await read(result)).text]).toEqual([404, 'no'])
    expect((await door.recorded())[1]).toBe(`2 outcome of 1 model-download ${at('/a')} complete:404 2`)
  })

  test('several at once keep their books apart', async () => {
    door.answer = (request, response) => response.end('x'.repeat(Number(request.url?.slice(1))))
    const bodies = await Promise.all([10, 200, 3000].map(async (size) => read(await door.get(`/${size}`))))
    expect(bodies.map(({ text }) => text.length)).toEqual([10, 200, 3000])
    const outcomes = (await door.books.entries()).filter(({ event }) => event === 'outcome')
    const attempts = await door.books.entries()
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
    const port = door.server.host.split(':')[1] ?? ''
    const result = await door.fetchFrom(address(`${door.server.address}/a`), {}, purpose)
    expect(result).toEqual(fail('egress-refused', { host: host.replace('PORT', port), reason: reason as 'host' })) // as: one of the listed reasons
    expect(
      (await door.books.entries()).map((entry) => [entry.event, entry.purpose, entry.result, entry.sentBytes]),
    ).toEqual([['refusal', purpose, `egress-refused:${reason}`, 0]])
    expect(JSON.stringify(await door.books.entries())).not.toContain('word')
    expect(door.server.connections).toBe(0)
  })

  test('another method', async () => {
    const post = 'POST' as 'GET' // as: what a caller in plain JavaScript could pass
    expect(await door.get('/a', { method: post })).toEqual(
      fail('egress-refused', { host: door.server.host, reason: 'method' }),
    )
    expect(door.server.connections).toBe(0)
  })

  test.each<'setting' | 'policy' | 'environment'>(['setting', 'policy', 'environment'])(
    'local-only by %s',
    async (by) => {
      door.localOnly = by
      expect(await door.get('/a')).toEqual(fail('local-only', { by }))
      expect(await door.recorded()).toEqual([`1 refusal model-download ${at('/a')} local-only:${by} 0`])
      expect(door.server.connections).toBe(0)
    },
  )

  test('stays one when it cannot be recorded, and that is logged', async () => {
    door.gate = door.gateWith({ ledger: { append: async () => fail('disk-full', { folder: '/data' }) } })
    door.localOnly = 'setting'
    expect(await door.get('/a')).toEqual(fail('local-only', { by: 'setting' }))
    expect(door.logger.lines).toEqual([
      { level: 'error', event: 'egress.refusal-unrecorded', fields: { code: 'disk-full' } },
    ])
  })
})

describe('when the attempt cannot be recorded', () => {
  test('nothing connects', async () => {
    door.gate = door.gateWith({ ledger: { append: async () => fail('disk-full', { folder: '/data' }) } })
    expect(await door.get('/a')).toEqual(fail('disk-full', { folder: '/data' }))
    expect([door.server.connections, door.server.requests]).toEqual([0, []])
  })

  test('a ledger with a tampered end lets nothing out', async () => {
    await read(await door.get('/a'))
    await door.books.storage.run('DELETE FROM ledger WHERE seq = 2')
    expect(await door.get('/b')).toEqual(fail('ledger-broken', { seq: 2, reason: 'truncated' }))
    expect(door.server.requests.map(({ path }) => path)).toEqual(['/a'])
  })

  test('local-only switched on while it was written is obeyed', async () => {
    const { ledger } = door.books
    door.gate = door.gateWith({
      ledger: {
        append: async (line) => {
          const entry = await ledger.append(line)
          door.localOnly = 'setting'
          return entry
        },
      },
    })
    expect(await door.get('/a')).toEqual(fail('local-only', { by: 'setting' }))
    expect([door.server.connections, (await door.recorded())[1]]).toEqual([
      0,
      `2 outcome of 1 model-download ${at('/a')} local-only:setting 0`,
    ])
  })
})

test('the log carries no address', async () => {
  await read(await door.get('/very-private-path'))
  await door.fetchFrom('https://other.example/very-private-path')
  expect(JSON.stringify(door.logger.lines)).not.toMatch(/private|example|127/)
})

test('after all of it the chain is whole', async () => {
  await Promise.all(Array.from({ length: 8 }, async (_, index) => read(await door.get(`/${index}`))))
  const verdict = await door.books.ledger.verify()
  expect(verdict).toMatchObject({ ok: true, value: { intact: true, entries: 16, anchored: true } })
})
