// Encrypted copies of the database taken before a migration, kept for a stated number of days.
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from './connection.ts'
import type { Connection } from './driver.ts'
import { renameDurably } from './durableFile.ts'
import { countRows } from './migrate.ts'

/** Days a snapshot is kept; what was deleted since is gone from it too after that. */
export const snapshotDays = 30

const snapshotName = /^(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z)-before-.+\.db(\.partial)?$/

/**
 * Writes `backups/<time>-before-<migration>.db` under the same key, reads it back and compares its row counts. `now` is
 * ISO 8601 UTC; the file name has `-` for `:`. Answers whether the copy is sound; throws the driver's and the file
 * system's errors. No half-written snapshot stays.
 */
export function takeSnapshot(
  connection: Connection,
  folder: string,
  key: Uint8Array,
  migration: string,
  now: string,
): boolean {
  const backups = join(folder, 'backups')
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  const path = join(backups, `${now.replaceAll(':', '-')}-before-${migration}.db`)
  const partial = `${path}.partial`
  rmSync(partial, { force: true })
  try {
    connection.prepare('VACUUM INTO ?').run(partial)
    chmodSync(partial, 0o600)
    if (!holdsTheSame(connection, partial, key)) {
      rmSync(partial, { force: true })
      return false
    }
    flush(partial)
    renameDurably(partial, path)
    return true
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Removes snapshots older than `snapshotDays`, and unfinished ones; leaves every file it did not name itself. */
export function pruneSnapshots(folder: string, now: string): void {
  const oldest = new Date(Date.parse(now) - snapshotDays * 86_400_000).toISOString().replaceAll(':', '-')
  const backups = join(folder, 'backups')
  for (const name of namesIn(backups)) {
    const match = snapshotName.exec(name)
    if (match?.[1] !== undefined && (match[1] < oldest || match[2] !== undefined)) rmSync(join(backups, name))
  }
}

function holdsTheSame(connection: Connection, file: string, key: Uint8Array): boolean {
  const copy = connect(file, key, 'read')
  try {
    const copied = countRows(copy)
    const counts = countRows(connection)
    return copied.size === counts.size && [...counts].every(([name, rows]) => copied.get(name) === rows)
  } finally {
    copy.close()
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // no folder, no snapshots
  }
}
