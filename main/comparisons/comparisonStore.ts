// The SQL of comparisons and their changes.
import type { Change, ChangeKind, Comparison } from '#contract/comparison.ts'
import { ok, type Result } from '#contract/result.ts'
import type { SqlValue, Statement, Storage } from '../storage/storage.ts'

type Row = { readonly body: string; readonly before_outdated: number; readonly after_outdated: number }

/** Changes stored by one statement, as one JSON list. */
const changesAtOnce = 500

/** A document is outdated when its text was read anew, or a newer file of its name and place came in after the comparison. */
function outdated(side: 'before' | 'after'): string {
  return `(SELECT own.characters <> json_extract(c.body, '$.${side}.characters') OR EXISTS (
      SELECT 1 FROM documents AS newer WHERE newer.segments >= 0 AND newer.path = own.path AND newer.name = own.name
        AND newer.sha256 <> own.sha256 AND newer.added_at > c.created_at)
    FROM documents AS own WHERE own.id = c.${side}_id) AS ${side}_outdated`
}

const COLUMNS = `c.body, ${outdated('before')}, ${outdated('after')}`

/** Reads and writes comparisons; failures are those of `Storage`. */
export class ComparisonStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Keeps a comparison in place of an earlier one of the same pair, all or nothing; nothing where a document is gone. */
  async keep(comparison: Comparison, changes: readonly Change[]): Promise<Result<boolean>> {
    const { id, before, after, createdAt } = comparison
    const pair = [before.documentId, after.documentId]
    const written = await this.#storage.transaction([
      { sql: 'DELETE FROM comparisons WHERE before_id = ? AND after_id = ?', parameters: pair },
      {
        sql: `INSERT INTO comparisons (id, before_id, after_id, body, created_at) SELECT ?, one.id, other.id, ?, ?
              FROM documents AS one, documents AS other WHERE one.id = ? AND other.id = ?`,
        parameters: [id, JSON.stringify(comparison), createdAt, ...pair],
      },
      ...insertions(id, changes),
    ])
    return written.ok ? ok((written.value[1]?.changes ?? 0) > 0) : written
  }

  async get(id: string): Promise<Result<Comparison | undefined>> {
    return this.#first('c.id = ?', [id])
  }

  async ofPair(beforeId: string, afterId: string): Promise<Result<Comparison | undefined>> {
    return this.#first('c.before_id = ? AND c.after_id = ?', [beforeId, afterId])
  }

  /** Comparisons of a document, or all; newest first. */
  async list(documentId?: string): Promise<Result<readonly Comparison[]>> {
    const rows = await this.#storage.all<Row>(
      `SELECT ${COLUMNS} FROM comparisons AS c ${documentId === undefined ? '' : 'WHERE ? IN (c.before_id, c.after_id)'}
       ORDER BY c.created_at DESC, c.rowid DESC`,
      documentId === undefined ? [] : [documentId],
    )
    return rows.ok ? ok(rows.value.map(comparisonOf)) : rows
  }

  /** A window of changes in reading order, of some kinds or all. */
  async changes(id: string, from: number, count: number, kinds?: readonly ChangeKind[]): Promise<Result<Change[]>> {
    const rows = await this.#storage.all<{ body: string }>(
      `SELECT body FROM comparison_changes WHERE comparison_id = ?
       ${kinds === undefined ? '' : 'AND kind IN (SELECT value FROM json_each(?))'} ORDER BY position LIMIT ? OFFSET ?`,
      [id, ...(kinds === undefined ? [] : [JSON.stringify(kinds)]), count, from],
    )
    return rows.ok ? ok(rows.value.map(({ body }) => JSON.parse(body) as Change)) : rows // as: written by keep above
  }

  /** Forgets a comparison; answers whether there was one. */
  async remove(id: string): Promise<Result<boolean>> {
    const written = await this.#storage.run('DELETE FROM comparisons WHERE id = ?', [id])
    return written.ok ? ok(written.value.changes > 0) : written
  }

  async #first(where: string, parameters: readonly SqlValue[]): Promise<Result<Comparison | undefined>> {
    const row = await this.#storage.get<Row>(`SELECT ${COLUMNS} FROM comparisons AS c WHERE ${where}`, parameters)
    if (!row.ok) return row
    return ok(row.value === undefined ? undefined : comparisonOf(row.value))
  }
}

function insertions(id: string, changes: readonly Change[]): Statement[] {
  const parts = Math.ceil(changes.length / changesAtOnce)
  return Array.from({ length: parts }, (_, part) => ({
    sql: `INSERT INTO comparison_changes (comparison_id, position, kind, body)
          SELECT kept.id, json_extract(each.value, '$.position'), json_extract(each.value, '$.kind'), each.value
          FROM comparisons AS kept, json_each(?) AS each WHERE kept.id = ?`,
    parameters: [JSON.stringify(changes.slice(part * changesAtOnce, (part + 1) * changesAtOnce)), id],
  }))
}

function comparisonOf(row: Row): Comparison {
  const comparison = JSON.parse(row.body) as Comparison // as: written by keep above from a Comparison
  return {
    ...comparison,
    before: { ...comparison.before, outdated: row.before_outdated === 1 },
    after: { ...comparison.after, outdated: row.after_outdated === 1 },
  }
}
