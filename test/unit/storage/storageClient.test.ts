// The storage client over a real worker, in memory.
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Storage } from '../../../main/storage/storage.ts'
import { StorageClient } from '../../../main/storage/storageClient.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'

async function open(): Promise<Storage> {
  const storage = await openMemoryStorage()
  onTestFinished(() => storage.close())
  return storage
}

const insert = 'INSERT INTO ledger (seq, entry, hash) VALUES (?, ?, ?)'

describe('values', () => {
  test('every kind of value comes back as it went in', async () => {
    const storage = await open()
    await storage.run('CREATE TABLE kinds (a ANY, b ANY, c ANY, d ANY, e ANY, f ANY) STRICT')
    const blob = Buffer.from('xxblob').subarray(2)
    await storage.run('INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?)', ['text\0Ω', 7, 1.5, 12n, null, blob])
    expect(await storage.all('SELECT * FROM kinds')).toEqual({
      ok: true,
      value: [{ a: 'text\0Ω', b: 7, c: 1.5, d: 12, e: null, f: new Uint8Array([98, 108, 111, 98]) }],
    })
  })

  test('a first row, or none', async () => {
    const storage = await open()
    await storage.run(insert, [1, 'entry', 'hash'])
    expect(await storage.get('SELECT seq FROM ledger')).toEqual({ ok: true, value: { seq: 1 } })
    expect(await storage.get('SELECT seq FROM ledger WHERE seq > 1')).toEqual({ ok: true, value: undefined })
  })

  test('a write says what it did', async () => {
    const storage = await open()
    expect(await storage.run(insert, [7, 'entry', 'hash'])).toEqual({ ok: true, value: { changes: 1, lastId: 7 } })
  })

  test.each([[NaN], [undefined], [true], [{}]])('%s is no value', async (value) => {
    const storage = await open()
    const parameters = [value as never] // as: what a caller may get wrong all the same
    await expect(storage.all('SELECT ?', parameters)).rejects.toMatchObject({ code: 'invalid-action' })
  })
})

describe('transactions', () => {
  test('all statements', async () => {
    const storage = await open()
    const statements = [
      { sql: insert, parameters: [1, 'a', 'x'] },
      { sql: 'UPDATE ledger SET hash = ?', parameters: ['y'] },
    ]
    const value = [
      { changes: 1, lastId: 1 },
      { changes: 1, lastId: 1 },
    ]
    expect(await storage.transaction(statements)).toEqual({ ok: true, value })
  })

  test.each([
    ['a broken constraint', { sql: insert, parameters: [1, 'b', 'y'] }, 'SQLITE_CONSTRAINT_PRIMARYKEY'],
    ['a bad statement', { sql: 'INSERT INTO nowhere VALUES (1)' }, 'SQLITE_ERROR'],
    ['a commit of its own', { sql: '-- sly\n COMMIT' }, 'TypeError'],
    ['a commit in the open', { sql: 'commit' }, 'TypeError'],
  ])('%s in the middle leaves nothing', async (_name, middle, code) => {
    const storage = await open()
    const statements = [{ sql: insert, parameters: [1, 'a', 'x'] }, middle, { sql: insert, parameters: [2, 'c', 'z'] }]
    await expect(storage.transaction(statements)).rejects.toMatchObject({ code })
    expect(await storage.all('SELECT seq FROM ledger')).toEqual({ ok: true, value: [] })
    expect(await storage.run(insert, [3, 'd', 'w'])).toMatchObject({ ok: true })
  })

  test('references hold', async () => {
    const storage = await open()
    const orphan = storage.run(
      "INSERT INTO segments (document_id, position, text, locator) VALUES ('no such document', 0, 't', '{}')",
    )
    await expect(orphan).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })
  })
})

describe('the ends', () => {
  test('a sound database has nothing to report', async () => {
    const storage = await open()
    expect(await storage.check()).toEqual({ ok: true, value: [] })
  })

  test('calls answer in order, whoever asks first', async () => {
    const storage = await open()
    const asked = Array.from({ length: 200 }, (_, index) => storage.get('SELECT ? AS n', [index]))
    const answers = await Promise.all(asked)
    expect(answers).toEqual(answers.map((_, n) => ({ ok: true, value: { n } })))
  })

  test('closing twice is closing once; a later call is a mistake', async () => {
    const storage = await openMemoryStorage()
    await Promise.all([storage.close(), storage.close()])
    await expect(storage.all('SELECT 1')).rejects.toMatchObject({ code: 'closed' })
  })

  test('a dead worker leaves no call without an answer', async () => {
    const entry = new URL('../../fixtures/storage/dyingWorker.ts', import.meta.url)
    const client = new StorageClient({ folder: '/data', entry })
    const unreachable = {
      ok: false,
      failure: { code: 'data-unreachable', details: { folder: '/data', reason: 'worker-ended' } },
    }
    const pending = [client.all('SELECT 1'), client.run('SELECT 1')]
    expect(await Promise.all(pending)).toEqual([unreachable, unreachable])
    expect(await client.get('SELECT 1')).toEqual(unreachable)
    await client.close()
  })
})
