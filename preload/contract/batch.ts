// Batches: many documents summarized as one job, with an overview over what was found in each.
import { z } from 'zod'
import { call, stream } from './define.ts'
import { job, jobState, storedFailure } from './job.ts'
import { claim, provenance, summaryPreset } from './summary.ts'

/**
 * One document of a batch. `state` is its job's; `left-out` means it never became a job (it could not be read, it has no
 * text, it is gone) and `failure` says why. `summaryId` is set once it is done.
 */
export const batchDocument = z.strictObject({
  documentId: z.string().nullable(),
  name: z.string(),
  jobId: z.string().nullable(),
  state: z.enum([...jobState.options, 'left-out']),
  failure: storedFailure.nullable(),
  summaryId: z.string().nullable(),
})
export type BatchDocument = z.infer<typeof batchDocument>

/** A sentence of an overview. Its locators stand in the document `documentId`; null where it rests on none. */
export const overviewClaim = z.strictObject({ ...claim.shape, documentId: z.string().nullable() })
export type OverviewClaim = z.infer<typeof overviewClaim>

/**
 * What a batch found as a whole, made from the finished summaries. `leftOut` names every document that is not in it, by
 * name, with the reason; nothing is passed over silently.
 */
export const overview = z.strictObject({
  text: z.string(),
  claims: z.array(overviewClaim),
  summaries: z.number().int().nonnegative(),
  leftOut: z.array(z.strictObject({ name: z.string(), failure: storedFailure.nullable() })),
  provenance,
})
export type Overview = z.infer<typeof overview>

/** A batch as it stands. `folderId` is the library's folder it was made of, null for chosen documents. */
export const batch = z.strictObject({
  job,
  folderId: z.string().nullable(),
  preset: summaryPreset,
  instruction: z.string().nullable(),
  documents: z.array(batchDocument),
  overview: overview.nullable(),
})
export type Batch = z.infer<typeof batch>

/** Items of `batches.follow`: the batch as it stands first, then what changes. `at` counts `documents` from 0. */
export const batchItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('batch'), batch }),
  z.strictObject({ type: z.literal('job'), job }),
  z.strictObject({ type: z.literal('document'), at: z.number().int().nonnegative(), document: batchDocument }),
  z.strictObject({ type: z.literal('overview'), overview }),
  z.strictObject({ type: z.literal('finished'), reason: z.enum(['complete', 'stopped']) }),
])
export type BatchItem = z.infer<typeof batchItem>

const order = {
  preset: summaryPreset,
  instruction: z.string().max(2000).optional(),
}

/** Methods about batches. */
export const batchContract = {
  /**
   * Starts a job for every document of a folder of the library, or of the documents given, and one over them all. A
   * document that is already summarized this way is not done again. The same documents and order find the same batch.
   * Failures: `invalid-input`, `not-found`, `batch-empty`, those of `summaries.start`.
   */
  'batches.start': call(
    z.union([
      z.strictObject({ folderId: z.string().min(1).max(100), ...order }),
      z.strictObject({ documentIds: z.array(z.string()).min(1).max(2000), ...order }),
    ]),
    z.strictObject({ jobId: z.string() }),
  ),
  'batches.get': call(z.strictObject({ jobId: z.string() }), batch),
  /** Newest first. */
  'batches.list': call(z.strictObject({}), z.array(batch)),
  /** Follows a batch from wherever it is; ending the stream does not stop it. A failed batch fails the stream. */
  'batches.follow': stream(z.strictObject({ jobId: z.string() }), batchItem),
} as const
