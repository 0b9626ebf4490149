// Where a person decides: approve, decline, withdraw. The only place that has grants minted.
import type { Announce, Parsed } from '#contract/index.ts'
import type { ConsentScope, DraftState } from '#contract/cloudDraft.ts'
import type { OpenScope } from '#contract/consent.ts'
import type { Failure } from '#contract/failures.ts'
import { fail, failureOf, ok, type Result } from '#contract/result.ts'
import type { GrantBook } from '../egress/grant.ts'
import type { Belonging, ConsentBook, OpenEnvelope } from './consentBook.ts'
import type { DraftMaker, LiveDraft } from './draftMaker.ts'
import type { DraftStore } from './draftStore.ts'
import { isOver, type Moment } from './logic/lifetime.ts'
import { newEnvelope } from './newEnvelope.ts'
import type { ProviderDirectory } from './providerDirectory.ts'
import { approvable, type ReceiptWriter } from './receiptWriter.ts'

type ConsentDeskDeps = {
  readonly book: ConsentBook
  readonly grants: GrantBook
  readonly drafts: DraftStore
  readonly maker: DraftMaker
  readonly receipts: ReceiptWriter
  readonly directory: ProviderDirectory
  readonly announce: Announce
  readonly changed: () => void
  readonly moment: () => Moment
  readonly newId: () => string
}

/** What approving gives. */
export type Approval = { readonly grantId: string; readonly scopeId: string | null; readonly expiresAt: string }

/** Takes decisions. A decision holds once the ledger has it. */
export class ConsentDesk {
  readonly #deps: ConsentDeskDeps

  constructor(deps: ConsentDeskDeps) {
    this.#deps = deps
  }

  /** See the contract's `cloud.approve`. */
  async approve(input: Parsed<'cloud.approve'>): Promise<Result<Approval>> {
    const { book, grants, newId, moment } = this.#deps
    const { withdrawals } = book
    const found = await this.#approvable(input.draftId, input.digest)
    if (!found.ok) return found
    const live = found.value
    const offered = live.draft.scopes.find(({ scope }) => scope === input.scope)
    if (offered === undefined) return fail('invalid-input', { issues: ['scope'] })
    const second =
      input.fallback === null ? null : await this.#approvable(input.fallback.draftId, input.fallback.digest)
    if (second !== null && !second.ok) return second
    if (second !== null && live.fallback?.draft.id !== second.value.draft.id) {
      return fail('invalid-input', { issues: ['fallback'] })
    }
    this.#dropUnused(live.draft.id)
    const scope =
      input.scope === 'once' ? null : newEnvelope(live, input.scope, offered, { id: newId(), from: moment() })
    const scopeId = scope?.id ?? null
    const fallback = second === null ? null : await this.#mint(second.value, { scope: 'once', scopeId: null }, null)
    if (fallback !== null && !fallback.ok) return fallback
    const fallbackGrantId = fallback === null ? null : fallback.value.grantId
    const minted = await this.#mint(live, { scope: input.scope, scopeId }, fallbackGrantId)
    const undone = this.#undone(live, withdrawals)
    if (!minted.ok || undone !== null) {
      grants.drop([fallbackGrantId, minted.ok ? minted.value.grantId : null].filter((id) => id !== null))
      return minted.ok && undone !== null ? { ok: false, failure: undone } : minted
    }
    if (scope !== null) await this.#open(scope, live)
    await this.setState(live, 'approved')
    this.#deps.changed()
    return minted
  }

  /** A single-use grant for a request an open envelope covers, whose room in it is taken at once. */
  async cover(live: LiveDraft, scope: OpenEnvelope): Promise<Result<Approval>> {
    // At once, before anything is awaited: another request may be looking at the same envelope.
    reserve(scope, live)
    const minted = await this.#mint(live, { scope: scope.envelope.scope, scopeId: scope.id }, null, 'covered')
    if (minted.ok) await this.setState(live, 'approved')
    return minted
  }

  /** See the contract's `cloud.decline`. */
  async decline(draftId: string): Promise<Result<void>> {
    const { book, receipts } = this.#deps
    const live = book.draft(draftId)
    if (live === undefined) return fail('not-found', { what: 'draft', id: draftId })
    // A refusal holds at once, before it is written down: an approval may be under way.
    this.#dropUnused(draftId)
    book.replaceDraft({ ...live, draft: { ...live.draft, state: 'declined' } })
    const written = await receipts.write({
      event: 'declined',
      live,
      scope: 'once',
      scopeId: null,
      grantId: null,
      expiresAt: null,
    })
    if (!written.ok) return written
    await this.setState(live, 'declined')
    return ok(undefined)
  }

  /** See the contract's `cloud.withdraw`. Cutting comes first; what the ledger then says is about what is done. */
  async withdraw(scopeId: string): Promise<Result<{ endedScopes: number; cutStreams: number; droppedGrants: number }>> {
    const { book, grants } = this.#deps
    const all = scopeId === 'all'
    if (all) book.countWithdrawal()
    const scopes = all ? book.scopes() : [book.scope(scopeId)].filter((scope) => scope !== undefined)
    if (!all && scopes.length === 0) return fail('not-found', { what: 'scope', id: scopeId })
    const streams = book.streams(all ? undefined : scopeId)
    const droppedGrants = all ? grants.drop() : grants.drop(book.grantsOf({ scopeId }))
    for (const stream of streams) stream.withdraw()
    for (const scope of scopes) {
      const ended = await this.end(scope, 'withdrawn')
      if (!ended.ok) return ended
    }
    this.#deps.changed()
    return ok({ endedScopes: scopes.length, cutStreams: streams.length, droppedGrants })
  }

  /** Ends one envelope, for whatever reason, and writes that down. */
  async end(scope: OpenEnvelope, reason: 'withdrawn' | 'expired' | 'gone' | 'closed'): Promise<Result<void>> {
    const { book, grants, receipts, announce } = this.#deps
    const record = book.grantsOf({ scopeId: scope.id }).map((id) => book.grant(id))[0]
    grants.drop(book.grantsOf({ scopeId: scope.id }))
    if (book.close(scope.id) === undefined) return ok(undefined)
    announce('cloud.scope-ended', { scopeId: scope.id, reason })
    if (record === undefined) return ok(undefined)
    const { live } = record
    const event = reason === 'withdrawn' ? 'withdrawn' : 'ended'
    const kept = { scope: scope.envelope.scope, scopeId: scope.id, grantId: null, expiresAt: null }
    return receipts.write({ event, live, ...kept })
  }

  /** A conversation or a document is gone: nothing of it may be read here, approved or sent any more. */
  async forget(of: Belonging): Promise<void> {
    const { book, grants } = this.#deps
    for (const scope of book.scopes()) {
      const { conversationId, documentIds } = scope.shown
      const gone = 'conversationId' in of ? conversationId === of.conversationId : documentIds.includes(of.documentId)
      if (gone) await this.end(scope, 'gone')
    }
    const forgotten = book.forget(of)
    grants.drop(forgotten)
    for (const stream of book.streams()) if (forgotten.includes(stream.grantId)) stream.withdraw()
  }

  /** The open envelopes, those whose time is over ended first. */
  async scopes(): Promise<Result<OpenScope[]>> {
    const now = this.#deps.moment()
    for (const scope of this.#deps.book.scopes()) {
      if (!isOver(scope.envelope.lifetime, now)) continue
      const ended = await this.end(scope, 'expired')
      if (!ended.ok) return ended
    }
    return ok(
      this.#deps.book.scopes().map(({ shown, requests, usedBytes, usedUsd }) => ({
        ...shown,
        requests,
        usedBytes,
        usedUsd,
      })),
    )
  }

  /** Writes a draft's state and says so. What cannot be written stands in the ledger all the same. */
  async setState(live: LiveDraft, state: DraftState): Promise<void> {
    const { draft, fallback } = live
    this.#deps.book.replaceDraft({ ...live, draft: { ...draft, state } })
    await this.#deps.drafts.setState(draft.id, state)
    this.#deps.announce('cloud.draft-changed', { draftId: draft.id, taskId: draft.taskId, state })
    // The same content for a second provider has no standing of its own.
    if (fallback !== null && closing.includes(state)) await this.setState(fallback, state)
  }

  async #approvable(draftId: string, digest: string): Promise<Result<LiveDraft>> {
    const live = this.#deps.book.draft(draftId)
    if (live === undefined) {
      const stored = await this.#deps.drafts.get(draftId)
      if (!stored.ok) return stored
      return stored.value === undefined
        ? fail('not-found', { what: 'draft', id: draftId })
        : fail('draft-closed', { state: 'expired' })
    }
    const { draft } = live
    if (!approvable.includes(draft.state)) return fail('draft-closed', { state: draft.state })
    if (isOver(live.lifetime, this.#deps.moment())) {
      await this.setState(live, 'expired')
      return fail('draft-closed', { state: 'expired' })
    }
    if (digest !== draft.request.digest) return fail('draft-changed', {})
    const blocked = await this.#deps.maker.blocker(live.choice, draft.estimate.usd)
    if (!blocked.ok) return blocked
    return blocked.value === null ? ok(live) : { ok: false, failure: blocked.value }
  }

  /** Makes a draft's grants worthless. What those never used had taken of an open envelope is free again. */
  #dropUnused(draftId: string): void {
    const { book, grants } = this.#deps
    for (const grantId of book.grantsOf({ draftId })) {
      const wasUnused = grants.drop([grantId]) > 0
      const record = book.grant(grantId)
      if (!wasUnused || record === undefined || record.scopeId === null) continue
      const scope = book.scope(record.scopeId)
      if (scope !== undefined) release(scope, record.live)
    }
  }

  /** Why an approval that was being written down does not hold after all, or null. */
  #undone({ draft }: LiveDraft, withdrawals: number): Failure | null {
    const { book } = this.#deps
    if (book.withdrawals !== withdrawals) return failureOf('cloud-withdrawn', { sentBytes: 0 })
    const state = book.draft(draft.id)?.draft.state
    if (state === undefined) return failureOf('not-found', { what: 'draft', id: draft.id })
    return approvable.includes(state) ? null : failureOf('draft-closed', { state })
  }

  /** Opens an envelope in place of those of the same conversation or documents, so that one withdrawal reaches everything. */
  async #open(scope: OpenEnvelope, live: LiveDraft): Promise<void> {
    const { book } = this.#deps
    const before = book.scopes().filter((other) => placeOf(other) === placeOf(scope))
    book.open(scope)
    reserve(scope, live)
    for (const other of before) {
      for (const stream of book.streams(other.id)) stream.scopeId = scope.id
      await this.end(other, 'closed')
    }
  }

  async #mint(
    live: LiveDraft,
    { scope, scopeId }: { readonly scope: ConsentScope; readonly scopeId: string | null },
    fallbackGrantId: string | null,
    event: 'approved' | 'covered' = 'approved',
  ): Promise<Result<Approval>> {
    const { draft, request, secret, choice } = live
    const grant = this.#deps.grants.mint({
      digest: draft.request.digest,
      host: draft.recipient.host,
      model: draft.recipient.modelId,
      request,
      secret: secret === null ? null : { ...secret, read: () => this.#deps.directory.readKey(choice.provider.id) },
    })
    const { id: grantId, expiresAt } = grant
    this.#deps.book.keepGrant({ grantId, live, scopeId, fallbackGrantId })
    const written = await this.#deps.receipts.write({ event, live, scope, scopeId, grantId, expiresAt })
    if (written.ok) return ok({ grantId, scopeId, expiresAt })
    this.#deps.grants.drop([grantId])
    return written
  }
}

/** States after which a draft is never sent. */
const closing: readonly DraftState[] = ['declined', 'superseded', 'expired']

/** What an envelope is for: its conversation, or its documents. */
function placeOf({ envelope }: OpenEnvelope): string {
  const { scope, conversationId, documentHashes } = envelope
  return JSON.stringify(scope === 'conversation' ? [scope, conversationId] : [scope, documentHashes])
}

/** Takes a request's room in its envelope: all its bytes, and what it costs at most until it is known. */
function reserve(scope: OpenEnvelope, { draft }: LiveDraft): void {
  scope.requests += 1
  scope.usedBytes += draft.request.bytes
  scope.usedUsd += draft.estimate.usd ?? 0
}

/** Gives back what `reserve` took. */
function release(scope: OpenEnvelope, { draft }: LiveDraft): void {
  scope.requests -= 1
  scope.usedBytes -= draft.request.bytes
  scope.usedUsd = Math.max(0, scope.usedUsd - (draft.estimate.usd ?? 0))
}
