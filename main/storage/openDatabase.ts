// Opens the database of a data folder: creates it whole, checks it, migrates it, or reads beside its owner.
import { accessSync, chmodSync, constants, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail, ok, type Result } from '#contract/result.ts'
import { connect } from './connection.ts'
import type { Connection } from './driver.ts'
import { renameDurably } from './durableFile.ts'
import { applyMigrations, standingOf } from './migrate.ts'
import { pruneSnapshots, takeSnapshot } from './snapshots.ts'
import type { Migration, OpenReport } from './storageProtocol.ts'

// Decisions
// - A new database is made under another name, migrated, closed and renamed. So an empty `sotto.db`, or a WAL without
//   its database, is never a new start: it is damage, and answered as such.
// - The first look at an existing file is through a read-only connection: what this build does not know, or what is
//   damaged, is left byte for byte as it was.
// - Every page carries an authentication code, so `quick_check` also finds flipped bytes. It runs on databases up to
//   `checkedBytes` and after an unclean end.

/** Databases up to this size are checked whenever they are opened; larger ones after an unclean end only. */
export const checkedBytes = 32 * 1024 * 1024

/** A database that answers, and how it was found. `dispose` closes it and removes what was made for it. */
export type OpenedDatabase = {
  readonly connection: Connection
  readonly report: OpenReport
  dispose(): void
}

/** What opening needs: 32 key bytes, this build's migrations, the time as ISO 8601 UTC. */
export type OpenOptions = {
  readonly folder: string
  readonly key: Uint8Array
  readonly migrations: readonly Migration[]
  readonly now: string
}

/** An empty database in memory with every migration applied. */
export function openInMemory(migrations: readonly Migration[], now: string, state: 'open' | 'absent'): OpenedDatabase {
  const connection = connect(':memory:', null, 'write')
  applyMigrations(connection, migrations, now)
  return opened(connection, { state, applied: migrations.length, checked: false })
}

/** Opens as the one owner (who holds the folder's lock); `unclean` says that the owner before did not close. */
export function openOwned(options: OpenOptions, unclean: boolean): Result<OpenedDatabase> {
  const { folder, key, migrations, now } = options
  const file = databaseFile(folder)
  const bytes = sizeOf(file)
  const walBytes = sizeOf(`${file}-wal`) ?? 0
  if (bytes === 0 || (bytes === undefined && walBytes > 0)) return fail('data-corrupt', { folder })
  const checked = bytes !== undefined && (unclean || walBytes > 0 || bytes <= checkedBytes)
  if (bytes === undefined) createDatabase(file, options)
  else {
    const sound = inspect(file, options, checked)
    if (!sound.ok) return sound
    accessSync(file, constants.W_OK)
  }

  const connection = connect(file, key, 'write')
  try {
    connection.pragma('journal_mode = WAL')
    const { pending, empty } = standingOf(connection, migrations)
    const next = pending[0]
    if (next !== undefined) {
      const safe = empty || takeSnapshot(connection, folder, key, next.id, now)
      if (!safe || applyMigrations(connection, pending, now).length > 0) {
        connection.close()
        return fail('data-corrupt', { folder })
      }
    }
    pruneSnapshots(folder, now)
    const applied = bytes === undefined ? migrations.length : pending.length
    return ok(opened(connection, { state: 'open', applied, checked }))
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Opens for reading beside a possible owner; `behind` when the owner's work (migrating) comes first. */
export function openBeside(options: OpenOptions): Result<OpenedDatabase> {
  const { folder, key, migrations, now } = options
  const file = databaseFile(folder)
  const bytes = sizeOf(file)
  if (bytes === undefined) return ok(openInMemory(migrations, now, 'absent'))
  if (bytes === 0) return fail('data-corrupt', { folder })
  const copy = isWritable(folder) ? null : copyAside(file)
  try {
    const connection = connect(copy === null ? file : databaseFile(copy), key, copy === null ? 'read' : 'write')
    return standingBeside(opened(connection, { state: 'open', applied: 0, checked: false }, copy), migrations)
  } catch (error) {
    removeCopy(copy)
    throw error
  }
}

function standingBeside(database: OpenedDatabase, migrations: readonly Migration[]): Result<OpenedDatabase> {
  const { connection, report, dispose } = database
  try {
    if (!connection.readonly) connection.pragma('query_only = ON')
    const { unknown, pending } = standingOf(connection, migrations)
    if (unknown === null)
      return ok(pending.length === 0 ? database : { ...database, report: { ...report, state: 'behind' } })
    dispose()
    return fail('data-newer', { found: unknown, supported: newest(migrations) })
  } catch (error) {
    dispose()
    throw error
  }
}

/** Where the database of a data folder lies. */
export function databaseFile(folder: string): string {
  return join(folder, 'sotto.db')
}

function createDatabase(file: string, { key, migrations, now }: OpenOptions): void {
  const fresh = `${file}.new`
  for (const leftover of [fresh, `${fresh}-journal`, `${fresh}-wal`]) rmSync(leftover, { force: true })
  const connection = connect(fresh, key, 'write')
  try {
    chmodSync(fresh, 0o600)
    applyMigrations(connection, migrations, now)
  } finally {
    connection.close()
  }
  renameDurably(fresh, file)
}

function inspect(file: string, { folder, key, migrations }: OpenOptions, thorough: boolean): Result<void> {
  const connection = connect(file, key, 'read')
  try {
    const { unknown } = standingOf(connection, migrations)
    if (unknown !== null) return fail('data-newer', { found: unknown, supported: newest(migrations) })
    if (thorough && connection.pragma('quick_check(1)', { simple: true }) !== 'ok')
      return fail('data-corrupt', { folder })
    return ok(undefined)
  } finally {
    connection.close()
  }
}

/** SQLite cannot read a WAL database where it may create no files; a private copy, still encrypted, can be read. */
function copyAside(file: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'sotto-beside-'))
  copyFileSync(file, databaseFile(copy))
  if (sizeOf(`${file}-wal`) !== undefined) copyFileSync(`${file}-wal`, `${databaseFile(copy)}-wal`)
  for (const name of [databaseFile(copy), `${databaseFile(copy)}-wal`]) {
    if (sizeOf(name) !== undefined) chmodSync(name, 0o600)
  }
  return copy
}

function opened(connection: Connection, report: OpenReport, copy: string | null = null): OpenedDatabase {
  function dispose(): void {
    connection.close()
    removeCopy(copy)
  }
  return { connection, report, dispose }
}

function removeCopy(copy: string | null): void {
  if (copy !== null) rmSync(copy, { recursive: true, force: true })
}

function newest(migrations: readonly Migration[]): string {
  return migrations.at(-1)?.id ?? ''
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
