// The storage client over a real worker, in memory.
import { expect, test } from 'vitest'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'

test('rows come back as they went in', async () => {
  const storage = await openMemoryStorage()
  await storage.run('INSERT INTO ledger (seq, entry, hash) VALUES (?, ?, ?)', [1, 'entry', 'hash'])
  expect(await storage.all('SELECT * FROM ledger')).toEqual({
    ok: true,
    value: [{ seq: 1, entry: 'entry', hash: 'hash' }],
  })
  await storage.close()
})
