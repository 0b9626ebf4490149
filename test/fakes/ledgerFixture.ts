// A ledger on a real database in memory, with its events kept, for tests of whatever writes to it.
import type { LedgerEntry } from '#contract/ledger.ts'
import { Ledger } from '../../main/egress/ledger.ts'
import type { Storage } from '../../main/storage/storage.ts'
import { openMemoryStorage } from './memoryStorage.ts'

/** A ledger, what it announced, and the database under it; dispose it after the test. */
export type LedgerFixture = {
  readonly ledger: Ledger
  readonly storage: Storage
  readonly announced: LedgerEntry[]
  entries(): Promise<readonly LedgerEntry[]>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Opens an empty ledger under the given key, on a database of its own or on one that is shared; the clock advances one second an
 * entry from noon of 20 November 2026.
 */
export async function openLedger(
  options: { readonly key?: Uint8Array | null; readonly storage?: Storage } = {},
): Promise<LedgerFixture> {
  const storage = options.storage ?? (await openMemoryStorage())
  const announced: LedgerEntry[] = []
  let seconds = 0
  const ledger = new Ledger({
    storage,
    ledgerKey: options.key === undefined ? new Uint8Array(32).fill(7) : options.key,
    appVersion: '0.1.0',
    policySha256: null,
    now: () => new Date(Date.UTC(2026, 10, 20, 12, 0, seconds++)),
    announce: (topic, value) => {
      if (topic === 'ledger.appended') announced.push(value as LedgerEntry) // as: the topic says which value it is
    },
  })
  return {
    ledger,
    storage,
    announced,
    async entries() {
      const listed = await ledger.list({ limit: 500 })
      if (!listed.ok) throw new Error(listed.failure.code)
      return listed.value.toReversed()
    },
    [Symbol.asyncDispose]: () => storage.close(),
  }
}

/** Takes every entry and the head out of a database that several tests share. */
export async function emptyLedger(storage: Storage): Promise<void> {
  const emptied = await storage.transaction([{ sql: 'DELETE FROM ledger' }, { sql: 'DELETE FROM ledger_head' }])
  if (!emptied.ok) throw new Error(emptied.failure.code)
}
