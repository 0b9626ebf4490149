// Rows of the ledger's tables, parsed: what lies on disk is not trusted to be what was written.
import { createHash } from 'node:crypto'
import { type LedgerEntry, ledgerEntry } from '#contract/ledger.ts'
import { entryText, type Link } from './logic/chain.ts'

/** One row of `ledger`: `entry` is the canonical JSON of everything but the hash. */
export type LedgerRow = { readonly seq: number; readonly entry: string; readonly hash: string }

/** One row of `ledger_head`; `mac` is empty when it was written without a key. */
export type HeadRow = { readonly entries: number; readonly hash: string; readonly mac: string }

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** The entry a row holds, or null when it does not parse, is not spelled canonically or does not match its hash. */
export function entryOf(row: LedgerRow): LedgerEntry | null {
  const parsed = ledgerEntry.safeParse({ ...parseObject(row.entry), hash: row.hash })
  if (!parsed.success) return null
  const { hash, ...body } = parsed.data
  return entryText(body) === row.entry && sha256(row.entry) === hash ? parsed.data : null
}

/** A row as a link of the chain; an entry that is not sound keeps only its position. */
export function linkOfRow(row: LedgerRow): Link {
  const entry = entryOf(row)
  if (entry === null) return { position: row.seq, seq: row.seq, hash: row.hash, previousHash: '', sound: false }
  return { position: row.seq, seq: entry.seq, hash: entry.hash, previousHash: entry.previousHash, sound: true }
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
