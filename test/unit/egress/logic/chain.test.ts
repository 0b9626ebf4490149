// The chain rule: every kind of tampering is found and named.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { LedgerEntry } from '#contract/ledger.ts'
import {
  chainEntry,
  type EntryBody,
  entryText,
  firstPreviousHash,
  type LedgerHead,
  linkOf,
  verifyChain,
  verifyLinks,
} from '../../../../main/egress/logic/chain.ts'

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function body(seq: number, previousHash: string, result = `result ${seq}`): EntryBody {
  return {
    seq,
    at: '2026-11-20T12:00:00.000Z',
    event: 'attempt',
    purpose: 'model-header',
    destination: 'https://huggingface.co/x',
    sentBytes: 0,
    receivedBytes: seq,
    digest: null,
    grantId: null,
    result,
    attemptSeq: null,
    appVersion: '0.1.0',
    policySha256: null,
    previousHash,
  }
}

function chainOf(count: number): LedgerEntry[] {
  const entries: LedgerEntry[] = []
  for (let seq = 1; seq <= count; seq++) {
    entries.push(chainEntry(body(seq, entries.at(-1)?.hash ?? firstPreviousHash), sha256))
  }
  return entries
}

function headOf(entries: readonly LedgerEntry[], mac: LedgerHead['mac'] = 'valid'): LedgerHead {
  return { entries: entries.length, hash: entries.at(-1)?.hash ?? firstPreviousHash, mac }
}

function rehash(entry: LedgerEntry, change: Partial<EntryBody>): LedgerEntry {
  const { hash: _hash, ...rest } = entry
  return chainEntry({ ...rest, ...change }, sha256)
}

const whole = chainOf(8)
const head = headOf(whole)

function at(index: number): LedgerEntry {
  const entry = whole[index]
  if (entry === undefined) throw new Error('no such entry')
  return entry
}

describe('verifyChain', () => {
  test('accepts an untouched chain, an empty one, and one without a key', () => {
    expect([
      verifyChain(whole, head, sha256),
      verifyChain([], null, sha256),
      verifyChain(whole, headOf(whole, 'unchecked'), sha256),
    ]).toEqual([null, null, null])
  })

  test.each<[string, readonly LedgerEntry[], LedgerHead | null, { seq: number; reason: string }]>([
    ['one field edited', whole.with(3, { ...at(3), receivedBytes: 99 }), head, { seq: 4, reason: 'altered' }],
    ['its own number edited', whole.with(3, { ...at(3), seq: 7 }), head, { seq: 4, reason: 'altered' }],
    ['edited and hashed anew', whole.with(3, rehash(at(3), { result: 'x' })), head, { seq: 4, reason: 'altered' }],
    ['the first hashed anew', whole.with(0, rehash(at(0), { result: 'x' })), head, { seq: 1, reason: 'altered' }],
    ['the last hashed anew', whole.with(7, rehash(at(7), { result: 'x' })), head, { seq: 8, reason: 'altered' }],
    [
      'the one before last hashed anew',
      whole.with(6, rehash(at(6), { result: 'x' })),
      head,
      { seq: 7, reason: 'altered' },
    ],
    ['a link bent', whole.with(3, rehash(at(3), { previousHash: at(5).hash })), head, { seq: 4, reason: 'altered' }],
    [
      'the first link bent',
      whole.with(0, rehash(at(0), { previousHash: at(5).hash })),
      head,
      { seq: 1, reason: 'altered' },
    ],
    ['one removed', whole.toSpliced(3, 1), head, { seq: 4, reason: 'missing' }],
    ['the first removed', whole.slice(1), head, { seq: 1, reason: 'missing' }],
    [
      'one removed, the next edited',
      whole.toSpliced(3, 2, { ...at(4), result: 'x' }),
      head,
      { seq: 4, reason: 'missing' },
    ],
    ['two swapped', whole.with(2, at(5)).with(5, at(2)), head, { seq: 3, reason: 'reordered' }],
    ['one doubled', whole.toSpliced(4, 0, at(3)), head, { seq: 4, reason: 'duplicated' }],
    ['one doubled at the end', [...whole, at(1)], head, { seq: 2, reason: 'duplicated' }],
    ['the end cut off', whole.slice(0, 5), head, { seq: 6, reason: 'truncated' }],
    ['all cut off', [], head, { seq: 1, reason: 'truncated' }],
    [
      'the end and the head cut',
      whole.slice(0, 5),
      headOf(whole.slice(0, 5), 'invalid'),
      { seq: 5, reason: 'head-altered' },
    ],
    ['the head removed', whole, null, { seq: 8, reason: 'head-altered' }],
    ['an older head put back', whole, headOf(whole.slice(0, 6)), { seq: 6, reason: 'head-altered' }],
    ['an entry added past the head', chainOf(9), head, { seq: 8, reason: 'head-altered' }],
  ])('%s', (_name, entries, found, fault) => {
    expect(verifyChain(entries, found, sha256)).toEqual(fault)
  })

  test('a chain rewritten from the fourth entry on no longer agrees with the head', () => {
    const rewritten = whole.slice(0, 3)
    for (let seq = 4; seq <= 8; seq++) rewritten.push(chainEntry(body(seq, rewritten.at(-1)?.hash ?? '', 'x'), sha256))
    expect(verifyChain(rewritten, head, sha256)).toEqual({ seq: 8, reason: 'altered' })
  })

  test('an entry stored under another number does not fit', () => {
    const links = whole.map((entry, index) => linkOf(entry, index === 7 ? 12 : index + 1, sha256))
    expect(verifyLinks(links, head)).toEqual({ seq: 8, reason: 'altered' })
  })

  test('200 seeded random edits are all found', () => {
    const random = seeded(20261120)
    const undetected: string[] = []
    for (let round = 0; round < 200; round++) {
      const entries = chainOf(2 + (random() % 12))
      const original = headOf(entries)
      const index = random() % entries.length
      const other = (index + 1 + (random() % (entries.length - 1))) % entries.length
      const [kind, edited] = edit(random() % 7, entries, index, other)
      if (verifyChain(edited, original, sha256) === null) undetected.push(`round ${round}: ${kind} at ${index}`)
    }
    expect(undetected).toEqual([])
  })
})

test('the stored text does not depend on the order of keys', () => {
  const forward = body(1, firstPreviousHash)
  const backward = Object.fromEntries(Object.entries(forward).reverse()) as EntryBody // as: the same members, reversed
  expect(entryText(backward)).toBe(entryText(forward))
})

function edit(kind: number, entries: LedgerEntry[], index: number, other: number): [string, LedgerEntry[]] {
  const one = entries[index]
  const two = entries[other]
  if (one === undefined || two === undefined) throw new Error('out of range')
  switch (kind) {
    case 0:
      return ['edit', entries.with(index, { ...one, destination: `${one.destination}x` })]
    case 1:
      return ['edit and rehash', entries.with(index, rehash(one, { result: 'x' }))]
    case 2:
      return ['remove', entries.toSpliced(index, 1)]
    case 3:
      return ['swap', entries.with(index, two).with(other, one)]
    case 4:
      return ['double', entries.toSpliced(other, 0, one)]
    case 5:
      return ['truncate', entries.slice(0, index)]
    default:
      return ['overwrite', entries.with(index, two)]
  }
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 8
  }
}
