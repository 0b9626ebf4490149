// The ledger: totals for the header's egress line, entries and the verdict for the Activity room.
import type { Failure } from '#contract/failures.ts'
import type { Output } from '#contract/index.ts'
import type { LedgerAnchor, LedgerEntry, LedgerVerdict } from '#contract/ledger.ts'
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
  readonly ledgerFilter: LedgerFilter
  /** What the filter finds, newest first; null while nothing is searched. */
  readonly ledgerFound: readonly LedgerEntry[] | null
  readonly ledgerExporting: boolean
  readonly ledgerAnchor: LedgerAnchor | null
  refreshLedgerTotals(): Promise<void>
  /** Loads the newest page and checks the chain; called whenever the room is entered. */
  openLedger(): Promise<void>
  loadOlderLedger(): Promise<void>
  verifyLedger(): Promise<void>
  filterLedger(filter: Partial<LedgerFilter>): void
  /** Opens the Activity room at the entries of a grant. */
  showInLedger(grantId: string): void
  /** The whole ledger as JSON Lines, header first; null when it could not be read. */
  exportLedger(): Promise<string | null>
  /** Reads the end of the ledger, to be kept elsewhere. */
  readAnchor(): Promise<void>
}

/** Which entries are shown: a text, and one kind of event or all. */
export type LedgerFilter = { readonly search: string; readonly kind: 'all' | LedgerKind }

/** Kinds a person would look for, each with the events it stands for. */
export const ledgerKinds = {
  content: ['attempt', 'outcome'],
  decisions: ['grant', 'decline', 'withdrawal'],
  refusals: ['refusal'],
} as const
/** One of them. */
export type LedgerKind = keyof typeof ledgerKinds

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
    ...createLedgerSearch({ set, get, client }),
    refreshLedgerTotals,
    verifyLedger,
    async openLedger() {
      await Promise.all([load(undefined), verifyLedger(), refreshLedgerTotals()])
    },
    loadOlderLedger: () => load(get().ledgerEntries?.at(-1)?.seq),
  }
}

type SearchPart = Pick<
  LedgerSlice,
  | 'ledgerFilter'
  | 'ledgerFound'
  | 'ledgerExporting'
  | 'ledgerAnchor'
  | 'filterLedger'
  | 'showInLedger'
  | 'exportLedger'
  | 'readAnchor'
>

/** Entries a search shows at most; who needs more exports the ledger. */
const foundLimit = 500

function createLedgerSearch({ set, get, client }: SliceTools): SearchPart {
  async function search(filter: LedgerFilter): Promise<void> {
    const text = filter.search.trim().slice(0, 200)
    if (text === '' && filter.kind === 'all') return set({ ledgerFound: null })
    const found = await client.call('ledger.list', {
      limit: foundLimit,
      ...(text === '' ? {} : { search: text }),
      ...(filter.kind === 'all' ? {} : { events: [...ledgerKinds[filter.kind]] }),
      ...(filter.kind === 'content' ? { purposes: ['content'] } : {}),
    })
    // A later search has the say.
    if (get().ledgerFilter !== filter) return
    set(found.ok ? { ledgerFound: found.value } : { ledgerFailure: found.failure })
  }
  function filterLedger(change: Partial<LedgerFilter>): void {
    const ledgerFilter = { ...get().ledgerFilter, ...change }
    set({ ledgerFilter })
    void search(ledgerFilter)
  }
  return {
    ledgerFilter: { search: '', kind: 'all' },
    ledgerFound: null,
    ledgerExporting: false,
    ledgerAnchor: null,
    filterLedger,
    showInLedger(grantId) {
      get().navigate('activity')
      filterLedger({ search: grantId, kind: 'all' })
    },
    async exportLedger() {
      if (get().ledgerExporting) return null
      set({ ledgerExporting: true })
      const items = client.stream('ledger.export', {})
      const lines: string[] = []
      for (;;) {
        const step = await items.next()
        if (step.done === true) {
          set({ ledgerExporting: false, ...(step.value.ok ? {} : { ledgerFailure: step.value.failure }) })
          return step.value.ok ? lines.join('') : null
        }
        if (step.value.type === 'lines') lines.push(step.value.text)
      }
    },
    async readAnchor() {
      const anchor = await client.call('ledger.anchor', {})
      if (anchor.ok) set({ ledgerAnchor: anchor.value })
      else set({ ledgerFailure: anchor.failure })
    },
  }
}

function touches(page: readonly LedgerEntry[], known: readonly LedgerEntry[]): boolean {
  const [newest] = known
  const oldest = page.at(-1)
  return newest !== undefined && oldest !== undefined && oldest.seq <= newest.seq + 1
}
