// A real storage worker on an empty database in memory.
import { migrations } from '../../main/storage/migrations/migrations.ts'
import type { Storage } from '../../main/storage/storage.ts'
import { StorageClient } from '../../main/storage/storageClient.ts'

/** Opens a database in memory with every migration applied; close it after the test. */
export async function openMemoryStorage(): Promise<Storage> {
  const client = new StorageClient({ folder: 'memory' })
  const opened = await client.open({ kind: 'memory' }, migrations, new Date('2026-01-01T00:00:00Z'))
  if (!opened.ok) throw new Error(opened.failure.code)
  return client
}
