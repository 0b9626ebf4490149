// Looking into the ledger, taking it away, and comparing it with what was kept elsewhere.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Result } from '#contract/result.ts'
import type { LedgerLine } from '../../../main/egress/ledger.ts'
import { sha256 } from '../../../main/egress/ledgerRows.ts'
import { type LedgerFixture, openLedger } from '../../fakes/ledgerFixture.ts'

let books: LedgerFixture
beforeEach(async () => (books = await openLedger()))
afterEach(() => books[Symbol.asyncDispose]())

async function add(change: Partial<LedgerLine>): Promise<void> {
  const blank = { sentBytes: 0, receivedBytes: 0, digest: null, grantId: null, attemptSeq: null }
  const line = {
    ...blank,
    event: 'attempt',
    purpose: 'content',
    destination: 'https://a.example/',
    result: 'POST',
  } as const // as: literals
  valueOf(await books.ledger.append({ ...line, ...change }))
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

async function exported(): Promise<string[]> {
  const stream = books.ledger.export(new AbortController().signal)
  let text = ''
  for (;;) {
    const next = await stream.next()
    if (next.done === true) return text.trimEnd().split('\n')
    if (next.value.type === 'lines') text += next.value.text
  }
}

test('search and filters keep what fits, newest first', async () => {
  await add({ model: 'claude-haiku-5-5' })
  await add({ event: 'refusal', result: 'consent-required', grantId: 'g-7' })
  await add({ purpose: 'model-download', destination: 'https://huggingface.co/m.gguf' })
  const found = async (query: object) => valueOf(await books.ledger.list({ limit: 10, ...query })).map(({ seq }) => seq)
  expect(await found({ search: 'HAIKU' })).toEqual([1])
  expect(await found({ search: 'g-7' })).toEqual([2])
  expect(await found({ search: "'%" })).toEqual([])
  expect(await found({ events: ['attempt'] })).toEqual([3, 1])
  expect(await found({ purposes: ['content'], before: 2 })).toEqual([1])
})

test('an export can be checked with nothing but SHA-256', async () => {
  for (const result of ['one', 'two', 'three']) await add({ result })
  const [header = '', ...lines] = await exported()
  const rows = lines.map((line) => JSON.parse(line) as { hash: string; entry: string }) // as: our own format
  expect(rows.map(({ hash, entry }) => sha256(entry) === hash)).toEqual([true, true, true])
  const chained = rows.map(({ entry }) => (JSON.parse(entry) as { previousHash: string }).previousHash) // as: our own format
  expect(chained).toEqual(['0'.repeat(64), rows[0]?.hash, rows[1]?.hash])
  expect(JSON.parse(header)).toMatchObject({ kind: 'sotto-ledger', head: { entries: 3, hash: rows[2]?.hash } })
})

test('a ledger whose end was tampered with is exported all the same, without a sound head', async () => {
  for (const result of ['one', 'two']) await add({ result })
  await books.storage.run('DELETE FROM ledger WHERE seq = 2')
  const [header = '', ...lines] = await exported()
  expect([JSON.parse(header), lines.length]).toEqual([expect.objectContaining({ head: null }), 1])
})

test('an anchor kept elsewhere names a ledger that was replaced as a whole', async () => {
  for (const result of ['one', 'two']) await add({ result })
  const anchor = valueOf(await books.ledger.anchor())
  await add({ result: 'three' })
  expect(valueOf(await books.ledger.verify([anchor]))).toMatchObject({ intact: true, anchors: 1 })
  // Whoever holds the key can do this; nothing inside the ledger shows it.
  await books.storage.transaction([{ sql: 'DELETE FROM ledger' }, { sql: 'DELETE FROM ledger_head' }])
  for (const result of ['one', 'forged', 'three']) await add({ result })
  expect(valueOf(await books.ledger.verify())).toMatchObject({ intact: true })
  expect(valueOf(await books.ledger.verify([anchor]))).toMatchObject({
    intact: false,
    broken: { seq: 2, reason: 'anchor-differs' },
  })
})

test('bytes of content count as sent only where the outcome says so, and in full where there is none', async () => {
  await add({ sentBytes: 100 })
  await add({ event: 'outcome', attemptSeq: 1, sentBytes: 0, result: 'network-failed:ECONNREFUSED' })
  await add({ sentBytes: 70 })
  await add({ event: 'outcome', attemptSeq: 3, sentBytes: 70, result: 'complete:200' })
  await add({ sentBytes: 5 })
  expect(valueOf(await books.ledger.totals()).contentBytes).toBe(75)
})
