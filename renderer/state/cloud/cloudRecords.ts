// What was decided, used and paid, what the self-test found, and where a summary would be better made.
import type { ConsentReceipt } from '#contract/consent.ts'
import type { SliceTools } from '../slice.ts'
import type { CloudSlice } from './cloudState.ts'

type RecordsPart = Pick<
  CloudSlice,
  | 'cloudReceipts'
  | 'cloudReceiptsComplete'
  | 'cloudUsage'
  | 'selfTest'
  | 'cloudRecordsFailure'
  | 'summaryProposals'
  | 'openCloudRecords'
  | 'loadOlderReceipts'
  | 'runSelfTest'
  | 'proposeSummary'
>

/** Receipts asked for at a time. */
export const receiptPage = 50

function merged(one: readonly ConsentReceipt[], other: readonly ConsentReceipt[]): readonly ConsentReceipt[] {
  const byId = new Map([...one, ...other].map((receipt) => [receipt.id, receipt]))
  return [...byId.values()].sort((a, b) => b.at.localeCompare(a.at))
}

/** Read when the Activity room is entered, and again whenever the ledger says that something about content happened. */
export function createCloudRecords({ set, get, client }: SliceTools): RecordsPart {
  async function load(before: string | undefined): Promise<void> {
    const page = await client.call('cloud.receipts', {
      limit: receiptPage,
      ...(before === undefined ? {} : { before }),
    })
    if (!page.ok) return set({ cloudRecordsFailure: page.failure })
    const known = get().cloudReceipts ?? []
    const short = page.value.length < receiptPage
    set({
      cloudReceipts: merged(page.value, known),
      cloudReceiptsComplete: short || (before === undefined && get().cloudReceiptsComplete),
      cloudRecordsFailure: null,
    })
  }
  async function usage(): Promise<void> {
    const used = await client.call('cloud.usage', {})
    if (used.ok) set({ cloudUsage: used.value })
    else set({ cloudRecordsFailure: used.failure })
  }
  client.on('ledger.appended', ({ purpose, event }) => {
    // Before the room was entered nobody looks at them.
    if (purpose !== 'content' || get().cloudReceipts === null) return
    if (event === 'outcome') void usage()
    else void load(undefined)
  })
  return {
    cloudReceipts: null,
    cloudReceiptsComplete: false,
    cloudUsage: null,
    selfTest: { state: 'none' },
    cloudRecordsFailure: null,
    summaryProposals: {},
    async openCloudRecords() {
      await Promise.all([load(undefined), usage(), get().refreshScopes()])
    },
    loadOlderReceipts: () => load(get().cloudReceipts?.at(-1)?.at),
    async runSelfTest() {
      if (get().selfTest.state === 'running') return
      set({ selfTest: { state: 'running' } })
      const tested = await client.call('cloud.self-test', {})
      set({
        selfTest: tested.ok ? { state: 'done', ways: tested.value } : { state: 'failed', failure: tested.failure },
      })
    },
    async proposeSummary(documentId) {
      if ((get().cloud?.chosen ?? null) === null) return
      const proposed = await client.call('summaries.propose-cloud', { documentId, preset: get().preset })
      if (!proposed.ok) return
      set({ summaryProposals: { ...get().summaryProposals, [documentId]: proposed.value } })
    },
  }
}
