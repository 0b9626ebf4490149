// Brings a database to this build's schema in one transaction, and refuses what it does not know.
import type { Connection } from './driver.ts'
import type { Migration } from './storageProtocol.ts'

// Decisions
// - All pending migrations share one transaction: with one each, a failure in the second would leave a schema that the
//   previous version refuses. Row counts are compared before COMMIT, so a loss is undone by ROLLBACK and the file is
//   never swapped; the snapshot taken before stays as a second safety.
// - Foreign keys are off while it runs (a table rebuild drops the old table, which would cascade) and checked at the end.

/** Where a database stands against the known migrations. `unknown` is the first applied id this build does not have. */
export type Standing = {
  readonly unknown: string | null
  readonly pending: readonly Migration[]
  readonly empty: boolean
}

/** Reads where the database stands; changes nothing. */
export function standingOf(connection: Connection, known: readonly Migration[]): Standing {
  const tables = tableNames(connection)
  const applied = tables.includes('migrations')
    ? connection.prepare('SELECT id FROM migrations ORDER BY id').pluck().all().map(String)
    : []
  const knownIds = new Set(known.map(({ id }) => id))
  return {
    unknown: applied.find((id) => !knownIds.has(id)) ?? null,
    pending: known.filter(({ id }) => !applied.includes(id)),
    empty: tables.length === 0,
  }
}

/**
 * Applies `pending`, all or nothing. Answers the tables that would have lost rows or gone without the migration saying
 * so, or whose references no longer hold; then nothing was changed. Empty: done. Throws the driver's errors, likewise
 * with nothing changed.
 */
export function applyMigrations(connection: Connection, pending: readonly Migration[], now: string): readonly string[] {
  connection.pragma('foreign_keys = OFF')
  try {
    connection.exec('BEGIN IMMEDIATE')
    const before = countRows(connection)
    connection.exec('CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT')
    for (const { id, sql } of pending) {
      connection.exec(sql)
      connection.prepare('INSERT INTO migrations (id, applied_at) VALUES (?, ?)').run(id, now)
    }
    const lost = [...shrunk(before, countRows(connection), pending), ...orphaned(connection)]
    connection.exec(lost.length === 0 ? 'COMMIT' : 'ROLLBACK')
    return lost
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

/** Rows by table, for ordinary tables (a full-text index's own tables may shrink at will). */
export function countRows(connection: Connection): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of tableNames(connection)) {
    const count = connection
      .prepare(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)
      .pluck()
      .get()
    counts.set(name, Number(count))
  }
  return counts
}

function tableNames(connection: Connection): string[] {
  const sql = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`
  return connection.prepare(sql).pluck().all().map(String)
}

function shrunk(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  applied: readonly Migration[],
): string[] {
  const allowed = new Set(applied.flatMap(({ shrinks }) => shrinks ?? []))
  return [...before]
    .filter(([name, rows]) => !allowed.has(name) && (after.get(name) ?? -1) < rows)
    .map(([name]) => name)
}

function orphaned(connection: Connection): string[] {
  return connection.prepare('PRAGMA foreign_key_check').pluck().all().map(String)
}
