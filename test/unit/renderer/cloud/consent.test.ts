// The sheet's state: nothing is approved but what is shown, leaving it declines, and a grant is used for its own work.
import { beforeEach, describe, expect, test } from 'vitest'
import type { CloudDraft, CloudPreparation } from '#contract/cloudDraft.ts'
import { fail, ok } from '#contract/result.ts'
import { createCloudConsent } from '../../../../renderer/state/cloud/cloudConsent.ts'
import type { CloudOrder } from '../../../../renderer/state/cloud/cloudState.ts'
import type { State } from '../../../../renderer/state/state.ts'
import { createFakeClient, type FakeClient } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'
import { draftOf } from './draftFixture.ts'

const order: CloudOrder = {
  kind: 'message',
  conversationId: 'c',
  turn: { kind: 'send', text: 'Hello', documentIds: ['doc'] },
  history: true,
}
const summary: CloudOrder = { kind: 'summary', documentId: 'doc', preset: 'brief', instruction: null }
const route = { room: 'chat', id: 'c' } as const // as: a fixed place

type Ran = readonly [order: CloudOrder, grantId: string, draftId: string]

let fake: FakeClient
let ran: Ran[]
let places: string[]

beforeEach(() => {
  ran = []
  places = []
  fake = createFakeClient({
    'chat.prepare-cloud': async () => ok({ state: 'ask', draft: draftOf() }),
    'cloud.approve': async () => ok({ grantId: 'g-1', scopeId: null, expiresAt: '2026-11-20T12:02:00.000Z' }),
    'cloud.decline': async () => ok({}),
  })
})

function byDraft(one: unknown, other: unknown): number {
  return JSON.stringify(one).localeCompare(JSON.stringify(other))
}

function build() {
  return buildState(fake.client, (tools) => ({
    route,
    choosePlace: (place: 'here' | 'cloud') => void places.push(place),
    ...createCloudConsent(tools, (asked, grantId, { id }) => void ran.push([asked, grantId, id])),
  }))
}

function questions(): readonly (readonly [string, unknown])[] {
  return fake.asked.map(({ method, input }) => [method, input])
}

/** What main answers under an open envelope: the draft is approved already, and a grant for it is minted. */
function covered(id = 'd-1'): CloudPreparation {
  return { state: 'covered', draft: draftOf({ id, state: 'approved' }), grantId: 'g-9', scopeId: 's' }
}

function answer(method: string, prepared: CloudPreparation): void {
  fake.answers = { ...fake.answers, [method]: async () => ok(prepared) }
}

async function opened(draft: CloudDraft = draftOf()) {
  fake.answers = { ...fake.answers, 'chat.prepare-cloud': async () => ok({ state: 'ask', draft }) }
  const state = build()
  await state.get().askCloud(order)
  return state
}

describe('asking', () => {
  test.each<CloudOrder>([
    order,
    { kind: 'summary', documentId: 'doc', preset: 'brief', instruction: null },
    { kind: 'rewrite', text: 'Hello', style: 'shorter', instruction: null, conversationId: null },
  ])('waiting for the search for names can be ended, and the sheet comes all the same: $kind', async (asked) => {
    const prepare = (_input: never, signal: AbortSignal | undefined) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(ok({ state: 'ask', draft: draftOf() }))))
    fake.answers = {
      'chat.prepare-cloud': prepare,
      'chat.prepare-rewrite': prepare,
      'summaries.prepare-cloud': prepare,
    }
    const state = build()
    const waiting = state.get().askCloud(asked)
    expect(state.get().cloudPreparing).toEqual(asked)
    state.get().stopCloudPreparing()
    await waiting
    expect([state.get().cloudPreparing, state.get().consent?.order]).toEqual([null, asked])
  })

  test('drafts, shows the sheet with the smallest reach, and approves nothing', async () => {
    const state = await opened()
    expect(state.get().consent).toEqual({
      order,
      route,
      draft: draftOf(),
      scope: 'once',
      alsoFallback: false,
      busy: null,
      failure: null,
    } satisfies State['consent'])
    expect(questions()).toEqual([
      ['chat.prepare-cloud', { conversationId: 'c', text: 'Hello', documentIds: ['doc'], history: true }],
    ])
    expect(ran).toEqual([])
  })

  test('what an open envelope covers runs without a sheet, under the grant main minted', async () => {
    answer('chat.prepare-cloud', covered())
    const state = build()
    await state.get().askCloud(order)
    expect([state.get().consent, ran]).toEqual([null, [[order, 'g-9', 'd-1']]])
  })

  test('where one reads first, the sheet comes under an open envelope too, and is agreed to', async () => {
    answer('chat.prepare-cloud', covered())
    const state = build()
    await state.get().askCloud(order, 'read-first')
    expect([state.get().consent?.draft.state, state.get().consent?.order, ran]).toEqual(['approved', order, []])
    await state.get().approveConsent()
    expect([state.get().consent, ran]).toEqual([null, [[order, 'g-1', 'd-1']]])
  })

  test('kept here, what the open envelope had granted is declined', async () => {
    answer('chat.prepare-cloud', covered())
    const state = build()
    await state.get().askCloud(order, 'read-first')
    await state.get().keepHere()
    expect([state.get().consent, ran, questions().at(-1)]).toEqual([null, [], ['cloud.decline', { draftId: 'd-1' }]])
  })

  test.each<readonly [string, () => void]>([
    ['goes under an open envelope', () => answer('chat.prepare-cloud', covered())],
    [
      'cannot be prepared',
      () => {
        fake.answers = { ...fake.answers, 'chat.prepare-cloud': async () => fail('cloud-not-set-up', {}) }
      },
    ],
  ])('a sheet that waits stays where another request %s', async (_, prepare) => {
    answer('summaries.prepare-cloud', { state: 'ask', draft: draftOf({ id: 'd-7' }) })
    const state = build()
    await state.get().askCloud(summary)
    prepare()
    await state.get().askCloud(order)
    expect([state.get().consent?.draft.id, state.get().consent?.order]).toEqual(['d-7', summary])
    expect(questions().filter(([method]) => method === 'cloud.decline')).toEqual([])
  })

  test('a sheet in whose place another one comes is declined', async () => {
    answer('summaries.prepare-cloud', { state: 'ask', draft: draftOf({ id: 'd-7' }) })
    const state = build()
    await state.get().askCloud(summary)
    await state.get().askCloud(order)
    expect(state.get().consent?.draft.id).toBe('d-1')
    expect(questions().at(-1)).toEqual(['cloud.decline', { draftId: 'd-7' }])
  })

  test.each<readonly [string, CloudPreparation]>([
    ['a sheet', { state: 'ask', draft: draftOf() }],
    ['a run under an open envelope', { state: 'covered', draft: draftOf(), grantId: 'g-9', scopeId: 's' }],
  ])('what is given up while it is prepared becomes no sheet and no run: %s', async (_, prepared) => {
    const prepare = (_input: never, signal: AbortSignal | undefined) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(ok(prepared))))
    fake.answers = { ...fake.answers, 'chat.prepare-cloud': prepare }
    const state = build()
    const waiting = state.get().askCloud(order)
    state.get().dropCloudPreparing()
    expect(state.get().cloudPreparing).toBe(null)
    await waiting
    expect([state.get().consent, ran]).toEqual([null, []])
    expect(questions().at(-1)).toEqual(['cloud.decline', { draftId: 'd-1' }])
  })

  test('kept here while it is prepared anew, it stays here, whatever was allowed meanwhile', async () => {
    const state = await opened()
    const prepare = (_input: never, signal: AbortSignal | undefined) =>
      new Promise((resolve) =>
        signal?.addEventListener('abort', () =>
          resolve(ok({ state: 'covered', draft: draftOf({ id: 'd-2' }), grantId: 'g-9', scopeId: 's' })),
        ),
      )
    fake.answers = { ...fake.answers, 'chat.prepare-cloud': prepare }
    const waiting = state.get().prepareConsentAgain()
    await state.get().keepHere()
    await waiting
    expect([state.get().consent, ran, places]).toEqual([null, [], ['here']])
    const declined = questions().filter(([method]) => method === 'cloud.decline')
    expect(declined.map(([, input]) => input).toSorted(byDraft)).toEqual([{ draftId: 'd-1' }, { draftId: 'd-2' }])
  })

  test('what cannot be prepared is kept with its reason', async () => {
    fake.answers = { 'chat.prepare-cloud': async () => fail('cloud-key-missing', { provider: 'Provider' }) }
    const state = build()
    await state.get().askCloud(order)
    const failure = { code: 'cloud-key-missing', details: { provider: 'Provider' } }
    expect([state.get().consent, state.get().cloudRefused]).toEqual([null, { order, failure, draftId: null }])
  })

  test('one request is prepared at a time', async () => {
    const state = build()
    await Promise.all([state.get().askCloud(order), state.get().askCloud(order)])
    expect(questions().length).toBe(1)
  })

  test.each([
    [
      { kind: 'message', conversationId: 'c', turn: { kind: 'regenerate', messageId: 'm' }, history: false },
      'chat.prepare-cloud',
      { conversationId: 'c', regenerate: 'm', history: false },
    ],
    [
      { kind: 'summary', documentId: 'doc', preset: 'own', instruction: 'By date' },
      'summaries.prepare-cloud',
      { documentId: 'doc', preset: 'own', instruction: 'By date' },
    ],
    [
      { kind: 'rewrite', conversationId: null, text: 'Hi', style: 'formal', instruction: null },
      'chat.prepare-rewrite',
      { text: 'Hi', style: 'formal' },
    ],
  ] as const)('%j is prepared by its own method', async (asked, method, input) => {
    const state = build()
    void state.get().askCloud(asked)
    expect(questions()).toEqual([[method, input]])
  })
})

describe('deciding', () => {
  test('approves exactly the digest and the reach that are shown, and uses the grant once', async () => {
    const state = await opened()
    state.get().chooseScope('conversation')
    await Promise.all([state.get().approveConsent(), state.get().approveConsent()])
    expect(questions().slice(1)).toEqual([
      ['cloud.approve', { draftId: 'd-1', digest: 'a'.repeat(64), scope: 'conversation', fallback: null }],
    ])
    expect([state.get().consent, ran]).toEqual([null, [[order, 'g-1', 'd-1']]])
  })

  test('a second provider is named only where the person said so', async () => {
    const fallback = {
      draftId: 'd-2',
      digest: 'b'.repeat(64),
      providerName: 'Other',
      modelName: 'O',
      host: 'o.example',
    }
    const state = await opened(draftOf({ fallback }))
    state.get().nameFallback(true)
    await state.get().approveConsent()
    expect(questions().at(-1)?.[1]).toMatchObject({ fallback: { draftId: 'd-2', digest: 'b'.repeat(64) } })
  })

  test('what is blocked is not approved', async () => {
    const state = await opened(draftOf({ blocked: { code: 'local-only', details: { by: 'policy' } } }))
    await state.get().approveConsent()
    expect([questions().length, ran]).toEqual([1, []])
  })

  test('an approval that main refuses leaves the sheet with the reason', async () => {
    const state = await opened()
    fake.answers = { 'cloud.approve': async () => fail('draft-closed', { state: 'expired' }) }
    await state.get().approveConsent()
    const { consent } = state.get()
    expect([consent?.failure?.code, consent?.busy, ran]).toEqual(['draft-closed', null, []])
  })

  test('keeping it here declines and turns the toggle back', async () => {
    const state = await opened()
    await state.get().keepHere()
    expect([state.get().consent, places, questions().at(-1)]).toEqual([
      null,
      ['here'],
      ['cloud.decline', { draftId: 'd-1' }],
    ])
    expect(ran).toEqual([])
  })

  test('a draft that is over is left without another word', async () => {
    const state = await opened(draftOf({ state: 'expired' }))
    await state.get().keepHere()
    expect(questions().length).toBe(1)
  })

  test('a switched redaction is another draft with the reach that was chosen', async () => {
    const state = await opened()
    state.get().chooseScope('conversation')
    const next = draftOf({ id: 'd-3', request: { ...draftOf().request, digest: 'c'.repeat(64) } })
    fake.answers = { 'cloud.set-redaction': async () => ok(next) }
    await state.get().switchRedaction('r-1', false)
    expect(questions().at(-1)).toEqual(['cloud.set-redaction', { draftId: 'd-1', redactionId: 'r-1', on: false }])
    const { consent } = state.get()
    expect([consent?.draft, consent?.scope, consent?.busy]).toEqual([next, 'conversation', null])
  })

  test('a redaction that cannot be switched keeps the draft that is shown', async () => {
    const state = await opened()
    fake.answers = { 'cloud.set-redaction': async () => fail('redaction-incomplete', { classes: ['email'], count: 1 }) }
    await state.get().switchRedaction('r-1', false)
    const { consent } = state.get()
    expect([consent?.draft, consent?.failure?.code]).toEqual([draftOf(), 'redaction-incomplete'])
  })

  test('hears that its draft became too old, and prepares it again in one press', async () => {
    const state = await opened()
    fake.announce('cloud.draft-changed', { draftId: 'd-1', taskId: 't-1', state: 'expired' })
    expect(state.get().consent?.draft.state).toBe('expired')
    fake.answers = { 'chat.prepare-cloud': async () => ok({ state: 'ask', draft: draftOf({ id: 'd-4' }) }) }
    await state.get().prepareConsentAgain()
    expect([state.get().consent?.draft.id, state.get().consent?.order]).toEqual(['d-4', order])
  })
})

describe('preparing again', () => {
  test('shows what it prepared, whatever was allowed meanwhile, and nobody declined what was too old', async () => {
    const state = await opened()
    answer('chat.prepare-cloud', covered('d-4'))
    await state.get().prepareConsentAgain()
    expect([state.get().consent?.draft.id, state.get().consent?.busy, ran]).toEqual(['d-4', null, []])
    expect(questions().filter(([method]) => method === 'cloud.decline')).toEqual([])
  })

  test('where it fails, its own sheet goes and the reason stays', async () => {
    const state = await opened()
    fake.answers = { ...fake.answers, 'chat.prepare-cloud': async () => fail('cloud-not-set-up', {}) }
    await state.get().prepareConsentAgain()
    expect([state.get().consent, state.get().cloudRefused?.failure.code]).toEqual([null, 'cloud-not-set-up'])
  })

  test('waits for nothing while something else is being prepared', async () => {
    const state = await opened()
    void state.get().askCloud(summary)
    await state.get().prepareConsentAgain()
    expect([state.get().consent?.busy, state.get().cloudPreparing]).toEqual([null, summary])
  })
})

describe('reading', () => {
  test('shows a draft nobody asked to send: it can neither be changed nor approved nor declined', async () => {
    fake.answers = { 'cloud.draft': async () => ok(draftOf({ state: 'sent' })) }
    const state = build()
    await state.get().readDraft('d-1')
    expect(state.get().consent?.order).toBe(null)
    await state.get().approveConsent()
    await state.get().switchRedaction('r-1', false)
    await state.get().keepHere()
    expect([state.get().consent, questions(), ran]).toEqual([null, [['cloud.draft', { draftId: 'd-1' }]], []])
  })

  test('an attempt that failed is shown again as the same draft', async () => {
    fake.answers = { 'cloud.draft': async () => ok(draftOf({ state: 'failed' })) }
    const state = build()
    await state.get().askCloudAgain(order, 'd-1')
    expect([state.get().consent?.draft.state, state.get().consent?.order]).toEqual(['failed', order])
  })

  test('where that draft is gone a fresh one is shown, under an open envelope too', async () => {
    answer('chat.prepare-cloud', covered('d-5'))
    fake.answers = { ...fake.answers, 'cloud.draft': async () => fail('not-found', { what: 'draft', id: 'd-1' }) }
    const state = build()
    await state.get().askCloudAgain(order, 'd-1')
    expect([state.get().consent?.draft.id, ran]).toEqual(['d-5', []])
  })

  test('an approval that is on its way does not take down what is read meanwhile', async () => {
    const state = await opened()
    fake.answers = { ...fake.answers, 'cloud.draft': async () => ok(draftOf({ id: 'd-8', state: 'sent' })) }
    const approving = state.get().approveConsent()
    await state.get().readDraft('d-8')
    await approving
    expect([state.get().consent?.draft.id, ran]).toEqual(['d-8', [[order, 'g-1', 'd-1']]])
  })
})
