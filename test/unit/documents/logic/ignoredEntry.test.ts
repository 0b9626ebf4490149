// What a folder's scan passes by.
import { expect, test } from 'vitest'
import { ignoredBecause, type EntryKind } from '../../../../main/documents/logic/ignoredEntry.ts'

test.each<[string, EntryKind, ReturnType<typeof ignoredBecause>]>([
  ['report.pdf', 'file', null],
  ['README', 'file', null],
  ['Ünïcode 中.md', 'file', null],
  ['papers', 'folder', null],
  ['build.zipped', 'folder', null],
  ['.git', 'folder', 'hidden'],
  ['.profile', 'file', 'hidden'],
  ['node_modules', 'folder', 'program-folder'],
  ['node_modules', 'file', null],
  ['$RECYCLE.BIN', 'folder', 'program-folder'],
  ['~$Vertrag.docx', 'file', 'temporary'],
  ['.~lock.notes.odt#', 'file', 'temporary'],
  ['film.mp4.crdownload', 'file', 'temporary'],
  ['notes.txt~', 'file', 'temporary'],
  ['Thumbs.db', 'file', 'temporary'],
  ['photo.JPG', 'file', 'no-document'],
  ['archive.zip', 'file', 'no-document'],
  ['anything', 'link', 'link'],
  ['pipe', 'special', 'special'],
])('%s (%s): %s', (name, kind, reason) => {
  expect(ignoredBecause(name, kind, 10, 100)).toBe(reason)
})

test('only files are too large', () => {
  expect(ignoredBecause('a.txt', 'file', 101, 100)).toBe('too-large')
  expect(ignoredBecause('a.txt', 'file', 100, 100)).toBe(null)
  expect(ignoredBecause('a', 'folder', 101, 100)).toBe(null)
})
