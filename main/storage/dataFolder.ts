// Opens a data folder: worker, lock, key, database; and closes it again.
import { failureOf, ok, type Result } from '#contract/result.ts'
import type { KeyPlace } from '#contract/system.ts'
import type { Host } from '../host.ts'
import { findDataKey, makeDataKey, type DataKey } from './dataKey.ts'
import { parseKeySlots, subkey, writeKeySlots } from './keySlots.ts'
import { migrations as allMigrations } from './migrations/migrations.ts'
import type { Storage } from './storage.ts'
import { StorageClient } from './storageClient.ts'
import type { Entrance, FolderMode, Migration, OpenReport } from './storageProtocol.ts'

// Decisions
// - Every touch of the folder happens in the worker thread, so a hung network drive hangs that thread and never ours.
// - `beside` reads what is there, without the lock. Where there is nothing it stands on an empty database in memory.
//   Where the schema is older than this build it becomes owner for a moment to migrate (`data-in-use` if it cannot).
// - With no folder nothing is kept: a database in memory, no key, no ledger key.

/** An open data folder. `ledgerKey` (32 bytes) anchors the ledger; null where nothing is kept. `close` is safe to repeat. */
export type DataFolder = {
  readonly storage: Storage
  readonly keyPlace: KeyPlace
  readonly ledgerKey: Uint8Array | null
  close(): Promise<void>
}

/** What opening needs of a host. */
export type DataHost = Pick<Host, 'keyring' | 'logger' | 'now'> & { readonly paths: Pick<Host['paths'], 'data'> }

/** For tests: another schema, another patience with the keystore. */
export type DataFolderOptions = { readonly migrations?: readonly Migration[]; readonly keystoreWaitMs?: number }

type Opened = { readonly folder: DataFolder; readonly report: OpenReport }

/**
 * Opens the host's data folder. Fails with `data-in-use`, `data-read-only`, `data-newer`, `data-corrupt`,
 * `data-unreachable`, `disk-full`, `key-missing`, `key-wrong` or `keystore-unavailable`; whatever it answers, nothing
 * that was there is lost. Whoever opens closes.
 */
export async function openDataFolder(
  host: DataHost,
  mode: FolderMode,
  options: DataFolderOptions = {},
): Promise<Result<DataFolder>> {
  const started = performance.now()
  const opened = await open(host, mode, options)
  const durationMs = Math.round(performance.now() - started)
  if (!opened.ok) {
    host.logger.warn('storage.refused', { mode, code: opened.failure.code, durationMs })
    return opened
  }
  const { folder, report } = opened.value
  if (report.state !== 'behind') {
    host.logger.info('storage.opened', { mode, keyPlace: folder.keyPlace, ...report, durationMs })
    return ok(folder)
  }

  await folder.close()
  const owner = await openDataFolder(host, 'own', options)
  if (!owner.ok) return owner
  await owner.value.close()
  return openDataFolder(host, mode, options)
}

async function open(host: DataHost, mode: FolderMode, options: DataFolderOptions): Promise<Result<Opened>> {
  const client = new StorageClient({ folder: host.paths.data ?? '' })
  const opened = await openWith(client, host, mode, options).catch(async (error: unknown) => {
    await client.close()
    throw error
  })
  if (!opened.ok) await client.close()
  return opened
}

async function openWith(
  client: StorageClient,
  host: DataHost,
  mode: FolderMode,
  { migrations = allMigrations, keystoreWaitMs }: DataFolderOptions,
): Promise<Result<Opened>> {
  const folder = host.paths.data
  const entered = folder === null ? null : await client.enter(folder, mode)
  if (entered?.ok === false) return entered
  if (folder === null || entered === null || isVoid(entered.value, mode)) {
    return opening(client, await client.open({ kind: 'memory' }, migrations, host.now()), null)
  }
  const found = await keyFor(client, folder, entered.value, host.keyring, keystoreWaitMs)
  if (!found.ok) return found
  const key = subkey(found.value.key, 'database')
  const report = await client.open({ kind: 'file', folder, mode, key }, migrations, host.now())
  key.fill(0)
  return opening(client, report, found.value)
}

/** Nothing to read, and not ours to make. */
function isVoid({ state, keys, data }: Entrance, mode: FolderMode): boolean {
  return state === 'absent' || (mode === 'beside' && keys === null && !data)
}

async function keyFor(
  client: StorageClient,
  folder: string,
  { keys, data }: Entrance,
  keyring: Host['keyring'],
  waitMs: number | undefined,
): Promise<Result<DataKey>> {
  if (keys !== null) {
    const slots = parseKeySlots(keys, folder)
    return slots.ok ? findDataKey(slots.value, keyring, folder, waitMs) : slots
  }
  if (data) return { ok: false, failure: failureOf('key-missing', { folder }) }
  const made = await makeDataKey(keyring, waitMs)
  const kept = await client.keepKeys(writeKeySlots([made.slot]))
  return kept.ok ? ok(made) : kept
}

function opening(client: StorageClient, report: Result<OpenReport>, found: DataKey | null): Result<Opened> {
  if (!report.ok) return report
  const ledgerKey = found === null ? null : subkey(found.key, 'ledger')
  found?.key.fill(0)
  const folder: DataFolder = {
    storage: client,
    keyPlace: found?.place ?? 'none',
    ledgerKey,
    close: () => client.close(),
  }
  return ok({ folder, report: report.value })
}
