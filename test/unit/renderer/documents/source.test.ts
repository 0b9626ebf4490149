// The source panel's text: windows on demand, and finding a place without reading everything before it.
import { beforeEach, expect, test } from 'vitest'
import type { Locator, Segment } from '../../../../preload/contract/document.ts'
import { fail, ok } from '../../../../preload/contract/result.ts'
import { windowSegments } from '../../../../renderer/state/documents/source.ts'
import { createFakeStore, type FakeStore } from './fakeStore.ts'

let fake: FakeStore

/** Three segments to a page. */
const segments: readonly Segment[] = Array.from({ length: 5000 }, (_, at) => {
  const [page, part] = [Math.floor(at / 3) + 1, at % 3]
  return { text: 'x'.repeat(10), locator: { kind: 'page', page, start: part * 12, end: part * 12 + 10 } }
})

function page(number: number, start = 0): Locator {
  return { kind: 'page', page: number, start, end: start + 1 }
}

function asked(): readonly number[] {
  return fake.calls.map(({ input }) => (input as { from: number }).from / windowSegments) // as: only segments are asked for
}

beforeEach(() => {
  fake = createFakeStore()
  fake.answers['documents.segments'] = ({ from, count }: { from: number; count: number }) =>
    ok(segments.slice(from, from + count))
  fake.store.getState().attachSource('d')
})

test('a window is asked for once, also while it is on its way', async () => {
  const { loadSourceWindow } = fake.store.getState()
  await Promise.all([loadSourceWindow(2), loadSourceWindow(2)])
  await loadSourceWindow(2)
  expect([asked(), fake.store.getState().source.windows[2]?.length]).toEqual([[2], windowSegments])
})

test('a place is found by looking at few windows', async () => {
  const { findInSource } = fake.store.getState()
  expect(await findInSource(page(1200), segments.length)).toBe(1199 * 3)
  expect(await findInSource(page(1200, 15), segments.length)).toBe(1199 * 3 + 1)
  expect(await findInSource(page(1), segments.length)).toBe(0)
  expect(await findInSource(page(9999), segments.length)).toBe(4999)
  expect(asked().length).toBeLessThanOrEqual(15)
})

test('text that cannot be read says why and finds nothing', async () => {
  fake.answers['documents.segments'] = () => fail('not-found', { what: 'document', id: 'd' })
  expect(await fake.store.getState().findInSource(page(3), 10)).toBe(null)
  expect(fake.store.getState().source.failure?.code).toBe('not-found')
})

test('an answer for a document no longer shown is dropped', async () => {
  const loading = fake.store.getState().loadSourceWindow(0)
  fake.store.getState().attachSource('other')
  await loading
  expect(fake.store.getState().source.windows).toEqual({})
})

test('a pinned panel stays open with another document, another closes', () => {
  const { showPassage, pinSource, attachSource } = fake.store.getState()
  showPassage({ locators: [page(1)], text: null, claim: 0 })
  attachSource('other')
  expect(fake.store.getState().source).toMatchObject({ open: false, passage: null })
  showPassage({ locators: [page(1)], text: null, claim: 0 })
  pinSource(true)
  attachSource('third')
  expect(fake.store.getState().source).toMatchObject({ open: true, pinned: true, passage: null, documentId: 'third' })
})

test('far windows are forgotten when many were seen', async () => {
  const many = Array.from({ length: 60 }, (_, at) => at)
  for (const index of many) await fake.store.getState().loadSourceWindow(index)
  const kept = Object.keys(fake.store.getState().source.windows).map(Number)
  expect([kept.length, Math.min(...kept)]).toEqual([40, 20])
})
