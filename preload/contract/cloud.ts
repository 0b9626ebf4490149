// The cloud: whom one may ask, consent to the exact bytes, and what became of it. Preparing is with chat and summaries.
import { z } from 'zod'
import { cloudDraft, consentScope, costEstimate, draftState } from './cloudDraft.ts'
import { cloudUsage, consentReceipt, openScope } from './consent.ts'
import { call } from './define.ts'
import { storedFailure } from './job.ts'

const count = z.number().int().nonnegative()
const perMillion = z.number().nonnegative()

/** Which wire and whose service. `private` is a compatible server of one's own (vLLM, llama.cpp server, Ollama). */
export const providerKind = z.enum(['anthropic', 'foundry', 'openai', 'azure', 'mistral', 'xai', 'private'])
export type ProviderKind = z.infer<typeof providerKind>

/**
 * US dollars per million tokens, in force since `since` (YYYY-MM-DD). `longInput`: what a request pays whose input is
 * longer than `aboveTokens`. `by` says whether Sotto's table or the organisation's policy named it. `unconfirmed` names
 * what could not be read at the provider's own page.
 */
export const modelPrice = z.strictObject({
  since: z.iso.date(),
  input: perMillion,
  output: perMillion,
  cacheRead: perMillion.nullable(),
  cacheWrite: perMillion.nullable(),
  longInput: z.strictObject({ aboveTokens: count, input: perMillion, output: perMillion }).nullable(),
  by: z.enum(['table', 'policy']),
  unconfirmed: z.array(z.enum(['input', 'output', 'cacheRead', 'cacheWrite', 'longInput'])).default([]),
})
export type ModelPrice = z.infer<typeof modelPrice>

/** A model one may choose; its choice is written `<provider id>/<model id>`. Limits are in tokens. */
export const cloudModel = z.strictObject({
  id: z.string(),
  name: z.string(),
  contextTokens: count,
  outputTokens: count,
  price: modelPrice.nullable(),
})
export type CloudModel = z.infer<typeof cloudModel>

/**
 * A provider. `key.place` says where its key lies: the keystore, this run's memory only (no keystore here), or nowhere.
 * `key.needed` is false for private endpoints that ask for none. `inside` marks an endpoint as part of one's own
 * organisation. `allowed` is false when the organisation's policy leaves it out.
 */
export const cloudProvider = z.strictObject({
  id: z.string(),
  kind: providerKind,
  name: z.string(),
  /** Host with port unless it is the default. */
  host: z.string(),
  inside: z.boolean(),
  /** True for endpoints a person added, which can be removed. */
  added: z.boolean(),
  allowed: z.boolean(),
  key: z.strictObject({ needed: z.boolean(), set: z.boolean(), place: z.enum(['keystore', 'memory', 'none']) }),
  models: z.array(cloudModel),
  /** The provider's kind: the window's words on how long requests are kept are under it. */
  retention: z.string(),
})
export type CloudProvider = z.infer<typeof cloudProvider>

/**
 * Whether a task could be prepared now: the chosen model, and what stands in the way (`cloud-not-set-up`,
 * `cloud-key-missing`, `cloud-provider-not-allowed`, `local-only`), null when nothing does. `open` counts envelopes.
 */
export const cloudState = z.strictObject({
  chosen: z
    .strictObject({
      providerId: z.string(),
      providerName: z.string(),
      modelId: z.string(),
      modelName: z.string(),
      host: z.string(),
      inside: z.boolean(),
    })
    .nullable(),
  blocked: storedFailure.nullable(),
  open: count,
  streams: count,
})
export type CloudState = z.infer<typeof cloudState>

/** Where an answer made elsewhere comes from. `usd` null when no price was known; tokens as the provider counted them. */
export const cloudProvenance = z.strictObject({
  providerId: z.string(),
  providerName: z.string(),
  modelId: z.string(),
  draftId: z.string(),
  grantId: z.string(),
  digest: z.string(),
  hidden: count,
  inputTokens: count,
  outputTokens: count,
  usd: z.number().nonnegative().nullable(),
})
export type CloudProvenance = z.infer<typeof cloudProvenance>

/** Why a task would be better off here or there. */
export const proposalReason = z.enum([
  'local-is-enough',
  'model-cannot-answer',
  'no-local-model',
  'context-too-small',
  'long-document',
  'personal-data',
  'secret-found',
  'budget-reached',
])
export type ProposalReason = z.infer<typeof proposalReason>

/**
 * A proposal where to do a task; nothing is prepared and nothing sent by it. `model` and `estimate` are set when the
 * cloud is proposed. Reasons come strongest first.
 */
export const cloudProposal = z.strictObject({
  place: z.enum(['local', 'cloud']),
  model: z.strictObject({ providerName: z.string(), modelName: z.string(), inside: z.boolean() }).nullable(),
  reasons: z.array(proposalReason).min(1),
  estimate: costEstimate.nullable(),
})
export type CloudProposal = z.infer<typeof cloudProposal>

/**
 * One way out that the self-test tried. `refused` is what is hoped for; `got-out` is a fault. `code` is the
 * failure it was refused with.
 */
export const selfTestWay = z.strictObject({
  way: z.enum([
    'send-without-grant',
    'send-with-used-grant',
    'send-altered-bytes',
    'send-to-other-host',
    'send-unencrypted',
    'approve-unknown-draft',
    'public-unknown-host',
    'public-plain-http',
    'public-address-with-name',
    'public-long-address',
  ]),
  outcome: z.enum(['refused', 'got-out']),
  code: z.string(),
})
export type SelfTestWay = z.infer<typeof selfTestWay>

const endpointModel = z.strictObject({
  /** The model's or deployment's name on the server. */
  id: z.string().min(1).max(200),
  name: z.string().max(200).default(''),
  contextTokens: z.number().int().min(512).max(10_000_000),
  outputTokens: z.number().int().min(64).max(1_000_000),
})

const secretKey = z.string().min(1).max(4096)
const providerId = z.string().min(1).max(100)
const terms = z.array(z.string().min(1).max(200)).max(2000)

/** The methods of the cloud. None of them takes text to be sent. */
export const cloudContract = {
  'cloud.state': call(z.strictObject({}), cloudState),
  /** Built-in providers first, then the endpoints a person added. */
  'cloud.providers': call(z.strictObject({}), z.array(cloudProvider)),
  /** Keeps a key in the keystore, or in memory where there is none; it can never be read back through this contract. */
  'cloud.set-key': call(z.strictObject({ providerId, key: secretKey }), cloudProvider),
  'cloud.remove-key': call(z.strictObject({ providerId }), cloudProvider),
  /**
   * Adds an endpoint. `baseUrl` is https, or http on this computer's own loopback (private endpoints only). Failures:
   * `cloud-endpoint-invalid`, `cloud-provider-not-allowed`.
   */
  'cloud.add-endpoint': call(
    z.strictObject({
      kind: providerKind.extract(['foundry', 'azure', 'private']),
      name: z.string().trim().min(1).max(100),
      baseUrl: z.string().max(2000),
      models: z.array(endpointModel).min(1).max(50),
      /** Part of one's own organisation; private endpoints only. */
      inside: z.boolean().default(false),
      keyNeeded: z.boolean().default(true),
    }),
    cloudProvider,
  ),
  /** Forgets an endpoint with its key and ends its envelopes. */
  'cloud.remove-endpoint': call(z.strictObject({ providerId }), z.strictObject({})),
  /** The person's own list: what is always hidden and what never is. Kept encrypted. */
  'cloud.terms': call(z.strictObject({}), z.strictObject({ hide: terms, show: terms })),
  'cloud.set-terms': call(z.strictObject({ hide: terms, show: terms }), z.strictObject({ hide: terms, show: terms })),
  /** A draft again, for as long as it is kept; also those that were sent. */
  'cloud.draft': call(z.strictObject({ draftId: z.string() }), cloudDraft),
  /**
   * Switches one redaction and drafts anew: another draft, another digest, the same task. The one before is
   * `superseded`. Failures: `not-found`, `draft-closed`, `redaction-incomplete`.
   */
  'cloud.set-redaction': call(
    z.strictObject({ draftId: z.string(), redactionId: z.string(), on: z.boolean() }),
    cloudDraft,
  ),
  /**
   * Agrees to exactly the bytes whose digest the caller read off the draft, and mints one single-use grant that lives
   * for two minutes. `fallback` also agrees to the second draft, which then has a grant of its own. A failed attempt is
   * tried again by approving the same draft again. Failures: `draft-closed`, `draft-changed`, and whatever `blocked` says.
   */
  'cloud.approve': call(
    z.strictObject({
      draftId: z.string(),
      digest: z.string(),
      scope: consentScope,
      fallback: z.strictObject({ draftId: z.string(), digest: z.string() }).nullable().default(null),
    }),
    z.strictObject({ grantId: z.string(), scopeId: z.string().nullable(), expiresAt: z.iso.datetime() }),
  ),
  /** Says no; nothing of it is ever asked again by itself. */
  'cloud.decline': call(z.strictObject({ draftId: z.string() }), z.strictObject({})),
  /** The open envelopes. */
  'cloud.scopes': call(z.strictObject({}), z.array(openScope)),
  /** Ends one envelope, or everything: all envelopes and unused grants. Streams under them are cut. */
  'cloud.withdraw': call(
    z.strictObject({ scopeId: z.union([z.string(), z.literal('all')]) }),
    z.strictObject({ endedScopes: count, cutStreams: count, droppedGrants: count }),
  ),
  /** Newest first; `before` is the `at` of the last one seen, exclusive. */
  'cloud.receipts': call(
    z.strictObject({
      before: z.iso.datetime().optional(),
      limit: z.number().int().min(1).max(500).default(100),
      conversationId: z.string().optional(),
    }),
    z.array(consentReceipt),
  ),
  'cloud.usage': call(z.strictObject({}), cloudUsage),
  /** Tries every way out it knows, without content and to no real host; each attempt stands in the ledger as refused. */
  'cloud.self-test': call(z.strictObject({}), z.array(selfTestWay)),
} as const

/** What the cloud announces. */
export const cloudEvents = {
  'cloud.changed': cloudState,
  'cloud.draft-changed': z.strictObject({ draftId: z.string(), taskId: z.string(), state: draftState }),
  'cloud.scope-ended': z.strictObject({
    scopeId: z.string(),
    reason: z.enum(['withdrawn', 'expired', 'gone', 'closed']),
  }),
} as const
