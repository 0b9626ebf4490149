// Rows of the library's tables as the contract has them.
import { z } from 'zod'
import { documentFormat } from '#contract/document.ts'
import { ignoredEntries, libraryFileState, type LibraryFile, type StateCounts } from '#contract/library.ts'
import { storedFailure } from '#contract/job.ts'

/** Columns of a file for `fileOf`, from `library_files AS file`. */
export const fileColumns = `file.id, file.folder_id, file.path, file.name, file.bytes, file.modified_ms, file.state,
  file.failure, file.document_id, file.added_at,
  (SELECT format FROM documents WHERE id = file.document_id) AS format,
  CASE WHEN file.state = 'duplicate' THEN (
    SELECT id FROM library_files AS first WHERE first.document_id = file.document_id AND first.state <> 'duplicate'
    ORDER BY first.number LIMIT 1
  ) END AS duplicate_of`

const fileRow = z.object({
  id: z.string(),
  folder_id: z.string().nullable(),
  path: z.string(),
  name: z.string(),
  bytes: z.number(),
  modified_ms: z.number(),
  state: libraryFileState,
  failure: z.string().nullable(),
  document_id: z.string().nullable(),
  added_at: z.string(),
  format: documentFormat.nullable(),
  duplicate_of: z.string().nullable(),
})

/** A row of `fileColumns`; one that does not parse is a bug and throws. */
export function fileOf(value: unknown): LibraryFile {
  const row = fileRow.parse(value)
  return {
    id: row.id,
    folderId: row.folder_id,
    name: row.name,
    path: row.path,
    state: row.state,
    failure: row.failure === null ? null : storedFailure.parse(JSON.parse(row.failure)),
    documentId: row.document_id,
    duplicateOf: row.duplicate_of,
    format: row.format,
    bytes: row.bytes,
    modifiedAt: new Date(row.modified_ms).toISOString(),
    addedAt: row.added_at,
  }
}

const folderRow = z.object({
  id: z.string(),
  path: z.string(),
  ignored: z.string(),
  closed: z.string(),
  added_at: z.string(),
  scanned_at: z.string().nullable(),
})

/** A folder as it is stored. */
export type StoredFolder = {
  readonly id: string
  readonly path: string
  readonly ignored: readonly z.infer<typeof ignoredEntries>[]
  readonly closed: readonly string[]
  readonly addedAt: string
  readonly scannedAt: string | null
}

/** A row of `library_folders`. */
export function folderOf(value: unknown): StoredFolder {
  const { ignored, closed, added_at: addedAt, scanned_at: scannedAt, ...row } = folderRow.parse(value)
  return {
    ...row,
    ignored: z.array(ignoredEntries).parse(JSON.parse(ignored)),
    closed: z.array(z.string()).parse(JSON.parse(closed)),
    addedAt,
    scannedAt,
  }
}

/** Counts of all states from rows of state and count. */
export function countsOf(rows: readonly { readonly state: string; readonly files: number }[]): StateCounts {
  const counts = { waiting: 0, reading: 0, ready: 0, duplicate: 0, changed: 0, failed: 0, missing: 0, excluded: 0 }
  for (const { state, files } of rows) counts[libraryFileState.parse(state)] += files
  return counts
}
