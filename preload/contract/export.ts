// Exports: a result as a file that stands on its own, with citations, coverage and provenance.
import { z } from 'zod'
import { call, stream } from './define.ts'

const count = z.number().int().nonnegative()

/** The formats a result can be exported to. `text` is plain text, for the clipboard. */
export const exportFormat = z.enum(['markdown', 'docx', 'pdf', 'html', 'json', 'text'])
export type ExportFormat = z.infer<typeof exportFormat>

/** What is exported. A `batch` is the summaries of several documents under one overview. */
export const exportSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('summary'), documentId: z.string(), summaryId: z.string() }),
  z.strictObject({ kind: z.literal('answer'), answerId: z.string() }),
  z.strictObject({ kind: z.literal('comparison'), comparisonId: z.string() }),
  z.strictObject({ kind: z.literal('batch'), jobId: z.string() }),
])
export type ExportSubject = z.infer<typeof exportSubject>

/** The languages of the words around a result; the result itself keeps its own. */
export const exportLanguage = z.enum(['en', 'de'])

/** Items of `exports.make`: the file in pieces, in order, then its name. The name is safe on every system. */
export const exportItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('piece'), base64: z.string() }),
  z.strictObject({
    type: z.literal('finished'),
    reason: z.enum(['complete', 'stopped']),
    fileName: z.string(),
    mediaType: z.string(),
    bytes: count,
    /** Characters for which no font was at hand (PDF only), told in the file by their code. */
    withoutGlyph: count,
  }),
])
export type ExportItem = z.infer<typeof exportItem>

/** Methods about exports. */
export const exportContract = {
  /** Makes a file; writes nothing. Failures: `not-found`, the storage's. */
  'exports.make': stream(
    z.strictObject({ what: exportSubject, format: exportFormat, language: exportLanguage }),
    exportItem,
  ),
  /** The same result as HTML and as plain text, for the clipboard. Failures: `not-found`, the storage's. */
  'exports.rich-text': call(
    z.strictObject({ what: exportSubject, language: exportLanguage }),
    z.strictObject({ html: z.string(), text: z.string() }),
  ),
} as const
