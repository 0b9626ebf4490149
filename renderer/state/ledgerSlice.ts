// The ledger: totals for the header's egress line, entries and the verdict for the Activity room.
import type { Failure } from '#contract/failures.ts'
import type { Output } from '#contract/index.ts'
import type { LedgerEntry, LedgerVerdict } from '#contract/ledger.ts'
import type { SliceTools } from './slice.ts'

/** What the window knows of the ledger. */
export type LedgerSlice = {
  readonly ledgerTotals: Output<'ledger.totals'> | null
  /** Newest first, without gaps from the newest loaded down; null before the first page came. */
  readonly ledgerEntries: readonly LedgerEntry[] | null
  /** True once the oldest entry is loaded. */
  readonly ledgerComplete: boolean
  readonly ledgerLoading: boolean
  readonly ledgerVerdict: LedgerVerdict | null
  readonly ledgerVerifying: boolean
  readonly ledgerFailure: Failure | null
  refreshLedgerTotals(): Promise<void>
  /** Loads the newest page and checks the chain; called whenever the room is entered. */
  openLedger(): Promise<void>
  loadOlderLedger(): Promise<void>
  verifyLedger(): Promise<void>
}

/** Entries asked for at a time. */
export const ledgerPage = 100

/** Two lists of entries as one, newest first, each entry once. */
function merged(one: readonly LedgerEntry[], other: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const bySeq = new Map([...one, ...other].map((entry) => [entry.seq, entry]))
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq)
}

/** Follows the ledger as it grows; older pages are loaded on demand. */
export function createLedgerSlice({ set, get, client }: SliceTools): LedgerSlice {
  async function refreshLedgerTotals(): Promise<void> {
    const totals = await client.call('ledger.totals', {})
    if (totals.ok) set({ ledgerTotals: totals.value })
  }
  client.on('ledger.appended', (entry) => {
    const known = get().ledgerEntries
    // Before the first page came there is nothing to add to: the page will hold this entry.
    if (known !== null) set({ ledgerEntries: merged([entry], known) })
    void refreshLedgerTotals()
  })
  async function load(before: number | undefined): Promise<void> {
    if (get().ledgerLoading) return
    set({ ledgerLoading: true })
    const page = await client.call('ledger.list', {
      limit: ledgerPage,
      ...(before === undefined ? {} : { before }),
    })
    if (!page.ok) return set({ ledgerLoading: false, ledgerFailure: page.failure })
    const known = get().ledgerEntries ?? []
    // A newest page that does not reach what is known would leave a gap; then the known part is asked for again.
    const reaches = before !== undefined || page.value.length < ledgerPage || touches(page.value, known)
    set({
      ledgerLoading: false,
      ledgerFailure: null,
      ledgerEntries: reaches ? merged(page.value, known) : page.value,
      ledgerComplete: page.value.length < ledgerPage || (reaches && before === undefined && get().ledgerComplete),
    })
  }
  async function verifyLedger(): Promise<void> {
    if (get().ledgerVerifying) return
    set({ ledgerVerifying: true })
    const verdict = await client.call('ledger.verify', {})
    set({
      ledgerVerifying: false,
      ...(verdict.ok ? { ledgerVerdict: verdict.value } : { ledgerVerdict: null, ledgerFailure: verdict.failure }),
    })
  }
  return {
    ledgerTotals: null,
    ledgerEntries: null,
    ledgerComplete: false,
    ledgerLoading: false,
    ledgerVerdict: null,
    ledgerVerifying: false,
    ledgerFailure: null,
    refreshLedgerTotals,
    verifyLedger,
    async openLedger() {
      await Promise.all([load(undefined), verifyLedger(), refreshLedgerTotals()])
    },
    loadOlderLedger: () => load(get().ledgerEntries?.at(-1)?.seq),
  }
}

function touches(page: readonly LedgerEntry[], known: readonly LedgerEntry[]): boolean {
  const [newest] = known
  const oldest = page.at(-1)
  return newest !== undefined && oldest !== undefined && oldest.seq <= newest.seq + 1
}
