// The ledger on a real database: chained, durable as one transaction, and honest about every kind of tampering.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '#contract/result.ts'
import type { LedgerLine } from '../../../main/egress/ledger.ts'
import { linkOfRow, sha256 } from '../../../main/egress/ledgerRows.ts'
import type { SqlValue, Storage } from '../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { emptyLedger, type LedgerFixture, openLedger } from '../../fakes/ledgerFixture.ts'

function line(result: string, change: Partial<LedgerLine> = {}): LedgerLine {
  return {
    event: 'attempt',
    purpose: 'model-download',
    destination: 'https://huggingface.co/model.gguf',
    sentBytes: 0,
    receivedBytes: 0,
    digest: null,
    grantId: null,
    result,
    attemptSeq: null,
    ...change,
  }
}

let shared: Storage
let fixture: LedgerFixture

beforeAll(async () => {
  shared = await openMemoryStorage()
})

afterAll(() => shared.close())

beforeEach(async () => {
  await emptyLedger(shared)
  fixture = await openLedger({ storage: shared })
})

async function fill(count: number): Promise<void> {
  for (let index = 1; index <= count; index++) valueOf(await fixture.ledger.append(line(`entry ${index}`)))
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

async function run(sql: string, parameters: readonly SqlValue[] = []): Promise<void> {
  valueOf(await fixture.storage.run(sql, parameters))
}

async function broken(): Promise<unknown> {
  return valueOf(await fixture.ledger.verify()).broken
}

describe('append', () => {
  test('numbers, dates and chains, and announces what it wrote', async () => {
    await fill(2)
    const [first, second] = await fixture.entries()
    expect(first).toEqual({
      ...line('entry 1'),
      seq: 1,
      at: '2026-11-20T12:00:00.000Z',
      appVersion: '0.1.0',
      policySha256: null,
      previousHash: '0'.repeat(64),
      hash: sha256(
        '{"appVersion":"0.1.0","at":"2026-11-20T12:00:00.000Z","attemptSeq":null,"destination":' +
          '"https://huggingface.co/model.gguf","digest":null,"event":"attempt","grantId":null,"policySha256":null,' +
          `"previousHash":"${'0'.repeat(64)}","purpose":"model-download","receivedBytes":0,"result":"entry 1",` +
          '"sentBytes":0,"seq":1}',
      ),
    })
    expect(second?.previousHash).toBe(first?.hash)
    expect(fixture.announced).toEqual([first, second])
  })

  test('50 at once keep one chain in the order they were asked for', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `entry ${index}`)
    await Promise.all(names.map((name) => fixture.ledger.append(line(name))))
    expect((await fixture.entries()).map(({ seq, result }) => [seq, result])).toEqual(
      names.map((name, index) => [index + 1, name]),
    )
    expect(valueOf(await fixture.ledger.verify())).toMatchObject({ intact: true, entries: 50, broken: null })
  })

  test('a storage failure is returned, nothing is written, and the next append works', async () => {
    await fill(1)
    const full: Storage = { ...bound(fixture.storage), transaction: async () => failing }
    let failNext = true
    const storage: Storage = {
      ...bound(fixture.storage),
      transaction: (statements) => (failNext ? full : fixture.storage).transaction(statements),
    }
    const { ledger } = await openLedger({ storage })
    const refused = await ledger.append(line('lost'))
    failNext = false
    const kept = await ledger.append(line('kept'))
    expect([refused, valueOf(kept).seq, await broken()]).toEqual([failing, 2, null])
  })

  test.each([
    ['the last row removed', 'DELETE FROM ledger WHERE seq = 3', { seq: 3, reason: 'truncated' }],
    ['the head removed', 'DELETE FROM ledger_head', { seq: 3, reason: 'head-altered' }],
    ['the HMAC altered', "UPDATE ledger_head SET mac = 'ff'", { seq: 3, reason: 'head-altered' }],
    ['everything but the head removed', 'DELETE FROM ledger', { seq: 1, reason: 'truncated' }],
  ])('refuses to extend a tampered end: %s', async (_name, sql, details) => {
    await fill(3)
    await run(sql)
    const refused = await fixture.ledger.append(line('over it'))
    expect(refused).toEqual({ ok: false, failure: { code: 'ledger-broken', details } })
  })
})

describe('verify', () => {
  test('an untouched ledger is intact and anchored', async () => {
    await fill(3)
    expect(valueOf(await fixture.ledger.verify())).toEqual({
      intact: true,
      entries: 3,
      headHash: (await fixture.entries())[2]?.hash,
      anchored: true,
      broken: null,
      checkedAt: '2026-11-20T12:00:03.000Z',
    })
  })

  test('an empty ledger is intact', async () => {
    expect(valueOf(await fixture.ledger.verify())).toMatchObject({ intact: true, entries: 0, headHash: null })
  })

  test('without a key it checks the chain and says that it is not anchored', async () => {
    await using plain = await openLedger({ key: null })
    valueOf(await plain.ledger.append(line('one')))
    valueOf(await plain.ledger.append(line('two')))
    const before = valueOf(await plain.ledger.verify())
    valueOf(await plain.storage.run('DELETE FROM ledger WHERE seq = 2'))
    const after = valueOf(await plain.ledger.verify())
    expect([before, after]).toMatchObject([
      { intact: true, anchored: false },
      { intact: false, anchored: false, broken: { seq: 2, reason: 'truncated' } },
    ])
  })

  test.each<[string, readonly string[], { seq: number; reason: string }]>([
    ['text edited', ["UPDATE ledger SET entry = replace(entry, 'entry 3', 'entry X') WHERE seq = 3"], altered(3)],
    [
      'hash column edited',
      ["UPDATE ledger SET hash = replace(hash, substr(hash, 1, 8), '00000000') WHERE seq = 3"],
      altered(3),
    ],
    ['a space added', ["UPDATE ledger SET entry = entry || ' ' WHERE seq = 3"], altered(3)],
    ['a field added', [`UPDATE ledger SET entry = json_set(entry, '$.more', 1) WHERE seq = 3`], altered(3)],
    ['not JSON any more', ["UPDATE ledger SET entry = 'gone' WHERE seq = 3"], altered(3)],
    ['JSON of another kind', ["UPDATE ledger SET entry = '[1]' WHERE seq = 3"], altered(3)],
    ['removed', ['DELETE FROM ledger WHERE seq = 3'], { seq: 3, reason: 'missing' }],
    [
      'removed, the rest renumbered',
      ['DELETE FROM ledger WHERE seq = 3', 'UPDATE ledger SET seq = seq - 1 WHERE seq > 3'],
      { seq: 3, reason: 'missing' },
    ],
    [
      'two swapped',
      [
        'UPDATE ledger SET seq = -2 WHERE seq = 2',
        'UPDATE ledger SET seq = 2 WHERE seq = 4',
        'UPDATE ledger SET seq = 4 WHERE seq = -2',
      ],
      { seq: 2, reason: 'reordered' },
    ],
    ['moved to the end', ['UPDATE ledger SET seq = 99 WHERE seq = 2'], { seq: 2, reason: 'reordered' }],
    [
      'doubled at the end',
      ['INSERT INTO ledger SELECT 7, entry, hash FROM ledger WHERE seq = 2'],
      { seq: 2, reason: 'duplicated' },
    ],
    [
      'overwritten by an earlier one',
      ['UPDATE ledger SET (entry, hash) = (SELECT entry, hash FROM ledger WHERE seq = 2) WHERE seq = 4'],
      { seq: 2, reason: 'duplicated' },
    ],
    ['the end cut off', ['DELETE FROM ledger WHERE seq > 4'], { seq: 5, reason: 'truncated' }],
    [
      'the end and the head cut off',
      [
        'DELETE FROM ledger WHERE seq > 4',
        'UPDATE ledger_head SET entries = 4, hash = (SELECT hash FROM ledger WHERE seq = 4)',
      ],
      { seq: 4, reason: 'head-altered' },
    ],
    ['the HMAC altered', ["UPDATE ledger_head SET mac = ''"], { seq: 6, reason: 'head-altered' }],
    ['the head removed', ['DELETE FROM ledger_head'], { seq: 6, reason: 'head-altered' }],
  ])('names it: %s', async (_name, statements, fault) => {
    await fill(6)
    for (const sql of statements) await run(sql)
    expect(valueOf(await fixture.ledger.verify())).toMatchObject({ intact: false, broken: fault })
  })

  test('an entry edited and hashed anew is named, not its honest neighbour', async () => {
    await fill(6)
    const row = valueOf(await fixture.storage.get<{ entry: string }>('SELECT entry FROM ledger WHERE seq = 3'))
    const text = row?.entry.replace('entry 3', 'entry X') ?? ''
    await run('UPDATE ledger SET entry = ?, hash = ? WHERE seq = 3', [text, sha256(text)])
    expect(linkOfRow({ seq: 3, entry: text, hash: sha256(text) }).sound).toBe(true)
    expect(await broken()).toEqual(altered(3))
  })

  test('another key does not fit the head', async () => {
    await fill(2)
    const { ledger } = await openLedger({ storage: fixture.storage, key: new Uint8Array(32).fill(8) })
    expect(valueOf(await ledger.verify()).broken).toEqual({ seq: 2, reason: 'head-altered' })
  })

  test('reads more than one page, and stays right while entries are added', async () => {
    await Promise.all(Array.from({ length: 2300 }, (_, index) => fixture.ledger.append(line(`entry ${index}`))))
    const [verdict] = await Promise.all([
      fixture.ledger.verify(),
      ...Array.from({ length: 20 }, () => fixture.ledger.append(line('meanwhile'))),
    ])
    expect(valueOf(verdict).broken).toBeNull()
    expect(valueOf(await fixture.ledger.verify())).toMatchObject({ intact: true, entries: 2320 })
  })
})

describe('list and totals', () => {
  const began = '2026-11-16T08:00:00.000Z'

  test('lists newest first, in windows', async () => {
    await fill(5)
    const newest = valueOf(await fixture.ledger.list({ limit: 2 }))
    const older = valueOf(await fixture.ledger.list({ before: 4, limit: 2 }))
    expect([newest, older].map((entries) => entries.map(({ seq }) => seq))).toEqual([
      [5, 4],
      [3, 2],
    ])
  })

  test('a row that does not hold what it should is a failure, not a gap', async () => {
    await fill(2)
    await run("UPDATE ledger SET entry = '{}' WHERE seq = 1")
    expect(await fixture.ledger.list({ limit: 10 })).toEqual({
      ok: false,
      failure: { code: 'ledger-broken', details: { seq: 1, reason: 'altered' } },
    })
  })

  test('sums content by attempts, and counts public requests and refusals', async () => {
    const { ledger } = fixture
    await ledger.append(line('GET'))
    await ledger.append(line('complete:200', { event: 'outcome', attemptSeq: 1, receivedBytes: 10 }))
    await ledger.append(line('local-only:policy', { event: 'refusal' }))
    await ledger.append(line('POST', { purpose: 'content', sentBytes: 1200 }))
    await ledger.append(line('complete:200', { event: 'outcome', purpose: 'content', sentBytes: 1200, attemptSeq: 4 }))
    await ledger.append(line('POST', { purpose: 'content', sentBytes: 34 }))
    await run(`UPDATE migrations SET applied_at = '${began}'`)
    expect(valueOf(await ledger.totals())).toEqual({
      contentBytes: 1234,
      publicRequests: 1,
      refusals: 1,
      since: began,
    })
  })

  test('an empty ledger counts from the day its database was made, a damaged row counts for nothing', async () => {
    await run(`UPDATE migrations SET applied_at = '${began}'`)
    const empty = valueOf(await fixture.ledger.totals())
    await fill(1)
    await run("UPDATE ledger SET entry = 'gone'")
    const damaged = valueOf(await fixture.ledger.totals())
    expect([empty, damaged]).toMatchObject([
      { contentBytes: 0, publicRequests: 0, refusals: 0, since: began },
      { contentBytes: 0, publicRequests: 0, refusals: 0, since: began },
    ])
  })
})

test('a ledger opened again goes on where the last one ended', async () => {
  await fill(2)
  const again = (await openLedger({ storage: fixture.storage })).ledger
  expect(valueOf(await again.append(line('after'))).seq).toBe(3)
  expect(await broken()).toBeNull()
})

const failing = { ok: false, failure: { code: 'disk-full', details: { folder: '/data' } } } as const // as: fixed codes

function altered(seq: number): { seq: number; reason: string } {
  return { seq, reason: 'altered' }
}

// The client is a class; spreading it would lose its methods.
function bound(storage: Storage): Storage {
  return {
    all: (sql, parameters) => storage.all(sql, parameters),
    get: (sql, parameters) => storage.get(sql, parameters),
    run: (sql, parameters) => storage.run(sql, parameters),
    transaction: (statements) => storage.transaction(statements),
    check: () => storage.check(),
    close: () => storage.close(),
  }
}
