// Files of the library in the database: which are next, what became of them, and what goes with them when they go.
import type { Failure } from '#contract/failures.ts'
import type { LibraryFile, LibraryFileState, StateCounts } from '#contract/library.ts'
import { ok, type Result } from '#contract/result.ts'
import type { SqlValue, Statement, Storage } from '../../storage/storage.ts'
import { insideOf } from './folderStore.ts'
import { countsOf, fileColumns, fileOf } from './libraryRows.ts'

/** Which files a list is of; what is undefined does not restrict. */
export type FileFilter = {
  readonly folderId?: string | undefined
  readonly format?: string | undefined
  readonly state?: LibraryFileState | undefined
  readonly name?: string | undefined
}

/** SQL of files. Failures are the storage's own. */
export class FileStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** A page of files by name, and how many there are in all. */
  async list(
    filter: FileFilter,
    from: number,
    count: number,
  ): Promise<Result<{ files: readonly LibraryFile[]; total: number }>> {
    const { where, parameters } = conditions(filter)
    const total = await this.#storage.get<{ n: number }>(
      `SELECT count(*) AS n FROM library_files AS file ${where}`,
      parameters,
    )
    if (!total.ok) return total
    const rows = await this.#storage.all<unknown>(
      `SELECT ${fileColumns} FROM library_files AS file ${where}
       ORDER BY file.name COLLATE NOCASE, file.number LIMIT ? OFFSET ?`,
      [...parameters, count, from],
    )
    return rows.ok ? ok({ files: rows.value.map(fileOf), total: total.value?.n ?? 0 }) : rows
  }

  async get(fileId: string): Promise<Result<LibraryFile | undefined>> {
    return this.#first('file.id = ?', [fileId])
  }

  async atPath(path: string): Promise<Result<LibraryFile | undefined>> {
    return this.#first("file.path = ? AND file.path <> ''", [path])
  }

  /** Files by id, as many as there are. */
  async some(fileIds: readonly string[]): Promise<Result<readonly LibraryFile[]>> {
    const rows = await this.#storage.all<unknown>(
      `SELECT ${fileColumns} FROM library_files AS file WHERE file.id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(fileIds)],
    )
    return rows.ok ? ok(rows.value.map(fileOf)) : rows
  }

  /** How many files are in each state, in one folder or (null) in all of the library. */
  async counts(folderId: string | null): Promise<Result<StateCounts>> {
    const where = folderId === null ? '' : 'WHERE folder_id = ?'
    const rows = await this.#storage.all<{ state: string; files: number }>(
      `SELECT state, count(*) AS files FROM library_files ${where} GROUP BY state`,
      folderId === null ? [] : [folderId],
    )
    return rows.ok ? ok(countsOf(rows.value)) : rows
  }

  /** As `counts`, for every folder that has files, by folder id. */
  async countsByFolder(): Promise<Result<ReadonlyMap<string, StateCounts>>> {
    const rows = await this.#storage.all<{ folder_id: string; state: string; files: number }>(
      `SELECT folder_id, state, count(*) AS files FROM library_files WHERE folder_id IS NOT NULL GROUP BY folder_id, state`,
    )
    if (!rows.ok) return rows
    const byFolder = Map.groupBy(rows.value, ({ folder_id: folderId }) => folderId)
    return ok(new Map([...byFolder].map(([folderId, states]) => [folderId, countsOf(states)])))
  }

  /** Passages of all files together. */
  async segments(): Promise<Result<number>> {
    const row = await this.#storage.get<{ n: number | null }>(
      'SELECT sum(segments) AS n FROM documents WHERE segments > 0',
    )
    return row.ok ? ok(row.value?.n ?? 0) : row
  }

  /** Takes the next file to read, which is `reading` from then on: of these folders, or of none. */
  async takeNext(folderIds: readonly string[]): Promise<Result<LibraryFile | undefined>> {
    const next = await this.#first(
      `file.state IN ('waiting', 'changed') AND (file.folder_id IS NULL OR file.folder_id IN (SELECT value FROM json_each(?)))
       ORDER BY file.number`,
      [JSON.stringify(folderIds)],
    )
    if (!next.ok || next.value === undefined) return next
    const taken = await this.setState(next.value.id, 'reading', null)
    return taken.ok ? next : taken
  }

  async setState(fileId: string, state: LibraryFileState, failure: Failure | null): Promise<Result<void>> {
    return this.#write([
      {
        sql: 'UPDATE library_files SET state = ?, failure = ? WHERE id = ?',
        parameters: [state, failure === null ? null : JSON.stringify(failure), fileId],
      },
    ])
  }

  /** Puts back what was in hand when the work stopped. */
  async putBack(): Promise<Result<void>> {
    const sql = `UPDATE library_files SET state = iif(document_id IS NULL, 'waiting', 'changed') WHERE state = 'reading'`
    return this.#write([{ sql }])
  }

  /** Lets files of a folder, or one file, be read again: the failed ones, and with `all` every one. */
  async wantAgain(target: { folderId: string } | { fileId: string }): Promise<Result<void>> {
    const byFile = 'fileId' in target
    const where = byFile ? 'id = ?' : "folder_id = ? AND state = 'failed'"
    const sql = `UPDATE library_files SET state = iif(document_id IS NULL, 'waiting', 'changed'), failure = NULL
      WHERE path <> '' AND state NOT IN ('reading', 'missing') AND ${where}`
    return this.#write([{ sql, parameters: [byFile ? target.fileId : target.folderId] }])
  }

  /**
   * Ties a file that was read to its text. Missing files with this text count as moved to here; a text read in the
   * background goes by the name of a file that is there. False when the file went, or changed, meanwhile.
   */
  async link(file: LibraryFile, documentId: string): Promise<Result<boolean>> {
    const written = await this.#storage.transaction([
      {
        sql: `UPDATE library_files SET document_id = ?, state = 'ready', failure = NULL
          WHERE id = ? AND state IN ('reading', 'ready')`,
        parameters: [documentId, file.id],
      },
      { sql: `DELETE FROM library_files WHERE document_id = ? AND state = 'missing'`, parameters: [documentId] },
      ...tidy(documentId),
      ...(file.documentId === null ? [] : tidy(file.documentId)),
    ])
    return written.ok ? ok((written.value[0]?.changes ?? 0) > 0) : written
  }

  /**
   * Files that were renamed or moved: what is missing and what is new have the same identity, size and time. The old
   * record takes the new place, so everything tied to it stays. Answers the ids of records that went.
   */
  async followMoves(): Promise<Result<readonly string[]>> {
    const pairs = await this.#storage.all<{ old_id: string; new_id: string; document_id: string | null }>(
      `SELECT old.id AS old_id, new.id AS new_id, old.document_id FROM library_files AS old JOIN library_files AS new
         ON new.identity = old.identity AND new.id <> old.id
         AND (new.bytes, new.modified_ms) = (old.bytes, old.modified_ms)
         AND (new.document_id IS NULL OR new.document_id = old.document_id)
       WHERE old.state = 'missing' AND new.state IN ('waiting', 'ready', 'duplicate', 'reading', 'failed')
       GROUP BY old.id`,
    )
    if (!pairs.ok) return pairs
    const gone: string[] = []
    for (const { old_id: oldId, new_id: newId, document_id: documentId } of pairs.value) {
      if (gone.includes(newId)) continue
      const place = await this.#storage.get<{ folder_id: string | null; path: string; name: string; scan: number }>(
        'SELECT folder_id, path, name, scan FROM library_files WHERE id = ?',
        [newId],
      )
      if (!place.ok) return place
      if (place.value === undefined) continue
      const { folder_id: folderId, path, name, scan } = place.value
      const moved = await this.#write([
        { sql: 'DELETE FROM library_files WHERE id = ?', parameters: [newId] },
        {
          sql: `UPDATE library_files SET folder_id = ?, path = ?, name = ?, scan = ?, state = 'ready' WHERE id = ?`,
          parameters: [folderId, path, name, scan, oldId],
        },
        ...(documentId === null ? [] : tidy(documentId)),
      ])
      if (!moved.ok) return moved
      gone.push(newId)
    }
    return ok(gone)
  }

  /** Puts texts that several files share in order again, after files came back or went. */
  async tidyShared(): Promise<Result<void>> {
    const shared = await this.#storage.all<{ document_id: string }>(
      `SELECT document_id FROM library_files WHERE document_id IS NOT NULL GROUP BY document_id
       HAVING sum(state = 'ready') <> 1 AND sum(state IN ('ready', 'duplicate')) > 0`,
    )
    if (!shared.ok) return shared
    for (const { document_id: documentId } of shared.value) {
      const tidied = await this.#write(tidy(documentId))
      if (!tidied.ok) return tidied
    }
    return ok(undefined)
  }

  /**
   * Forgets one file, or a folder with its files, and answers the documents whose text nobody holds any more. With
   * `exclude` the file's record stays, as excluded.
   */
  async forget(
    target:
      { readonly fileId: string; readonly exclude: boolean } | { readonly folderId: string; readonly path: string },
  ): Promise<Result<readonly string[]>> {
    const [where, key] = 'fileId' in target ? ['id = ?', target.fileId] : ['folder_id = ?', target.folderId]
    const held = await this.#storage.all<{ id: string }>(
      `SELECT DISTINCT document_id AS id FROM library_files WHERE document_id IS NOT NULL AND ${where}`,
      [key],
    )
    if (!held.ok) return held
    const kept = 'fileId' in target && target.exclude
    const forgotten = await this.#write([
      {
        sql: kept
          ? `UPDATE library_files SET state = 'excluded', document_id = NULL, failure = NULL WHERE ${where}`
          : `DELETE FROM library_files WHERE ${where}`,
        parameters: [key],
      },
      ...('fileId' in target ? [] : [{ sql: 'DELETE FROM library_folders WHERE id = ?', parameters: [key] }]),
    ])
    if (!forgotten.ok) return forgotten
    const inside = 'fileId' in target ? '' : insideOf(target.path)
    const orphans = await this.#storage.all<{ id: string }>(
      `SELECT id FROM documents WHERE segments >= 0
         AND (id IN (SELECT value FROM json_each(?)) OR (? <> '' AND substr(path, 1, length(?)) = ?))
         AND NOT EXISTS (SELECT 1 FROM library_files WHERE document_id = documents.id)`,
      [JSON.stringify(held.value.map(({ id }) => id)), inside, inside, inside],
    )
    if (!orphans.ok) return orphans
    const tidied = await this.tidyShared()
    return tidied.ok ? ok(orphans.value.map(({ id }) => id)) : tidied
  }

  /** Texts read in the background that no file holds: old versions of files that changed, files that went meanwhile. */
  async unheld(): Promise<Result<readonly string[]>> {
    const rows = await this.#storage.all<{ id: string }>(
      `SELECT id FROM documents WHERE unopened AND segments >= 0
         AND NOT EXISTS (SELECT 1 FROM library_files WHERE document_id = documents.id)`,
    )
    return rows.ok ? ok(rows.value.map(({ id }) => id)) : rows
  }

  async isPaused(): Promise<Result<boolean>> {
    const row = await this.#storage.get<{ paused: number }>('SELECT paused FROM library_state')
    return row.ok ? ok(row.value?.paused === 1) : row
  }

  async setPaused(paused: boolean): Promise<Result<void>> {
    return this.#write([{ sql: 'UPDATE library_state SET paused = ?', parameters: [Number(paused)] }])
  }

  async #first(where: string, parameters: readonly SqlValue[]): Promise<Result<LibraryFile | undefined>> {
    const sql = `SELECT ${fileColumns} FROM library_files AS file WHERE ${where} LIMIT 1`
    const row = await this.#storage.get<unknown>(sql, parameters)
    if (!row.ok) return row
    return ok(row.value === undefined ? undefined : fileOf(row.value))
  }

  async #write(statements: readonly Statement[]): Promise<Result<void>> {
    const written = await this.#storage.transaction(statements)
    return written.ok ? ok(undefined) : written
  }
}

/** Of the files that share a text the first is `ready`, the others are `duplicate`, and the text goes by the first's name. */
function tidy(documentId: string): readonly Statement[] {
  const first = `(SELECT min(number) FROM library_files WHERE document_id = ? AND state IN ('ready', 'duplicate'))`
  return [
    {
      sql: `UPDATE library_files SET state = iif(number = ${first}, 'ready', 'duplicate')
        WHERE document_id = ? AND state IN ('ready', 'duplicate')`,
      parameters: [documentId, documentId],
    },
    {
      sql: `UPDATE documents SET (path, name) = (SELECT path, name FROM library_files WHERE number = ${first})
        WHERE id = ? AND EXISTS (SELECT 1 FROM library_files WHERE number = ${first})
          AND NOT EXISTS (SELECT 1 FROM library_files WHERE path = documents.path AND document_id = documents.id
            AND state <> 'missing')`,
      parameters: [documentId, documentId, documentId],
    },
  ]
}

function conditions({ folderId, format, state, name }: FileFilter): { where: string; parameters: readonly SqlValue[] } {
  const parts: (readonly [string, string])[] = []
  if (folderId !== undefined) parts.push(['file.folder_id = ?', folderId])
  if (state !== undefined) parts.push(['file.state = ?', state])
  if (format !== undefined) parts.push(['(SELECT format FROM documents WHERE id = file.document_id) = ?', format])
  if (name !== undefined && name !== '') parts.push(['instr(lower(file.name), lower(?)) > 0', name])
  const where = parts.length === 0 ? '' : `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`
  return { where, parameters: parts.map(([, value]) => value) }
}
