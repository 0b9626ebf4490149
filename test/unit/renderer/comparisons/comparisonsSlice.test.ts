// Comparisons in the window: made, opened at substance, filtered, stopped, forgotten; failures that lose nothing.
import { expect, test } from 'vitest'
import type { Change, ChangeKind, Comparison } from '#contract/comparison.ts'
import { fail, ok } from '#contract/result.ts'
import { createComparisonsSlice, firstKind } from '../../../../renderer/state/comparisonsSlice.ts'
import { otherDocuments } from '../../../../renderer/features/comparisons/otherDocuments.ts'
import { createFakeClient, streamOf, type Answers } from '../../../fakes/fakeClient.ts'
import { sampleComparison, sampleDocument } from '../../../fakes/exportSamples.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const { comparison, changes } = sampleComparison

type Asked = { readonly kinds?: ChangeKind[]; readonly from: number; readonly count: number }

function answersWith(list: readonly Comparison[]): Answers {
  return {
    'comparisons.list': async () => ok(list),
    'comparisons.changes': async ({ kinds, from, count }: Asked) =>
      ok(changes.filter(({ kind }) => kinds?.includes(kind) ?? true).slice(from, from + count)),
    'comparisons.compare': () =>
      streamOf(
        [
          { type: 'comparison', comparison },
          { type: 'finished', reason: 'complete' },
        ],
        ok(undefined),
      ),
    'comparisons.remove': async () => ok({}),
  }
}

function kindsOf(shown: readonly Change[]): ChangeKind[] {
  return shown.map(({ kind }) => kind)
}

test('a finished comparison is opened at what changed in substance, and listed', async () => {
  const { client, asked } = createFakeClient(answersWith([comparison]))
  const state = buildState(client, createComparisonsSlice)
  await state.get().compareDocuments('ab07', 'ab06', 'ab07')
  const view = state.get().comparisonViews['ab07']
  expect([view?.open, view?.kind, view?.running, view?.failure]).toEqual([comparison, 'substance', null, null])
  expect(new Set(kindsOf(view?.changes ?? []))).toEqual(new Set(['substance']))
  expect(view?.list).toEqual([comparison])
  expect(asked[0]).toMatchObject({ input: { beforeId: 'ab06', afterId: 'ab07', fresh: false } })
})

test('coming back to the page opens the newest comparison, or keeps the one that is open', async () => {
  const older = { ...comparison, id: 'comparison-0' }
  const { client } = createFakeClient(answersWith([comparison, older]))
  const state = buildState(client, createComparisonsSlice)
  await state.get().loadComparisons('ab07')
  expect(state.get().comparisonViews['ab07']?.open?.id).toBe('comparison-1')
  await state.get().openComparison('ab07', older)
  await state.get().loadComparisons('ab07')
  expect(state.get().comparisonViews['ab07']?.open?.id).toBe('comparison-0')
})

test('a filter shows its kind, all shows everything in reading order', async () => {
  const { client } = createFakeClient(answersWith([comparison]))
  const state = buildState(client, createComparisonsSlice)
  await state.get().loadComparisons('ab07')
  await state.get().filterChanges('ab07', 'wording')
  expect(kindsOf(state.get().comparisonViews['ab07']?.changes ?? [])).toEqual(['wording'])
  await state.get().filterChanges('ab07', 'all')
  expect(state.get().comparisonViews['ab07']?.changes).toEqual(changes)
})

test('stopping stops the comparison and leaves what was open', async () => {
  const stopped = Promise.withResolvers<void>()
  const { client } = createFakeClient({
    ...answersWith([comparison]),
    'comparisons.compare': async function* (_: never, signal: AbortSignal | undefined) {
      signal?.addEventListener('abort', () => stopped.resolve())
      yield { type: 'progress', stage: 'aligning', done: 1, total: 2 }
      await stopped.promise
      yield { type: 'finished', reason: 'stopped' }
      return ok(undefined)
    },
  })
  const state = buildState(client, createComparisonsSlice)
  await state.get().loadComparisons('ab07')
  const working = state.get().compareDocuments('ab07', 'ab06', 'ab07', true)
  state.get().stopComparing('ab07')
  await working
  const view = state.get().comparisonViews['ab07']
  expect([view?.running, view?.open?.id]).toEqual([null, 'comparison-1'])
})

test('a failure is shown and nothing is lost', async () => {
  const refused = fail('comparison-same-document', { name: 'a.txt' })
  const { client } = createFakeClient({
    ...answersWith([comparison]),
    'comparisons.compare': () => streamOf([], refused),
  })
  const state = buildState(client, createComparisonsSlice)
  await state.get().loadComparisons('ab07')
  await state.get().compareDocuments('ab07', 'ab07', 'ab07')
  const view = state.get().comparisonViews['ab07']
  expect([view?.failure, view?.open?.id]).toEqual([refused.failure, 'comparison-1'])
})

test('forgotten, it is no longer open', async () => {
  const { client, asked } = createFakeClient(answersWith([]))
  const state = buildState(client, createComparisonsSlice)
  await state.get().openComparison('ab07', comparison)
  await state.get().removeComparison('ab07', comparison.id)
  expect(state.get().comparisonViews['ab07']).toMatchObject({ open: null, changes: [], list: [] })
  expect(asked.map(({ method }) => method)).toContain('comparisons.remove')
})

test('the first kind looked at is the weightiest there is', () => {
  const none = { added: 0, removed: 0, substance: 0, wording: 0, moved: 0, same: 4 }
  expect(firstKind(comparison)).toBe('substance')
  expect(firstKind({ ...comparison, counts: { ...none, wording: 2, removed: 1 } })).toBe('removed')
  expect(firstKind({ ...comparison, counts: none })).toBe('all')
})

test('the same name comes first, then names of one stem, then the newest', () => {
  const named = (id: string, name: string, addedAt: string) => ({
    ...sampleDocument(id, name, ['x']).document,
    addedAt,
  })
  const own = named('a', 'Lease v2.pdf', '2026-01-03T00:00:00.000Z')
  const others = [
    named('b', 'Recipe.pdf', '2026-01-09T00:00:00.000Z'),
    named('c', 'Lease v1 (copy).docx', '2026-01-01T00:00:00.000Z'),
    named('d', 'Lease v2.pdf', '2026-01-02T00:00:00.000Z'),
    named('e', 'Minutes.txt', '2026-01-05T00:00:00.000Z'),
  ]
  expect(otherDocuments(own, [own, ...others]).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'e'])
})
