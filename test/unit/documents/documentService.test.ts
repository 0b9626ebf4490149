// The library over a real database and a reader that says what the test wants.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DocumentService } from '../../../main/documents/documentService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeChild, type FakeChild } from '../../fakes/fakeChildPort.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { readToEnd } from '../../fixtures/documents/readToEnd.ts'

const sha256 = 'cd'.repeat(32)
const opened = { type: 'opened', name: 'plan.md', sha256, format: 'markdown', bytes: 42 } as const
const coverage = { unit: 'line', total: 9, read: 9, withoutText: [] } as const
const heading = { text: 'Plan', locator: { kind: 'lines', from: 1, to: 1 }, kind: 'heading' } as const
const paragraph = { text: 'We dig.', locator: { kind: 'lines', from: 3, to: 4 } } as const
const messages = [
  opened,
  { type: 'segments', segments: [heading] },
  { type: 'progress', unit: 'line', read: 1, total: 9, withoutText: [] },
  { type: 'segments', segments: [paragraph] },
  { type: 'finished', title: 'Plan', coverage },
]
const record = {
  id: 'd1',
  name: 'plan.md',
  path: '/docs/plan.md',
  sha256,
  format: 'markdown',
  bytes: 42,
  characters: 11,
  segments: 2,
  title: 'Plan',
  coverage,
  addedAt: '2026-11-20T10:00:00.000Z',
  openedAt: '2026-11-20T10:00:00.000Z',
}
const signal = new AbortController().signal

let storage: Storage
let service: DocumentService
let time: Date
let ids: number
let script: readonly unknown[]
let children: FakeChild[]
let forgotten: string[]
const logger = createFakeLogger()

beforeEach(async () => {
  storage = await openMemoryStorage() // closed in `afterEach`
  time = new Date('2026-11-20T10:00:00Z')
  ids = 0
  script = messages
  children = []
  forgotten = []
  service = makeService()
})
afterEach(() => storage.close())

function makeService(): DocumentService {
  return new DocumentService({
    storage,
    logger,
    now: () => time,
    newId: () => `d${(ids += 1)}`,
    samplesFolder: '/samples',
    onForgotten: (id) => Promise.resolve(void forgotten.push(id)),
    reader: { memoryOf: () => Promise.resolve(null) },
    spawn: () => {
      const child = createFakeChild()
      children.push(child)
      queueMicrotask(() => script.forEach((message) => child.say(message)))
      return child.port
    },
  })
}

async function rows(table: 'documents' | 'segments'): Promise<number> {
  const found = await storage.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)
  if (!found.ok) throw new Error(found.failure.code)
  return found.value?.n ?? 0
}

describe('add', () => {
  test('keeps the text and shows the record before it finishes', async () => {
    const { items, ended } = await readToEnd(service.add({ path: '/docs/./plan.md' }, signal))
    expect(items).toEqual([
      opened,
      { type: 'progress', unit: 'line', read: 1, total: 9 },
      { type: 'added', document: record },
      { type: 'finished', reason: 'complete', coverage },
    ])
    expect(ended).toEqual({ ok: true, value: undefined })
    expect(await service.list()).toEqual({ ok: true, value: [record] })
    expect(await service.get('d1')).toEqual({ ok: true, value: record })
    expect(await service.allSegments('d1')).toEqual({ ok: true, value: [heading, paragraph] })
    expect(await service.segments('d1', 1, 5)).toEqual({ ok: true, value: [paragraph] })
  })

  test('the same bytes at the same place are not read again, only opened again', async () => {
    await readToEnd(service.add({ path: '/docs/plan.md' }, signal))
    time = new Date('2026-11-21T10:00:00Z')
    script = [opened]
    const again = { ...record, openedAt: '2026-11-21T10:00:00.000Z' }
    const { items } = await readToEnd(service.add({ path: '/docs/plan.md' }, signal))
    expect(items).toEqual([
      opened,
      { type: 'added', document: again },
      { type: 'finished', reason: 'complete', coverage },
    ])
    expect(await service.list()).toEqual({ ok: true, value: [again] })
    expect([await rows('segments'), children.map((child) => child.kills())]).toEqual([2, [1, 1]])
  })

  test('the same file added twice at once is one document, and both hear of it', async () => {
    const both = await Promise.all([1, 2].map(() => readToEnd(service.add({ path: '/docs/plan.md' }, signal))))
    const list = await service.list()
    const kept = list.ok ? list.value : []
    expect(kept.length).toBe(1)
    for (const { items, ended } of both) {
      expect(items.find((item) => item.type === 'added')).toEqual({ type: 'added', document: kept[0] })
      expect(items.at(-1)).toEqual({ type: 'finished', reason: 'complete', coverage })
      expect(ended.ok).toBe(true)
    }
    expect([await rows('documents'), await rows('segments')]).toEqual([1, 2])
  })

  test('the same bytes elsewhere, and other bytes at the same place, are documents of their own', async () => {
    await readToEnd(service.add({ path: '/docs/plan.md' }, signal))
    await readToEnd(service.add({ path: '/copy/plan.md' }, signal))
    script = [{ ...opened, sha256: 'ef'.repeat(32) }, ...messages.slice(1)]
    await readToEnd(service.add({ path: '/docs/plan.md' }, signal))
    const list = await service.list()
    expect(list.ok && list.value.map((document) => document.id).toSorted()).toEqual(['d1', 'd2', 'd3'])
  })

  test('a failure half way leaves nothing', async () => {
    const failure = { code: 'document-changed', details: { name: 'plan.md' } } as const
    script = [...messages.slice(0, 4), { type: 'failed', failure }]
    expect((await readToEnd(service.add({ path: '/docs/plan.md' }, signal))).ended).toEqual({ ok: false, failure })
    expect([await rows('documents'), await rows('segments')]).toEqual([0, 0])
  })

  test('stopping half way leaves nothing and says how far it came', async () => {
    const controller = new AbortController()
    script = messages.slice(0, 3)
    const stream = service.add({ path: '/docs/plan.md' }, controller.signal)
    await stream.next()
    expect(await stream.next()).toMatchObject({ value: { type: 'progress' } })
    controller.abort()
    const { items, ended } = await readToEnd(stream)
    expect(items).toEqual([{ type: 'finished', reason: 'stopped', coverage: { ...coverage, read: 1 } }])
    expect([ended, await rows('documents'), await rows('segments')]).toEqual([{ ok: true, value: undefined }, 0, 0])
  })

  test('walking away half way leaves nothing and no process', async () => {
    const stream = service.add({ path: '/docs/plan.md' }, signal)
    await stream.next()
    await stream.next()
    await stream.return({ ok: true, value: undefined })
    expect([await rows('documents'), await rows('segments'), children[0]?.kills()]).toEqual([0, 0, 1])
  })

  test('what a killed app left half read is invisible, and gone with the next add', async () => {
    script = messages.slice(0, 3)
    const abandoned = service.add({ path: '/docs/plan.md' }, signal)
    await abandoned.next()
    await abandoned.next()
    const restarted = makeService()
    expect([await restarted.list(), await rows('segments')]).toEqual([{ ok: true, value: [] }, 1])
    script = messages
    await readToEnd(restarted.add({ path: '/docs/plan.md' }, signal))
    expect([await rows('documents'), await rows('segments')]).toEqual([1, 2])
    await abandoned.return({ ok: true, value: undefined })
  })

  test('an upload is kept without a path, once per bytes and name, and used up', async () => {
    const upload = async (name: string) => {
      const received = await service.receive({ uploadId: null, name, base64: 'V2UgZGlnLg==', last: true }, 'window')
      return received.ok ? received.value.uploadId : ''
    }
    const first = await upload('plan.md')
    const { items } = await readToEnd(service.add({ uploadId: first }, signal))
    expect(items.find((item) => item.type === 'added')).toMatchObject({ document: { name: 'plan.md', path: '' } })
    await readToEnd(service.add({ uploadId: await upload('plan.md') }, signal))
    expect(await rows('documents')).toBe(1)
    script = [{ ...opened, name: 'copy.md' }, ...messages.slice(1)]
    await readToEnd(service.add({ uploadId: await upload('copy.md') }, signal))
    expect(await rows('documents')).toBe(2)
    expect((await readToEnd(service.add({ uploadId: first }, signal))).ended).toEqual({
      ok: false,
      failure: { code: 'not-found', details: { what: 'upload', id: first } },
    })
  })

  test('a relative path is refused', async () => {
    const { ended } = await readToEnd(service.add({ path: 'plan.md' }, signal))
    expect(ended).toEqual({
      ok: false,
      failure: { code: 'invalid-input', details: { issues: ['path: not absolute'] } },
    })
  })
})

test('extract yields segments and keeps nothing', async () => {
  const { items, segments } = await readToEnd(service.extract('/docs/plan.md', signal))
  expect(items.at(-1)).toEqual({ type: 'finished', reason: 'complete', coverage })
  expect(segments).toEqual([heading, paragraph])
  expect(await rows('documents')).toBe(0)
})

test('remove takes the text with it and says so; unknown ids are not found', async () => {
  const unknown = { ok: false, failure: { code: 'not-found', details: { what: 'document', id: 'd1' } } }
  await readToEnd(service.add({ path: '/docs/plan.md' }, signal))
  expect(await service.remove('d1')).toEqual({ ok: true, value: undefined })
  expect([await rows('documents'), await rows('segments')]).toEqual([0, 0])
  expect(forgotten).toEqual(['d1'])
  expect([await service.remove('d1'), await service.get('d1'), await service.segments('d1', 0, 1)]).toEqual([
    unknown,
    unknown,
    unknown,
  ])
})

test('logs carry neither names nor paths nor text', async () => {
  await readToEnd(service.add({ path: '/docs/plan.md' }, signal))
  script = [{ type: 'failed', failure: { code: 'document-corrupt', details: { name: 'plan.md' } } }]
  await readToEnd(service.extract('/docs/plan.md', signal))
  expect(logger.lines.at(-1)).toEqual({
    level: 'warn',
    event: 'documents.extract',
    fields: { milliseconds: 0, code: 'document-corrupt' },
  })
  expect(JSON.stringify(logger.lines)).not.toMatch(/plan|docs\/|We dig/)
})

test('opening a document marks it as opened now', async () => {
  await readToEnd(service.add({ path: '/docs/plan.md' }, signal))
  time = new Date('2026-11-22T10:00:00Z')
  const again = { ...record, openedAt: '2026-11-22T10:00:00.000Z' }
  expect(await service.open('d1')).toEqual({ ok: true, value: again })
  expect(await service.list()).toEqual({ ok: true, value: [again] })
  expect(await service.open('d9')).toEqual({
    ok: false,
    failure: { code: 'not-found', details: { what: 'document', id: 'd9' } },
  })
})
