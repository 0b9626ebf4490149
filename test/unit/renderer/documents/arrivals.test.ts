// Files coming in: handed over in pieces, one after another, and what goes wrong with one stops no other.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { fail, ok } from '../../../../preload/contract/result.ts'
import { maxDocumentBytes, maxPieceCharacters } from '../../../../preload/contract/protocol.ts'
import { encodeBase64, type Incoming, pieceBytes, textAsFile } from '../../../../renderer/state/documents/incoming.ts'
import { createFakeStore, type FakeStore } from './fakeStore.ts'
import { documentRecord } from './records.ts'

type Piece = {
  readonly uploadId: string | null
  readonly name: string
  readonly base64: string
  readonly last: boolean
}

let fake: FakeStore
let pieces: Piece[]

const coverage = { unit: 'page', total: 6, read: 6, withoutText: [] } as const

function incoming(name: string, content: BlobPart = 'text'): Incoming {
  return { kind: 'file', name, content: new Blob([content]) }
}

beforeEach(() => {
  fake = createFakeStore()
  pieces = []
  fake.answers['documents.receive'] = (piece: Piece) => {
    pieces.push(piece)
    const uploadId = piece.uploadId ?? piece.name
    return ok({ uploadId, receivedBytes: pieces.reduce((sum, { base64 }) => sum + (base64.length / 4) * 3, 0) })
  }
  fake.scripts['documents.add'] = (origin: { uploadId?: string; path?: string }) => {
    const name = origin.uploadId ?? origin.path ?? ''
    const items = [
      { type: 'added', document: documentRecord(name) },
      { type: 'finished', reason: 'complete', coverage },
    ]
    return { items, end: ok(undefined) }
  }
})

describe('one file', () => {
  test('is handed over, read, listed and opened', async () => {
    await fake.store.getState().addIncoming([incoming('plan')])
    expect(pieces).toEqual([{ uploadId: null, name: 'plan', base64: btoa('text'), last: true }])
    expect(fake.streams.map(({ method, input }) => [method, input])).toEqual([['documents.add', { uploadId: 'plan' }]])
    const { arrivals, documents, route } = fake.store.getState()
    expect([arrivals, documents, route]).toEqual([[], [documentRecord('plan')], { room: 'documents', id: 'plan' }])
  })

  test('larger than a piece goes in several, each short enough for the wire', async () => {
    const bytes = new Uint8Array(pieceBytes * 2 + 5).map((_, index) => index % 251)
    await fake.store.getState().addIncoming([incoming('big', bytes)])
    expect(pieces.map(({ uploadId, last }) => [uploadId, last])).toEqual([
      [null, false],
      ['big', false],
      ['big', true],
    ])
    expect(pieces.every(({ base64 }) => base64.length <= maxPieceCharacters)).toBe(true)
    const joined = Buffer.concat(pieces.map(({ base64 }) => Buffer.from(base64, 'base64')))
    expect(joined.equals(Buffer.from(bytes))).toBe(true)
  })

  test('by path is not handed over', async () => {
    await fake.store.getState().addIncoming([{ kind: 'path', name: 'a.pdf', path: '/samples/a.pdf' }])
    expect([pieces.length, fake.streams[0]?.input]).toEqual([0, { path: '/samples/a.pdf' }])
  })

  test('pasted text becomes a document of its own', async () => {
    await fake.store.getState().addIncoming([textAsFile('Pasted text', 'Grüße')])
    expect(Buffer.from(pieces[0]?.base64 ?? '', 'base64').toString('utf8')).toBe('Grüße')
  })
})

describe('many at once', () => {
  test('500 come two at a time, and the failures stay while everything else goes on', async () => {
    fake.scripts['documents.add'] = ({ uploadId }: { uploadId: string }) => {
      const failed = Number(uploadId) % 100 === 7
      const added = { type: 'added', document: documentRecord(uploadId) }
      return failed
        ? { items: [], end: fail('format-unsupported', { name: uploadId, detected: 'zip' }) }
        : { items: [added], end: ok(undefined) }
    }
    await fake.store.getState().addIncoming(Array.from({ length: 500 }, (_, at) => incoming(String(at))))
    const { arrivals, documents, route } = fake.store.getState()
    expect([documents.length, documents[0]?.id, route.id]).toEqual([495, '499', '0'])
    expect(arrivals.map(({ name, state, failure }) => [name, state, failure?.code])).toEqual(
      ['7', '107', '207', '307', '407'].map((name) => [name, 'failed', 'format-unsupported']),
    )
    fake.store.getState().dismissArrivals()
    expect(fake.store.getState().arrivals).toEqual([])
  })

  test('a folder, a file that is too large and one that cannot be read are rows with their codes', async () => {
    const huge = { size: maxDocumentBytes + 1 } as Blob // as: nothing else of it is looked at
    const gone = {
      size: 3,
      slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotFoundError')) }),
    }
    await fake.store.getState().addIncoming([
      { kind: 'folder', name: 'papers' },
      { kind: 'file', name: 'huge', content: huge },
      { kind: 'file', name: 'gone', content: gone as unknown as Blob }, // as: a file that vanished after it was chosen
      incoming('fine'),
    ])
    const { arrivals, documents } = fake.store.getState()
    expect(arrivals.map(({ name, failure }) => [name, failure])).toEqual([
      ['papers', { code: 'file-not-regular', details: { name: 'papers' } }],
      [
        'huge',
        {
          code: 'file-too-large',
          details: { name: 'huge', bytes: maxDocumentBytes + 1, limitBytes: maxDocumentBytes },
        },
      ],
      ['gone', { code: 'file-missing', details: { name: 'gone' } }],
    ])
    expect(documents.map(({ id }) => id)).toEqual(['fine'])
  })

  test('two are read at a time; Stop ends both and forgets the rest', async () => {
    delete fake.scripts['documents.add']
    const done = fake.store.getState().addIncoming([incoming('a'), incoming('b'), incoming('c')])
    await vi.waitFor(() => expect(fake.streams.length).toBe(2))
    fake.streams[0]?.queue.put({ type: 'progress', unit: 'page', read: 2, total: 6 })
    await vi.waitFor(() => expect(fake.store.getState().arrivals[0]?.done).toBe(2))
    fake.store.getState().stopArrivals()
    await done
    expect([fake.store.getState().arrivals, fake.streams.length]).toEqual([[], 2])
  })
})

test('Base64 is exact at every length', () => {
  for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 50_000]) {
    const bytes = new Uint8Array(length).map((_, index) => (index * 7) % 256)
    expect(Buffer.from(encodeBase64(bytes), 'base64').equals(Buffer.from(bytes))).toBe(true)
  }
})
