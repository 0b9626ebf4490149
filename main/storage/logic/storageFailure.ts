// Translates what SQLite and the file system report into the failures of the data folder, once, by code.
import type { Failure } from '#contract/failures.ts'
import { failureOf } from '#contract/result.ts'

const full = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'])
const readOnly = new Set(['EACCES', 'EROFS', 'EPERM', 'SQLITE_PERM'])
const unreachable = new Set([
  'EBUSY',
  'EEXIST',
  'EHOSTDOWN',
  'EIO',
  'EISDIR',
  'ELOOP',
  'EMFILE',
  'ENAMETOOLONG',
  'ENFILE',
  'ENODEV',
  'ENOENT',
  'ENOTCONN',
  'ENOTDIR',
  'ENXIO',
  'ESTALE',
  'ETIMEDOUT',
  'SQLITE_NOLFS',
  'SQLITE_PROTOCOL',
  'SQLITE_READONLY_DBMOVED',
])
const unreachableFamilies = ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_BUSY', 'SQLITE_LOCKED'] as const

/**
 * The failure an `error.code` stands for, or null when the code means a bug (a bad statement, a broken constraint).
 * `SQLITE_BUSY` past the busy timeout is `data-unreachable`: some foreign program holds the file. The code itself is
 * the reason, so that nothing of a message (which may quote SQL or a path) travels on.
 */
export function storageFailure(code: string, folder: string): Failure | null {
  if (full.has(code)) return failureOf('disk-full', { folder })
  if (unreachable.has(code)) return failureOf('data-unreachable', { folder, reason: code })
  if (readOnly.has(code) || inFamily(code, 'SQLITE_READONLY')) return failureOf('data-read-only', { folder })
  if (code === 'SQLITE_NOTADB' || inFamily(code, 'SQLITE_CORRUPT')) return failureOf('data-corrupt', { folder })
  if (unreachableFamilies.some((family) => inFamily(code, family))) {
    return failureOf('data-unreachable', { folder, reason: code })
  }
  return null
}

function inFamily(code: string, family: string): boolean {
  return code === family || code.startsWith(`${family}_`)
}
