// C1 to C9: what consent must be, by id (GDPR Art. 4(11) and 7, EDPB 05/2020, and the mechanism of the door).
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudDraft } from '#contract/cloudDraft.ts'
import type { Result } from '#contract/result.ts'
import { fail } from '#contract/result.ts'
import { type CloudFixture, drained, openCloud, textOf, valueOf } from '../../fakes/cloudFixture.ts'
import { type CloudServer, messageEvents, startCloudServer } from '../../fakes/cloudServer.ts'

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
  server.echo(false)
  fixture = await openCloud({
    addresses: { anthropic: server.baseUrl, openai: `${server.baseUrl}/v1` },
    settings: { cloudModel: 'anthropic/claude-haiku-5-5' },
  })
})
afterEach(() => fixture[Symbol.asyncDispose]())

async function draft(text = 'Hello from Erika.Mustermann@example.org'): Promise<CloudDraft> {
  const { client, conversationId } = fixture
  return valueOf(await client.call('chat.prepare-cloud', { conversationId, text })).draft
}

async function approve(
  { id, request }: CloudDraft,
  scope: 'once' | 'conversation' = 'once',
): Promise<{ grantId: string; scopeId: string | null }> {
  return valueOf(await fixture.client.call('cloud.approve', { draftId: id, digest: request.digest, scope }))
}

async function run(grantId: string): Promise<{ text: string; ending: Result<void> }> {
  const { items, ending } = await drained(fixture.client.stream('chat.run-cloud', { grantId }))
  return { text: textOf(items), ending }
}

test('C1 freely given: after a refusal nothing was sent, nothing asks again, and preparing still works', async () => {
  const first = await draft()
  valueOf(await fixture.client.call('cloud.decline', { draftId: first.id }))
  expect(
    await fixture.client.call('cloud.approve', { draftId: first.id, digest: first.request.digest, scope: 'once' }),
  ).toEqual(fail('draft-closed', { state: 'declined' }))
  expect(valueOf(await fixture.client.call('cloud.draft', { draftId: first.id })).state).toBe('declined')
  expect((await draft()).state).toBe('waiting')
  expect(server.requests).toEqual([])
})

test('C2 specific: a grant stands for one task, one model and one host', async () => {
  const one = await draft('The first.')
  const other = await draft('The second.')
  expect(one.request.digest).not.toBe(other.request.digest)
  const { client } = fixture
  expect(await client.call('cloud.approve', { draftId: one.id, digest: other.request.digest, scope: 'once' })).toEqual(
    fail('draft-changed', {}),
  )
  const { grantId } = await approve(one)
  await run(grantId)
  expect(server.requests.map(({ body }) => body)).toEqual([one.request.body])
})

describe('C2 specific: a grant for one kind of task is refused for another, recorded, and worth nothing afterwards', () => {
  const prepareRewrite = async () =>
    valueOf(await fixture.client.call('chat.prepare-rewrite', { text: 'Good afternoon.', style: 'shorter' })).draft
  const prepareSummary = async () =>
    valueOf(await fixture.client.call('summaries.prepare-cloud', { documentId: fixture.documentId, preset: 'brief' }))
      .draft
  const message = (grantId: string) => drained(fixture.client.stream('chat.run-cloud', { grantId }))
  const rewrite = (grantId: string) => drained(fixture.client.stream('chat.run-rewrite', { grantId }))
  const summary = async (grantId: string) => ({
    items: [],
    ending: await fixture.client.call('summaries.run-cloud', { grantId }),
  })
  test.each([
    ['a message', 'a rewriting', () => draft('The ferry.'), rewrite, message],
    ['a message', 'a summary', () => draft('The ferry.'), summary, message],
    ['a rewriting', 'a message', prepareRewrite, message, rewrite],
    ['a rewriting', 'a summary', prepareRewrite, summary, rewrite],
    ['a summary', 'a message', prepareSummary, message, summary],
    ['a summary', 'a rewriting', prepareSummary, rewrite, summary],
  ] as const)('of %s for %s', async (_kind, _other, prepare, wrongly, rightly) => {
    const { grantId } = await approve(await prepare())
    expect(await wrongly(grantId)).toEqual({ items: [], ending: fail('consent-required', {}) })
    const events = (await fixture.entries()).map(({ event, grantId: by }) => [event, by])
    expect(events).toEqual([
      ['grant', grantId],
      ['refusal', grantId],
    ])
    const { ending } = await rightly(grantId)
    if (ending.ok && rightly === summary) {
      // The job starts and is refused at the door.
      const jobId = (ending.value as { jobId: string }).jobId // as: what starting a summary gives
      const followed = await drained(fixture.client.stream('summaries.follow', { jobId }))
      expect(followed.ending.ok).toBe(false)
    } else expect(ending).toEqual(fail('consent-used', {}))
    expect(server.requests).toEqual([])
  })
})

test('C3 informed: recipient, purpose, exact text, price with its date and retention are there before the button', async () => {
  const { recipient, kind, parts, estimate, request, redactions, policy } = await draft()
  expect(recipient).toMatchObject({ providerName: 'Anthropic', modelName: 'Claude Haiku 5.5', retention: 'anthropic' })
  expect([kind, estimate.priceDate, policy.state]).toEqual(['message', '2026-10-07', 'none'])
  expect(estimate.usd).toBeGreaterThan(0)
  const [placeholder] = redactions
  expect(placeholder).toMatchObject({ class: 'email', original: 'Erika.Mustermann@example.org', on: true })
  const person = parts.find((part) => part.kind === 'person')
  const mark = person?.marks[0]
  expect(person?.text.slice(mark?.start, mark?.end)).toBe(placeholder?.placeholder)
  expect(request.body).toContain(JSON.stringify(person?.text).slice(1, -1))
})

test('C4 unambiguous: nothing is chosen beforehand, and a draft alone sends nothing', async () => {
  await using untouched = await openCloud()
  expect(valueOf(await untouched.client.call('cloud.state', {}))).toMatchObject({
    chosen: null,
    blocked: { code: 'cloud-not-set-up' },
  })
  await draft()
  expect(server.requests).toEqual([])
  expect(await fixture.entries()).toEqual([])
})

test('C5 withdrawn in one call: the stream is cut, what came is kept, unused grants are worthless', async () => {
  const events = messageEvents(['Half an ', 'answer.'], 'complete')
  server.next({
    kind: 'answer',
    act: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(events.slice(0, 7).join(''))
    },
  })
  const unused = await approve(await draft('Another.'))
  const { grantId } = await approve(await draft())
  const stream = fixture.client.stream('chat.run-cloud', { grantId })
  let heard = ''
  for (;;) {
    const next = await stream.next()
    if (next.done === true) throw new Error('ended too soon')
    if (next.value.type === 'text') heard += next.value.text
    if (heard !== '') break
  }
  const withdrawn = valueOf(await fixture.client.call('cloud.withdraw', { scopeId: 'all' }))
  expect(withdrawn).toEqual({ endedScopes: 0, cutStreams: 1, droppedGrants: 1 })
  const { ending } = await drained(stream)
  expect(ending).toMatchObject({ ok: false, failure: { code: 'cloud-withdrawn' } })
  const messages = valueOf(await fixture.client.call('chat.messages', { conversationId: fixture.conversationId }))
  expect(messages.at(-1)).toMatchObject({ text: 'Half an ', state: 'failed', failure: { code: 'cloud-withdrawn' } })
  expect((await run(unused.grantId)).ending).toEqual(fail('consent-used', {}))
})

test('C6 demonstrable: each grant, refusal and withdrawal is in the ledger and has a receipt, without content', async () => {
  const first = await draft()
  const { scopeId, grantId } = await approve(first, 'conversation')
  await run(grantId)
  valueOf(await fixture.client.call('cloud.withdraw', { scopeId: scopeId ?? '' }))
  const second = await draft()
  valueOf(await fixture.client.call('cloud.decline', { draftId: second.id }))
  const entries = await fixture.entries()
  expect(entries.map(({ event, result }) => `${event} ${result.split(':')[0]}`)).toEqual([
    'grant approved',
    'attempt POST',
    'outcome complete',
    'withdrawal withdrawn',
    'decline declined',
  ])
  const receipts = valueOf(await fixture.client.call('cloud.receipts', {}))
  expect(receipts.map(({ event, scope }) => `${event} ${scope}`)).toEqual([
    'declined once',
    'withdrawn conversation',
    'approved conversation',
  ])
  expect(JSON.stringify([entries, receipts])).not.toMatch(/mustermann|key-of/i)
})

test('C7 no bytes without a live grant: whatever is tried with one, it lets one request out, and only while it lives', async () => {
  const { client } = fixture
  const first = await draft()
  const { grantId } = await approve(first)
  // Any interleaving of uses: one gets through. Random sequences of all calls are in sequences.test.ts.
  // A later run of a conversation stops an earlier one, so which of them gets it is open.
  const runs = await Promise.all([run(grantId), run(grantId), run(grantId)])
  const endings = runs.map(({ ending }) => (ending.ok ? 'ok' : ending.failure.code))
  expect(endings.filter((ending) => !['ok', 'consent-used'].includes(ending))).toEqual([])
  expect((await fixture.entries()).filter(({ event }) => event === 'attempt').length).toBe(server.requests.length)
  const late = await approve(await draft('Later.'))
  fixture.clock.wall += 121_000
  expect((await run(late.grantId)).ending).toEqual(fail('consent-expired', {}))
  const taken = await approve(await draft('Taken back.'))
  valueOf(await client.call('cloud.withdraw', { scopeId: 'all' }))
  expect((await run(taken.grantId)).ending).toEqual(fail('consent-used', {}))
  expect(server.requests.map(({ body }) => body).slice(1)).toEqual([])
  expect([first.request.body, undefined]).toContain(server.requests[0]?.body)
})

test('a setting that decides where a task goes is announced, with what it changed; any other is not', async () => {
  const { client, settings } = fixture
  const told: unknown[] = []
  client.on('cloud.changed', (state) => told.push([state.chosen?.modelId ?? null, state.blocked?.code ?? null]))
  const announced = (count: number) => expect.poll(() => told.length).toBe(count)
  valueOf(settings.set('localOnly', true))
  // What was announced before the first change comes before it.
  await expect.poll(() => told.at(-1)).toEqual(['claude-haiku-5-5', 'local-only'])
  told.length = 0
  valueOf(settings.set('cloudDraftDays', 7))
  valueOf(settings.set('localOnly', false))
  await announced(1)
  valueOf(settings.set('cloudModel', 'openai/gpt-6-luna'))
  await announced(2)
  valueOf(settings.set('cloudModel', ''))
  await announced(3)
  expect(told).toEqual([
    ['claude-haiku-5-5', null],
    ['gpt-6-luna', null],
    [null, 'cloud-not-set-up'],
  ])
})

test('C8 the renderer cannot mint: no method takes a request, and a made-up grant is refused and recorded', async () => {
  const { client } = fixture
  for (const method of ['chat.run-cloud', 'chat.run-rewrite'] as const) {
    expect((await drained(client.stream(method, { grantId: 'made-up' }))).ending).toEqual(fail('consent-required', {}))
  }
  expect(await client.call('summaries.run-cloud', { grantId: 'made-up' })).toEqual(fail('consent-required', {}))
  expect(server.requests).toEqual([])
  expect((await fixture.entries()).map(({ event, grantId }) => [event, grantId])).toEqual([
    ['refusal', 'made-up'],
    ['refusal', 'made-up'],
    ['refusal', 'made-up'],
  ])
})

describe('C9 a retry, another answer and a follow-up', () => {
  test('need a grant each under "once"', async () => {
    const { grantId } = await approve(await draft())
    expect((await run(grantId)).text).toBe('Fine.')
    expect((await run(grantId)).ending).toEqual(fail('consent-used', {}))
    const { client, conversationId } = fixture
    const messages = valueOf(await client.call('chat.messages', { conversationId }))
    const regenerate = messages.find(({ role }) => role === 'assistant')?.id ?? ''
    const again = valueOf(await client.call('chat.prepare-cloud', { conversationId, regenerate }))
    const next = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'And then?' }))
    expect([again.state, next.state]).toEqual(['ask', 'ask'])
    expect(server.requests.length).toBe(1)
  })

  test('are covered by the envelope of the conversation, each as a draft of its own, until something falls outside', async () => {
    const { client, conversationId, documentId } = fixture
    const { grantId, scopeId } = await approve(await draft(), 'conversation')
    await run(grantId)
    const next = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'And then?' }))
    if (next.state !== 'covered') throw new Error('not covered')
    expect(next.scopeId).toBe(scopeId)
    expect((await run(next.grantId)).text).toBe('Fine.')
    expect(server.requests.map(({ body }) => body)[1]).toBe(next.draft.request.body)
    expect(valueOf(await client.call('cloud.scopes', {}))).toMatchObject([{ id: scopeId, requests: 2 }])
    const wider = { conversationId, text: 'And this?', documentIds: [documentId] }
    const withDocument = valueOf(await client.call('chat.prepare-cloud', wider))
    expect([withDocument.state, withDocument.draft.outside]).toEqual(['ask', ['document']])
    const other = valueOf(
      await client.call('chat.prepare-cloud', { conversationId, text: 'You?', model: 'openai/gpt-6-luna' }),
    )
    expect([other.state, other.draft.outside]).toEqual(['ask', ['provider', 'model']])
    fixture.clock.wall += 61 * 60_000
    const late = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'Still there?' }))
    expect([late.state, late.draft.outside]).toEqual(['ask', ['expired']])
    expect(server.requests.length).toBe(2)
  })
})

test('what was prepared under an envelope and given up takes nothing out of it; what was sent stays counted', async () => {
  const { client, conversationId } = fixture
  const { grantId } = await approve(await draft(), 'conversation')
  await run(grantId)
  const [before] = valueOf(await client.call('cloud.scopes', {}))
  if (before === undefined) throw new Error('no envelope')
  expect(before.requests).toBe(1)
  const next = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'And then?' }))
  expect(valueOf(await client.call('cloud.scopes', {}))).toMatchObject([{ requests: 2 }])
  valueOf(await client.call('cloud.decline', { draftId: next.draft.id }))
  const usedUsd: unknown = expect.closeTo(before.usedUsd, 9)
  expect(valueOf(await client.call('cloud.scopes', {}))).toEqual([{ ...before, usedUsd }])
  const sent = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'And now?' }))
  if (sent.state !== 'covered') throw new Error('not covered')
  await run(sent.grantId)
  await client.call('cloud.decline', { draftId: sent.draft.id })
  expect(valueOf(await client.call('cloud.scopes', {}))).toMatchObject([{ requests: 2 }])
})

test('an answer comes back with what was hidden, and the conversation keeps its placeholders', async () => {
  server.echo(true)
  const { grantId } = await approve(await draft())
  expect((await run(grantId)).text).toBe('Hello from Erika.Mustermann@example.org')
  expect(server.requests[0]?.body).not.toContain('Mustermann')
  const messages = valueOf(await fixture.client.call('chat.messages', { conversationId: fixture.conversationId }))
  expect(messages.at(-1)?.provenance?.cloud).toMatchObject({ providerId: 'anthropic', hidden: 1, inputTokens: 100 })
  expect(valueOf(await fixture.client.call('cloud.usage', {}))).toMatchObject({
    byProvider: [{ providerId: 'anthropic', requests: 1, inputTokens: 100, outputTokens: 20 }],
  })
})

test('one redaction switched off is another draft with other bytes, and the one before is closed', async () => {
  const first = await draft()
  const redactionId = first.redactions[0]?.id ?? ''
  const { client } = fixture
  const second = valueOf(await client.call('cloud.set-redaction', { draftId: first.id, redactionId, on: false }))
  expect(second.taskId).toBe(first.taskId)
  expect(second.request.digest).not.toBe(first.request.digest)
  expect(second.redactions).toMatchObject([{ id: redactionId, on: false }])
  expect(second.request.body).toContain('Erika.Mustermann@example.org')
  expect(
    await client.call('cloud.approve', { draftId: first.id, digest: first.request.digest, scope: 'once' }),
  ).toEqual(fail('draft-closed', { state: 'superseded' }))
  const { grantId } = await approve(second)
  expect((await run(grantId)).text).toBe('Fine.')
})

test('a redaction switched on an older sheet leaves what newer drafts hid and decided as it is', async () => {
  const { client, conversationId } = fixture
  const first = await draft('Hello from Erika.Mustermann@example.org')
  const second = await draft('And from max@example.org, or call +44 20 7946 0958')
  const max = second.redactions.find(({ original }) => original === 'max@example.org')?.id ?? ''
  valueOf(await client.call('cloud.set-redaction', { draftId: second.id, redactionId: max, on: false }))
  const erika = first.redactions[0]?.id ?? ''
  const switched = valueOf(
    await client.call('cloud.set-redaction', { draftId: first.id, redactionId: erika, on: false }),
  )
  expect(switched.redactions).toMatchObject([{ id: erika, on: false }])
  // All three again in one message: the same names as before, and the decisions that were made on either sheet.
  const text = 'Erika.Mustermann@example.org, max@example.org, +44 20 7946 0958, new@example.org'
  const { redactions } = valueOf(await client.call('chat.prepare-cloud', { conversationId, text })).draft
  const phone = second.redactions.find(({ class: hidden }) => hidden === 'phone')?.id ?? ''
  expect(redactions.map(({ id, original, on }) => [id, original, on])).toEqual([
    [erika, 'Erika.Mustermann@example.org', false],
    [max, 'max@example.org', false],
    [phone, '+44 20 7946 0958', true],
    ['[EMAIL_3]', 'new@example.org', true],
  ])
})

test('a decision made on another sheet since does not change what an older sheet shows, only what is asked for next', async () => {
  const { client, conversationId } = fixture
  const text = 'Erika.Mustermann@example.org and max@example.org'
  const [first, second] = [await draft(text), await draft(text)]
  const [erika, max] = first.redactions.map(({ id }) => id)
  valueOf(await client.call('cloud.set-redaction', { draftId: second.id, redactionId: max ?? '', on: false }))
  const older = { draftId: first.id, redactionId: erika ?? '', on: false }
  const switched = valueOf(await client.call('cloud.set-redaction', older))
  expect(switched.redactions.map(({ id, on }) => [id, on])).toEqual([
    [erika, false],
    [max, true],
  ])
  const next = valueOf(await client.call('chat.prepare-cloud', { conversationId, text })).draft
  expect(next.redactions.map(({ id, on }) => [id, on])).toEqual([
    [erika, false],
    [max, false],
  ])
})

test('the budget stops what would go over it, before anything is sent', async () => {
  fixture.settings.set('cloudBudgetUsd', 0.0001)
  const blocked = await draft()
  expect(blocked.blocked).toMatchObject({ code: 'cloud-budget-reached' })
  const { id, request } = blocked
  const approval = await fixture.client.call('cloud.approve', { draftId: id, digest: request.digest, scope: 'once' })
  expect(approval).toMatchObject({ ok: false, failure: { code: 'cloud-budget-reached' } })
})

test('the self-test finds every way refused, and each stands in the ledger', async () => {
  const ways = valueOf(await fixture.client.call('cloud.self-test', {}))
  expect(ways.filter(({ outcome }) => outcome !== 'refused')).toEqual([])
  expect(ways.map(({ way, code }) => `${way} ${code}`)).toEqual([
    'send-without-grant consent-required',
    'send-with-used-grant consent-used',
    'send-altered-bytes consent-mismatch',
    'send-to-other-host egress-refused',
    'send-unencrypted egress-refused',
    'approve-unknown-draft not-found',
    'public-unknown-host egress-refused',
    'public-plain-http egress-refused',
    'public-address-with-name egress-refused',
    'public-long-address egress-refused',
  ])
  expect((await fixture.entries()).map(({ event }) => event)).toEqual(Array.from({ length: 9 }, () => 'refusal'))
})
