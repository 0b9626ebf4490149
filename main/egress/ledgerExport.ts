// The ledger as JSON Lines, for whoever checks it elsewhere.
import type { LedgerAnchor, LedgerExportItem } from '#contract/ledger.ts'
import { ok, type Result, type Stream } from '#contract/result.ts'
import type { LedgerRow } from './ledgerRows.ts'

/** What is exported: rows as they lie, and the end. */
type Exported = {
  rows(after: number): Promise<Result<readonly LedgerRow[]>>
  anchor(): Promise<Result<LedgerAnchor>>
}

/**
 * A header line, then one line for each entry from the first on: `{"hash": …, "entry": …}`, where `entry` is exactly the
 * text that is hashed. What lies in the table is exported as it lies there; checking is the reader's business, and
 * docs/cloud.md says how. Honours `signal` between pages of a thousand. Failures: the storage's.
 */
export async function* exportLedger(
  ledger: Exported,
  about: { readonly appVersion: string; readonly now: () => Date },
  signal: AbortSignal,
): Stream<LedgerExportItem> {
  const anchor = await ledger.anchor()
  if (!anchor.ok && anchor.failure.code !== 'ledger-broken') return anchor
  const header = {
    kind: 'sotto-ledger',
    version: 1,
    hash: 'sha256 of entry, UTF-8',
    appVersion: about.appVersion,
    exportedAt: about.now().toISOString(),
    // A tampered end is exported all the same, and says that it has no sound head.
    head: anchor.ok ? anchor.value : null,
  }
  yield { type: 'lines', text: `${JSON.stringify(header)}\n` }
  let entries = 0
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    if (signal.aborted) {
      yield { type: 'finished', reason: 'stopped', entries }
      return ok(undefined)
    }
    const rows = await ledger.rows(after)
    if (!rows.ok) return rows
    const last = rows.value.at(-1)
    if (last === undefined) break
    after = last.seq
    entries += rows.value.length
    yield { type: 'lines', text: rows.value.map(({ hash, entry }) => `${JSON.stringify({ hash, entry })}\n`).join('') }
  }
  yield { type: 'finished', reason: 'complete', entries }
  return ok(undefined)
}
