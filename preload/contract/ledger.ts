// The ledger: everything that left, or tried to leave, this computer.
import { z } from 'zod'
import { call } from './define.ts'

const count = z.number().int().nonnegative()

/** What a way out is for. Content purposes need a grant; public ones never carry content. */
export const egressPurpose = z.enum(['model-download', 'model-header', 'provider-models', 'update', 'content'])
export type EgressPurpose = z.infer<typeof egressPurpose>

/**
 * One line of the ledger. Hashes are SHA-256 hex: `hash` covers every other field and `previousHash`. `digest` is of
 * the bytes sent (null: no body). `attempt` is written before anything leaves, `outcome` after.
 */
export const ledgerEntry = z.strictObject({
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  event: z.enum(['attempt', 'outcome', 'refusal']),
  purpose: egressPurpose,
  destination: z.string(),
  sentBytes: count,
  receivedBytes: count,
  digest: z.string().nullable(),
  grantId: z.string().nullable(),
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
      reason: z.enum(['altered', 'missing', 'reordered', 'duplicated', 'truncated', 'head-altered']),
    })
    .nullable(),
  checkedAt: z.iso.datetime(),
})
export type LedgerVerdict = z.infer<typeof ledgerVerdict>

/** Methods about the ledger. */
export const ledgerContract = {
  /** Newest first; `before` is a `seq`, exclusive. */
  'ledger.list': call(
    z.strictObject({
      before: z.number().int().positive().optional(),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    z.array(ledgerEntry),
  ),
  'ledger.verify': call(z.strictObject({}), ledgerVerdict),
  /** Bytes of content sent since the first day on record, and attempts and refusals of any kind. */
  'ledger.totals': call(
    z.strictObject({}),
    z.strictObject({ contentBytes: count, publicRequests: count, refusals: count, since: z.iso.datetime() }),
  ),
} as const

/** Events about the ledger. */
export const ledgerEvents = { 'ledger.appended': ledgerEntry } as const
