// Consent while it lives: drafts that may be approved, grants and what they stand for, open envelopes, running streams.
import type { OpenScope } from '#contract/consent.ts'
import type { OutsideReason } from '#contract/cloudDraft.ts'
import type { LiveDraft } from './draftMaker.ts'
import { type Envelope, outsideOf } from './logic/envelope.ts'

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

/** A request under way; `withdraw` cuts it. */
export type RunningStream = { readonly scopeId: string | null; readonly withdraw: () => void }

/** Drafts and grants that are remembered; the oldest go first. */
const remembered = 300

/** Holds all of it in memory: nothing here outlives the process, so no consent does. */
export class ConsentBook {
  readonly #drafts = new Map<string, LiveDraft>()
  readonly #grants = new Map<string, GrantRecord>()
  readonly #scopes = new Map<string, OpenEnvelope>()
  readonly #streams = new Map<string, RunningStream>()

  /** Remembers a draft with its second one. */
  keepDraft(live: LiveDraft): void {
    remember(this.#drafts, live.draft.id, live)
    if (live.fallback !== null) remember(this.#drafts, live.fallback.draft.id, live.fallback)
  }

  /** A draft of this process, in whatever state. */
  draft(draftId: string): LiveDraft | undefined {
    return this.#drafts.get(draftId)
  }

  /** Remembers what a grant stands for. */
  keepGrant(record: GrantRecord): void {
    remember(this.#grants, record.grantId, record)
  }

  /** What a grant stands for. */
  grant(grantId: string): GrantRecord | undefined {
    return this.#grants.get(grantId)
  }

  /** Grants of a draft, or of an envelope. */
  grantsOf(of: { readonly draftId: string } | { readonly scopeId: string }): readonly string[] {
    const fits = ({ live, scopeId }: GrantRecord) =>
      'draftId' in of ? live.draft.id === of.draftId : scopeId === of.scopeId
    return [...this.#grants.values()].filter(fits).map(({ grantId }) => grantId)
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
  covering(live: LiveDraft, nowMs: number): { scope: OpenEnvelope; outside: readonly OutsideReason[] } | null {
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
    return { scope, outside: outsideOf(scope.envelope, use, request, nowMs) }
  }

  /** Registers a request under way; answers how to take it off. */
  stream(grantId: string, running: RunningStream): () => void {
    this.#streams.set(grantId, running)
    return () => this.#streams.delete(grantId)
  }

  /** Requests under way, of one envelope if named. */
  streams(scopeId?: string): readonly RunningStream[] {
    return [...this.#streams.values()].filter((stream) => scopeId === undefined || stream.scopeId === scopeId)
  }
}

function remember<T>(kept: Map<string, T>, id: string, value: T): void {
  kept.delete(id)
  kept.set(id, value)
  for (const oldest of kept.keys()) {
    if (kept.size <= remembered) break
    kept.delete(oldest)
  }
}
