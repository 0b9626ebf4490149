// The ledger as a person reads it: an attempt and what became of it are one row, and its result is a word.
import type { LedgerEntry } from '#contract/ledger.ts'

/** What became of a row. `by` and `reason` are codes with a word each. */
export type LedgerResult =
  | { readonly kind: 'pending' | 'complete' | 'stopped' | 'redirected' | 'unapproved' }
  | { readonly kind: 'error'; readonly status: string }
  | { readonly kind: 'unreached'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'cut' | 'refusedBy'; readonly by: string }
  | { readonly kind: 'grant'; readonly code: string }
  | { readonly kind: 'decision'; readonly event: string; readonly scope: string }
  | { readonly kind: 'other'; readonly code: string }

/**
 * One row. `left` is true once something may have gone out, which is as soon as an attempt stands in the ledger; content
 * whose outcome says that nothing went did not leave.
 */
export type LedgerRow = {
  /** The number of its first entry known here; unique among rows. */
  readonly seq: number
  readonly at: string
  readonly left: boolean
  readonly purpose: LedgerEntry['purpose']
  readonly destination: string
  readonly sentBytes: number
  readonly receivedBytes: number
  readonly result: LedgerResult
  /** The entries it is made of, oldest first; one or two. */
  readonly entries: readonly [LedgerEntry, ...LedgerEntry[]]
}

/**
 * Rows from entries that are newest first. An outcome whose attempt is not loaded yet stands alone until it is. A
 * refused redirect stays a row of its own: what was asked before it did leave.
 */
export function ledgerRows(entries: readonly LedgerEntry[]): readonly LedgerRow[] {
  const attempts = new Set(entries.filter(({ event }) => event === 'attempt').map(({ seq }) => seq))
  const outcomes = new Map(
    entries
      .filter(({ event, attemptSeq }) => event === 'outcome' && attemptSeq !== null)
      .map((entry) => [entry.attemptSeq, entry]),
  )
  return entries
    .filter(({ event, attemptSeq }) => event !== 'outcome' || attemptSeq === null || !attempts.has(attemptSeq))
    .map((entry) => rowOf(entry, outcomes.get(entry.seq)))
}

function rowOf(entry: LedgerEntry, outcome: LedgerEntry | undefined): LedgerRow {
  const last = outcome ?? entry
  // About content the outcome knows better than the attempt, which is written before anything leaves.
  const sentBytes = entry.purpose === 'content' ? last.sentBytes : entry.sentBytes
  const kept = entry.purpose === 'content' && outcome !== undefined && sentBytes === 0
  return {
    seq: entry.seq,
    at: entry.at,
    left: !kept && (entry.event === 'attempt' || entry.event === 'outcome'),
    purpose: entry.purpose,
    destination: entry.destination,
    sentBytes,
    receivedBytes: last.receivedBytes,
    result: entry.event === 'attempt' && outcome === undefined ? { kind: 'pending' } : resultOf(last),
    entries: outcome === undefined ? [entry] : [entry, outcome],
  }
}

/** Reads a result's code, `word:detail:status`; what this version does not know keeps its code. */
export function resultOf({ event, result }: Pick<LedgerEntry, 'event' | 'result'>): LedgerResult {
  const [word = '', detail = '', status = ''] = result.split(':')
  switch (word) {
    case 'complete':
      return Number(detail) >= 400 ? { kind: 'error', status: detail } : { kind: 'complete' }
    case 'stopped':
      return { kind: 'stopped' }
    case 'approved':
    case 'covered':
    case 'declined':
    case 'withdrawn':
    case 'ended':
      return { kind: 'decision', event: word, scope: detail }
    case 'redirect':
      return { kind: 'redirected' }
    case 'consent-required':
      return { kind: 'unapproved' }
    case 'consent-expired':
    case 'consent-used':
    case 'consent-mismatch':
    case 'proxy-refused':
      return { kind: 'grant', code: word }
    case 'network-failed':
      return { kind: 'unreached', reason: [detail, status].filter((part) => part !== '').join(', ') }
    case 'local-only':
      return { kind: event === 'refusal' ? 'refusedBy' : 'cut', by: detail }
    case 'egress-refused':
      return { kind: 'refused', reason: detail }
    default:
      return { kind: 'other', code: result }
  }
}

/** Rows of one local day. */
export type LedgerDay = { readonly day: string; readonly at: Date; readonly rows: readonly LedgerRow[] }

/** Groups rows, newest first, by the day they fall on where the person is. */
export function byDay(rows: readonly LedgerRow[]): readonly LedgerDay[] {
  const days = new Map<string, LedgerRow[]>()
  for (const row of rows) {
    const day = new Date(row.at).toDateString()
    days.set(day, [...(days.get(day) ?? []), row])
  }
  return [...days].map(([day, members]) => ({ day, at: new Date(day), rows: members }))
}

/** Where a row went, in two strengths: the host, and the rest of the address. */
export function destinationParts(destination: string): { readonly host: string; readonly rest: string } | null {
  if (destination === 'not an address') return null
  const address = URL.parse(destination)
  // A grant names only its host.
  if (address === null || address.host === '') return { host: destination, rest: '' }
  return { host: address.host, rest: `${address.pathname}${address.search}`.replace(/^\/$/, '') }
}
