// Files handed over piece by piece: whole, too large, too many, abandoned.
import { beforeEach, describe, expect, test } from 'vitest'
import { UploadStore, type UploadPiece } from '../../../main/documents/uploadStore.ts'
import { createFakeTimers, type FakeTimers } from '../../fakes/fakeTimers.ts'

const minutes = 60_000

let timers: FakeTimers
let store: UploadStore
let ids: number

beforeEach(() => {
  timers = createFakeTimers()
  ids = 0
  store = new UploadStore({
    limitBytes: 10,
    newId: () => `u${(ids += 1)}`,
    schedule: (then, milliseconds) => timers.after(milliseconds, then),
  })
})

function piece(text: string, given: Partial<UploadPiece> = {}): UploadPiece {
  return { uploadId: null, name: 'plan.md', base64: Buffer.from(text).toString('base64'), last: false, ...given }
}

function unknown(id: string) {
  return { ok: false, failure: { code: 'not-found', details: { what: 'upload', id } } }
}

describe('a whole upload', () => {
  test('counts as it grows and is handed over once, byte for byte', () => {
    expect(store.receive(piece('one'), 'w')).toEqual({ ok: true, value: { uploadId: 'u1', receivedBytes: 3 } })
    expect(store.receive(piece('', { uploadId: 'u1' }), 'w')).toEqual({
      ok: true,
      value: { uploadId: 'u1', receivedBytes: 3 },
    })
    expect(store.receive(piece('two!', { uploadId: 'u1', last: true }), 'w')).toEqual({
      ok: true,
      value: { uploadId: 'u1', receivedBytes: 7 },
    })
    const taken = store.take('u1')
    if (!taken.ok) throw new Error(taken.failure.code)
    expect([taken.value.name, taken.value.size]).toEqual(['plan.md', 7])
    const text = (offset: number, length: number) => Buffer.from(taken.value.read(offset, length)).toString()
    expect([text(0, 7), text(2, 3), text(3, 4), text(6, 9), text(7, 1)]).toEqual(['onetwo!', 'etw', 'two!', '!', ''])
    expect([store.take('u1'), timers.waiting]).toEqual([unknown('u1'), 0])
  })

  test('takes no more pieces', () => {
    store.receive(piece('one', { last: true }), 'w')
    expect(store.receive(piece('two', { uploadId: 'u1' }), 'w')).toEqual(unknown('u1'))
  })

  test('of nothing is an empty file, which the reader names', () => {
    store.receive(piece('', { last: true }), 'w')
    expect(store.take('u1')).toMatchObject({ ok: true, value: { size: 0 } })
  })
})

test('an upload with pieces missing is not handed over', () => {
  store.receive(piece('one'), 'w')
  expect(store.take('u1')).toEqual(unknown('u1'))
})

test('a file over the limit is refused as soon as that is known, and dropped', () => {
  store.receive(piece('12345678'), 'w')
  expect(store.receive(piece('901', { uploadId: 'u1' }), 'w')).toEqual({
    ok: false,
    failure: { code: 'file-too-large', details: { name: 'plan.md', bytes: 11, limitBytes: 10 } },
  })
  expect([store.take('u1'), timers.waiting]).toEqual([unknown('u1'), 0])
})

describe('abandoned uploads', () => {
  test('go ten minutes after their last piece', () => {
    store.receive(piece('one'), 'w')
    timers.advance(9 * minutes)
    store.receive(piece('two', { uploadId: 'u1' }), 'w')
    timers.advance(9 * minutes)
    expect(store.receive(piece('', { uploadId: 'u1' }), 'w')).toMatchObject({ ok: true })
    timers.advance(10 * minutes)
    expect(store.receive(piece('end', { uploadId: 'u1', last: true }), 'w')).toEqual(unknown('u1'))
  })

  test('make room, oldest first, when their connection holds too much; other connections keep theirs', () => {
    store.receive(piece('1234', { last: true }), 'other')
    store.receive(piece('1234', { last: true }), 'w')
    store.receive(piece('5678', { last: true }), 'w')
    store.receive(piece('9012', { last: true }), 'w')
    expect([store.take('u2'), store.take('u1').ok, store.take('u3').ok, store.take('u4').ok]).toEqual([
      unknown('u2'),
      true,
      true,
      true,
    ])
  })

  test('are forgotten when the store closes', () => {
    store.receive(piece('one'), 'w')
    store.close()
    expect(timers.waiting).toBe(0)
  })
})
