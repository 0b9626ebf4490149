// What may go wrong on the way to a provider and back: each a coded failure that says what had left, and nothing sent twice.
import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '#contract/result.ts'
import { fail } from '#contract/result.ts'
import { Prices } from '../../../main/cloud/prices.ts'
import { type CloudFixture, drained, openCloud, textOf, valueOf } from '../../fakes/cloudFixture.ts'
import { chatEvents, type CloudServer, messageEvents, startCloudServer } from '../../fakes/cloudServer.ts'

let server: CloudServer
let fixture: CloudFixture

beforeAll(async () => {
  const started = await startCloudServer({ tls: true })
  if (started === null) throw new Error('this test needs openssl')
  server = started
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  server.requests.length = 0
  fixture = await openCloud({ addresses: { anthropic: server.baseUrl, openai: `${server.baseUrl}/v1` } })
})
afterEach(() => fixture[Symbol.asyncDispose]())

type Ran = { readonly text: string; readonly ending: Result<void>; readonly sentBytes: number }

async function ask(model = 'anthropic/claude-haiku-5-5', given: CloudFixture = fixture): Promise<Ran> {
  const { client, conversationId } = given
  const input = { conversationId, text: 'A question about the ferry.', model }
  const { draft } = valueOf(await client.call('chat.prepare-cloud', input))
  const approving = { draftId: draft.id, digest: draft.request.digest, scope: 'once' as const }
  const { grantId } = valueOf(await client.call('cloud.approve', approving))
  const { items, ending } = await drained(client.stream('chat.run-cloud', { grantId }))
  return { text: textOf(items), ending, sentBytes: draft.request.bytes }
}

function answering(status: number, headers: Record<string, string>, body: string): void {
  server.next({
    kind: 'answer',
    act: (_request, response) => {
      response.writeHead(status, headers)
      response.end(body)
    },
  })
}

function streaming(act: (response: ServerResponse) => void): void {
  server.next({
    kind: 'answer',
    act: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      act(response)
    },
  })
}

const about = { provider: 'Anthropic' }

describe('a status', () => {
  test.each([
    [400, 'cloud-request-refused', { ...about, status: 400 }],
    [401, 'cloud-key-refused', about],
    [403, 'cloud-not-permitted', about],
    [404, 'cloud-model-unknown', { ...about, model: 'Claude Haiku 5.5' }],
    [413, 'cloud-too-large', about],
    [429, 'cloud-rate-limited', { ...about, retryAfterSeconds: 7 }],
    [500, 'cloud-unavailable', { ...about, status: 500 }],
    [529, 'cloud-overloaded', { ...about, retryAfterSeconds: 7 }],
  ] as const)('%i', async (status, code, details) => {
    answering(status, { 'content-type': 'application/json', 'retry-after': '7' }, '{"type":"error"}')
    const { ending, sentBytes } = await ask()
    expect(ending).toEqual({ ok: false, failure: { code, details: { ...details, sentBytes } } })
    expect(server.requests.length).toBe(1)
    const outcome = (await fixture.entries()).at(-1)
    expect(outcome).toMatchObject({ event: 'outcome', sentBytes, result: `complete:${status}` })
  })
})

describe('an answer', () => {
  test('cut in the middle is kept, named, and not asked for again', async () => {
    streaming((response) => {
      response.write(messageEvents(['Half an ', 'answer.'], 'complete').slice(0, 7).join(''))
      setImmediate(() => response.destroy())
    })
    const { text, ending, sentBytes } = await ask()
    expect(text).toBe('Half an ')
    expect(ending).toMatchObject({ ok: false, failure: { code: 'cloud-cut', details: { ...about, sentBytes } } })
    const { client, conversationId } = fixture
    const last = valueOf(await client.call('chat.messages', { conversationId })).at(-1)
    expect(last).toMatchObject({ text: 'Half an ', state: 'failed', failure: { code: 'cloud-cut' } })
    expect(server.requests.length).toBe(1)
  })

  test('that falls silent is kept, named with what had been sent, and not asked for again', async () => {
    await using impatient = await openCloud({ addresses: { anthropic: server.baseUrl }, silenceMs: 300 })
    streaming((response) => {
      response.write(messageEvents(['Half an ', 'answer.'], 'complete').slice(0, 7).join(''))
    })
    const { text, ending, sentBytes } = await ask(undefined, impatient)
    expect(text).toBe('Half an ')
    expect(sentBytes).toBeGreaterThan(0)
    expect(ending).toMatchObject({ ok: false, failure: { code: 'cloud-stalled', details: { ...about, sentBytes } } })
    const { client, conversationId } = impatient
    const last = valueOf(await client.call('chat.messages', { conversationId })).at(-1)
    expect(last).toMatchObject({ text: 'Half an ', state: 'failed', failure: { code: 'cloud-stalled' } })
    expect((await impatient.entries()).at(-1)).toMatchObject({ event: 'outcome', sentBytes })
    expect(server.requests.length).toBe(1)
  })

  test('that ends without its last word is cut too', async () => {
    streaming((response) => response.end(messageEvents(['Half an '], 'complete').slice(0, 7).join('')))
    expect((await ask()).ending).toMatchObject({ ok: false, failure: { code: 'cloud-cut' } })
  })

  test('that is garbage is named', async () => {
    streaming((response) => response.end('data: {not json\n\n'))
    expect((await ask()).ending).toMatchObject({
      ok: false,
      failure: { code: 'cloud-garbled', details: { reason: 'format' } },
    })
  })

  test('with a line of more than 10 MB is refused while it comes', async () => {
    streaming((response) => response.end(`data: ${'x'.repeat(11 * 1024 * 1024)}\n\n`))
    expect((await ask()).ending).toMatchObject({
      ok: false,
      failure: { code: 'cloud-garbled', details: { reason: 'line-too-long' } },
    })
  })

  test('with an error in the middle keeps what came', async () => {
    const error = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}\n\n'
    streaming((response) => response.end(messageEvents(['So far'], 'complete').slice(0, 7).join('') + error))
    const { text, ending } = await ask()
    expect([text, ending.ok ? '' : ending.failure.code]).toEqual(['So far', 'cloud-overloaded'])
  })

  test('the model declined is named, in both wires', async () => {
    streaming((response) => response.end(messageEvents([], 'refused').join('')))
    expect((await ask()).ending).toMatchObject({ ok: false, failure: { code: 'cloud-declined' } })
    streaming((response) => response.end(chatEvents([], 'refused').join('')))
    expect((await ask('openai/gpt-6-luna')).ending).toMatchObject({ ok: false, failure: { code: 'cloud-declined' } })
  })

  test('cut by its length is partial and no failure', async () => {
    streaming((response) => response.end(messageEvents(['Long'], 'length').join('')))
    expect((await ask()).ending.ok).toBe(true)
    const { client, conversationId } = fixture
    const last = valueOf(await client.call('chat.messages', { conversationId })).at(-1)
    expect(last).toMatchObject({ text: 'Long', state: 'partial', failure: null })
  })

  test('with remote images and links is text like any other', async () => {
    const text = '![x](https://evil.example/?q=secret) [y](https://evil.example/?q=secret)'
    streaming((response) => response.end(messageEvents([text], 'complete').join('')))
    expect((await ask()).text).toBe(text)
    expect(server.requests.length).toBe(1)
  })
})

test('a web page in place of an answer is a captive portal', async () => {
  answering(200, { 'content-type': 'text/html' }, '<html>Sign in</html>')
  const { ending, sentBytes } = await ask()
  expect(ending).toEqual(fail('cloud-captive-portal', { host: server.host, sentBytes }))
})

test('a redirect is not followed', async () => {
  answering(302, { location: 'https://elsewhere.example/' }, '')
  const { ending, sentBytes } = await ask()
  expect(ending).toEqual(fail('cloud-redirected', { host: server.host, sentBytes }))
})

test('a host nobody answers at', async () => {
  await using gone = await openCloud({ addresses: { anthropic: 'https://127.0.0.1:1' } })
  const { ending } = await ask(undefined, gone)
  expect(ending).toEqual(fail('cloud-unreachable', { host: '127.0.0.1:1', reason: 'ECONNREFUSED', sentBytes: 0 }))
  expect(valueOf(await gone.ledger.totals()).contentBytes).toBe(0)
})

test('a certificate for another name: nothing was sent', async () => {
  const port = server.host.split(':')[1] ?? ''
  await using other = await openCloud({ addresses: { anthropic: `https://localhost:${port}` } })
  const { ending } = await ask(undefined, other)
  expect(ending).toMatchObject({ ok: false, failure: { code: 'cloud-certificate' } })
  expect(server.requests).toEqual([])
})

test('a grant that slept is expired', async () => {
  const { client, conversationId } = fixture
  const { draft } = valueOf(
    await client.call('chat.prepare-cloud', { conversationId, text: 'x', model: 'anthropic/claude-haiku-5-5' }),
  )
  const approving = { draftId: draft.id, digest: draft.request.digest, scope: 'once' as const }
  const { grantId } = valueOf(await client.call('cloud.approve', approving))
  fixture.clock.wall += 8 * 3_600_000
  expect((await drained(client.stream('chat.run-cloud', { grantId }))).ending).toEqual(fail('consent-expired', {}))
  expect(server.requests).toEqual([])
})

test('local-only closes it while a grant lives', async () => {
  const { client, conversationId } = fixture
  const model = 'anthropic/claude-haiku-5-5'
  const { draft } = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'x', model }))
  const approving = { draftId: draft.id, digest: draft.request.digest, scope: 'once' as const }
  const { grantId } = valueOf(await client.call('cloud.approve', approving))
  valueOf(await client.call('settings.set', { key: 'localOnly', value: true }))
  expect((await drained(client.stream('chat.run-cloud', { grantId }))).ending).toEqual(
    fail('local-only', { by: 'setting' }),
  )
  expect(await client.call('chat.prepare-cloud', { conversationId, text: 'x', model })).toEqual(
    fail('local-only', { by: 'setting' }),
  )
  expect(server.requests).toEqual([])
})

test('without a price table everything works, but no budget can be kept', async () => {
  await using unpriced = await openCloud({ addresses: { anthropic: server.baseUrl }, prices: new Prices({}, {}) })
  expect((await ask(undefined, unpriced)).text).toBe('Fine.')
  unpriced.settings.set('cloudBudgetUsd', 5)
  const { client, conversationId } = unpriced
  const model = 'anthropic/claude-haiku-5-5'
  const { draft } = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'x', model }))
  expect([draft.estimate.usd, draft.blocked]).toEqual([
    null,
    { code: 'cloud-price-unknown', details: { model: 'Claude Haiku 5.5' } },
  ])
})

test('another provider is asked only where the consent named it', async () => {
  fixture.settings.set('cloudFallback', 'openai/gpt-6-luna')
  const { client, conversationId } = fixture
  const prepare = async () =>
    valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'x', model: 'anthropic/claude-haiku-5-5' }))
      .draft
  const down = () => answering(529, { 'content-type': 'application/json' }, '{}')
  down()
  const alone = await prepare()
  const first = { draftId: alone.id, digest: alone.request.digest, scope: 'once' as const }
  const { grantId } = valueOf(await client.call('cloud.approve', first))
  expect((await drained(client.stream('chat.run-cloud', { grantId }))).ending).toMatchObject({ ok: false })
  expect(server.requests.map(({ path }) => path)).toEqual(['/v1/messages'])
  down()
  const both = await prepare()
  const fallback = { draftId: both.fallback?.draftId ?? '', digest: both.fallback?.digest ?? '' }
  const named = { draftId: both.id, digest: both.request.digest, scope: 'once' as const, fallback }
  const second = valueOf(await client.call('cloud.approve', named))
  const { items, ending } = await drained(client.stream('chat.run-cloud', { grantId: second.grantId }))
  expect([textOf(items), ending.ok]).toEqual(['Fine.', true])
  expect(server.requests.map(({ path }) => path)).toEqual(['/v1/messages', '/v1/messages', '/v1/chat/completions'])
  const body = server.requests[2]?.body ?? ''
  const shown = valueOf(await client.call('cloud.draft', { draftId: fallback.draftId }))
  expect(shown.request.body).toBe(body)
  expect(createHash('sha256').update(body).digest('hex')).not.toBe('')
})
