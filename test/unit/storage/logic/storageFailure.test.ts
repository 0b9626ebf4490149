// Codes of SQLite and the file system, and the failures they become.
import { expect, test } from 'vitest'
import { storageFailure } from '../../../../main/storage/logic/storageFailure.ts'

const folder = '/data'

test.each([
  ['SQLITE_FULL', 'disk-full'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
  ['SQLITE_READONLY', 'data-read-only'],
  ['SQLITE_READONLY_DIRECTORY', 'data-read-only'],
  ['EROFS', 'data-read-only'],
  ['EACCES', 'data-read-only'],
  ['SQLITE_NOTADB', 'data-corrupt'],
  ['SQLITE_CORRUPT', 'data-corrupt'],
  ['SQLITE_CORRUPT_VTAB', 'data-corrupt'],
])('%s is %s', (code, expected) => {
  expect(storageFailure(code, folder)).toEqual({ code: expected, details: { folder } })
})

test.each([
  'SQLITE_IOERR_READ',
  'SQLITE_CANTOPEN',
  'SQLITE_BUSY',
  'SQLITE_READONLY_DBMOVED',
  'EIO',
  'ENOTDIR',
  'ESTALE',
])('%s puts the data out of reach, and is the reason', (code) => {
  expect(storageFailure(code, folder)).toEqual({ code: 'data-unreachable', details: { folder, reason: code } })
})

test.each(['SQLITE_ERROR', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_FULLER', 'TypeError', 'unknown', ''])(
  '%s is a bug and no failure of the disk',
  (code) => {
    expect(storageFailure(code, folder)).toBeNull()
  },
)
