// The ledger in the window: pages without gaps, live entries, verdicts, and failures that lose nothing.
import { expect, test } from 'vitest'
import type { LedgerEntry, LedgerVerdict } from '#contract/ledger.ts'
import { fail, ok } from '#contract/result.ts'
import { createLedgerSlice, ledgerPage } from '../../../../renderer/state/ledgerSlice.ts'
import { createFakeClient, streamOf } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const totals = { contentBytes: 5, publicRequests: 2, refusals: 1, since: '2026-11-18T08:00:00.000Z' }
const verdict: LedgerVerdict = {
  intact: true,
  entries: 250,
  headHash: 'h',
  anchored: true,
  broken: null,
  checkedAt: '2026-11-20T12:00:00.000Z',
}

function entry(seq: number): LedgerEntry {
  return {
    seq,
    at: '2026-11-20T12:00:00.000Z',
    event: 'refusal',
    purpose: 'update',
    destination: 'https://updates.example/',
    sentBytes: 0,
    receivedBytes: 0,
    digest: null,
    grantId: null,
    result: 'local-only:setting',
    attemptSeq: null,
    appVersion: '0.1.0',
    policySha256: null,
    previousHash: '',
    hash: String(seq),
  }
}

/** Answers like the ledger itself: newest first, before a number. */
function listOf(count: () => number) {
  return async ({ before, limit }: { before?: number; limit: number }) => {
    const newest = Math.min(count(), (before ?? Number.MAX_SAFE_INTEGER) - 1)
    return ok(Array.from({ length: Math.min(limit, newest) }, (_, index) => entry(newest - index)))
  }
}

function setUp(count = 250) {
  const size = { count }
  const fake = createFakeClient({
    'ledger.list': listOf(() => size.count),
    'ledger.verify': async () => ok(verdict),
    'ledger.totals': async () => ok(totals),
  })
  return { fake, size, state: buildState(fake.client, createLedgerSlice) }
}

function numbers(entries: readonly LedgerEntry[] | null): readonly number[] {
  return (entries ?? []).map(({ seq }) => seq)
}

function down(from: number, to: number): readonly number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index)
}

test('opening loads the newest page, the totals and a verdict', async () => {
  const { state } = setUp()
  await state.get().openLedger()
  const { ledgerEntries, ledgerVerdict, ledgerTotals, ledgerComplete, ledgerLoading, ledgerFailure } = state.get()
  expect(numbers(ledgerEntries)).toEqual(down(250, 151))
  expect({ ledgerVerdict, ledgerTotals, ledgerComplete, ledgerLoading, ledgerFailure }).toEqual({
    ledgerVerdict: verdict,
    ledgerTotals: totals,
    ledgerComplete: false,
    ledgerLoading: false,
    ledgerFailure: null,
  })
})

test('older pages follow until the first entry', async () => {
  const { state } = setUp()
  await state.get().openLedger()
  await state.get().loadOlderLedger()
  expect([numbers(state.get().ledgerEntries), state.get().ledgerComplete]).toEqual([down(250, 51), false])
  await state.get().loadOlderLedger()
  expect([numbers(state.get().ledgerEntries), state.get().ledgerComplete]).toEqual([down(250, 1), true])
})

test('an entry that is announced stands first, once, and the totals are asked for again', async () => {
  const { fake, state, size } = setUp(3)
  await state.get().openLedger()
  const before = fake.asked.length
  size.count = 4
  fake.announce('ledger.appended', entry(4))
  fake.announce('ledger.appended', entry(4))
  expect(numbers(state.get().ledgerEntries)).toEqual([4, 3, 2, 1])
  expect(fake.asked.slice(before).map(({ method }) => method)).toEqual(['ledger.totals', 'ledger.totals'])
})

test('an entry announced before the first page does not pass for the whole ledger', () => {
  const { fake, state } = setUp()
  fake.announce('ledger.appended', entry(251))
  expect(state.get().ledgerEntries).toBe(null)
})

test('coming back keeps what was loaded when the new page reaches it, and starts over when it does not', async () => {
  const { state, size } = setUp()
  await state.get().openLedger()
  await state.get().loadOlderLedger()
  size.count = 300
  await state.get().openLedger()
  expect(numbers(state.get().ledgerEntries)).toEqual(down(300, 51))
  size.count = 300 + 2 * ledgerPage
  await state.get().openLedger()
  expect([numbers(state.get().ledgerEntries), state.get().ledgerComplete]).toEqual([down(500, 401), false])
})

test('an empty ledger is complete', async () => {
  const { state } = setUp(0)
  await state.get().openLedger()
  expect([state.get().ledgerEntries, state.get().ledgerComplete]).toEqual([[], true])
})

test('a page that cannot be read keeps the ones before it and says why', async () => {
  const { fake, state } = setUp()
  await state.get().openLedger()
  fake.answers = { ...fake.answers, 'ledger.list': async () => fail('ledger-broken', { seq: 150, reason: 'altered' }) }
  await state.get().loadOlderLedger()
  expect(numbers(state.get().ledgerEntries)).toEqual(down(250, 151))
  expect(state.get().ledgerFailure).toEqual({ code: 'ledger-broken', details: { seq: 150, reason: 'altered' } })
  expect(state.get().ledgerLoading).toBe(false)
})

test('two presses ask once', async () => {
  const { fake, state } = setUp()
  await Promise.all([state.get().verifyLedger(), state.get().verifyLedger()])
  expect(fake.asked.map(({ method }) => method)).toEqual(['ledger.verify'])
  expect(state.get().ledgerVerifying).toBe(false)
})

test('a check that fails takes the old verdict away', async () => {
  const { fake, state } = setUp()
  await state.get().verifyLedger()
  fake.answers = { 'ledger.verify': async () => fail('disconnected', {}) }
  await state.get().verifyLedger()
  expect([state.get().ledgerVerdict, state.get().ledgerFailure]).toEqual([null, { code: 'disconnected', details: {} }])
})

test('a search asks the ledger itself, the last one wins, and an empty one shows everything again', async () => {
  const { fake, state } = setUp(3)
  await state.get().openLedger()
  const asked = fake.asked.length
  state.get().filterLedger({ search: 'a' })
  state.get().filterLedger({ search: 'api.example' })
  state.get().filterLedger({ kind: 'content' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(fake.asked.slice(asked).map(({ input }) => input)).toEqual([
    { limit: 500, search: 'a' },
    { limit: 500, search: 'api.example' },
    { limit: 500, search: 'api.example', events: ['attempt', 'outcome'], purposes: ['content'] },
  ])
  expect(numbers(state.get().ledgerFound)).toEqual([3, 2, 1])
  state.get().filterLedger({ search: ' ', kind: 'all' })
  expect(state.get().ledgerFound).toBe(null)
})

test('the export is every line in order, and nothing when it could not be read to its end', async () => {
  const { fake, state } = setUp()
  const lines = (text: string) => ({ type: 'lines', text }) as const // as: one kind of item
  const finished = { type: 'finished', reason: 'complete', entries: 2 } as const // as: one kind of item
  fake.answers = { 'ledger.export': () => streamOf([lines('a\n'), lines('b\n'), finished], ok(undefined)) }
  expect(await state.get().exportLedger()).toBe('a\nb\n')
  fake.answers = { 'ledger.export': () => streamOf([lines('a\n')], fail('disconnected', {})) }
  expect(await state.get().exportLedger()).toBe(null)
  expect([state.get().ledgerExporting, state.get().ledgerFailure?.code]).toEqual([false, 'disconnected'])
})
