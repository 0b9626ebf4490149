// Drafts: the exact request a cloud task would send, shown before anybody may agree to it.
import { z } from 'zod'
import { storedFailure } from './job.ts'

const count = z.number().int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What kind of work goes out: a message of a conversation, a summary of a document, the rewriting of a text. */
export const cloudTaskKind = z.enum(['message', 'summary', 'rewrite'])
export type CloudTaskKind = z.infer<typeof cloudTaskKind>

/**
 * How far a consent reaches: `once` covers exactly these bytes; `conversation` and `document-job` are envelopes within
 * which main prepares every further request itself and mints a single-use grant for each.
 */
export const consentScope = z.enum(['once', 'conversation', 'document-job'])
export type ConsentScope = z.infer<typeof consentScope>

/**
 * What a piece of text gives away, as redaction names it. `literal` gives nothing away: text that itself reads like a
 * placeholder is replaced too, so that nothing is confused.
 */
export const redactionClass = z.enum([
  'email',
  'phone',
  'iban',
  'card',
  'national-id',
  'ip',
  'mac',
  'secret',
  'birth-date',
  'person',
  'organisation',
  'own-term',
  'literal',
])
export type RedactionClass = z.infer<typeof redactionClass>

/** How sure a finding is: its check digits fit, a rule says so, or it is only suggested. */
export const redactionConfidence = z.enum(['checked', 'rule', 'suggested'])

/**
 * One thing hidden, or not, in a draft, wherever it stands. While `on`, `placeholder` goes out in place of `original`;
 * switched off, the original leaves in the clear. `occurrences` counts the whole request.
 */
export const redaction = z.strictObject({
  id: z.string(),
  class: redactionClass,
  confidence: redactionConfidence,
  original: z.string(),
  placeholder: z.string(),
  on: z.boolean(),
  occurrences: count,
})
export type Redaction = z.infer<typeof redaction>

/**
 * How names of people and organisations were looked for. The rules always look; `model` names the model on this computer
 * that looked as well. `why` says why none did, or why what it found may not be all: none can (`not-able`), it failed, it
 * took too long, it was stopped. Null with `rules`: not known, of an older draft.
 */
export const namesSearch = z.strictObject({
  by: z.enum(['rules', 'model']),
  model: z.string().nullable(),
  why: z.enum(['not-able', 'failed', 'too-long', 'stopped']).nullable(),
})
export type NamesSearch = z.infer<typeof namesSearch>

/**
 * A readable piece of the request, in the order it is sent, exactly as it is sent: with placeholders where redactions
 * are on and originals where they are off. `marks` are character ranges of `text` (end exclusive), in order, each
 * belonging to a redaction; chips are drawn there. `title` is a document's name, for the person only: it is not sent
 * unless it also stands in `text`.
 */
export const draftPart = z.strictObject({
  kind: z.enum(['instructions', 'person', 'assistant', 'document']),
  title: z.string().nullable(),
  text: z.string(),
  marks: z.array(z.strictObject({ start: count, end: count, redactionId: z.string() })),
})
export type DraftPart = z.infer<typeof draftPart>

/**
 * What the request is thought to cost before anybody was asked. Tokens are reckoned here and rounded up; the provider's
 * counter is never called. `usd` is at most, for this request: all of `maxOutputTokens` written; null when no price is
 * known. `priceDate` (YYYY-MM-DD) is the day the price took effect; `priceConfirmed` says whether the list prices
 * were read at the provider's own page or named by policy.
 */
export const costEstimate = z.strictObject({
  inputTokens: count,
  maxOutputTokens: count,
  usd: z.number().nonnegative().nullable(),
  priceDate: z.iso.date().nullable(),
  priceConfirmed: z.boolean().default(false),
})
export type CostEstimate = z.infer<typeof costEstimate>

/**
 * Kinds of content a request carries besides Sotto's own words: what the person wrote, earlier answers, text of documents,
 * and the person's own instruction for a summary.
 */
export const contentKind = z.enum(['person', 'assistant', 'document', 'instruction'])
export type ContentKind = z.infer<typeof contentKind>

/**
 * A reach the sheet may offer, with its limits: kinds of content, bytes and dollars in all (null: not limited) and minutes
 * from the approval. An own instruction is covered word for word: another one asks again.
 */
export const offeredScope = z.strictObject({
  scope: consentScope,
  content: z.array(contentKind).default([]),
  maxBytes: count,
  maxUsd: z.number().nonnegative().nullable(),
  minutes: count,
})
export type OfferedScope = z.infer<typeof offeredScope>

/** Why a request does not fit the envelope that is open for its conversation or document, so that the person is asked. */
export const outsideReason = z.enum([
  'expired',
  'provider',
  'model',
  'host',
  'content-kind',
  'instruction',
  'names',
  'document',
  'redactions',
  'bytes',
  'cost',
  'policy',
])
export type OutsideReason = z.infer<typeof outsideReason>

/**
 * Where a draft stands. `waiting`: nobody decided yet. `approved`: a grant for it lives. `sent`: an attempt was made.
 * `failed`: an attempt was made and no whole answer came; it may be approved again. `superseded`: a redaction was switched
 * and another draft took its place. `expired`: too old to approve.
 */
export const draftState = z.enum(['waiting', 'approved', 'sent', 'failed', 'declined', 'superseded', 'expired'])
export type DraftState = z.infer<typeof draftState>

/** Who gets it. `host` names the port unless it is the default; `inside` marks an endpoint of one's own organisation. */
export const draftRecipient = z.strictObject({
  providerId: z.string(),
  providerName: z.string(),
  modelId: z.string(),
  modelName: z.string(),
  host: z.string(),
  inside: z.boolean(),
  /** The provider's kind: the window's words on how long it is kept are under it. */
  retention: z.string(),
  /** The organisation's own words on retention, which then stand in place of the others. */
  retentionByPolicy: z.string().nullable(),
})

/**
 * A draft: one request as it would leave, byte for byte. `request.digest` is the SHA-256 (lower-case hex) over method,
 * URL, `headers` and body; the one header that is left out of it and out of here carries the key, is named by
 * `secretHeader` (null: none) and is added at the door. `requests` says how many requests the whole task takes, this
 * one included. `blocked` says why it cannot be approved as things are. A draft may be approved until `expiresAt` and
 * read for as long as the setting `cloudDraftDays` says.
 */
export const cloudDraft = z.strictObject({
  id: z.string(),
  /** The same for every draft made of one task, whichever redactions are on. */
  taskId: z.string(),
  kind: cloudTaskKind,
  state: draftState,
  conversationId: z.string().nullable(),
  documentIds: z.array(z.string()),
  recipient: draftRecipient,
  request: z.strictObject({
    method: z.literal('POST'),
    url: z.string(),
    headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    secretHeader: z.string().nullable(),
    /** The body, which is UTF-8 JSON. */
    body: z.string(),
    bytes: count,
    digest: sha256,
  }),
  parts: z.array(draftPart),
  redactions: z.array(redaction),
  names: namesSearch.default({ by: 'rules', model: null, why: null }),
  estimate: costEstimate,
  requests: z.number().int().positive(),
  scopes: z.array(offeredScope),
  /** Not empty when an envelope was open and this request falls outside it. */
  outside: z.array(outsideReason),
  /** The same content drafted for a second provider, if failover is set up; it goes there only if the consent names both. */
  fallback: z
    .strictObject({
      draftId: z.string(),
      digest: sha256,
      providerName: z.string(),
      modelName: z.string(),
      host: z.string(),
    })
    .nullable(),
  policy: z.strictObject({
    state: z.enum(['none', 'active', 'invalid']),
    sha256: sha256.nullable(),
    organisation: z.string().nullable(),
    /** The lawful basis the organisation states; null when it states none. */
    lawfulBasis: z.string().nullable(),
  }),
  blocked: storedFailure.nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type CloudDraft = z.infer<typeof cloudDraft>

/**
 * What preparing gives. `ask`: the person must see the draft and approve it. `covered`: an open envelope covers this
 * request; main already minted the single-use grant, and the draft can be read at any time.
 */
export const cloudPreparation = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ask'), draft: cloudDraft }),
  z.strictObject({ state: z.literal('covered'), draft: cloudDraft, grantId: z.string(), scopeId: z.string() }),
])
export type CloudPreparation = z.infer<typeof cloudPreparation>
