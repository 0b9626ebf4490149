// The app's side of the reader against a child that misbehaves on command.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readDocument, readerDefaults, type ReaderOptions } from '../../../main/documents/readerClient.ts'
import { UploadedFile } from '../../../main/documents/uploadedFile.ts'
import { createFakeChild, type FakeChild } from '../../fakes/fakeChildPort.ts'
import { readToEnd, type WholeReading } from '../../fixtures/documents/readToEnd.ts'

const opened = { type: 'opened', name: 'a.pdf', sha256: 'ab'.repeat(32), format: 'pdf', bytes: 10 }
const segments = {
  type: 'segments',
  segments: [{ text: 'Hello.', locator: { kind: 'page', page: 1, start: 0, end: 6 }, kind: 'paragraph' }],
}
const coverage = { unit: 'page', total: 1, read: 1, withoutText: [] }
const progress = { type: 'progress', unit: 'page', read: 2, total: 9, withoutText: [2] }

function start(
  options: Partial<ReaderOptions> = {},
  signal = new AbortController().signal,
): { child: FakeChild; whole: Promise<WholeReading>; limits: unknown[] } {
  const child = createFakeChild()
  const limits: unknown[] = []
  const stream = readDocument(
    (kind, given) => {
      limits.push({ kind, ...given })
      return child.port
    },
    '/folder/a.pdf',
    signal,
    { memoryOf: () => Promise.resolve(null), ...options },
  )
  return { child, whole: readToEnd(stream), limits }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a reading that goes well', () => {
  test('asks for one file with limits, passes items on, asks for more, and ends the child', async () => {
    const { child, whole, limits } = start()
    for (const message of [opened, { type: 'alive' }, segments, progress, { type: 'finished', title: 'T', coverage }])
      child.say(message)
    const { items, ended } = await whole
    const { withoutText: _, ...shown } = progress
    expect(items).toEqual([opened, segments, shown, { type: 'finished', title: 'T', coverage, reason: 'complete' }])
    expect(ended).toEqual({ ok: true, value: undefined })
    expect(child.posted).toEqual([
      { type: 'read', source: { kind: 'path', path: '/folder/a.pdf' }, limits: readerDefaults.limits },
      { type: 'more' },
    ])
    expect(limits).toEqual([{ kind: 'reader', heapMegabytes: 512, readablePaths: ['/folder/a.pdf'] }])
    expect([child.kills(), vi.getTimerCount()]).toEqual([1, 0])
  })
})

describe('a reading from memory', () => {
  function startUpload(): { child: FakeChild; whole: Promise<WholeReading>; readable: unknown[] } {
    const file = new UploadedFile('a.pdf')
    file.append(Uint8Array.from([1, 2, 3]))
    const child = createFakeChild()
    const readable: unknown[] = []
    const spawn = (_: string, limits: { readonly readablePaths?: readonly string[] }) => {
      readable.push(limits.readablePaths)
      return child.port
    }
    const options = { memoryOf: () => Promise.resolve(null) }
    return { child, whole: readToEnd(readDocument(spawn, file, new AbortController().signal, options)), readable }
  }

  test('lets the child read no file and gives it the ranges it asks for', async () => {
    const { child, whole, readable } = startUpload()
    child.say({ type: 'need', id: 4, offset: 1, length: 2 })
    child.say({ type: 'finished', title: null, coverage })
    expect((await whole).ended).toEqual({ ok: true, value: undefined })
    expect(child.posted).toEqual([
      { type: 'read', source: { kind: 'bytes', name: 'a.pdf', size: 3 }, limits: readerDefaults.limits },
      { type: 'bytes', id: 4, bytes: Uint8Array.from([2, 3]) },
    ])
    expect(readable).toEqual([[]])
  })

  test('a child that asks for what is not there is given up', async () => {
    const { child, whole } = startUpload()
    child.say({ type: 'need', id: 0, offset: 2, length: 2 })
    expect((await whole).ended).toEqual({ ok: false, failure: { code: 'reader-crashed', details: { name: 'a.pdf' } } })
    expect([child.posted.length, child.kills() > 0]).toEqual([1, true])
  })
})

describe('a reading that does not', () => {
  const crashed = { ok: false, failure: { code: 'reader-crashed', details: { name: 'a.pdf' } } }
  const heapFull = {
    ok: false,
    failure: { code: 'reader-out-of-memory', details: { name: 'a.pdf', limitMegabytes: 512 } },
  }

  test('the failure the child names is passed on', async () => {
    const { child, whole } = start()
    const failure = { code: 'document-encrypted', details: { name: 'a.pdf' } }
    child.say({ type: 'failed', failure })
    expect((await whole).ended).toEqual({ ok: false, failure })
  })

  test.each([
    [1, null, crashed],
    [null, 'SIGSEGV', crashed],
    [null, 'SIGKILL', crashed],
    [0, null, crashed],
    [134, null, heapFull],
    [null, 'SIGABRT', heapFull],
    [null, 'SIGTRAP', heapFull],
  ])('an exit with code %j and signal %j', async (code, signal, expected) => {
    const { child, whole } = start()
    child.say(opened)
    child.exit(code, signal)
    expect((await whole).ended).toEqual(expected)
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each([
    ['an unknown message', { type: 'run', code: '1' }],
    ['a failure of another room', { type: 'failed', failure: { code: 'disk-full', details: { folder: '/' } } }],
    ['a field too many', { type: 'alive', more: 1 }],
    ['no message at all', null],
  ])('%s ends it as a crash', async (_, message) => {
    const { child, whole } = start()
    child.say(message)
    expect((await whole).ended).toEqual(crashed)
    expect(child.kills()).toBeGreaterThan(0)
  })

  test('silence for a minute', async () => {
    const { child, whole } = start()
    child.say(opened)
    await vi.advanceTimersByTimeAsync(59_000)
    child.say({ type: 'alive' })
    await vi.advanceTimersByTimeAsync(59_000)
    expect(child.kills()).toBe(0)
    await vi.advanceTimersByTimeAsync(1_001)
    expect((await whole).ended).toEqual({
      ok: false,
      failure: { code: 'reader-timeout', details: { name: 'a.pdf', seconds: 60 } },
    })
    expect(child.kills()).toBeGreaterThan(0)
  })

  test('a consumer that takes its time is no silence', async () => {
    const child = createFakeChild()
    const stream = readDocument(() => child.port, '/a', new AbortController().signal, {
      memoryOf: () => Promise.resolve(null),
    })
    const first = stream.next()
    child.say(opened)
    await first
    await vi.advanceTimersByTimeAsync(600_000)
    child.say({ type: 'finished', title: null, coverage })
    expect((await stream.next()).value).toMatchObject({ type: 'finished', reason: 'complete' })
  })

  test('too much memory', async () => {
    let bytes = 1024 * 2 ** 20
    const { child, whole } = start({ memoryOf: (pid) => Promise.resolve(pid === 4711 ? bytes : null) })
    await vi.advanceTimersByTimeAsync(1000)
    expect(child.kills()).toBe(0)
    bytes += 1
    await vi.advanceTimersByTimeAsync(1000)
    expect((await whole).ended).toEqual({
      ok: false,
      failure: { code: 'reader-out-of-memory', details: { name: 'a.pdf', limitMegabytes: 1024 } },
    })
  })
})

describe('stopping', () => {
  test('ends with what was read until then, before what is still queued', async () => {
    const controller = new AbortController()
    const child = createFakeChild()
    const stream = readDocument(() => child.port, '/a', controller.signal, { memoryOf: () => Promise.resolve(null) })
    const first = stream.next()
    child.say(progress)
    await first
    child.say(segments)
    controller.abort()
    expect(await stream.next()).toEqual({
      done: false,
      value: {
        type: 'finished',
        reason: 'stopped',
        title: null,
        coverage: { unit: 'page', total: 9, read: 2, withoutText: [2] },
      },
    })
    expect(await stream.next()).toEqual({ done: true, value: { ok: true, value: undefined } })
    expect([child.kills(), vi.getTimerCount()]).toEqual([1, 0])
  })

  test('before it began starts no process', async () => {
    const { whole, limits } = start({}, AbortSignal.abort())
    expect((await whole).items.map((item) => item.type)).toEqual(['finished'])
    expect(limits).toEqual([])
  })

  test('walking away ends the child too', async () => {
    const child = createFakeChild()
    const stream = readDocument(() => child.port, '/a', new AbortController().signal, {
      memoryOf: () => Promise.resolve(null),
    })
    const first = stream.next()
    child.say(opened)
    await first
    await stream.return({ ok: true, value: undefined })
    expect([child.kills(), vi.getTimerCount()]).toEqual([1, 0])
  })
})
