// References between parts: they lead to parts, or nowhere.
import { expect, test } from 'vitest'
import { nameProblem, resolvePart } from '../../../../main/documents/reader/archive/partNames.ts'

test.each([
  ['word/document.xml', 'styles.xml', 'word/styles.xml'],
  ['word/document.xml', '/word/styles.xml', 'word/styles.xml'],
  ['word/document.xml', '../docProps/core.xml', 'docProps/core.xml'],
  ['book/a.opf', 'text/c%201.xhtml#part', 'book/text/c 1.xhtml'],
  ['word/document.xml', '../../etc/passwd', null],
  ['word/document.xml', 'file:///etc/passwd', null],
  ['word/document.xml', 'HTTP://example.org/a', null],
  ['word/document.xml', '//host/share', null],
  ['word/document.xml', '..\\..\\a', null],
  ['word/document.xml', '%zz', null],
  ['word/document.xml', '#only', null],
])('%s → %s is %s', (from, reference, part) => {
  expect(resolvePart(from, reference)).toBe(part)
})

test('names that point elsewhere', () => {
  expect(['a/b.xml', 'a..b', '...', 'a/./b'].map(nameProblem)).toEqual([false, false, false, false])
  expect(['/a', '..', 'a/../b', 'c:/a', '', 'a\0'].map(nameProblem)).toEqual([true, true, true, true, true, true])
})
