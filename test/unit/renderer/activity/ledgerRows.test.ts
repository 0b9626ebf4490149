// How entries become rows: attempts joined with what became of them, refusals apart, codes as words.
import { describe, expect, test } from 'vitest'
import type { LedgerEntry } from '#contract/ledger.ts'
import { byDay, destinationParts, ledgerRows, resultOf } from '../../../../renderer/features/activity/ledgerRows.ts'

function entry(seq: number, given: Partial<LedgerEntry>): LedgerEntry {
  return {
    seq,
    at: `2026-11-20T12:00:${String(seq).padStart(2, '0')}.000Z`,
    event: 'attempt',
    purpose: 'model-download',
    destination: 'https://huggingface.co/m.gguf',
    sentBytes: 0,
    receivedBytes: 0,
    digest: null,
    grantId: null,
    result: 'GET',
    attemptSeq: null,
    appVersion: '0.1.0',
    policySha256: null,
    previousHash: '',
    hash: '',
    ...given,
  }
}

const attempt = entry(1, { sentBytes: 7 })
const refusal = entry(2, { event: 'refusal', result: 'egress-refused:host' })
const outcome = entry(3, { event: 'outcome', attemptSeq: 1, result: 'complete:200', receivedBytes: 99 })
const underWay = entry(4, {})

test('an attempt and its outcome are one row at the attempt’s place', () => {
  expect(
    ledgerRows([underWay, outcome, refusal, attempt]).map(
      ({ seq, left, sentBytes, receivedBytes, result, entries }) => ({
        seq,
        left,
        sentBytes,
        receivedBytes,
        result,
        entries: entries.map((each) => each.seq),
      }),
    ),
  ).toEqual([
    { seq: 4, left: true, sentBytes: 0, receivedBytes: 0, result: { kind: 'pending' }, entries: [4] },
    { seq: 2, left: false, sentBytes: 0, receivedBytes: 0, result: { kind: 'refused', reason: 'host' }, entries: [2] },
    { seq: 1, left: true, sentBytes: 7, receivedBytes: 99, result: { kind: 'complete' }, entries: [1, 3] },
  ])
})

test('an outcome whose attempt is on an older page stands for itself until the page comes', () => {
  expect(ledgerRows([outcome]).map(({ seq, left, result }) => [seq, left, result])).toEqual([
    [3, true, { kind: 'complete' }],
  ])
  expect(ledgerRows([outcome, refusal, attempt]).map(({ seq }) => seq)).toEqual([2, 1])
})

test('a refused redirect is a row of its own beside the attempt that led to it', () => {
  const led = entry(2, { event: 'outcome', attemptSeq: 1, result: 'redirect:302' })
  const refused = entry(3, { event: 'refusal', attemptSeq: 1, result: 'egress-refused:redirect' })
  expect(ledgerRows([refused, led, attempt]).map(({ seq, left, result }) => [seq, left, result])).toEqual([
    [3, false, { kind: 'refused', reason: 'redirect' }],
    [1, true, { kind: 'redirected' }],
  ])
})

describe('results', () => {
  test.each([
    ['outcome', 'complete:200', { kind: 'complete' }],
    ['outcome', 'complete:206', { kind: 'complete' }],
    ['outcome', 'complete:404', { kind: 'error', status: '404' }],
    ['outcome', 'stopped', { kind: 'stopped' }],
    ['outcome', 'stopped:200', { kind: 'stopped' }],
    ['outcome', 'redirect:302', { kind: 'redirected' }],
    ['outcome', 'network-failed:ENOTFOUND', { kind: 'unreached', reason: 'ENOTFOUND' }],
    ['outcome', 'network-failed:ECONNRESET:200', { kind: 'unreached', reason: 'ECONNRESET, 200' }],
    ['outcome', 'local-only:setting:200', { kind: 'cut', by: 'setting' }],
    ['refusal', 'local-only:policy', { kind: 'refusedBy', by: 'policy' }],
    ['refusal', 'egress-refused:scheme', { kind: 'refused', reason: 'scheme' }],
    ['refusal', 'consent-required', { kind: 'unapproved' }],
    ['refusal', 'consent-mismatch', { kind: 'grant', code: 'consent-mismatch' }],
    ['grant', 'approved:once', { kind: 'decision', event: 'approved', scope: 'once' }],
    ['withdrawal', 'withdrawn:conversation:s-1', { kind: 'decision', event: 'withdrawn', scope: 'conversation' }],
    ['outcome', 'something-new:1', { kind: 'other', code: 'something-new:1' }],
  ] as const)('%s %s', (event, result, expected) => {
    expect(resultOf({ event, result })).toEqual(expected)
  })
})

test('of content a row tells what the outcome says was sent; a decision and what did not go did not leave', () => {
  const content = { purpose: 'content', destination: 'https://api.example/v1' } as const // as: a fixed purpose
  const rows = ledgerRows([
    entry(5, { ...content, event: 'outcome', attemptSeq: 4, sentBytes: 0, result: 'network-failed:ENOTFOUND' }),
    entry(4, { ...content, sentBytes: 900, result: 'POST' }),
    entry(3, { ...content, event: 'outcome', attemptSeq: 2, sentBytes: 900, result: 'complete:200' }),
    entry(2, { ...content, sentBytes: 900, result: 'POST' }),
    entry(1, { ...content, event: 'grant', result: 'approved:once' }),
  ])
  expect(rows.map(({ seq, left, sentBytes }) => [seq, left, sentBytes])).toEqual([
    [4, false, 0],
    [2, true, 900],
    [1, false, 0],
  ])
})

test('rows are grouped by the day they fall on', () => {
  const rows = ledgerRows([entry(2, { at: '2026-11-20T12:00:00.000Z' }), entry(1, { at: '2026-11-18T12:00:00.000Z' })])
  expect(byDay(rows).map(({ day, rows: members }) => [day, members.map(({ seq }) => seq)])).toEqual([
    [new Date('2026-11-20T12:00:00.000Z').toDateString(), [2]],
    [new Date('2026-11-18T12:00:00.000Z').toDateString(), [1]],
  ])
})

test.each([
  ['https://huggingface.co/a/b.gguf?x=1', { host: 'huggingface.co', rest: '/a/b.gguf?x=1' }],
  ['https://cdn.example:8443/', { host: 'cdn.example:8443', rest: '' }],
  ['api.example', { host: 'api.example', rest: '' }],
  ['not an address', null],
])('%s goes to', (destination, expected) => {
  expect(destinationParts(destination)).toEqual(expected)
})
