// Nothing lies in the clear: no text that was stored is found in any file of the folder.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDataFolder } from '../../../main/storage/dataFolder.ts'
import { migrations } from '../../../main/storage/migrations/migrations.ts'
import { createFakeHost } from '../../fakes/fakeHost.ts'
import { createFakeKeyring } from '../../fakes/fakeKeyring.ts'
import { temporaryFolder } from '../../fixtures/storage/temporaryFolder.ts'

const canary = 'CANARY-4f1d-the-heron-signs-at-dawn'
const schemaWord = 'previous_hash_canary'

/** The files that hold any of the words, in UTF-8 or UTF-16, and all files by name. */
function search(folder: string): { readonly names: readonly string[]; readonly found: readonly string[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name))
  const words = [canary, schemaWord, 'SQLite format 3'].flatMap((word) => [
    Buffer.from(word),
    Buffer.from(word, 'utf16le'),
  ])
  const found = paths.filter((path) => words.some((word) => readFileSync(path).includes(word)))
  return { names: paths.map((path) => path.slice(folder.length + 1)), found }
}

test('neither open nor closed, nor in a snapshot', async () => {
  const folder = temporaryFolder()
  const host = createFakeHost({ paths: { data: folder, resources: '', policy: null }, keyring: createFakeKeyring() })
  const marks = [...migrations, { id: '2027-01-01-marks', sql: `CREATE TABLE ${schemaWord} (id TEXT) STRICT` }]
  const opened = await openDataFolder(host, 'own', { migrations: marks })
  if (!opened.ok) throw new Error(opened.failure.code)
  const { storage } = opened.value
  for (let seq = 1; seq <= 300; seq++) {
    await storage.run('INSERT INTO ledger VALUES (?, ?, ?)', [seq, `${canary} ${seq} `.repeat(40), canary])
  }
  await storage.run('DELETE FROM ledger WHERE seq % 2')
  // Sorts and temporary tables would lie elsewhere, in the clear: they stay in memory (2).
  expect(await storage.get('PRAGMA temp_store')).toEqual({ ok: true, value: { temp_store: 2 } })
  const whileOpen = search(folder)
  expect(whileOpen.names).toEqual(expect.arrayContaining(['sotto.db', 'sotto.db-wal', 'sotto.db-shm']))
  expect(whileOpen.found).toEqual([])
  await opened.value.close()

  const migrated = await openDataFolder(host, 'own', {
    migrations: [...marks, { id: '2027-02-01-more', sql: 'CREATE TABLE more (id TEXT) STRICT' }],
  })
  if (!migrated.ok) throw new Error(migrated.failure.code)
  await migrated.value.close()
  const closed = search(folder)
  expect(closed.names.filter((name) => name.startsWith('backups'))).toHaveLength(1)
  expect(closed.found).toEqual([])
})
