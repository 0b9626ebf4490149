// Removing a document: out of sight at once, gone after the time for Undo.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fail, ok } from '../../../../preload/contract/result.ts'
import { undoMilliseconds } from '../../../../renderer/state/documents/library.ts'
import { createFakeStore, type FakeStore } from './fakeStore.ts'
import { documentRecord } from './records.ts'

let fake: FakeStore
const all = ['a', 'b', 'c'].map((id) => documentRecord(id))

beforeEach(async () => {
  vi.useFakeTimers()
  fake = createFakeStore()
  fake.answers['documents.list'] = () => ok(all)
  fake.answers['documents.remove'] = () => ok({})
  await fake.store.getState().refreshDocuments()
})
afterEach(() => void vi.useRealTimers())

function shown(): readonly string[] {
  return fake.store.getState().documents.map(({ id }) => id)
}

function removed(): readonly unknown[] {
  return fake.calls.filter(({ method }) => method === 'documents.remove').map(({ input }) => input)
}

test('is hidden at once, also from a fresh list, and removed only when the time is over', async () => {
  fake.store.setState({ route: { room: 'documents', id: 'b' } })
  fake.store.getState().removeDocument('b')
  expect([shown(), fake.store.getState().route.id, removed()]).toEqual([['a', 'c'], null, []])
  await fake.store.getState().refreshDocuments()
  expect(shown()).toEqual(['a', 'c'])
  await vi.advanceTimersByTimeAsync(undoMilliseconds)
  expect([removed(), fake.store.getState().removal]).toEqual([[{ documentId: 'b' }], null])
})

test('Undo brings it back where it was', async () => {
  fake.store.getState().removeDocument('b')
  fake.store.getState().undoRemoval()
  await vi.advanceTimersByTimeAsync(undoMilliseconds * 2)
  expect([shown(), removed()]).toEqual([['a', 'b', 'c'], []])
})

test('a second removal does not wait for the first', async () => {
  fake.store.getState().removeDocument('a')
  fake.store.getState().removeDocument('b')
  expect([removed(), shown(), fake.store.getState().removal?.id]).toEqual([[{ documentId: 'a' }], ['c'], 'b'])
  await vi.advanceTimersByTimeAsync(undoMilliseconds)
  expect(removed()).toEqual([{ documentId: 'a' }, { documentId: 'b' }])
})

test('what cannot be removed comes back with the reason', async () => {
  const failure = { code: 'disk-full', details: { folder: '/d' } } as const
  fake.answers['documents.remove'] = () => fail('disk-full', { folder: '/d' })
  let seen: unknown = null
  fake.store.subscribe(({ documentsFailure }) => (seen ??= documentsFailure))
  fake.store.getState().removeDocument('b')
  await vi.advanceTimersByTimeAsync(undoMilliseconds)
  expect([shown(), seen]).toEqual([['a', 'b', 'c'], failure])
})
