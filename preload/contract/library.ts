// The library: folders and files added by path, what became of each file, and search over everything that was read.
import { z } from 'zod'
import { searchSnippet } from './chat.ts'
import { call, commandLineOnly, stream } from './define.ts'
import { documentFormat, locator, segment } from './document.ts'
import { storedFailure } from './job.ts'

const count = z.number().int().nonnegative()
const id = z.string().min(1).max(100)
const absolutePath = z.string().min(1).max(4096)

/**
 * What became of a file. `waiting`: not read yet; `reading`; `ready`: its text is searchable; `duplicate`: as `ready`,
 * with the same bytes as `duplicateOf`, whose text it shares; `changed`: has another content by now, the old text stays
 * searchable until the new one is read; `failed`: `failure` says why; `missing`: no longer there, its text stays until
 * the file is removed; `excluded`: taken out by a person while its folder stays, never read again unless added again.
 */
export const libraryFileState = z.enum([
  'waiting',
  'reading',
  'ready',
  'duplicate',
  'changed',
  'failed',
  'missing',
  'excluded',
])
export type LibraryFileState = z.infer<typeof libraryFileState>

/**
 * A file the library knows. `path` is empty for what was uploaded by a window that knows no paths; `documentId` names
 * its text (`documents.get`, `documents.segments`) and is null while there is none; `folderId` is null for files added
 * one by one. `modifiedAt` is the file's own time, for uploads the time they came.
 */
export const libraryFile = z.strictObject({
  id,
  folderId: id.nullable(),
  name: z.string(),
  path: z.string(),
  state: libraryFileState,
  failure: storedFailure.nullable(),
  documentId: z.string().nullable(),
  duplicateOf: id.nullable(),
  format: documentFormat.nullable(),
  bytes: count,
  modifiedAt: z.iso.datetime(),
  addedAt: z.iso.datetime(),
})
export type LibraryFile = z.infer<typeof libraryFile>

/**
 * Why a scan passes something by: a name with a dot in front, a folder of programs (`node_modules`, `.git` and the
 * like), a temporary or lock file, too large, a symbolic link (never followed), neither file nor folder, a name that is
 * not valid UTF-8, or an ending that no document has (pictures, films, programs).
 */
export const ignoredReason = z.enum([
  'hidden',
  'program-folder',
  'temporary',
  'too-large',
  'link',
  'special',
  'name',
  'no-document',
])
export type IgnoredReason = z.infer<typeof ignoredReason>

/** Things passed by for one reason; `examples` are a few paths below the folder. */
export const ignoredEntries = z.strictObject({ reason: ignoredReason, count, examples: z.array(z.string()).max(10) })
export type IgnoredEntries = z.infer<typeof ignoredEntries>

/** How many files are in each state. */
export const stateCounts = z.record(libraryFileState, count)
export type StateCounts = z.infer<typeof stateCounts>

/**
 * A folder of the library. `scanning`: being walked; `watched`: the system tells of changes; `rescanned`: looked through
 * every few minutes, because it tells of none (network drives, too many folders to watch); `unreachable`: gone, or its
 * drive does not answer, and tried again by itself; `unwatched`: the library does not run here (a command that only reads).
 */
export const libraryFolder = z.strictObject({
  id,
  path: z.string(),
  name: z.string(),
  state: z.enum(['scanning', 'watched', 'rescanned', 'unreachable', 'unwatched']),
  failure: storedFailure.nullable(),
  files: stateCounts,
  ignored: z.array(ignoredEntries),
  /** The folders inside that could not be opened, at most ten of them. */
  closed: z.array(z.string()).max(10),
  addedAt: z.iso.datetime(),
  /** When the last whole scan ended; null before the first. */
  scannedAt: z.iso.datetime().nullable(),
})
export type LibraryFolder = z.infer<typeof libraryFolder>

/** What the library is doing. `reading` names the files in hand; `files` counts all of them. */
export const libraryStatus = z.strictObject({
  state: z.enum(['idle', 'scanning', 'reading', 'paused']),
  files: stateCounts,
  /** Passages that can be found. */
  segments: count,
  reading: z.array(z.strictObject({ fileId: id, name: z.string() })),
})
export type LibraryStatus = z.infer<typeof libraryStatus>

/** Which files to look at; what is absent does not restrict. Times are ISO 8601; `modifiedBefore` is exclusive. */
const filters = {
  folderId: id.optional(),
  format: documentFormat.optional(),
}

/**
 * A passage that matches. `position` is the segment's place in its document, for `documents.segments`; `files` are all
 * known places of the document, the one its record names first (at most five).
 */
export const libraryHit = z.strictObject({
  documentId: z.string(),
  name: z.string(),
  format: documentFormat,
  files: z.array(libraryFile.pick({ id: true, folderId: true, path: true, state: true })).max(5),
  position: count,
  locator,
  kind: segment.shape.kind,
  snippet: searchSnippet,
})
export type LibraryHit = z.infer<typeof libraryHit>

/** Items of `library.walk`; paths are absolute, `closed` are folders that could not be opened. */
export const walkItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('files'), paths: z.array(z.string()) }),
  z.strictObject({
    type: z.literal('finished'),
    reason: z.enum(['complete', 'stopped']),
    ignored: z.array(ignoredEntries),
    closed: z.array(z.string()),
  }),
])
export type WalkItem = z.infer<typeof walkItem>

/** Methods of the library. */
export const libraryContract = {
  /**
   * Adds a file or a folder by absolute path; reading goes on in the background. A path inside a known folder answers that
   * folder (and takes back an exclusion); a folder around known ones takes them in. Failures: `invalid-input`,
   * `file-missing`, `file-not-regular`, `folder-unreadable`, `folder-unreachable`.
   */
  'library.add': call(
    z.strictObject({ path: absolutePath }),
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('folder'), folder: libraryFolder }),
      z.strictObject({ type: z.literal('file'), file: libraryFile }),
    ]),
  ),
  /**
   * Removes a folder with all its files, or one file: text, summaries and index, from the disk as well; files themselves
   * are never touched. A text that another file shares stays. A file of a folder that stays becomes `excluded`.
   */
  'library.remove': call(
    z.union([z.strictObject({ folderId: id }), z.strictObject({ fileId: id })]),
    z.strictObject({ documents: count }),
  ),
  /** Every folder, by name. */
  'library.folders': call(z.strictObject({}), z.array(libraryFolder)),
  /** Files by name, `from` counting from 0; `total` counts all that pass. `name` is a part of the name, upper or lower case. */
  'library.list': call(
    z.strictObject({
      ...filters,
      state: libraryFileState.optional(),
      name: z.string().max(200).optional(),
      from: count.default(0),
      count: z.number().int().min(1).max(500).default(100),
    }),
    z.strictObject({ files: z.array(libraryFile), total: count }),
  ),
  /**
   * Passages that hold every word of the query (the last word may be unfinished; "words in quotation marks" stand
   * together), best first within the newest matches. `cursor` of one answer asks for the next page; null means the end.
   * A query without a letter or digit finds nothing.
   */
  'library.search': call(
    z.strictObject({
      query: z.string().max(500),
      ...filters,
      modifiedFrom: z.iso.datetime().optional(),
      modifiedBefore: z.iso.datetime().optional(),
      limit: z.number().int().min(1).max(100).default(30),
      cursor: z.string().max(100).nullable().default(null),
    }),
    z.strictObject({ hits: z.array(libraryHit), cursor: z.string().nullable() }),
  ),
  'library.file': call(z.strictObject({ fileId: id }), libraryFile),
  /**
   * Every file below a folder that may be a document, for whoever reads them without adding any; a file's path gives that
   * file. Failures: as `library.add`.
   */
  'library.walk': commandLineOnly(stream(z.strictObject({ path: absolutePath }), walkItem)),
  'library.status': call(z.strictObject({}), libraryStatus),
  /** No new file is begun until `resume`; what is in hand goes back to `waiting`. Holds until then, also after a restart. */
  'library.pause': call(z.strictObject({}), libraryStatus),
  'library.resume': call(z.strictObject({}), libraryStatus),
  /** Reads a file again, or looks through a folder again and reads what failed or changed. */
  'library.reread': call(
    z.union([z.strictObject({ folderId: id }), z.strictObject({ fileId: id })]),
    z.strictObject({}),
  ),
} as const

/** What the library announces, at most four times a second. */
export const libraryEvents = {
  'library.progress': libraryStatus,
  /** What changed since the last one; `more` when it is more than is listed (at most 100 files). */
  'library.changed': z.strictObject({
    folders: z.array(libraryFolder),
    files: z.array(libraryFile),
    removedFolderIds: z.array(id),
    removedFileIds: z.array(id),
    more: z.boolean(),
  }),
} as const
