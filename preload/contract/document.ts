// Documents: what was read, where each piece stands, what had no text.
import { z } from 'zod'
import { call, commandLineOnly, stream } from './define.ts'
import { maxPieceCharacters } from './protocol.ts'

const count = z.number().int().nonnegative()
const ordinal = z.number().int().positive()

/**
 * Where a piece of text stands in its document. `page`, `slide` and lines count from 1; `start`/`end` are character
 * offsets (end exclusive) in the page's extracted text. `paragraph` counts from 1 through the whole document, `path` holds
 * the headings a paragraph stands under, outermost first.
 */
export const locator = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('page'), page: ordinal, label: z.string().optional(), start: count, end: count }),
  z.strictObject({ kind: z.literal('slide'), slide: ordinal, part: z.enum(['body', 'notes']) }),
  z.strictObject({ kind: z.literal('cells'), sheet: z.string(), range: z.string() }),
  z.strictObject({ kind: z.literal('section'), path: z.array(z.string()), paragraph: ordinal }),
  z.strictObject({ kind: z.literal('lines'), from: ordinal, to: ordinal }),
  z.strictObject({ kind: z.literal('message'), index: count, part: z.string() }),
])
export type Locator = z.infer<typeof locator>

/** A paragraph-sized piece of a document; for `lines` documents its text keeps the original line breaks. */
export const segment = z.strictObject({
  text: z.string(),
  locator,
  kind: z.enum(['paragraph', 'heading', 'list-item', 'table', 'code']).optional(),
})
export type Segment = z.infer<typeof segment>

/** Formats a document can have. */
export const documentFormat = z.enum([
  'text',
  'markdown',
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'csv',
  'odt',
  'ods',
  'odp',
  'rtf',
  'epub',
  'html',
  'eml',
  'mbox',
])
export type DocumentFormat = z.infer<typeof documentFormat>

/** The unit a document counts itself in. Only PDF has pages. */
export const coverageUnit = z.enum(['page', 'line', 'slide', 'sheet', 'row', 'paragraph', 'chapter', 'message'])
export type CoverageUnit = z.infer<typeof coverageUnit>

/** What a reader leaves out on purpose when the document has it; `rest` is all that follows a limit. */
export const leftOut = z.enum(['headers', 'deletions', 'hidden-text', 'embedded', 'attachments', 'rest'])
export type LeftOut = z.infer<typeof leftOut>

/** Units `from` to `to` that were not read: they follow a `limit`, or were not shown to the model (`not-shown`). */
export const skippedUnits = z.strictObject({ from: ordinal, to: ordinal, why: z.enum(['limit', 'not-shown']) })
export type SkippedUnits = z.infer<typeof skippedUnits>

/**
 * What was read: `total` units exist, `read` of them were read, `withoutText` lists ordinals of units read but without
 * text, `hidden` those of units the document hides from view and that were read all the same. `places` says where each
 * unit begins, in order, where locators do not carry its number (sheets, chapters). `skipped` says which units were not
 * read and why, in order; absent where all were, and in what was made before this was noted.
 */
export const coverage = z.strictObject({
  unit: coverageUnit,
  total: count,
  read: count,
  withoutText: z.array(ordinal),
  hidden: z.array(ordinal).optional(),
  leftOut: z.array(leftOut).optional(),
  places: z.array(locator).optional(),
  skipped: z.array(skippedUnits).optional(),
})
export type Coverage = z.infer<typeof coverage>

/** A document the library knows. `sha256` is of the file's bytes, lower-case hex; `characters` counts extracted text. */
export const documentRecord = z.strictObject({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  sha256: z.string(),
  format: documentFormat,
  bytes: count,
  characters: count,
  segments: count,
  title: z.string().nullable(),
  coverage,
  addedAt: z.iso.datetime(),
  openedAt: z.iso.datetime(),
})
export type DocumentRecord = z.infer<typeof documentRecord>

/** Items of `documents.add` and `documents.extract`. */
export const readItem = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('opened'),
    name: z.string(),
    sha256: z.string(),
    format: documentFormat,
    bytes: count,
  }),
  z.strictObject({ type: z.literal('progress'), unit: coverageUnit, read: count, total: count }),
  z.strictObject({ type: z.literal('segments'), segments: z.array(segment) }),
  z.strictObject({ type: z.literal('added'), document: documentRecord }),
  z.strictObject({ type: z.literal('finished'), reason: z.enum(['complete', 'stopped']), coverage }),
])
export type ReadItem = z.infer<typeof readItem>

/** A document that comes with the app, to try it with; `path` is absolute. */
export const sampleDocument = z.strictObject({
  name: z.string(),
  title: z.string(),
  path: z.string(),
  unit: coverageUnit,
  units: ordinal,
})
export type SampleDocument = z.infer<typeof sampleDocument>

/** For a document that needs one: used for this reading, never stored, never logged. */
const password = z.string().min(1).max(1000).optional()

/** Where a document comes from: a file by absolute path, or what `documents.receive` took. */
export const documentOrigin = z.union([
  z.strictObject({ path: z.string().min(1).max(4096), password }),
  z.strictObject({ uploadId: z.string().min(1).max(100), password }),
])
export type DocumentOrigin = z.infer<typeof documentOrigin>

/** Methods about documents. */
export const documentContract = {
  /**
   * Takes a file piece by piece from a window that knows no paths, into memory only: null begins an upload, `last` ends
   * it. What is not added within ten minutes is dropped. Failures: `file-too-large`, `not-found`.
   */
  'documents.receive': call(
    z.strictObject({
      uploadId: z.string().min(1).max(100).nullable(),
      name: z.string().min(1).max(1024),
      base64: z.string().max(maxPieceCharacters),
      last: z.boolean(),
    }),
    z.strictObject({ uploadId: z.string(), receivedBytes: count }),
  ),
  /** The documents that come with the app, the one to begin with first. */
  'documents.samples': call(z.strictObject({}), z.array(sampleDocument)),
  /**
   * Reads a file and keeps its text in the library; `added` comes before `finished`. No `segments` items. An uploaded
   * file's record has an empty `path`; its upload is used up.
   */
  'documents.add': stream(documentOrigin, readItem),
  /** Reads a file and yields its segments; keeps nothing. */
  'documents.extract': commandLineOnly(
    stream(z.strictObject({ path: z.string().min(1).max(4096), password }), readItem),
  ),
  /** Every known document, last opened first. */
  'documents.list': call(z.strictObject({}), z.array(documentRecord)),
  /** The record, marked as opened now. */
  'documents.open': call(z.strictObject({ documentId: z.string() }), documentRecord),
  'documents.get': call(z.strictObject({ documentId: z.string() }), documentRecord),
  /** A window of segments; `from` counts from 0. */
  'documents.segments': call(
    z.strictObject({ documentId: z.string(), from: count, count: z.number().int().min(1).max(2000) }),
    z.array(segment),
  ),
  /** Forgets the document's text and its summaries; the file itself is never touched. */
  'documents.remove': call(z.strictObject({ documentId: z.string() }), z.strictObject({})),
} as const
