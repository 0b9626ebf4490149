// The envelope of a wider consent: what it covers, and whether a request falls inside it.
import type { CloudTaskKind, ConsentScope, ContentKind, NamesSearch, OutsideReason } from '#contract/cloudDraft.ts'
import { isOver, type Lifetime, type Moment } from './lifetime.ts'

/** What was approved beyond one request. Bytes and dollars are sums; `maxUsd` null when no price is known. */
export type Envelope = {
  readonly scope: Exclude<ConsentScope, 'once'>
  readonly conversationId: string | null
  /** SHA-256 of the documents whose text may go. */
  readonly documentHashes: readonly string[]
  readonly kinds: readonly CloudTaskKind[]
  readonly content: readonly ContentKind[]
  /** Of the person's own instruction that was approved; null: there was none. */
  readonly instructionSha256: string | null
  /** How names were looked for when it was approved: a weaker search asks again. */
  readonly namesBy: NamesSearch['by']
  readonly providerId: string
  readonly modelId: string
  readonly host: string
  readonly policySha256: string | null
  /** Placeholders whose originals the person let through. */
  readonly inClear: readonly string[]
  readonly maxBytes: number
  readonly maxUsd: number | null
  readonly lifetime: Lifetime
}

/** What has gone under an envelope so far. */
export type EnvelopeUse = { readonly bytes: number; readonly usd: number }

/** A request as the envelope looks at it; `usd` is what it costs at most, null when no price is known. */
export type EnvelopeRequest = {
  readonly kind: CloudTaskKind
  readonly content: readonly ContentKind[]
  readonly instructionSha256: string | null
  readonly namesBy: NamesSearch['by']
  readonly documentHashes: readonly string[]
  readonly providerId: string
  readonly modelId: string
  readonly host: string
  readonly policySha256: string | null
  readonly inClear: readonly string[]
  readonly bytes: number
  readonly usd: number | null
}

/** Every reason why a request falls outside; empty: it is covered. */
export function outsideOf(
  envelope: Envelope,
  use: EnvelopeUse,
  request: EnvelopeRequest,
  now: Moment,
): readonly OutsideReason[] {
  const { maxUsd } = envelope
  const usd = request.usd ?? (maxUsd === null ? 0 : Infinity)
  const unnamed = request.content.some((kind) => !envelope.content.includes(kind))
  const { instructionSha256 } = request
  const otherWords = instructionSha256 !== null && instructionSha256 !== envelope.instructionSha256
  const checks: readonly (readonly [OutsideReason, boolean])[] = [
    ['expired', isOver(envelope.lifetime, now)],
    ['provider', request.providerId !== envelope.providerId],
    ['model', request.modelId !== envelope.modelId],
    ['host', request.host !== envelope.host],
    ['policy', request.policySha256 !== envelope.policySha256],
    ['content-kind', unnamed || !envelope.kinds.includes(request.kind)],
    ['instruction', otherWords],
    ['names', envelope.namesBy === 'model' && request.namesBy !== 'model'],
    ['document', request.documentHashes.some((hash) => !envelope.documentHashes.includes(hash))],
    ['redactions', request.inClear.some((placeholder) => !envelope.inClear.includes(placeholder))],
    ['bytes', use.bytes + request.bytes > envelope.maxBytes],
    ['cost', maxUsd !== null && use.usd + usd > maxUsd],
  ]
  return checks.flatMap(([reason, outside]) => (outside ? [reason] : []))
}

/** How much wider than one request an envelope is drawn: for a conversation, or for each request of a document's job. */
export function envelopeSize(
  scope: Exclude<ConsentScope, 'once'>,
  request: { readonly bytes: number; readonly usd: number | null; readonly requests: number },
): { readonly maxBytes: number; readonly maxUsd: number | null; readonly minutes: number } {
  // A conversation sends itself again with every message; a job sends each part once and then what was made of it.
  const times = scope === 'conversation' ? 20 : Math.max(3, request.requests * 2)
  return {
    maxBytes: Math.max(1_000_000, request.bytes * times),
    maxUsd: request.usd === null ? null : Math.max(0.05, Math.ceil(request.usd * times * 100) / 100),
    minutes: 60,
  }
}
