// One page read again: what came takes the place of what was there, and a changed or lost file says so.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { DocumentService } from '../../../main/documents/documentService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeChild, type FakeChild } from '../../fakes/fakeChildPort.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { readToEnd } from '../../fixtures/documents/readToEnd.ts'

const sha256 = 'cd'.repeat(32)
const opened = { type: 'opened', name: 'scan.pdf', sha256, format: 'pdf', bytes: 42 } as const
const signal = new AbortController().signal

function page(number: number, text: string): Segment {
  return { text, locator: { kind: 'page', page: number, start: 0, end: text.length } }
}

function reading(segments: readonly Segment[], withoutText: readonly number[], bytes = opened): readonly unknown[] {
  const coverage = { unit: 'page', total: 3, read: 3, withoutText }
  return [bytes, { type: 'segments', segments }, { type: 'finished', title: null, coverage }]
}

let storage: Storage
let service: DocumentService
let script: readonly unknown[]
let children: FakeChild[]

beforeEach(async () => {
  storage = await openMemoryStorage() // closed in `afterEach`
  children = []
  let ids = 0
  service = new DocumentService({
    storage,
    logger: createFakeLogger(),
    now: () => new Date('2026-11-20T10:00:00Z'),
    newId: () => `d${(ids += 1)}`,
    samplesFolder: '/samples',
    reader: { memoryOf: () => Promise.resolve(null) },
    spawn: () => {
      const child = createFakeChild()
      children.push(child)
      queueMicrotask(() => script.forEach((message) => child.say(message)))
      return child.port
    },
  })
  script = reading([page(1, 'The first.'), page(3, 'The third.')], [2])
  await readToEnd(service.add({ path: '/docs/scan.pdf' }, signal))
})
afterEach(() => storage.close())

test('text that came stands where its page is, is counted, searched for, and the page is no gap any more', async () => {
  script = reading([page(1, 'Another first.'), page(2, 'The second came.'), page(3, 'The third.')], [])
  const renewed = await service.rereadUnit('d1', 2, signal)
  const segments = [page(1, 'The first.'), page(2, 'The second came.'), page(3, 'The third.')]
  expect(renewed).toEqual({
    ok: true,
    value: {
      segments,
      coverage: { unit: 'page', total: 3, read: 3, withoutText: [] },
      charactersBefore: 0,
      characters: 16,
      changed: true,
    },
  })
  expect(await service.allSegments('d1')).toEqual({ ok: true, value: segments })
  const record = await service.get('d1')
  expect(
    record.ok ? [record.value.segments, record.value.characters, record.value.coverage.withoutText] : null,
  ).toEqual([3, 36, []])
  const found = await storage.all(
    `SELECT s.position FROM segment_index i JOIN segments s ON s.number = i.rowid
     JOIN documents d ON s.number BETWEEN d.first_segment AND d.last_segment WHERE segment_index MATCH 'second'`,
  )
  expect(found).toEqual({ ok: true, value: [{ position: 1 }] })
})

test('what is as it was changes nothing', async () => {
  script = reading([page(1, 'Another first.'), page(3, 'The third.')], [2])
  const renewed = await service.rereadUnit('d1', 3, signal)
  expect(renewed.ok ? [renewed.value?.changed, renewed.value?.characters] : renewed).toEqual([false, 10])
  expect(await service.allSegments('d1')).toEqual({ ok: true, value: [page(1, 'The first.'), page(3, 'The third.')] })
})

test('a page whose text is gone becomes a gap', async () => {
  script = reading([page(1, 'The first.')], [2, 3])
  await service.rereadUnit('d1', 3, signal)
  const record = await service.get('d1')
  expect(record.ok ? record.value.coverage.withoutText : null).toEqual([2, 3])
})

test('a changed file is not read into the old text; its reader is ended', async () => {
  script = reading([page(1, 'Rewritten.')], [], { ...opened, sha256: 'ee'.repeat(32) })
  expect(await service.rereadUnit('d1', 1, signal)).toEqual({
    ok: false,
    failure: { code: 'document-changed', details: { name: 'scan.pdf' } },
  })
  expect(await service.allSegments('d1')).toEqual({ ok: true, value: [page(1, 'The first.'), page(3, 'The third.')] })
  expect(children.at(-1)?.kills()).toBe(1)
})

test('a lost file, a page it has not, a document that came without a path, one that is unknown', async () => {
  script = [{ type: 'failed', failure: { code: 'file-missing', details: { name: 'scan.pdf' } } }]
  expect(await service.rereadUnit('d1', 1, signal)).toMatchObject({ ok: false, failure: { code: 'file-missing' } })
  expect(await service.rereadUnit('d1', 4, signal)).toMatchObject({ ok: false, failure: { code: 'invalid-input' } })
  await storage.run(`UPDATE documents SET path = ''`)
  expect(await service.rereadUnit('d1', 1, signal)).toEqual({
    ok: false,
    failure: { code: 'document-file-unknown', details: { name: 'scan.pdf' } },
  })
  expect(await service.rereadUnit('d9', 1, signal)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
})
