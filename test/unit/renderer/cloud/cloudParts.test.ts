// Keys, permissions, rewriting and records of the cloud as the window keeps them.
import { expect, test } from 'vitest'
import type { CloudState } from '#contract/cloud.ts'
import type { OpenScope } from '#contract/consent.ts'
import type { RewriteItem } from '#contract/chat.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import { createCloudProviders } from '../../../../renderer/state/cloud/cloudProviders.ts'
import { createCloudRecords, receiptPage } from '../../../../renderer/state/cloud/cloudRecords.ts'
import { createCloudRewrite } from '../../../../renderer/state/cloud/cloudRewrite.ts'
import type { CloudOrder } from '../../../../renderer/state/cloud/cloudState.ts'
import {
  createCloudScopes,
  letsGo,
  scopeOfConversation,
  scopeOfDocument,
} from '../../../../renderer/state/cloud/cloudScopes.ts'
import { createFakeClient, streamOf } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const scope = {
  id: 's',
  scope: 'conversation',
  conversationId: 'c',
  documentIds: ['doc'],
} as unknown as OpenScope // as: only these are read

test('a key is given once, everything is read anew, and the window keeps nothing of it', async () => {
  const state = { chosen: null, blocked: null, open: 0, streams: 0 }
  const fake = createFakeClient({
    'cloud.set-key': async () => ok({}),
    'cloud.state': async () => ok(state),
    'cloud.providers': async () => ok([]),
  })
  const built = buildState(fake.client, createCloudProviders)
  expect(await built.get().setProviderKey('p', 'sk-secret')).toBe(true)
  expect(fake.asked.map(({ method }) => method)).toEqual(['cloud.set-key', 'cloud.state', 'cloud.providers'])
  expect(JSON.stringify(built.get())).not.toContain('sk-secret')
  expect(built.get().cloud).toEqual(state)
})

test('a refused key says which provider it was about', async () => {
  const fake = createFakeClient({ 'cloud.set-key': async () => fail('keystore-unavailable', { reason: 'locked' }) })
  const built = buildState(fake.client, createCloudProviders)
  expect(await built.get().setProviderKey('p', 'k')).toBe(false)
  expect(built.get().cloudSetUpFailure).toEqual({
    of: 'p',
    failure: { code: 'keystore-unavailable', details: { reason: 'locked' } },
  })
})

test('withdrawing ends the permission here at once and turns the toggle back', async () => {
  const places: string[] = []
  const fake = createFakeClient({
    'cloud.withdraw': async () => ok({ endedScopes: 1, cutStreams: 2, droppedGrants: 0 }),
    'cloud.scopes': async () => ok([]),
  })
  const built = buildState(fake.client, (tools) => ({
    choosePlace: (place: 'here' | 'cloud') => void places.push(place),
    ...createCloudScopes(tools),
    cloudScopes: [scope],
  }))
  await built.get().withdraw('s')
  expect([built.get().cloudScopes, built.get().cloudWithdrawn, places]).toEqual([[], { cutStreams: 2 }, ['here']])
})

test('a permission that ended elsewhere goes', () => {
  const fake = createFakeClient()
  const built = buildState(fake.client, (tools) => ({ ...createCloudScopes(tools), cloudScopes: [scope] }))
  fake.announce('cloud.scope-ended', { scopeId: 's', reason: 'expired' })
  expect(built.get().cloudScopes).toEqual([])
})

test('a permission covers its own conversation or document only', () => {
  const job = { ...scope, scope: 'document-job', conversationId: null } as const // as: a fixed reach
  expect(scopeOfConversation([scope, job], 'c')).toBe(scope)
  expect([scopeOfConversation([scope], 'other'), scopeOfConversation([scope], null)]).toEqual([null, null])
  expect([scopeOfDocument([scope, job], 'doc'), scopeOfDocument([scope], 'doc')]).toEqual([job, null])
})

test('a permission lets go what it was given for, to the chosen model and no other', () => {
  const house = { providerId: 'p', modelId: 'm', host: 'api.example' }
  const open = { ...scope, ...house, kinds: ['message', 'rewrite'], content: ['person'] } as OpenScope // as: as above
  const cloud = (changes = {}) => ({ chosen: { ...house, ...changes } }) as unknown as CloudState // as: just that
  expect([
    letsGo(open, cloud(), { kind: 'message' }),
    letsGo(open, cloud(), { kind: 'rewrite', instructed: false }),
    letsGo({ ...open, content: ['person', 'instruction'] }, cloud(), { kind: 'rewrite', instructed: true }),
  ]).toEqual([true, true, true])
  expect([
    letsGo(null, cloud(), { kind: 'message' }),
    letsGo(open, null, { kind: 'message' }),
    letsGo(open, cloud({ providerId: 'other' }), { kind: 'message' }),
    letsGo(open, cloud({ modelId: 'other' }), { kind: 'message' }),
    letsGo(open, cloud({ host: 'other.example' }), { kind: 'message' }),
    letsGo(open, cloud(), { kind: 'summary' }),
    letsGo(open, cloud(), { kind: 'rewrite', instructed: true }),
  ]).toEqual(Array.from({ length: 7 }, () => false))
})

function rewriting(items: readonly RewriteItem[], end: Result<void>) {
  return rewritingFrom(() => streamOf(items, end))
}

function rewritingFrom(stream: () => Stream<RewriteItem>) {
  const taken: string[] = []
  const fake = createFakeClient({ 'chat.run-rewrite': stream })
  let run: (grantId: string, providerName: string) => Promise<void> = async () => undefined
  const built = buildState(fake.client, (tools) => {
    const rewrite = createCloudRewrite(tools)
    run = rewrite.run
    return {
      route: { room: 'chat', id: 'c' } as const, // as: a fixed place
      drafts: { c: { text: 'my text', documentIds: [], editing: null } },
      changeDraft: (text: string) => void taken.push(text),
      ...rewrite.part,
    }
  })
  built.get().openRewrite()
  return { built, taken, run: () => run('g', 'Provider') }
}

test('a rewriting grows beside the text and replaces it only when it is taken', async () => {
  const items: readonly RewriteItem[] = [
    { type: 'text', text: 'My ' },
    { type: 'text', text: 'text.' },
    { type: 'finished', reason: 'complete', cloud: null },
  ]
  const { built, taken, run } = rewriting(items, ok(undefined))
  await run()
  expect(built.get().rewrite).toEqual({
    conversationId: 'c',
    text: 'my text',
    style: 'clearer',
    instruction: '',
    phase: 'done',
    result: 'My text.',
    providerName: 'Provider',
    failure: null,
  })
  expect(taken).toEqual([])
  built.get().takeRewrite()
  expect([taken, built.get().rewrite]).toEqual([['My text.'], null])
})

test('closed while it is prepared, a rewriting is given up; what is prepared for something else goes on', () => {
  const { built } = rewriting([], ok(undefined))
  const given: string[] = []
  const preparing = (order: Partial<CloudOrder>): void => {
    Object.assign(built.get(), { cloudPreparing: order, dropCloudPreparing: () => void given.push(String(order.kind)) })
  }
  preparing({ kind: 'message' })
  built.get().closeRewrite()
  preparing({ kind: 'rewrite' })
  built.get().closeRewrite()
  expect([given, built.get().rewrite]).toEqual([['rewrite'], null])
})

test.each(['closeRewrite', 'takeRewrite', 'openRewrite'] as const)(
  'after %s nothing of it is written into the next one',
  async (leave) => {
    const more = Promise.withResolvers<void>()
    const { built, run } = rewritingFrom(async function* () {
      yield { type: 'text', text: 'My ' }
      await more.promise
      yield { type: 'text', text: 'text.' }
      return ok(undefined)
    })
    const running = run()
    await new Promise((resolve) => setImmediate(resolve))
    expect(built.get().rewrite?.result).toBe('My ')
    built.get()[leave]()
    built.get().openRewrite()
    const next = built.get().rewrite
    more.resolve()
    await running
    expect([next?.phase, built.get().rewrite]).toEqual(['choosing', next])
  },
)

test('a rewriting that is cut keeps what came and says why', async () => {
  const cut = fail('cloud-cut', { provider: 'Provider', receivedBytes: 3, sentBytes: 9 })
  const { built, run } = rewriting([{ type: 'text', text: 'My ' }], cut)
  await run()
  const { rewrite } = built.get()
  expect([rewrite?.phase, rewrite?.result, rewrite?.failure?.code]).toEqual(['failed', 'My ', 'cloud-cut'])
})

test('receipts come page by page, and again when the ledger says that something was decided', async () => {
  const receipt = (index: number) => ({ id: `k-${index}`, at: new Date(index * 1000).toISOString() })
  let newest = receiptPage + 10
  const fake = createFakeClient({
    'cloud.receipts': async ({ before }: { before?: string }) => {
      const below = before === undefined ? newest + 1 : Date.parse(before) / 1000
      const first = Math.max(1, below - receiptPage)
      return ok(Array.from({ length: below - first }, (_, index) => receipt(below - 1 - index)))
    },
    'cloud.usage': async () => ok({ month: '2026-11' }),
    'cloud.scopes': async () => ok([]),
  })
  const built = buildState(fake.client, (tools) => ({ ...createCloudScopes(tools), ...createCloudRecords(tools) }))
  await built.get().openCloudRecords()
  expect([built.get().cloudReceipts?.length, built.get().cloudReceiptsComplete]).toEqual([receiptPage, false])
  await built.get().loadOlderReceipts()
  expect([built.get().cloudReceipts?.length, built.get().cloudReceiptsComplete]).toEqual([receiptPage + 10, true])
  newest += 1
  fake.announce('ledger.appended', { purpose: 'content', event: 'grant' } as never) // as: only these are read
  await new Promise((resolve) => setImmediate(resolve))
  expect(built.get().cloudReceipts?.[0]?.id).toBe(`k-${newest}`)
  expect(built.get().cloudReceipts?.length).toBe(receiptPage + 11)
})

test('the self-test is run once at a time and keeps what it found', async () => {
  const way = { way: 'send-without-grant', outcome: 'refused', code: 'consent-required' } as const // as: a fixed way
  const fake = createFakeClient({ 'cloud.self-test': async () => ok([way]) })
  const built = buildState(fake.client, createCloudRecords)
  await Promise.all([built.get().runSelfTest(), built.get().runSelfTest()])
  expect([built.get().selfTest, fake.asked.length]).toEqual([{ state: 'done', ways: [way] }, 1])
})
