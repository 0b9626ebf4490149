// Documents and their segments in the database: the SQL, and the parsing of what it gives back.
import { z } from 'zod'
import { coverage, documentFormat, locator, segment } from '#contract/document.ts'
import type { Coverage, DocumentRecord, Segment } from '#contract/document.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Statement, Storage } from '../storage/storage.ts'
import { unspacedCharacters } from './logic/unspacedText.ts'

/** `segments` of a document that is still being read; such rows are invisible to everyone but the one who adds them. */
const BEING_READ = -1

/** Segments forgotten in one write. */
const FORGOTTEN_AT_ONCE = 200

const COLUMNS = 'id, name, path, sha256, format, bytes, characters, segments, title, coverage, added_at, opened_at'

const documentRow = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  sha256: z.string(),
  format: documentFormat,
  bytes: z.number(),
  characters: z.number(),
  segments: z.number(),
  title: z.string().nullable(),
  coverage: z.string(),
  added_at: z.string(),
  opened_at: z.string(),
})

const segmentRow = z.object({ text: z.string(), locator: z.string(), kind: segment.shape.kind.unwrap().nullable() })

/** A document when its reading begins. */
export type NewDocument = Pick<DocumentRecord, 'id' | 'name' | 'path' | 'sha256' | 'format' | 'bytes'> & {
  readonly addedAt: string
  /** Read in the background: nobody has opened it yet. */
  readonly unopened: boolean
}

/** What is known of a document when its reading is complete. */
export type ReadDocument = Pick<DocumentRecord, 'characters' | 'segments' | 'title' | 'coverage'>

/** Reads and writes documents. All methods fail as `Storage` does; a row that does not parse is a bug and rejects. */
export class DocumentStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Every complete document a person has opened or added, last opened first. */
  async list(): Promise<Result<readonly DocumentRecord[]>> {
    const rows = await this.#storage.all<unknown>(
      `SELECT ${COLUMNS} FROM documents WHERE segments >= 0 AND NOT unopened ORDER BY opened_at DESC, rowid DESC`,
    )
    return rows.ok ? ok(rows.value.map(recordOf)) : rows
  }

  async get(id: string): Promise<Result<DocumentRecord | undefined>> {
    return this.#first('id = ?', [id])
  }

  /** The document with these bytes at this place under this name; what was uploaded has the empty path. */
  async find(sha256: string, path: string, name: string): Promise<Result<DocumentRecord | undefined>> {
    return this.#first('sha256 = ? AND path = ? AND name = ?', [sha256, path, name])
  }

  /** The document with these bytes, wherever they lie; the one known longest. */
  async findBytes(sha256: string): Promise<Result<DocumentRecord | undefined>> {
    return this.#first('sha256 = ? ORDER BY added_at, id LIMIT 1', [sha256])
  }

  /** A text read in the background goes by the place a person chose, if nobody has opened it yet. */
  async adopt(sha256: string, path: string, name: string): Promise<Result<void>> {
    const sql = 'UPDATE documents SET path = ?, name = ? WHERE sha256 = ? AND unopened AND segments >= 0'
    return this.#write([{ sql, parameters: [path, name, sha256] }])
  }

  async touch(id: string, openedAt: string): Promise<Result<void>> {
    const sql = 'UPDATE documents SET opened_at = ?, unopened = 0 WHERE id = ?'
    return this.#write([{ sql, parameters: [openedAt, id] }])
  }

  /** Begins a document; it stays invisible until `complete`. */
  async begin(document: NewDocument): Promise<Result<void>> {
    const { id, name, path, sha256, format, bytes, addedAt, unopened } = document
    const sql = `INSERT INTO documents (${COLUMNS}, unopened)
      VALUES (?, ?, ?, ?, ?, ?, 0, ${BEING_READ}, NULL, '', ?, ?, ?)`
    return this.#write([
      { sql, parameters: [id, name, path, sha256, format, bytes, addedAt, addedAt, Number(unopened)] },
    ])
  }

  /** Adds segments from `position`, all or none of them. */
  async append(id: string, position: number, segments: readonly Segment[]): Promise<Result<void>> {
    return this.#write(insertions(id, position, segments))
  }

  /** Puts another text in the place of a document's own, all or nothing: its segments get numbers of their own again. */
  async replace(id: string, segments: readonly Segment[], covered: Coverage): Promise<Result<void>> {
    const characters = segments.reduce((sum, { text }) => sum + text.length, 0)
    const sql = `UPDATE documents SET segments = ?, characters = ?, coverage = ?,
      first_segment = (SELECT min(number) FROM segments WHERE document_id = documents.id),
      last_segment = (SELECT max(number) FROM segments WHERE document_id = documents.id) WHERE id = ?`
    return this.#write([
      { sql: 'DELETE FROM segments WHERE document_id = ?', parameters: [id] },
      ...insertions(id, 0, segments),
      { sql, parameters: [segments.length, characters, JSON.stringify(covered), id] },
    ])
  }

  /**
   * Makes a begun document visible; answers false, with nothing changed, when the same one is there by now: one with these
   * bytes at this place, and for what is read in the background one with these bytes anywhere.
   */
  async complete(id: string, read: ReadDocument): Promise<Result<boolean>> {
    const sql = `UPDATE documents SET characters = ?, segments = ?, title = ?, coverage = ? WHERE id = ?
      AND NOT EXISTS (SELECT 1 FROM documents AS twin WHERE twin.segments >= 0 AND twin.sha256 = documents.sha256
        AND (documents.unopened OR (twin.path, twin.name) = (documents.path, documents.name)))`
    const written = await this.#storage.run(sql, [
      read.characters,
      read.segments,
      read.title,
      JSON.stringify(read.coverage),
      id,
    ])
    return written.ok ? ok(written.value.changes > 0) : written
  }

  /** Forgets a document with all that hangs on it; answers whether there was one. */
  async remove(id: string): Promise<Result<boolean>> {
    const written = await this.#storage.run('DELETE FROM documents WHERE id = ?', [id])
    return written.ok ? ok(written.value.changes > 0) : written
  }

  /**
   * Forgets documents for good: invisible at once, then their text and index in small steps, so that others get a turn,
   * then the log the database keeps of its writes. What a crash or the signal leaves of it is `removeLeftovers`' to finish.
   */
  async forget(ids: readonly string[], signal?: AbortSignal): Promise<Result<void>> {
    if (ids.length === 0) return ok(undefined)
    const marked = await this.#storage.run(
      `UPDATE documents SET segments = ${BEING_READ} WHERE id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    )
    if (!marked.ok) return marked
    for (const id of ids) {
      for (let more = true; more;) {
        if (signal?.aborted === true) return ok(undefined)
        const sql = `DELETE FROM segments WHERE number IN (SELECT number FROM segments WHERE document_id = ? LIMIT ?)`
        const deleted = await this.#storage.run(sql, [id, FORGOTTEN_AT_ONCE])
        if (!deleted.ok) return deleted
        more = deleted.value.changes === FORGOTTEN_AT_ONCE
      }
      const removed = await this.remove(id)
      if (!removed.ok) return removed
    }
    const cleaned = await this.#storage.all('PRAGMA wal_checkpoint(TRUNCATE)')
    return cleaned.ok ? ok(undefined) : cleaned
  }

  /** Clears away what a process that died left half read, but for the documents being read now. */
  async removeLeftovers(beingRead: readonly string[], signal?: AbortSignal): Promise<Result<void>> {
    const left = await this.#storage.all<{ id: string }>(
      `SELECT id FROM documents WHERE segments = ${BEING_READ} AND id NOT IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(beingRead)],
    )
    return left.ok
      ? this.forget(
          left.value.map(({ id }) => id),
          signal,
        )
      : left
  }

  /** Segments by position, `from` counting from 0; `limit` -1 means all. */
  async segments(id: string, from: number, limit: number): Promise<Result<readonly Segment[]>> {
    const sql =
      'SELECT text, locator, kind FROM segments WHERE document_id = ? AND position >= ? ORDER BY position LIMIT ?'
    const rows = await this.#storage.all<unknown>(sql, [id, from, limit])
    return rows.ok ? ok(rows.value.map(segmentOf)) : rows
  }

  async #first(where: string, parameters: readonly string[]): Promise<Result<DocumentRecord | undefined>> {
    const row = await this.#storage.get<unknown>(
      `SELECT ${COLUMNS} FROM documents WHERE segments >= 0 AND ${where}`,
      parameters,
    )
    if (!row.ok) return row
    return ok(row.value === undefined ? undefined : recordOf(row.value))
  }

  async #write(statements: readonly Statement[]): Promise<Result<void>> {
    const written = await this.#storage.transaction(statements)
    return written.ok ? ok(undefined) : written
  }
}

function insertions(id: string, position: number, segments: readonly Segment[]): Statement[] {
  const sql = 'INSERT INTO segments (document_id, position, text, unspaced, locator, kind) VALUES (?, ?, ?, ?, ?, ?)'
  return segments.map(({ text, locator: place, kind }, index) => ({
    sql,
    parameters: [id, position + index, text, unspacedCharacters(text), JSON.stringify(place), kind ?? null],
  }))
}

function recordOf(value: unknown): DocumentRecord {
  const { added_at: addedAt, opened_at: openedAt, coverage: covered, ...row } = documentRow.parse(value)
  return { ...row, coverage: coverage.parse(JSON.parse(covered)), addedAt, openedAt }
}

function segmentOf(value: unknown): Segment {
  const { text, locator: place, kind } = segmentRow.parse(value)
  const known = { text, locator: locator.parse(JSON.parse(place)) }
  return kind === null ? known : { ...known, kind }
}
