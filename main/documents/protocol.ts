// Messages between the app and the reader process. Both ends parse them: the reader handles hostile files.
import { z } from 'zod'
import { coverage, coverageUnit, documentFormat, segment } from '#contract/document.ts'

const count = z.number().int().nonnegative()
const ordinal = z.number().int().positive()
const name = z.string()

/** How much a reader takes on. `textBytes` also bounds text files; `characters` bounds formats that can inflate. */
export const readerLimits = z.strictObject({ fileBytes: count, textBytes: count, pages: count, characters: count })
export type ReaderLimits = z.infer<typeof readerLimits>

/** What to read: a file by path, or bytes the parent holds and gives range by range. */
export const readSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('path'), path: z.string() }),
  z.strictObject({ kind: z.literal('bytes'), name, size: count }),
])
export type ReadSource = z.infer<typeof readSource>

/** Most bytes of one `need`. */
export const maxRangeBytes = 1_048_576

/**
 * To the reader: one `read` per process, one `more` for every batch of segments the parent has dealt with, one `bytes`
 * for every `need`.
 */
export const readerRequest = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('read'),
    source: readSource,
    limits: readerLimits,
    /** For a document that needs one; neither stored nor logged. */
    password: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('more') }),
  z.strictObject({
    type: z.literal('bytes'),
    id: count,
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  }),
])
export type ReaderRequest = z.infer<typeof readerRequest>

/** Failures only the reader can see; names are the file's, never text from inside it. */
export const readerFailure = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('file-missing'), details: z.strictObject({ name }) }),
  z.strictObject({ code: z.literal('file-unreadable'), details: z.strictObject({ name, reason: z.string() }) }),
  z.strictObject({ code: z.literal('file-not-regular'), details: z.strictObject({ name }) }),
  z.strictObject({ code: z.literal('file-empty'), details: z.strictObject({ name }) }),
  z.strictObject({
    code: z.literal('file-too-large'),
    details: z.strictObject({ name, bytes: count, limitBytes: count }),
  }),
  z.strictObject({
    code: z.literal('format-unsupported'),
    details: z.strictObject({ name, detected: z.string().max(100) }),
  }),
  z.strictObject({ code: z.literal('document-encrypted'), details: z.strictObject({ name }) }),
  z.strictObject({ code: z.literal('document-password-wrong'), details: z.strictObject({ name }) }),
  z.strictObject({ code: z.literal('document-protected'), details: z.strictObject({ name }) }),
  z.strictObject({
    code: z.literal('document-legacy'),
    details: z.strictObject({ name, detected: z.string().max(10), modern: z.string().max(10) }),
  }),
  z.strictObject({
    code: z.literal('document-unsafe'),
    details: z.strictObject({
      name,
      reason: z.enum(['size', 'ratio', 'entries', 'names', 'sizes', 'declaration', 'depth']),
    }),
  }),
  z.strictObject({ code: z.literal('document-corrupt'), details: z.strictObject({ name }) }),
  z.strictObject({
    code: z.literal('document-without-text'),
    details: z.strictObject({ name, unit: z.string(), total: count }),
  }),
  z.strictObject({
    code: z.literal('document-too-long'),
    details: z.strictObject({ name, limitCharacters: count }),
  }),
  z.strictObject({ code: z.literal('document-changed'), details: z.strictObject({ name }) }),
])
export type ReaderFailure = z.infer<typeof readerFailure>

/**
 * From the reader: `alive` while it works on nothing countable, `need` for a range of a `bytes` source, `progress` with the ordinals newly found without text,
 * and as the last one `finished` or `failed`.
 */
export const readerMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('alive') }),
  z.strictObject({
    type: z.literal('need'),
    id: count,
    offset: count,
    length: z.number().int().min(1).max(maxRangeBytes),
  }),
  z.strictObject({
    type: z.literal('progress'),
    unit: coverageUnit,
    read: count,
    total: count,
    withoutText: z.array(ordinal),
  }),
  z.strictObject({
    type: z.literal('opened'),
    name,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    format: documentFormat,
    bytes: count,
  }),
  z.strictObject({ type: z.literal('segments'), segments: z.array(segment) }),
  z.strictObject({ type: z.literal('finished'), title: z.string().nullable(), coverage }),
  z.strictObject({ type: z.literal('failed'), failure: readerFailure }),
])
export type ReaderMessage = z.infer<typeof readerMessage>
