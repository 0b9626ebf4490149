// Consent as it was given: open envelopes, receipts, and what was used and paid under them.
import { z } from 'zod'
import { cloudTaskKind, consentScope, contentKind } from './cloudDraft.ts'

const count = z.number().int().nonnegative()
const usd = z.number().nonnegative()

/**
 * An open envelope. Every limit binds: a request outside any of them asks again. Bytes and dollars are sums over all its
 * requests; `maxUsd` null when no price is known. It ends at `expiresAt`, when withdrawn, when its conversation or
 * document goes, and when Sotto closes.
 */
export const openScope = z.strictObject({
  id: z.string(),
  scope: consentScope.exclude(['once']),
  conversationId: z.string().nullable(),
  documentIds: z.array(z.string()),
  providerId: z.string(),
  providerName: z.string(),
  modelId: z.string(),
  modelName: z.string(),
  host: z.string(),
  kinds: z.array(cloudTaskKind),
  content: z.array(contentKind),
  /** What the person let through in the clear; anything else found is hidden in every further request. */
  inClear: count,
  requests: count,
  usedBytes: count,
  maxBytes: count,
  usedUsd: usd,
  maxUsd: usd.nullable(),
  approvedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type OpenScope = z.infer<typeof openScope>

/**
 * A receipt: what was decided, to whom it went, how far it reaches, when, under which policy. Without content, so it
 * stays when its draft is gone (`draftId` null). `approved` and `covered` carry a grant; `covered` means main minted it
 * from an envelope.
 */
export const consentReceipt = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  event: z.enum(['approved', 'covered', 'declined', 'withdrawn', 'ended']),
  kind: cloudTaskKind,
  scope: consentScope,
  scopeId: z.string().nullable(),
  grantId: z.string().nullable(),
  draftId: z.string().nullable(),
  digest: z.string(),
  bytes: count,
  providerId: z.string(),
  providerName: z.string(),
  modelId: z.string(),
  host: z.string(),
  conversationId: z.string().nullable(),
  documentIds: z.array(z.string()),
  hidden: count,
  inClear: count,
  policySha256: z.string().nullable(),
  lawfulBasis: z.string().nullable(),
  expiresAt: z.iso.datetime().nullable(),
})
export type ConsentReceipt = z.infer<typeof consentReceipt>

/** Tokens as the provider counted them, and what they cost by the price in force then; null when no price was known. */
export const usageSum = z.strictObject({
  requests: count,
  inputTokens: count,
  outputTokens: count,
  usd: usd.nullable(),
})
export type UsageSum = z.infer<typeof usageSum>

/** What the cloud was used for. Months (YYYY-MM) and weeks (the Monday, YYYY-MM-DD) are UTC; newest first. */
export const cloudUsage = z.strictObject({
  month: z.string(),
  /** Spent this month; requests without a known price are not in it and are counted in `unpriced`. */
  monthUsd: usd,
  unpriced: count,
  /** 0: no budget. */
  budgetUsd: usd,
  byMonth: z.array(z.strictObject({ month: z.string(), ...usageSum.shape })),
  byProvider: z.array(z.strictObject({ providerId: z.string(), providerName: z.string(), ...usageSum.shape })),
  /** `title` null when the conversation is gone. */
  byConversation: z.array(
    z.strictObject({ conversationId: z.string(), title: z.string().nullable(), ...usageSum.shape }),
  ),
  /** Answers and summaries made here and in the cloud, the last twelve weeks, without gaps, oldest first. */
  weeks: z.array(z.strictObject({ week: z.iso.date(), local: count, cloud: count })),
})
export type CloudUsage = z.infer<typeof cloudUsage>
