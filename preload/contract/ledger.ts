// The ledger: everything that left, or tried to leave, this computer.
import { z } from 'zod'
import { call, stream } from './define.ts'

const count = z.number().int().nonnegative()

/** What a way out is for. Content purposes need a grant; public ones never carry content. */
export const egressPurpose = z.enum(['model-download', 'model-header', 'provider-models', 'update', 'content'])
export type EgressPurpose = z.infer<typeof egressPurpose>

/**
 * One line of the ledger. Hashes are SHA-256 hex: `hash` covers every other field and `previousHash`. `digest` is of
 * the bytes sent (null: no body); for content it is the draft's, over method, URL, headers without secrets and body.
 * `attempt` is written before anything leaves, `outcome` after. `grant`, `decline` and `withdrawal` are decisions about
 * content; `result` then names the reach. `model` stands on lines about content.
 */
export const ledgerEntry = z.strictObject({
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  event: z.enum(['attempt', 'outcome', 'refusal', 'grant', 'decline', 'withdrawal']),
  purpose: egressPurpose,
  destination: z.string(),
  sentBytes: count,
  receivedBytes: count,
  digest: z.string().nullable(),
  grantId: z.string().nullable(),
  model: z.string().optional(),
  result: z.string(),
  /** The `seq` of the attempt this outcome belongs to. */
  attemptSeq: z.number().int().positive().nullable(),
  appVersion: z.string(),
  policySha256: z.string().nullable(),
  previousHash: z.string(),
  hash: z.string(),
})
export type LedgerEntry = z.infer<typeof ledgerEntry>

/** What verification proved. `anchored` is false when the head counter cannot be checked (no key). */
export const ledgerVerdict = z.strictObject({
  intact: z.boolean(),
  entries: count,
  headHash: z.string().nullable(),
  anchored: z.boolean(),
  /** The first entry that does not fit, by `seq`, and what is wrong with it. */
  broken: z
    .strictObject({
      seq: z.number().int(),
      reason: z.enum(['altered', 'missing', 'reordered', 'duplicated', 'truncated', 'head-altered', 'anchor-differs']),
    })
    .nullable(),
  /** Anchors kept elsewhere that were compared; absent when none was given. */
  anchors: count.optional(),
  checkedAt: z.iso.datetime(),
})
export type LedgerVerdict = z.infer<typeof ledgerVerdict>

/** The end of the ledger at one moment, to be kept where whoever can change this computer cannot change it. */
export const ledgerAnchor = z.strictObject({ entries: count, hash: z.string().regex(/^[0-9a-f]{64}$/) })
export type LedgerAnchor = z.infer<typeof ledgerAnchor>

/** Items of `ledger.export`: JSON Lines, first a header, then the entries from the first on, `text` ending in a newline. */
export const ledgerExportItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('lines'), text: z.string() }),
  z.strictObject({ type: z.literal('finished'), reason: z.enum(['complete', 'stopped']), entries: count }),
])
export type LedgerExportItem = z.infer<typeof ledgerExportItem>

/** Methods about the ledger. */
export const ledgerContract = {
  /**
   * Newest first; `before` is a `seq`, exclusive. `search` keeps lines whose destination, model, result or grant holds
   * the text, in any case; `events` and `purposes` keep those named.
   */
  'ledger.list': call(
    z.strictObject({
      before: z.number().int().positive().optional(),
      limit: z.number().int().min(1).max(500).default(100),
      search: z.string().max(200).optional(),
      events: z.array(ledgerEntry.shape.event).optional(),
      purposes: z.array(egressPurpose).optional(),
    }),
    z.array(ledgerEntry),
  ),
  /** Reads everything and says whether it fits together, and with each anchor that was kept elsewhere. */
  'ledger.verify': call(z.strictObject({ anchors: z.array(ledgerAnchor).max(1000).optional() }), ledgerVerdict),
  'ledger.anchor': call(z.strictObject({}), ledgerAnchor),
  'ledger.export': stream(z.strictObject({}), ledgerExportItem),
  /** Bytes of content sent since the first day on record, and attempts and refusals of any kind. */
  'ledger.totals': call(
    z.strictObject({}),
    z.strictObject({ contentBytes: count, publicRequests: count, refusals: count, since: z.iso.datetime() }),
  ),
} as const

/** Events about the ledger. */
export const ledgerEvents = { 'ledger.appended': ledgerEntry } as const
