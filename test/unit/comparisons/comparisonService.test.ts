// Comparisons over a real database in memory: made, kept, found again, outdated, forgotten with their documents.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ComparisonItem } from '#contract/comparison.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import { ComparisonService } from '../../../main/comparisons/comparisonService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { contractPair, contractSegments } from '../../fixtures/contracts.ts'

const older = ['The buyer shall pay 100 euros within ten days.', 'The seller is not liable for delays of the carrier.']
const newer = ['The buyer shall pay 120 euros within ten days.', 'The seller is not liable for delays of the carrier.']

let storage: Storage
let texts: Map<string, readonly Segment[]>
let service: ComparisonService
let clock: number

beforeEach(async () => {
  storage = await openMemoryStorage()
  texts = new Map()
  clock = Date.parse('2026-03-01T10:00:00Z')
  let ids = 0
  service = new ComparisonService({
    storage,
    logger: createFakeLogger(),
    now: () => new Date((clock += 5)),
    newId: () => `c-${(ids += 1)}`,
    documents: {
      get: async (id) => {
        const row = await storage.get<{ name: string; sha256: string; characters: number }>(
          'SELECT * FROM documents WHERE id = ?',
          [id],
        )
        if (!row.ok) return row
        if (row.value === undefined) return fail('not-found', { what: 'document', id })
        return ok({ ...record(id, row.value.name, row.value.sha256), characters: row.value.characters })
      },
      allSegments: async (id) => ok(texts.get(id) ?? []),
    },
  })
})
afterEach(() => storage.close())

function record(id: string, name: string, sha256: string): DocumentRecord {
  return {
    id,
    name,
    path: `/somewhere/${name}`,
    sha256,
    format: 'text',
    bytes: 1,
    characters: 10,
    segments: 1,
    title: null,
    coverage: { unit: 'line', total: 2, read: 2, withoutText: [] },
    addedAt: '2026-03-01T09:00:00.000Z',
    openedAt: '2026-03-01T09:00:00.000Z',
  }
}

async function add(
  id: string,
  name: string,
  clauses: readonly string[],
  addedAt = '2026-03-01T09:00:00.000Z',
): Promise<void> {
  const { path, format, bytes, characters, segments, coverage } = record(id, name, id)
  await storage.run(
    `INSERT INTO documents (id, name, path, sha256, format, bytes, characters, segments, title, coverage, added_at, opened_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)`,
    [id, name, path, id, format, bytes, characters, segments, JSON.stringify(coverage), addedAt, addedAt],
  )
  texts.set(id, contractSegments(clauses).slice(1))
}

async function run(stream: Stream<ComparisonItem>): Promise<{ items: ComparisonItem[]; end: Result<void> }> {
  const items: ComparisonItem[] = []
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return { items, end: step.value }
    items.push(step.value)
  }
}

function compare(beforeId: string, afterId: string, fresh = false, signal = new AbortController().signal) {
  return run(service.compare({ beforeId, afterId, fresh }, signal))
}

async function compareOld(): Promise<string> {
  await add('old', 'Old.txt', older)
  await add('new', 'New.txt', newer)
  const { items } = await compare('old', 'new')
  const made = items.find((item) => item.type === 'comparison')
  if (made === undefined) throw new Error('no comparison was made')
  return made.comparison.id
}

test('a comparison is made, kept with its changes and found by either document', async () => {
  const id = await compareOld()
  const kept = await service.get(id)
  if (!kept.ok) throw new Error(kept.failure.code)
  expect(kept.value.counts).toEqual({ added: 0, removed: 0, substance: 1, wording: 0, moved: 0, same: 1 })
  expect([kept.value.before.outdated, kept.value.after.outdated, kept.value.identical]).toEqual([false, false, false])
  for (const side of ['old', 'new']) expect(await service.list(side)).toEqual(ok([kept.value]))
  const changes = await service.changes(id, 0, 10)
  expect(changes.ok && changes.value.map(({ kind, reasons, after }) => [kind, reasons, after?.text])).toEqual([
    ['substance', ['number'], 'The buyer shall pay 120 euros within ten days.'],
  ])
  expect(await service.changes(id, 0, 10, ['added'])).toEqual(ok([]))
  expect(await service.changes(id, 1, 10)).toEqual(ok([]))
})

test('what is kept is answered again; fresh makes it anew in its place', async () => {
  const id = await compareOld()
  const again = await compare('old', 'new')
  expect(again.items.map(({ type }) => type)).toEqual(['comparison', 'finished'])
  expect(again.items[0]).toMatchObject({ comparison: { id } })
  const fresh = await compare('old', 'new', true)
  expect(fresh.items.find((item) => item.type === 'comparison')).toMatchObject({ comparison: { id: 'c-2' } })
  const listed = await service.list()
  expect(listed.ok && listed.value.map((each) => each.id)).toEqual(['c-2'])
})

test('a newer file of the same name and place, or a text read anew, makes a comparison outdated', async () => {
  const id = await compareOld()
  await storage.run("UPDATE documents SET characters = 11 WHERE id = 'new'")
  const reread = await service.get(id)
  expect(reread.ok && [reread.value.before.outdated, reread.value.after.outdated]).toEqual([false, true])
  await storage.run("UPDATE documents SET characters = 10 WHERE id = 'new'")
  await add('newest', 'Old.txt', newer, '2026-03-02T09:00:00.000Z')
  const newerFile = await service.get(id)
  expect(newerFile.ok && [newerFile.value.before.outdated, newerFile.value.after.outdated]).toEqual([true, false])
  const again = await compare('old', 'new')
  expect(again.items.at(-2)).toMatchObject({ type: 'comparison', comparison: { id: 'c-2' } })
})

test('it goes with either of its documents, changes too', async () => {
  const id = await compareOld()
  await storage.run("DELETE FROM documents WHERE id = 'old'")
  expect(await service.get(id)).toEqual(fail('not-found', { what: 'comparison', id }))
  expect(await storage.all('SELECT * FROM comparison_changes')).toEqual(ok([]))
})

test('it can be forgotten; the documents stay', async () => {
  const id = await compareOld()
  expect(await service.remove(id)).toEqual(ok(undefined))
  expect(await service.remove(id)).toEqual(fail('not-found', { what: 'comparison', id }))
  const left = await storage.all<{ id: string }>('SELECT id FROM documents ORDER BY id')
  expect(left.ok && left.value.map((row) => row.id)).toEqual(['new', 'old'])
})

test('identical texts are said to be so, and the same bytes too', async () => {
  await add('one', 'One.txt', older)
  await add('two', 'Two.txt', older)
  const { items } = await compare('one', 'two')
  expect(items.find((item) => item.type === 'comparison')).toMatchObject({
    comparison: { identical: true, sameFile: false, counts: { same: 2 } },
  })
})

test('refused: a document with itself, an unknown one, one without text', async () => {
  await add('one', 'One.txt', older)
  await add('blank', 'Scan.txt', [])
  expect((await compare('one', 'one')).end).toEqual(fail('comparison-same-document', { name: 'One.txt' }))
  expect((await compare('one', 'gone')).end).toEqual(fail('not-found', { what: 'document', id: 'gone' }))
  expect((await compare('one', 'blank')).end).toEqual(
    fail('document-without-text', { name: 'Scan.txt', unit: 'line', total: 2 }),
  )
  expect(await service.list()).toEqual(ok([]))
})

test('a long comparison tells its progress, and stopping keeps nothing', async () => {
  const pair = contractPair(7, 800, 20)
  await add('long', 'Long.txt', pair.before)
  await add('longer', 'Longer.txt', pair.after)
  const controller = new AbortController()
  const stream = service.compare({ beforeId: 'long', afterId: 'longer', fresh: false }, controller.signal)
  const seen: string[] = []
  for (let step = await stream.next(); step.done !== true; step = await stream.next()) {
    seen.push(step.value.type)
    if (step.value.type === 'progress' && step.value.stage === 'judging') controller.abort()
  }
  expect(seen.at(-1)).toBe('finished')
  expect(seen).not.toContain('comparison')
  expect(seen.filter((type) => type === 'progress').length).toBeGreaterThan(2)
  expect(await service.list()).toEqual(ok([]))
})

test('a full disk while keeping is said, and nothing is kept', async () => {
  await add('old', 'Old.txt', older)
  await add('new', 'New.txt', newer)
  const transaction = storage.transaction.bind(storage)
  storage.transaction = async () => fail('disk-full', { folder: '/somewhere' })
  expect((await compare('old', 'new')).end).toEqual(fail('disk-full', { folder: '/somewhere' }))
  storage.transaction = transaction
  expect(await service.list()).toEqual(ok([]))
})
