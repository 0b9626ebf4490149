// What an attacker, a race or a clock could try at the consent door; all but the last once worked.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudDraft } from '#contract/cloudDraft.ts'
import { fail } from '#contract/result.ts'
import { type CloudFixture, openCloud, valueOf } from '../../fakes/cloudFixture.ts'
import { type CloudServer, startCloudServer } from '../../fakes/cloudServer.ts'

let server: CloudServer
let fixture: CloudFixture
const never = new AbortController().signal

beforeAll(async () => {
  const started = await startCloudServer({ tls: true })
  if (started === null) throw new Error('this test needs openssl')
  server = started
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  server.requests.length = 0
  fixture = await openCloud({
    addresses: { anthropic: server.baseUrl, openai: `${server.baseUrl}/v1` },
    settings: { cloudModel: 'anthropic/claude-haiku-5-5', cloudFallback: 'openai/gpt-6-luna' },
  })
})
afterEach(() => fixture[Symbol.asyncDispose]())

async function draft(text = 'A plain question.'): Promise<CloudDraft> {
  const { client, conversationId } = fixture
  return valueOf(await client.call('chat.prepare-cloud', { conversationId, text })).draft
}

function approve({ id, request, fallback }: CloudDraft, scope: 'once' | 'conversation' = 'once', both = false) {
  const second = both && fallback !== null ? { draftId: fallback.draftId, digest: fallback.digest } : null
  return fixture.client.call('cloud.approve', { draftId: id, digest: request.digest, scope, fallback: second })
}

/** An answer that has begun and does not end until the connection is cut. */
function hangNext(): { readonly cut: Promise<void> } {
  const cut = Promise.withResolvers<void>()
  server.next({
    kind: 'answer',
    act: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': begun\n\n')
      response.once('close', () => cut.resolve())
    },
  })
  return { cut: cut.promise }
}

function overloadNext(before: () => Promise<unknown> = async () => undefined): void {
  server.next({
    kind: 'answer',
    act: (_request, response) => {
      void before().then(() => response.writeHead(529).end())
    },
  })
}

describe('withdrawing reaches everything', () => {
  test('also a stream whose grant somebody tried to use a second time', async () => {
    const { grantId } = valueOf(await approve(await draft()))
    const hanging = hangNext()
    const running = fixture.cloud.run(grantId, { signal: never, onText: () => undefined })
    await expect.poll(() => server.requests.length).toBe(1)
    const again = valueOf(await fixture.cloud.run(grantId, { signal: never, onText: () => undefined }))
    expect(again.result).toEqual(fail('consent-used', {}))
    expect(valueOf(await fixture.client.call('cloud.withdraw', { scopeId: 'all' })).cutStreams).toBe(1)
    await hanging.cut
    expect(valueOf(await running).result).toMatchObject({ ok: false, failure: { code: 'cloud-withdrawn' } })
  })

  test('also the second provider, when the scope that named it goes while it answers', async () => {
    const { grantId, scopeId } = valueOf(await approve(await draft(), 'conversation', true))
    overloadNext()
    const hanging = hangNext()
    const running = fixture.cloud.run(grantId, { signal: never, onText: () => undefined })
    await expect.poll(() => server.requests.length).toBe(2)
    const ended = valueOf(await fixture.client.call('cloud.withdraw', { scopeId: scopeId ?? '' }))
    expect(ended.cutStreams).toBe(1)
    await hanging.cut
    expect(valueOf(await running).result).toMatchObject({ ok: false, failure: { code: 'cloud-withdrawn' } })
  })

  test('also the second grant, when the scope goes before the second provider is asked', async () => {
    const { scopeId } = valueOf(await approve(await draft(), 'conversation', true))
    const ended = valueOf(await fixture.client.call('cloud.withdraw', { scopeId: scopeId ?? '' }))
    expect(ended.droppedGrants).toBe(2)
  })

  test('also an approval that is still being written down', async () => {
    const waiting = await draft()
    const [approved] = await Promise.all([
      approve(waiting, 'conversation'),
      fixture.client.call('cloud.withdraw', { scopeId: 'all' }),
    ])
    expect(approved).toEqual(fail('cloud-withdrawn', { sentBytes: 0 }))
    expect(valueOf(await fixture.client.call('cloud.scopes', {}))).toEqual([])
  })

  test('also an older envelope of the same conversation', async () => {
    const first = await draft()
    valueOf(await approve(first, 'conversation'))
    const second = valueOf(await approve(first, 'conversation'))
    expect(valueOf(await fixture.client.call('cloud.scopes', {})).map(({ id }) => id)).toEqual([second.scopeId])
    valueOf(await fixture.client.call('cloud.withdraw', { scopeId: second.scopeId ?? '' }))
    const after = await fixture.client.call('chat.prepare-cloud', {
      conversationId: fixture.conversationId,
      text: 'And another.',
    })
    expect(valueOf(after).state).toBe('ask')
  })
})

test('declining while the approval is being written down: the refusal holds', async () => {
  const waiting = await draft()
  const [approved] = await Promise.all([
    approve(waiting),
    fixture.client.call('cloud.decline', { draftId: waiting.id }),
  ])
  expect(approved).toEqual(fail('draft-closed', { state: 'declined' }))
  expect(fixture.grants.drop()).toBe(0)
})

test('a grant that was forgotten because of hundreds after it sends nothing any more', async () => {
  const { grantId } = valueOf(await approve(await draft()))
  const again = await draft()
  for (let count = 0; count < 301; count += 1) valueOf(await approve(again))
  const ran = await fixture.cloud.run(grantId, { signal: never, onText: () => undefined })
  expect(ran).toEqual(fail('consent-used', {}))
  expect(server.requests).toEqual([])
})

describe('a clock that is set back', () => {
  test('does not prolong an envelope', async () => {
    valueOf(await approve(await draft(), 'conversation'))
    fixture.clock.steady += 61 * 60_000
    fixture.clock.wall -= 24 * 3_600_000
    const { client, conversationId } = fixture
    const next = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'Still there?' }))
    expect([next.state, next.draft.outside]).toEqual(['ask', ['expired']])
    expect(valueOf(await client.call('cloud.scopes', {}))).toEqual([])
  })

  test('does not prolong a draft', async () => {
    const waiting = await draft()
    fixture.clock.steady += 31 * 60_000
    fixture.clock.wall -= 3_600_000
    expect(await approve(waiting)).toEqual(fail('draft-closed', { state: 'expired' }))
  })
})

test('a deleted conversation leaves no draft to read, to approve or to send', async () => {
  const waiting = await draft('Something private.')
  const { grantId } = valueOf(await approve(waiting))
  valueOf(await fixture.chat.remove(fixture.conversationId))
  const gone = fail('not-found', { what: 'draft', id: waiting.id })
  expect(await fixture.client.call('cloud.draft', { draftId: waiting.id })).toEqual(gone)
  expect(await approve(waiting)).toEqual(gone)
  expect(await fixture.cloud.run(grantId, { signal: never, onText: () => undefined })).toMatchObject({ ok: false })
  expect(server.requests).toEqual([])
})

test('a host that takes the bytes and then breaks the encryption cannot make the ledger say that nothing left', async () => {
  const near: Socket[] = []
  const between = createServer((socket) => {
    near.push(socket)
    const far = connect(Number(new URL(server.baseUrl).port), '127.0.0.1')
    for (const end of [socket, far]) end.on('error', () => undefined)
    socket.pipe(far)
    far.pipe(socket)
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
  const { port } = between.address() as AddressInfo // as: a TCP server has an address of this kind
  server.next({ kind: 'answer', act: () => near.forEach((socket) => socket.write('This is not encrypted at all.')) })
  await using broken = await openCloud({
    addresses: { anthropic: `https://127.0.0.1:${port}` },
    settings: { cloudModel: 'anthropic/claude-haiku-5-5' },
  })
  const { client, conversationId } = broken
  const { draft } = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'A plain question.' }))
  const input = { draftId: draft.id, digest: draft.request.digest, scope: 'once' } as const // as: a fixed scope
  const { grantId } = valueOf(await client.call('cloud.approve', input))
  const { result } = valueOf(await broken.cloud.run(grantId, { signal: never, onText: () => undefined }))
  between.close()
  expect(server.requests.map(({ body }) => body)).toEqual([draft.request.body])
  const { bytes } = draft.request
  expect(result).toMatchObject({ ok: false, failure: { code: 'cloud-unreachable', details: { sentBytes: bytes } } })
  expect((await broken.entries()).at(-1)).toMatchObject({ event: 'outcome', sentBytes: bytes })
})
