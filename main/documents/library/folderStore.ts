// Folders of the library and what their scans find, in the database.
import path from 'node:path'
import { ok, type Result } from '#contract/result.ts'
import type { SqlValue, Statement, Storage } from '../../storage/storage.ts'
import type { FoundFile, WatchMessage } from '../watchProtocol.ts'
import { folderOf, type StoredFolder } from './libraryRows.ts'

type Scanned = Extract<WatchMessage, { type: 'scanned' }>

/** Which folder's files, seen by which scan; scans are numbered over all folders. */
export type ScanPlace = { readonly folderId: string | null; readonly scan: number; readonly at: string }

const EXAMPLES_CLOSED = 10

/** SQL of folders and scans. Failures are the storage's own. */
export class FolderStore {
  readonly #storage: Storage
  readonly #newId: () => string

  constructor(storage: Storage, newId: () => string) {
    this.#storage = storage
    this.#newId = newId
  }

  /** Every folder, by path. */
  async all(): Promise<Result<readonly StoredFolder[]>> {
    const rows = await this.#storage.all<unknown>('SELECT * FROM library_folders ORDER BY path')
    return rows.ok ? ok(rows.value.map(folderOf)) : rows
  }

  /** Adds a folder; folders inside it become part of it. */
  async add(folder: { readonly id: string; readonly path: string; readonly at: string }): Promise<Result<void>> {
    const inside = [insideOf(folder.path), insideOf(folder.path)] as const
    return this.#write([
      {
        sql: 'INSERT INTO library_folders (id, path, added_at) VALUES (?, ?, ?)',
        parameters: [folder.id, folder.path, folder.at],
      },
      {
        sql: `UPDATE library_files SET folder_id = ? WHERE path <> '' AND substr(path, 1, length(?)) = ?`,
        parameters: [folder.id, ...inside],
      },
      {
        sql: 'DELETE FROM library_folders WHERE id <> ? AND substr(path, 1, length(?)) = ?',
        parameters: [folder.id, ...inside],
      },
    ])
  }

  /** The number of a scan that begins now. */
  async nextScan(): Promise<Result<number>> {
    const [sql, read] = ['UPDATE library_state SET scans = scans + 1', 'SELECT scans FROM library_state']
    const written = await this.#storage.run(sql)
    if (!written.ok) return written
    const row = await this.#storage.get<{ scans: number }>(read)
    return row.ok ? ok(row.value?.scans ?? 0) : row
  }

  /**
   * Notes files as they stand. New ones wait; those with another size or time than before are `changed`, or wait again;
   * those that were missing are back; excluded ones stay so. Answers how many rows were written.
   */
  async note(files: readonly FoundFile[], { folderId, scan, at }: ScanPlace): Promise<Result<number>> {
    const rows = files.map((file) => ({ ...file, id: this.#newId(), name: path.basename(file.path) }))
    const sql = `
      INSERT INTO library_files (id, folder_id, path, name, identity, bytes, modified_ms, state, scan, added_at)
      SELECT value ->> 'id', ?, value ->> 'path', value ->> 'name', value ->> 'identity', value ->> 'bytes',
        value ->> 'modifiedMs', 'waiting', ?, ?
      FROM json_each(?) WHERE true
      ON CONFLICT (path) WHERE path <> '' DO UPDATE SET
        folder_id = coalesce(excluded.folder_id, folder_id), scan = excluded.scan, identity = excluded.identity,
        bytes = excluded.bytes, modified_ms = excluded.modified_ms,
        state = CASE
          WHEN state = 'excluded' THEN state
          WHEN identity IS NOT NULL AND (bytes, modified_ms) <> (excluded.bytes, excluded.modified_ms)
            THEN iif(document_id IS NULL, 'waiting', 'changed')
          WHEN state = 'missing' THEN iif(document_id IS NULL, 'waiting', 'ready')
          ELSE state
        END
      WHERE (scan, identity, bytes, modified_ms) IS NOT
          (excluded.scan, excluded.identity, excluded.bytes, excluded.modified_ms)
        OR state = 'missing' OR folder_id IS NOT coalesce(excluded.folder_id, folder_id)`
    const written = await this.#storage.run(sql, [folderId, scan, at, JSON.stringify(rows)])
    return written.ok ? ok(written.value.changes) : written
  }

  /** Ends a whole scan: what it did not see, and could have seen, is missing. */
  async endScan({ folderId, scan, at }: ScanPlace, { ignored, closed }: Scanned): Promise<Result<void>> {
    const examples = closed.slice(0, EXAMPLES_CLOSED)
    const unseen = `folder_id = ? AND scan <> ? AND NOT EXISTS (
      SELECT 1 FROM json_each(?) WHERE substr(library_files.path, 1, length(value)) = value)`
    const parameters: SqlValue[] = [folderId, scan, JSON.stringify(closed.map(insideOf))]
    return this.#write([
      ...lose(unseen, parameters),
      {
        sql: 'UPDATE library_folders SET ignored = ?, closed = ?, scanned_at = ? WHERE id = ?',
        parameters: [JSON.stringify(ignored), JSON.stringify(examples), at, folderId],
      },
    ])
  }

  /** Notes that a file, or a folder with all below it, is no longer there. */
  async lose(place: string): Promise<Result<void>> {
    return this.#write(
      lose(`path <> '' AND (path = ? OR substr(path, 1, length(?)) = ?)`, [place, insideOf(place), insideOf(place)]),
    )
  }

  async #write(statements: readonly Statement[]): Promise<Result<void>> {
    const written = await this.#storage.transaction(statements)
    return written.ok ? ok(undefined) : written
  }
}

/** What every path inside a folder begins with. */
export function insideOf(folder: string): string {
  return folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`
}

/** A file with a text is kept as missing; one without is forgotten. */
function lose(where: string, parameters: readonly SqlValue[]): readonly Statement[] {
  return [
    { sql: `DELETE FROM library_files WHERE document_id IS NULL AND state <> 'excluded' AND ${where}`, parameters },
    {
      sql: `UPDATE library_files SET state = 'missing' WHERE state NOT IN ('missing', 'excluded') AND ${where}`,
      parameters,
    },
  ]
}
