// The ledger: every way out that was tried, taken or refused, each entry chained to the one before.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Announce } from '#contract/index.ts'
import type { LedgerAnchor, LedgerEntry, LedgerExportItem, LedgerVerdict } from '#contract/ledger.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'
import { exportLedger } from './ledgerExport.ts'
import { type LedgerQuery, listStatement } from './ledgerQuery.ts'
import { type HeadRow, type LedgerRow, entryOf, linkOfRow, sha256 } from './ledgerRows.ts'
import {
  anchorFault,
  chainEntry,
  entryText,
  firstPreviousHash,
  headFault,
  headText,
  type LedgerHead,
  type Link,
  verifyLinks,
} from './logic/chain.ts'

/** What the caller knows of an entry; the ledger adds number, time, version, policy and hashes. */
export type LedgerLine = Pick<
  LedgerEntry,
  | 'event'
  | 'purpose'
  | 'destination'
  | 'sentBytes'
  | 'receivedBytes'
  | 'digest'
  | 'grantId'
  | 'model'
  | 'result'
  | 'attemptSeq'
>

/** Bytes of content sent, requests without content, refusals, and since when (ISO 8601). */
export type LedgerTotals = {
  readonly contentBytes: number
  readonly publicRequests: number
  readonly refusals: number
  readonly since: string
}

type LedgerDeps = {
  readonly storage: Storage
  /** Key of the head's HMAC; null when this run has none, and then truncation cannot be ruled out. */
  readonly ledgerKey: Uint8Array | null
  readonly appVersion: string
  /** SHA-256 of the policy file in force, or null. */
  readonly policySha256: string | null
  readonly now: () => Date
  readonly announce: Announce
}

type Tail = { readonly entries: number; readonly hash: string }
type TailRow = {
  entries: number | null
  hash: string | null
  mac: string | null
  count: number
  lastHash: string | null
}

const pageRows = 1000

const tailSql = `SELECT h.entries AS entries, h.hash AS hash, h.mac AS mac,
  (SELECT COALESCE(MAX(seq), 0) FROM ledger) AS count,
  (SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1) AS lastHash
  FROM (SELECT 1) LEFT JOIN ledger_head h ON h.only = 1`

// An attempt counts in full when its outcome was never written: the bytes may have left before the power did. Where it
// was, the outcome says how many bytes left.
const totalsSql = `WITH valid AS
  (SELECT seq, CASE WHEN json_valid(entry) THEN entry ELSE '{}' END AS entry FROM ledger)
SELECT
  COALESCE(SUM(CASE WHEN event = 'attempt' AND purpose = 'content' THEN COALESCE(known, sent) ELSE 0 END), 0)
    AS contentBytes,
  COUNT(CASE WHEN event = 'attempt' AND purpose <> 'content' THEN 1 END) AS publicRequests,
  COUNT(CASE WHEN event = 'refusal' THEN 1 END) AS refusals,
  (SELECT MIN(applied_at) FROM migrations) AS since
  FROM (SELECT seq, json_extract(entry, '$.event') AS event, json_extract(entry, '$.purpose') AS purpose,
    json_extract(entry, '$.sentBytes') AS sent FROM valid)
  LEFT JOIN (SELECT json_extract(entry, '$.attemptSeq') AS attempt, json_extract(entry, '$.sentBytes') AS known
    FROM valid WHERE json_extract(entry, '$.event') = 'outcome' AND json_extract(entry, '$.purpose') = 'content')
    ON attempt = seq`

/** Writes, lists and verifies the ledger. One writer at a time: the owner of the data folder. */
export class Ledger {
  readonly #deps: LedgerDeps
  #lastAppend: Promise<unknown> = Promise.resolve()

  constructor(deps: LedgerDeps) {
    this.#deps = deps
  }

  /**
   * Adds an entry after all appends before it; it is on disk when this resolves. A failure (`ledger-broken` when the
   * end of the chain was tampered with, or a storage failure) means it was not recorded, and then nothing may leave.
   */
  append(line: LedgerLine): Promise<Result<LedgerEntry>> {
    const appended = this.#lastAppend.then(() => this.#append(line))
    this.#lastAppend = appended.catch(() => undefined)
    return appended
  }

  /**
   * Entries before `before` (exclusive) that fit the filters, newest first. A row that does not hold what it should is
   * `ledger-broken`.
   */
  async list(input: LedgerQuery): Promise<Result<readonly LedgerEntry[]>> {
    const { sql, parameters } = listStatement(input)
    const rows = await this.#deps.storage.all<LedgerRow>(sql, parameters)
    if (!rows.ok) return rows
    const entries: LedgerEntry[] = []
    for (const row of rows.value) {
      const entry = entryOf(row)
      if (entry === null) return fail('ledger-broken', { seq: row.seq, reason: 'altered' })
      entries.push(entry)
    }
    return ok(entries)
  }

  /** Rows from `after` (exclusive) on as they are stored, oldest first, at most a thousand; what an export is made of. */
  rows(after: number): Promise<Result<readonly LedgerRow[]>> {
    return this.#page(after)
  }

  /** The end of the ledger now, to be kept elsewhere. Failure: `ledger-broken` when the end was tampered with. */
  async anchor(): Promise<Result<LedgerAnchor>> {
    const tail = await this.#tail()
    return tail.ok ? ok(tail.value) : tail
  }

  /**
   * Reads every row and says whether the chain and the head fit, naming the first entry that does not. Also right
   * while another process appends: rows that came while reading are read too. About 20 µs an entry. Each anchor must
   * name an entry that is there with that hash: what was there when the anchor was taken is then there unaltered.
   */
  async verify(anchors: readonly LedgerAnchor[] = []): Promise<Result<LedgerVerdict>> {
    const links: Link[] = []
    let head: LedgerHead | null = null
    let after = Number.MIN_SAFE_INTEGER
    for (;;) {
      const rows = await this.#page(after)
      if (!rows.ok) return rows
      const last = rows.value.at(-1)
      links.push(...rows.value.map(linkOfRow))
      if (last !== undefined) after = last.seq
      if (rows.value.length === pageRows) continue
      const read = await this.#head()
      if (!read.ok) return read
      head = read.value
      if (last === undefined || head === null || head.entries <= links.length) break
    }
    const broken = verifyLinks(links, head) ?? anchorFault(links, anchors)
    return ok({
      intact: broken === null,
      entries: links.length,
      headHash: head?.hash ?? null,
      anchored: this.#deps.ledgerKey !== null,
      broken,
      checkedAt: this.#deps.now().toISOString(),
      ...(anchors.length === 0 ? {} : { anchors: anchors.length }),
    })
  }

  /** The whole ledger as JSON Lines; see `exportLedger`. */
  export(signal: AbortSignal): Stream<LedgerExportItem> {
    return exportLedger(this, this.#deps, signal)
  }

  /** Sums over the whole ledger, since the day its database was made. */
  async totals(): Promise<Result<LedgerTotals>> {
    const row = await this.#deps.storage.get<Omit<LedgerTotals, 'since'> & { readonly since: string | null }>(totalsSql)
    if (!row.ok) return row
    const since = row.value?.since ?? this.#deps.now().toISOString()
    return ok({ contentBytes: 0, publicRequests: 0, refusals: 0, ...row.value, since })
  }

  async #append(line: LedgerLine): Promise<Result<LedgerEntry>> {
    const { storage, appVersion, policySha256, now, announce } = this.#deps
    const tail = await this.#tail()
    if (!tail.ok) return tail
    const seq = tail.value.entries + 1
    const body = { ...line, seq, at: now().toISOString(), appVersion, policySha256, previousHash: tail.value.hash }
    const entry = chainEntry(body, sha256)
    const written = await storage.transaction([
      { sql: 'INSERT INTO ledger (seq, entry, hash) VALUES (?, ?, ?)', parameters: [seq, entryText(body), entry.hash] },
      {
        sql: 'INSERT OR REPLACE INTO ledger_head (only, entries, hash, mac) VALUES (1, ?, ?, ?)',
        parameters: [seq, entry.hash, this.#mac(seq, entry.hash)],
      },
    ])
    if (!written.ok) return written
    announce('ledger.appended', entry)
    return ok(entry)
  }

  // Extending a tampered end would put a fresh HMAC under it and hide the tampering for good.
  async #tail(): Promise<Result<Tail>> {
    const read = await this.#deps.storage.get<TailRow>(tailSql)
    if (!read.ok) return read
    const row = read.value
    const entries = row?.count ?? 0
    const hash = row?.lastHash ?? firstPreviousHash
    const fault = headFault(row === undefined ? null : this.#headOf(row), entries, hash)
    return fault === null ? ok({ entries, hash }) : fail('ledger-broken', fault)
  }

  #page(after: number): Promise<Result<readonly LedgerRow[]>> {
    return this.#deps.storage.all<LedgerRow>('SELECT seq, entry, hash FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?', [
      after,
      pageRows,
    ])
  }

  async #head(): Promise<Result<LedgerHead | null>> {
    const row = await this.#deps.storage.get<HeadRow>('SELECT entries, hash, mac FROM ledger_head WHERE only = 1')
    return row.ok ? ok(row.value === undefined ? null : this.#headOf(row.value)) : row
  }

  #headOf(row: { readonly [Key in keyof HeadRow]: HeadRow[Key] | null }): LedgerHead | null {
    const { entries, hash, mac } = row
    if (entries === null || hash === null || mac === null) return null
    if (this.#deps.ledgerKey === null) return { entries, hash, mac: 'unchecked' }
    const expected = Buffer.from(this.#mac(entries, hash))
    const found = Buffer.from(mac)
    const valid = found.length === expected.length && timingSafeEqual(found, expected)
    return { entries, hash, mac: valid ? 'valid' : 'invalid' }
  }

  #mac(entries: number, hash: string): string {
    const key = this.#deps.ledgerKey
    return key === null ? '' : createHmac('sha256', key).update(headText(entries, hash)).digest('hex')
  }
}
