// The envelope a person opens with a draft: its limits as they were offered, and what is shown of it.
import type { OfferedScope } from '#contract/cloudDraft.ts'
import type { OpenEnvelope } from './consentBook.ts'
import type { LiveDraft } from './draftMaker.ts'
import type { Envelope } from './logic/envelope.ts'
import type { Moment } from './logic/lifetime.ts'
import { contentOf } from './taskContent.ts'

/** An envelope around this draft, open from `from` on, with nothing gone under it yet. */
export function newEnvelope(
  { draft, task }: LiveDraft,
  scope: Envelope['scope'],
  offered: OfferedScope,
  { id, from }: { readonly id: string; readonly from: Moment },
): OpenEnvelope {
  const { providerId, providerName, modelId, modelName, host } = draft.recipient
  const inClear = draft.redactions.filter(({ on }) => !on).map(({ placeholder }) => placeholder)
  const lifetime = { from, milliseconds: offered.minutes * 60_000 }
  const limits = { maxBytes: offered.maxBytes, maxUsd: offered.maxUsd }
  const kinds: Envelope['kinds'] = scope === 'conversation' ? ['message', 'rewrite'] : ['summary']
  const { conversationId } = draft
  const envelope: Envelope = {
    scope,
    conversationId,
    documentHashes: task.documents.map(({ sha256 }) => sha256),
    kinds,
    content: offered.content,
    instructionSha256: contentOf(task).instructionSha256,
    namesBy: draft.names.by,
    providerId,
    modelId,
    host,
    policySha256: draft.policy.sha256,
    inClear,
    ...limits,
    lifetime,
  }
  const shown = {
    id,
    scope,
    conversationId,
    documentIds: draft.documentIds,
    providerId,
    providerName,
    modelId,
    modelName,
    host,
    kinds: [...kinds],
    content: [...offered.content],
    inClear: inClear.length,
    ...limits,
    approvedAt: new Date(from.wallMs).toISOString(),
    expiresAt: new Date(from.wallMs + lifetime.milliseconds).toISOString(),
  }
  return { id, envelope, shown, requests: 0, usedBytes: 0, usedUsd: 0 }
}
