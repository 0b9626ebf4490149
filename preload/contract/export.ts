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

/** A piece of a line of a laid out export: text with what it is, or the number of a cited passage. */
export const printRun = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string(),
    mark: z.enum(['plain', 'strong', 'quiet', 'unsupported', 'removed', 'inserted']),
  }),
  z.strictObject({ kind: z.literal('citation'), number: count }),
])
export type PrintRun = z.infer<typeof printRun>

const version = z.strictObject({ label: z.string(), runs: z.array(printRun) }).nullable()

/** A block of a laid out export, as in every format. */
export const printBlock = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    text: z.string(),
  }),
  z.strictObject({
    kind: z.literal('paragraph'),
    runs: z.array(printRun),
    tone: z.enum(['plain', 'quiet', 'warning']),
  }),
  z.strictObject({ kind: z.literal('list'), items: z.array(z.array(printRun)) }),
  z.strictObject({
    kind: z.literal('facts'),
    rows: z.array(z.strictObject({ term: z.string(), value: z.string(), code: z.boolean() })),
  }),
  z.strictObject({ kind: z.literal('versions'), title: z.string(), before: version, after: version }),
  z.strictObject({ kind: z.literal('passage'), number: count, place: z.string(), text: z.string() }),
])
export type PrintBlock = z.infer<typeof printBlock>

/** A laid out export, for the printer. */
export const printPage = z.strictObject({ language: exportLanguage, title: z.string(), blocks: z.array(printBlock) })
export type PrintPage = z.infer<typeof printPage>

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
  /** The same result laid out, for the window's own print. Failures: `not-found`, the storage's. */
  'exports.page': call(z.strictObject({ what: exportSubject, language: exportLanguage }), printPage),
} as const
