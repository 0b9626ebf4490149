// Removing a document leaves nothing of it in the database's file: not its text, not its words in the index.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import { DocumentStore } from '../../../../main/documents/documentStore.ts'
import { connect } from '../../../../main/storage/connection.ts'
import type { Connection } from '../../../../main/storage/driver.ts'
import { applyMigrations } from '../../../../main/storage/migrate.ts'
import { migrations } from '../../../../main/storage/migrations/migrations.ts'
import { Statements } from '../../../../main/storage/statements.ts'
import type { Storage } from '../../../../main/storage/storage.ts'

// Words that begin unlike any other: the index shares beginnings between neighbours and would show the rest only.
const canaries = ['zyxwcanary', 'qqkxjvbird']

let folder: string
let connection: Connection
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sotto-removal-')) // removed in `afterEach`
  connection = connect(path.join(folder, 'plain.db'), null, 'write')
  connection.pragma('journal_mode = WAL')
  applyMigrations(connection, migrations, '2026-11-20T00:00:00Z')
})
afterEach(() => {
  connection.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The same verbs without the cipher, so that the file can be read as it is. */
function plainStorage(): Storage {
  const statements = new Statements(connection)
  return {
    all: async <Row>(sql: string, parameters = []) => ok(statements.all(sql, parameters) as Row[]), // as: the caller's claim
    get: async <Row>(sql: string, parameters = []) => ok(statements.get(sql, parameters) as Row | undefined), // as: see above
    run: async (sql, parameters = []) => ok(statements.run(sql, parameters)),
    transaction: async (all) => ok(statements.transaction(all)),
    check: async () => ok(statements.check()),
    close: async () => undefined,
  }
}

function foundOnDisk(): readonly string[] {
  const files = ['plain.db', 'plain.db-wal'].map((name) => readFileSync(path.join(folder, name)))
  return canaries.filter((canary) => files.some((bytes) => bytes.includes(canary)))
}

test('text, index and log hold nothing of it; what stays can still be found', async () => {
  const store = new DocumentStore(plainStorage())
  const coverage = { unit: 'line' as const, total: 1, read: 1, withoutText: [] } // as: one of the units
  for (const [id, words] of [
    ['gone', canaries],
    ['kept', ['harbour', 'tide']],
  ] as const) {
    const sha256 = id.padEnd(64, '0')
    const about = { id, name: `${id}.txt`, path: `/somewhere/${id}.txt`, sha256, format: 'text', bytes: 1 } as const
    await store.begin({ ...about, addedAt: '2026-11-20T00:00:00Z', unopened: true })
    const segments = Array.from({ length: 450 }, (_, index) => ({
      text: `${words.join(' ')} and ${index} more`,
      locator: { kind: 'lines', from: index + 1, to: index + 1 } as const,
    }))
    await store.append(id, 0, segments)
    await store.complete(id, { characters: 1, segments: segments.length, title: null, coverage })
  }
  connection.pragma('wal_checkpoint(PASSIVE)')
  expect(foundOnDisk()).toEqual(canaries)

  expect(await store.forget(['gone'])).toEqual({ ok: true, value: undefined })
  expect(foundOnDisk()).toEqual([])
  const matching = (word: string) =>
    connection.prepare('SELECT count(*) FROM segment_index WHERE segment_index MATCH ?').pluck().get(word)
  expect([matching('zyxwcanary'), matching('harbour')]).toEqual([0, 450])
  expect(connection.prepare('SELECT id FROM documents').pluck().all()).toEqual(['kept'])
  connection.exec("INSERT INTO segment_index (segment_index, rank) VALUES ('integrity-check', 1)")
})
