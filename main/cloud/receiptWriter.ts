// Writes each decision down twice: a line in the ledger, a receipt in the database. Both carry no content.
import type { ConsentScope, DraftState } from '#contract/cloudDraft.ts'
import type { ConsentReceipt } from '#contract/consent.ts'
import { ok, type Result } from '#contract/result.ts'
import type { LedgerLine } from '../egress/ledger.ts'
import type { LiveDraft } from './draftMaker.ts'
import type { ReceiptStore } from './receiptStore.ts'

/** A decision about a draft. `expiresAt` is when what was agreed to ends. */
export type Decision = {
  readonly event: ConsentReceipt['event']
  readonly live: LiveDraft
  readonly scope: ConsentScope
  readonly scopeId: string | null
  readonly grantId: string | null
  readonly expiresAt: string | null
}

type ReceiptWriterDeps = {
  readonly ledger: { append(line: LedgerLine): Promise<Result<unknown>> }
  readonly store: ReceiptStore
  readonly now: () => Date
  readonly newId: () => string
}

const ledgerEvents: Readonly<Record<ConsentReceipt['event'], LedgerLine['event']>> = {
  approved: 'grant',
  covered: 'grant',
  declined: 'decline',
  withdrawn: 'withdrawal',
  ended: 'withdrawal',
}

/** Writes decisions down. Failures: the ledger's and the storage's; then the decision does not hold. */
export class ReceiptWriter {
  readonly #deps: ReceiptWriterDeps

  constructor(deps: ReceiptWriterDeps) {
    this.#deps = deps
  }

  /** The ledger first: a decision that is not in it is none. */
  async write(decision: Decision): Promise<Result<void>> {
    const { event, live, scope, scopeId, grantId, expiresAt } = decision
    const { draft } = live
    const named = scopeId === null ? scope : `${scope}:${scopeId}`
    const line = await this.#deps.ledger.append({
      event: ledgerEvents[event],
      purpose: 'content',
      destination: draft.request.url,
      sentBytes: 0,
      receivedBytes: 0,
      digest: draft.request.digest,
      grantId,
      model: draft.recipient.modelId,
      result: `${event}:${named}`,
      attemptSeq: null,
    })
    if (!line.ok) return line
    const kept = await this.#deps.store.keep({
      id: this.#deps.newId(),
      at: this.#deps.now().toISOString(),
      event,
      kind: draft.kind,
      scope,
      scopeId,
      grantId,
      draftId: draft.id,
      digest: draft.request.digest,
      bytes: draft.request.bytes,
      providerId: draft.recipient.providerId,
      providerName: draft.recipient.providerName,
      modelId: draft.recipient.modelId,
      host: draft.recipient.host,
      conversationId: draft.conversationId,
      documentIds: draft.documentIds,
      hidden: draft.redactions.filter(({ on }) => on).length,
      inClear: draft.redactions.filter(({ on }) => !on).length,
      policySha256: draft.policy.sha256,
      lawfulBasis: draft.policy.lawfulBasis,
      expiresAt,
    })
    return kept.ok ? ok(undefined) : kept
  }
}

/** States in which a draft may be approved (again). */
export const approvable: readonly DraftState[] = ['waiting', 'approved', 'failed']
