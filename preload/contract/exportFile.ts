// The JSON export: everything the other formats say in words, as data. `docs/export.schema.json` is made from it.
import { z } from 'zod'
import { change, comparison } from './comparison.ts'
import { cloudProvenance } from './cloud.ts'
import { coverage, documentFormat, locator } from './document.ts'
import { claimNote, claimSupport, contradiction, summaryMode } from './summary.ts'

const count = z.number().int().nonnegative()

/** A document a result is about; `sha256` of the file's bytes. `coverage` as it was when the result was made. */
export const exportedDocument = z.strictObject({
  name: z.string(),
  title: z.string().nullable(),
  sha256: z.string().nullable(),
  format: documentFormat.nullable(),
  coverage: coverage.nullable(),
})
export type ExportedDocument = z.infer<typeof exportedDocument>

/**
 * A sentence of a result. `citations` are numbers of `citations` of the file; `supported` false means that the document does
 * not carry it. `support` and `notes` say to what degree and what speaks against it, where that is known.
 */
export const exportedStatement = z.strictObject({
  text: z.string(),
  supported: z.boolean(),
  support: claimSupport.optional(),
  notes: z.array(claimNote).optional(),
  citations: z.array(count),
})
export type ExportedStatement = z.infer<typeof exportedStatement>

/** A part of a result: `document` is the position of the document it is about, null for several. */
export const exportedSection = z.strictObject({
  kind: z.enum(['summary', 'answer', 'overview']),
  heading: z.string().nullable(),
  document: count.nullable(),
  blocks: z.array(z.strictObject({ kind: z.enum(['paragraph', 'list']), items: z.array(z.array(exportedStatement)) })),
  contradictions: z.array(contradiction),
  /** Sentences a copying model wrote and the document does not have; they were left out. */
  dropped: count,
})
export type ExportedSection = z.infer<typeof exportedSection>

/** A passage that is cited: verbatim, with its places. `document` is its document's position. */
export const exportedCitation = z.strictObject({
  number: z.number().int().positive(),
  document: count,
  locators: z.array(locator),
  passage: z.string(),
})
export type ExportedCitation = z.infer<typeof exportedCitation>

/** How a part was made. Hashes are SHA-256; `model` and `prompt` are null where none took part. */
export const exportedProvenance = z.strictObject({
  document: count.nullable(),
  model: z.strictObject({ name: z.string(), sha256: z.string() }).nullable(),
  prompt: z.strictObject({ id: z.string(), version: z.string() }).nullable(),
  method: z.string().nullable(),
  mode: summaryMode.nullable(),
  seed: z.number().int().nullable(),
  createdAt: z.iso.datetime(),
  cloud: cloudProvenance.optional(),
})
export type ExportedProvenance = z.infer<typeof exportedProvenance>

/** One export. `comparison` and `changes` stand only in comparisons, `question` only in answers, `leftOut` only in batches. */
export const exportFile = z.strictObject({
  format: z.literal('sotto-export'),
  version: z.literal(1),
  kind: z.enum(['summary', 'answer', 'comparison', 'batch']),
  language: z.enum(['en', 'de']),
  appVersion: z.string(),
  exportedAt: z.iso.datetime(),
  title: z.string(),
  preset: z.string().nullable(),
  question: z.strictObject({ text: z.string(), outcome: z.enum(['answered', 'absent', 'passages']) }).optional(),
  instruction: z.string().nullable(),
  documents: z.array(exportedDocument),
  sections: z.array(exportedSection),
  citations: z.array(exportedCitation),
  comparison: comparison.optional(),
  changes: z.array(change).optional(),
  leftOut: z.array(z.strictObject({ name: z.string(), reason: z.string().nullable() })).optional(),
  provenance: z.array(exportedProvenance),
})
export type ExportFile = z.infer<typeof exportFile>
