// Consent while it lives: drafts that may be approved, grants and what they stand for, open envelopes, running streams.
import type { OpenScope } from '#contract/consent.ts'
import type { OutsideReason } from '#contract/cloudDraft.ts'
import type { LiveDraft } from './draftMaker.ts'
import { type Envelope, outsideOf } from './logic/envelope.ts'
import type { Moment } from './logic/lifetime.ts'
import { contentOf } from './taskContent.ts'

/** A grant as the cloud knows it: its draft, its envelope if any, and the grant for the second provider if the consent named one. */
export type GrantRecord = {
  readonly grantId: string
  readonly live: LiveDraft
  readonly scopeId: string | null
  readonly fallbackGrantId: string | null
}

/** An open envelope with what has gone under it. */
export type OpenEnvelope = {
  readonly id: string
  readonly envelope: Envelope
  readonly shown: Omit<OpenScope, 'requests' | 'usedBytes' | 'usedUsd'>
  requests: number
  usedBytes: number
  usedUsd: number
}

/** A request under way; `withdraw` cuts it. `scopeId` is the envelope it goes with now, also for a second provider. */
export type RunningStream = { readonly grantId: string; scopeId: string | null; readonly withdraw: () => void }

/** What drafts, grants and envelopes go with. */
export type Belonging = { readonly conversationId: string } | { readonly documentId: string }

/** Drafts and grants that are remembered; the oldest go first. */
const remembered = 300

/** Holds all of it in memory: nothing here outlives the process, so no consent does. */
export class ConsentBook {
  readonly #drafts = new Map<string, LiveDraft>()
  readonly #grants = new Map<string, GrantRecord>()
  readonly #scopes = new Map<string, OpenEnvelope>()
  /** Not by grant: a second attempt with the same grant must not take the place of the first. */
  readonly #streams = new Set<RunningStream>()
  #withdrawals = 0

  /** Remembers a draft with its second one. */
  keepDraft(live: LiveDraft): void {
    remember(this.#drafts, live.draft.id, live)
    if (live.fallback !== null) remember(this.#drafts, live.fallback.draft.id, live.fallback)
  }

  /** A draft of this process, in whatever state. */
  draft(draftId: string): LiveDraft | undefined {
    return this.#drafts.get(draftId)
  }

  /** Puts a draft in the place of what is remembered of it; one that was forgotten stays so. */
  replaceDraft(live: LiveDraft): void {
    if (this.#drafts.has(live.draft.id)) this.#drafts.set(live.draft.id, live)
  }

  /** Remembers what a grant stands for. */
  keepGrant(record: GrantRecord): void {
    remember(this.#grants, record.grantId, record)
  }

  /** What a grant stands for. */
  grant(grantId: string): GrantRecord | undefined {
    return this.#grants.get(grantId)
  }

  /** Grants of a draft, or of an envelope, with those for a second provider that the same consent named. */
  grantsOf(of: { readonly draftId: string } | { readonly scopeId: string }): readonly string[] {
    const fits = ({ live, scopeId }: GrantRecord) =>
      'draftId' in of ? live.draft.id === of.draftId : scopeId === of.scopeId
    return [...this.#grants.values()].filter(fits).flatMap(namedTogether)
  }

  /** Forgets drafts and grants of a conversation or a document; answers the grants there were. */
  forget(of: Belonging): readonly string[] {
    const goes = ({ draft }: LiveDraft) =>
      'conversationId' in of ? draft.conversationId === of.conversationId : draft.documentIds.includes(of.documentId)
    for (const [id, live] of this.#drafts) if (goes(live)) this.#drafts.delete(id)
    const records = [...this.#grants.values()].filter(({ live }) => goes(live))
    for (const { grantId } of records) this.#grants.delete(grantId)
    return records.flatMap(namedTogether)
  }

  /** How often everything was withdrawn; a decision that was under way meanwhile does not hold. */
  get withdrawals(): number {
    return this.#withdrawals
  }

  /** Everything is withdrawn now. */
  countWithdrawal(): void {
    this.#withdrawals += 1
  }

  /** Opens an envelope. */
  open(scope: OpenEnvelope): void {
    this.#scopes.set(scope.id, scope)
  }

  /** An open envelope. */
  scope(scopeId: string): OpenEnvelope | undefined {
    return this.#scopes.get(scopeId)
  }

  /** Every open envelope, first opened first. */
  scopes(): readonly OpenEnvelope[] {
    return [...this.#scopes.values()]
  }

  /** Closes an envelope; undefined when it is not open. */
  close(scopeId: string): OpenEnvelope | undefined {
    const scope = this.#scopes.get(scopeId)
    this.#scopes.delete(scopeId)
    return scope
  }

  /** The envelope open for a draft's conversation or documents, if any, and why the draft falls outside it. */
  covering(live: LiveDraft, now: Moment): { scope: OpenEnvelope; outside: readonly OutsideReason[] } | null {
    const { task, draft } = live
    const hashes = task.documents.map(({ sha256 }) => sha256)
    const scope = this.scopes().findLast(({ envelope }) =>
      envelope.scope === 'conversation'
        ? task.kind !== 'summary' && envelope.conversationId === task.conversationId
        : task.kind === 'summary' && hashes.every((hash) => envelope.documentHashes.includes(hash)),
    )
    if (scope === undefined) return null
    const request = {
      kind: task.kind,
      ...contentOf(task),
      namesBy: draft.names.by,
      documentHashes: hashes,
      providerId: draft.recipient.providerId,
      modelId: draft.recipient.modelId,
      host: draft.recipient.host,
      policySha256: draft.policy.sha256,
      inClear: draft.redactions.filter(({ on }) => !on).map(({ placeholder }) => placeholder),
      bytes: draft.request.bytes,
      usd: draft.estimate.usd,
    }
    const use = { bytes: scope.usedBytes, usd: scope.usedUsd }
    return { scope, outside: outsideOf(scope.envelope, use, request, now) }
  }

  /** Registers a request under way; answers how to take it off. */
  stream(running: RunningStream): () => void {
    this.#streams.add(running)
    return () => this.#streams.delete(running)
  }

  /** Requests under way, of one envelope if named. */
  streams(scopeId?: string): readonly RunningStream[] {
    return [...this.#streams].filter((stream) => scopeId === undefined || stream.scopeId === scopeId)
  }
}

function namedTogether({ grantId, fallbackGrantId }: GrantRecord): readonly string[] {
  return fallbackGrantId === null ? [grantId] : [grantId, fallbackGrantId]
}

function remember<T>(kept: Map<string, T>, id: string, value: T): void {
  kept.delete(id)
  kept.set(id, value)
  for (const oldest of kept.keys()) {
    if (kept.size <= remembered) break
    kept.delete(oldest)
  }
}
