// Queries are words, never operators; snippets are plain text with ranges.
import { expect, test } from 'vitest'
import { fullTextQuery, parseSnippet } from '../../../../main/chat/logic/searchQuery.ts'

test('every word must be there, as a beginning; nothing typed is an operator', () => {
  expect(fullTextQuery('  Hafen bericht ')).toBe('"Hafen"* "bericht"*')
  expect(fullTextQuery('"a" OR b) NEAR(c* -d text:e ^f \u0000g')).toBe(
    '"a"* "OR"* "b"* "NEAR"* "c"* "d"* "text"* "e"* "f"* "g"*',
  )
  expect(fullTextQuery('größe café')).toBe('"größe"* "café"*')
  expect(fullTextQuery(' -- "" * ')).toBeNull()
  expect(fullTextQuery('w '.repeat(400))?.split(' ')).toHaveLength(16)
})

test('marks become ranges; stray marks in the text are dropped', () => {
  expect(parseSnippet('…the \u0001harbour\u0002 of\n\u0001Harbour\u0002 Row')).toEqual({
    text: '…the harbour of Harbour Row',
    marks: [
      { start: 5, end: 12 },
      { start: 16, end: 23 },
    ],
  })
  expect(parseSnippet('a\u0002b\u0001\u0002c\u0001d')).toEqual({ text: 'abcd', marks: [] })
})
