// The shapes of the window's part in the cloud: what was asked for, the sheet, what is open, what was done.
import type { CloudProposal, CloudProvider, CloudState, SelfTestWay } from '#contract/cloud.ts'
import type { RewriteStyle } from '#contract/chat.ts'
import type { CloudDraft, ConsentScope } from '#contract/cloudDraft.ts'
import type { CloudUsage, ConsentReceipt, OpenScope } from '#contract/consent.ts'
import type { Failure } from '#contract/failures.ts'
import type { CallMethod, Input } from '#contract/index.ts'
import type { SummaryPreset } from '#contract/summary.ts'
import type { Turn } from '../chat/chatState.ts'
import type { Route } from '../routeSlice.ts'

/** What a person wants done elsewhere. Nothing of it leaves before the sheet was read and its button pressed. */
export type CloudOrder =
  | { readonly kind: 'message'; readonly conversationId: string; readonly turn: Turn; readonly history: boolean }
  | {
      readonly kind: 'summary'
      readonly documentId: string
      readonly preset: SummaryPreset
      readonly instruction: string | null
    }
  | {
      readonly kind: 'rewrite'
      readonly conversationId: string | null
      readonly text: string
      readonly style: RewriteStyle
      readonly instruction: string | null
    }

/** The sheet. `order` null: the draft is only read. It stands at `route`, and nowhere else. */
export type Consent = {
  readonly order: CloudOrder | null
  readonly route: Route
  readonly draft: CloudDraft
  readonly scope: ConsentScope
  /** Whether the consent also names the second provider. */
  readonly alsoFallback: boolean
  readonly busy: 'switching' | 'approving' | 'preparing' | null
  readonly failure: Failure | null
}

/** An order that could not be prepared, or whose grant did not begin. `draftId` when the same draft may be tried again. */
export type RefusedOrder = { readonly order: CloudOrder; readonly failure: Failure; readonly draftId: string | null }

/** The text of a composer being rewritten. */
export type Rewrite = {
  readonly conversationId: string | null
  readonly text: string
  readonly style: RewriteStyle
  readonly instruction: string
  readonly phase: 'choosing' | 'working' | 'done' | 'stopped' | 'failed'
  readonly result: string
  readonly providerName: string
  readonly failure: Failure | null
}

/** How trying every way out goes. */
export type SelfTest =
  | { readonly state: 'none' | 'running' }
  | { readonly state: 'done'; readonly ways: readonly SelfTestWay[] }
  | { readonly state: 'failed'; readonly failure: Failure }

/** The person's own lists for redaction. */
export type OwnTerms = { readonly hide: readonly string[]; readonly show: readonly string[] }

/** Everything of the cloud that the window knows and can do. */
export type CloudSlice = {
  /** Null until it was asked for once. */
  readonly cloud: CloudState | null
  readonly cloudProviders: readonly CloudProvider[]
  readonly cloudTerms: OwnTerms | null
  /** Why the last change of a provider, key or list was refused. `of` is the provider's id, `endpoint` or `terms`. */
  readonly cloudSetUpFailure: { readonly of: string; readonly failure: Failure } | null
  readonly cloudPreparing: CloudOrder | null
  readonly cloudRefused: RefusedOrder | null
  readonly consent: Consent | null
  readonly cloudScopes: readonly OpenScope[]
  /** What the last withdrawal ended; null once another envelope opens. */
  readonly cloudWithdrawn: { readonly cutStreams: number } | null
  readonly rewrite: Rewrite | null
  readonly cloudReceipts: readonly ConsentReceipt[] | null
  /** True once the oldest receipt is loaded. */
  readonly cloudReceiptsComplete: boolean
  readonly cloudUsage: CloudUsage | null
  readonly selfTest: SelfTest
  readonly cloudRecordsFailure: Failure | null
  readonly summaryProposals: Readonly<Record<string, CloudProposal | null>>

  refreshCloud(): Promise<void>
  /** Answers whether it was kept. */
  setProviderKey(providerId: string, key: string): Promise<boolean>
  removeProviderKey(providerId: string): Promise<void>
  addEndpoint(endpoint: Input<CallMethod & 'cloud.add-endpoint'>): Promise<boolean>
  removeEndpoint(providerId: string): Promise<void>
  loadTerms(): Promise<void>
  saveTerms(terms: OwnTerms): Promise<boolean>

  /**
   * Has the request drafted; shows the sheet, or runs it where an open envelope covers it. `read-first`, for buttons
   * that say so, shows it there too.
   */
  askCloud(order: CloudOrder, how?: 'read-first'): Promise<void>
  /** Ends the search for names that preparing waits for; the sheet then says so. */
  stopCloudPreparing(): void
  /** Gives up what is being prepared: no sheet comes, and an open envelope lets nothing of it go. */
  dropCloudPreparing(): void
  /** Shows the sheet of a draft whose attempt failed, or of a fresh one where it is gone; one press tries again. */
  askCloudAgain(order: CloudOrder, draftId: string): Promise<void>
  dismissCloudRefused(): void
  /** Shows a draft to be read; nothing can be sent from there. */
  readDraft(draftId: string): Promise<void>
  switchRedaction(redactionId: string, on: boolean): Promise<void>
  chooseScope(scope: ConsentScope): void
  nameFallback(also: boolean): void
  approveConsent(): Promise<void>
  /** Leaves the sheet; a draft that waits is declined. */
  keepHere(): Promise<void>
  prepareConsentAgain(): Promise<void>
  refreshScopes(): Promise<void>
  /** Ends an envelope, or all; what streams under it is cut. */
  withdraw(scopeId: string): Promise<void>

  openRewrite(): void
  changeRewrite(change: { readonly style?: RewriteStyle; readonly instruction?: string }): void
  requestRewrite(how?: 'read-first'): Promise<void>
  stopRewrite(): void
  /** Puts the result into the composer. */
  takeRewrite(): void
  closeRewrite(): void

  /** Receipts, newest first, and what was used and paid. */
  openCloudRecords(): Promise<void>
  loadOlderReceipts(): Promise<void>
  runSelfTest(): Promise<void>
  /** Asks where a summary of this document would be better made; nothing is prepared or sent. */
  proposeSummary(documentId: string): Promise<void>
}
