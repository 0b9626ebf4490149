// Summaries: presets, claims tied to their sources, coverage and provenance.
import { z } from 'zod'
import { cloudProposal, cloudProvenance } from './cloud.ts'
import { cloudPreparation } from './cloudDraft.ts'
import { call, stream } from './define.ts'
import { coverage, locator } from './document.ts'

const count = z.number().int().nonnegative()

/** What kind of summary. `own` needs `instruction`. */
export const summaryPreset = z.enum(['brief', 'detailed', 'bullets', 'actions', 'own'])
export type SummaryPreset = z.infer<typeof summaryPreset>

/** How a model summarizes: in its own words, or by choosing sentences of the document. */
export const summaryMode = z.enum(['free', 'extractive'])
export type SummaryMode = z.infer<typeof summaryMode>

/**
 * How well the document carries a sentence: word for word, in other words, only in part, or not at all. The thresholds
 * are those of docs/claims.md.
 */
export const claimSupport = z.enum(['verbatim', 'close', 'partly', 'none'])
export type ClaimSupport = z.infer<typeof claimSupport>

/**
 * What speaks against a sentence. `said` is the part of it that the passage does not carry, as written (a number, a
 * name, a date, a negating word); empty where there is no such part (`splice`: pieces of two statements run into one;
 * `foreign`: nothing alike in the document).
 */
export const claimNote = z.strictObject({
  kind: z.enum(['number', 'unit', 'date', 'name', 'negation', 'splice', 'foreign']),
  said: z.string(),
})
export type ClaimNote = z.infer<typeof claimNote>

/**
 * One sentence of a summary. `score` 0 to 1 says how well it aligns with the source sentences at `locators`;
 * `supported` is the verdict at the tested threshold: false for `partly`, `none` and whatever has notes. In extractive
 * mode `text` is verbatim. `support` and `notes` are absent in summaries made before there were degrees.
 */
export const claim = z.strictObject({
  text: z.string(),
  locators: z.array(locator),
  supported: z.boolean(),
  score: z.number().min(0).max(1),
  support: claimSupport.optional(),
  notes: z.array(claimNote).optional(),
})
export type Claim = z.infer<typeof claim>

/** Two sentences of one document that cannot both be true, by what differs; `a` stands first in the document. */
export const contradiction = z.strictObject({
  kind: z.enum(['number', 'date', 'negation']),
  a: z.strictObject({ text: z.string(), locators: z.array(locator) }),
  b: z.strictObject({ text: z.string(), locators: z.array(locator) }),
})
export type Contradiction = z.infer<typeof contradiction>

/**
 * Where an answer or a summary comes from. Hashes are SHA-256, lower-case hex. What was made elsewhere has `cloud`, an
 * empty model hash and no seed (0).
 */
export const provenance = z.strictObject({
  documentSha256: z.string().nullable(),
  model: z.strictObject({ name: z.string(), sha256: z.string() }),
  prompt: z.strictObject({ id: z.string(), version: z.string() }),
  mode: summaryMode,
  seed: z.number().int(),
  createdAt: z.iso.datetime(),
  cloud: cloudProvenance.optional(),
})
export type Provenance = z.infer<typeof provenance>

/**
 * A finished summary. `text` joins the claims as the preset lays them out. `rawText` is what the model itself wrote;
 * `droppedSentences` counts model sentences that aligned to nothing (extractive mode). `steps` says how many model
 * steps were computed in this run and how many came from storage.
 */
export const summary = z.strictObject({
  id: z.string(),
  jobId: z.string(),
  documentId: z.string(),
  preset: summaryPreset,
  instruction: z.string().nullable(),
  text: z.string(),
  rawText: z.string(),
  claims: z.array(claim),
  /** Found in the document itself, in reading order; absent in summaries made before they were looked for. */
  contradictions: z.array(contradiction).optional(),
  coverage,
  droppedSentences: count,
  steps: z.strictObject({ computed: count, reused: count }),
  provenance,
})
export type Summary = z.infer<typeof summary>

/** A sentence chosen without any model; `score` is its centrality, 0 to 1, best sentence 1. */
export const gistSentence = z.strictObject({ text: z.string(), locators: z.array(locator), score: z.number() })
export type GistSentence = z.infer<typeof gistSentence>

/** Items of `summaries.follow`: a snapshot of what is known first, then deltas. Times are milliseconds. */
export const summaryItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('gist'), sentences: z.array(gistSentence) }),
  z.strictObject({
    type: z.literal('planned'),
    chunks: count,
    steps: count,
    reused: count,
    /** What is being made, for a window that joined after it began. */
    preset: summaryPreset.optional(),
  }),
  z.strictObject({
    type: z.literal('progress'),
    stage: z.enum(['queued', 'loading-model', 'reading', 'combining', 'checking']),
    doneSteps: count,
    totalSteps: count,
    /** The units (pages, lines) being read now; null outside `reading`. */
    units: z.strictObject({ from: count, to: count }).nullable(),
    remainingMs: count.nullable(),
  }),
  z.strictObject({ type: z.literal('partial'), chunk: count, text: z.string() }),
  z.strictObject({ type: z.literal('summary'), summary }),
  z.strictObject({ type: z.literal('finished'), reason: z.enum(['complete', 'stopped']) }),
])
export type SummaryItem = z.infer<typeof summaryItem>

/** Methods about summaries. */
export const summaryContract = {
  /** The most central sentences of a document, in reading order, with no model. */
  'summaries.gist': call(
    z.strictObject({ documentId: z.string(), sentences: z.number().int().min(1).max(12).default(5) }),
    z.array(gistSentence),
  ),
  /**
   * Starts a durable job, or finds the unfinished or finished one with the same document, model, prompt version,
   * preset, instruction and seed unless `fresh`.
   */
  'summaries.start': call(
    z.strictObject({
      documentId: z.string(),
      preset: summaryPreset,
      instruction: z.string().max(2000).optional(),
      seed: z
        .number()
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .default(0),
      fresh: z.boolean().default(false),
    }),
    z.strictObject({ jobId: z.string() }),
  ),
  /** Follows a job from wherever it is; ending the stream does not stop the job. A failed job fails the stream. */
  'summaries.follow': stream(z.strictObject({ jobId: z.string() }), summaryItem),
  'summaries.list': call(z.strictObject({ documentId: z.string() }), z.array(summary)),
  /**
   * Reads one unit of a summary's document again from its file (a changed file has to be added as a new version), takes
   * over what came, and starts a job that redoes the steps with this unit in them and reuses the others; `jobId` is null
   * where there is nothing to redo: no text came, as before. Characters count the unit's text before and now. Failures:
   * `not-found`, `file-missing`, `document-file-unknown` (it came without a path), `document-changed`, the reader's,
   * those of `summaries.start`.
   */
  'summaries.reread': call(
    z.strictObject({ summaryId: z.string(), unit: z.number().int().positive() }),
    z.strictObject({ charactersBefore: count, characters: count, jobId: z.string().nullable() }),
  ),
  /**
   * Drafts the first request of a summary of this document by a provider; sends nothing. A document that fits one
   * request may be approved `once`; a longer one takes `requests`, and then only the reach `document-job` is offered.
   * `model` (`<provider>/<model>`) stands in for the setting. Failures: those of `chat.prepare-cloud`, `document-too-short`.
   */
  'summaries.prepare-cloud': call(
    z.strictObject({
      documentId: z.string(),
      preset: summaryPreset,
      instruction: z.string().max(2000).optional(),
      model: z.string().max(300).optional(),
    }),
    cloudPreparation,
  ),
  /**
   * Starts the job of a summary under a grant; follow it as any other. A request that falls outside its envelope fails
   * the job with `consent-required`: preparing again goes on from the steps that are done.
   */
  'summaries.run-cloud': call(z.strictObject({ grantId: z.string() }), z.strictObject({ jobId: z.string() })),
  /** Where this summary would be better made, with reason and price; sends nothing. Null: the cloud is closed or not set up. */
  'summaries.propose-cloud': call(
    z.strictObject({ documentId: z.string(), preset: summaryPreset }),
    cloudProposal.nullable(),
  ),
} as const
