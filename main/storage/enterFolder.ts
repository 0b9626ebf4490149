// The first step into a data folder: is it there, may we write, are we alone, what lies in it.
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { failureOf, ok, type Result } from '#contract/result.ts'
import { takeFolderLock, type FolderLock } from './folderLock.ts'
import { databaseFile } from './openDatabase.ts'
import type { Entrance, FolderMode } from './storageProtocol.ts'

/** What was found, and the lock of an owner (null beside one). */
export type Entered = { readonly entrance: Entrance; readonly lock: FolderLock | null }

const { R_OK, W_OK, X_OK } = constants

/**
 * Enters a data folder. An owner makes it (mode 0700) where it is missing and takes its lock; `beside` changes nothing.
 * Fails with `data-in-use` or `data-unreachable` (no folder, or not ours to read); throws the file system's errors.
 */
export function enterFolder(folder: string, mode: FolderMode): Result<Entered> {
  if (mode === 'own') makeFolder(folder)
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return ok({ entrance: { state: 'absent', keys: null, data: false }, lock: null })
  if (!found.isDirectory()) return unreachable(folder, 'ENOTDIR')
  if (!isAllowed(folder, R_OK | X_OK)) return unreachable(folder, 'EACCES')
  if (mode === 'beside') return look(folder, null)

  accessSync(folder, W_OK)
  const lock = takeFolderLock(folder)
  if (!lock.ok) return lock
  try {
    const entered = look(folder, lock.value)
    if (!entered.ok) lock.value.release()
    return entered
  } catch (error) {
    lock.value.release()
    throw error
  }
}

/** Where the key slots of a data folder lie. */
export function keysFile(folder: string): string {
  return join(folder, 'keys.json')
}

/** Asks the nearest folder that exists first, because a recursive `mkdir` answers ENOENT on a read-only volume. */
function makeFolder(folder: string): void {
  let existing = folder
  while (statSync(existing, { throwIfNoEntry: false }) === undefined && dirname(existing) !== existing) {
    existing = dirname(existing)
  }
  if (existing === folder) return
  if (statSync(existing).isDirectory()) accessSync(existing, W_OK)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

function look(folder: string, lock: FolderLock | null): Result<Entered> {
  const file = keysFile(folder)
  const present = statSync(file, { throwIfNoEntry: false }) !== undefined
  if (present && !isAllowed(file, R_OK)) return unreachable(folder, 'EACCES')
  const keys = present ? readFileSync(file, 'utf8') : null
  return ok({ entrance: { state: 'ready', keys, data: holdsData(folder) }, lock })
}

function holdsData(folder: string): boolean {
  const database = databaseFile(folder)
  const files = [database, `${database}-wal`]
  return files.some((file) => statSync(file, { throwIfNoEntry: false }) !== undefined) || holdsBackups(folder)
}

function holdsBackups(folder: string): boolean {
  const backups = join(folder, 'backups')
  return statSync(backups, { throwIfNoEntry: false })?.isDirectory() === true && readdirSync(backups).length > 0
}

function isAllowed(path: string, access: number): boolean {
  try {
    accessSync(path, access)
    return true
  } catch {
    return false
  }
}

function unreachable(folder: string, reason: string): Result<never> {
  return { ok: false, failure: failureOf('data-unreachable', { folder, reason }) }
}
