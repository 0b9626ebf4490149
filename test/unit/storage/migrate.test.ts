// Migrations: snapshot before, counts after, all or nothing.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDataFolder } from '../../../main/storage/dataFolder.ts'
import { migrations } from '../../../main/storage/migrations/migrations.ts'
import type { Migration } from '../../../main/storage/storageProtocol.ts'
import { createFakeHost } from '../../fakes/fakeHost.ts'
import { temporaryFolder } from '../../fixtures/storage/temporaryFolder.ts'

const adds: Migration = { id: '2027-01-01-adds', sql: 'ALTER TABLE ledger ADD COLUMN note TEXT' }
const loses: Migration = { id: '2027-02-01-loses', sql: 'DELETE FROM ledger WHERE seq = 2' }
const snapshot = '2026-11-20T12-00-00.000Z-before-2027-01-01-adds.db'

function tryOpen(folder: string, extra: readonly Migration[]) {
  const host = createFakeHost({ paths: { data: folder, resources: '', policy: null } })
  return openDataFolder(host, 'own', { migrations: [...migrations, ...extra] })
}

async function open(folder: string, extra: readonly Migration[] = []) {
  const opened = await tryOpen(folder, extra)
  if (!opened.ok) throw new Error(opened.failure.code)
  onTestFinished(() => opened.value.close())
  return opened.value
}

/** Two ledger rows, a document and its segment; closed. */
async function filledFolder(): Promise<string> {
  const folder = temporaryFolder()
  const data = await open(folder)
  await data.storage.transaction([
    { sql: "INSERT INTO ledger VALUES (1, 'a', 'x'), (2, 'b', 'y')" },
    {
      sql: `INSERT INTO documents (id, sha256, name, path, format, bytes, characters, segments, title, coverage, added_at, opened_at)
        VALUES ('d', 's', 'n', 'p', 'text', 1, 1, 1, NULL, '{}', 't', 't')`,
    },
    { sql: "INSERT INTO segments (document_id, position, text, locator) VALUES ('d', 0, 'text', '{}')" },
  ])
  await data.close()
  return folder
}

async function ids(folder: string, extra: readonly Migration[] = []): Promise<unknown> {
  const data = await open(folder, extra)
  const rows = await data.storage.all('SELECT id FROM migrations ORDER BY rowid')
  await data.close()
  return rows
}

function backupsOf(folder: string): readonly string[] {
  return readdirSync(join(folder, 'backups'))
}

describe('a migration that keeps everything', () => {
  test('is applied once, after a snapshot that opens by itself with the rows of before', async () => {
    const folder = await filledFolder()
    const value = [...migrations, adds].map(({ id }) => ({ id }))
    expect(await ids(folder, [adds])).toEqual({ ok: true, value })
    expect(await ids(folder, [adds])).toEqual({ ok: true, value })
    expect(backupsOf(folder)).toEqual([snapshot])
    expect((statSync(join(folder, 'backups', snapshot)).mode & 0o777).toString(8)).toBe('600')

    const restored = temporaryFolder()
    copyFileSync(join(folder, 'keys.json'), join(restored, 'keys.json'))
    copyFileSync(join(folder, 'backups', snapshot), join(restored, 'sotto.db'))
    const data = await open(restored)
    const rows = [
      { seq: 1, entry: 'a', hash: 'x' },
      { seq: 2, entry: 'b', hash: 'y' },
    ]
    expect(await data.storage.all('SELECT * FROM ledger')).toEqual({ ok: true, value: rows })
  })

  test('may rebuild a table others refer to', async () => {
    const rebuilds: Migration = {
      id: '2027-03-01-rebuilds',
      sql: `CREATE TABLE fresh AS SELECT * FROM documents; DROP TABLE documents; ALTER TABLE fresh RENAME TO documents;
            CREATE UNIQUE INDEX documents_by_id ON documents (id)`,
    }
    const data = await open(await filledFolder(), [rebuilds])
    expect(await data.storage.all('SELECT text FROM segments')).toEqual({ ok: true, value: [{ text: 'text' }] })
  })

  test('needs no snapshot of a database that is new', async () => {
    const folder = temporaryFolder()
    await open(folder, [adds])
    expect(readdirSync(folder)).not.toContain('backups')
  })

  test('may shrink a table when it says so', async () => {
    const data = await open(await filledFolder(), [{ ...loses, shrinks: ['ledger'] }])
    expect(await data.storage.all('SELECT seq FROM ledger')).toEqual({ ok: true, value: [{ seq: 1 }] })
  })
})

describe('a migration that would lose something', () => {
  test.each<[string, Migration]>([
    ['rows', loses],
    ['a table', { id: '2027-02-01-drops', sql: 'DROP TABLE calibrations' }],
    ['a reference', { id: '2027-02-01-orphans', sql: "UPDATE segments SET document_id = 'gone'" }],
  ])('%s: everything is as before, and said to be damaged', async (_name, bad) => {
    const folder = await filledFolder()
    const refused = await tryOpen(folder, [adds, bad])
    expect(refused).toEqual({ ok: false, failure: { code: 'data-corrupt', details: { folder } } })
    expect(backupsOf(folder)).toEqual([snapshot])
    const data = await open(folder)
    const value = [
      { seq: 1, entry: 'a', hash: 'x' },
      { seq: 2, entry: 'b', hash: 'y' },
    ]
    expect(await data.storage.all('SELECT * FROM ledger')).toEqual({ ok: true, value })
  })

  test('a statement that cannot run is a bug and leaves everything as before', async () => {
    const folder = await filledFolder()
    const broken: Migration = { id: '2027-02-01-broken', sql: 'DELETE FROM ledger; SELECT nonsense FROM nowhere' }
    await expect(tryOpen(folder, [adds, broken])).rejects.toMatchObject({ code: 'SQLITE_ERROR' })
    expect(await ids(folder)).toEqual({ ok: true, value: migrations.map(({ id }) => ({ id })) })
  })
})

test('snapshots go after thirty days; files of others stay', async () => {
  const folder = await filledFolder()
  const backups = join(folder, 'backups')
  mkdirSync(backups)
  const kept = ['2026-10-21T12-00-00.001Z-before-a.db', 'a letter.db']
  const gone = ['2026-10-21T11-59-59.999Z-before-a.db', '2026-11-20T11-00-00.000Z-before-b.db.partial']
  for (const name of [...kept, ...gone]) writeFileSync(join(backups, name), '')
  chmodSync(backups, 0o700)
  await open(folder)
  expect(backupsOf(folder)).toEqual(kept)
})
