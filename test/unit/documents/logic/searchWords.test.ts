// Queries as people type them, and where their words stand in a text.
import { describe, expect, test } from 'vitest'
import { fullTextExpression, matchesIn, searchTerms } from '../../../../main/documents/logic/searchWords.ts'

function found(text: string, query: string): readonly string[] {
  return matchesIn(text, searchTerms(query)).map(({ start, end }) => text.slice(start, end))
}

describe('searchTerms', () => {
  test('nothing to look for', () => {
    expect(['', '  ', '"', '*?()', '""'].map((query) => searchTerms(query))).toEqual([[], [], [], [], []])
  })

  test('nothing typed acts as an operator', () => {
    expect(fullTextExpression(searchTerms('a OR b* NOT text:c'))).toBe(
      ['a', 'or', 'b', 'not', 'text', 'c'].map((word) => `(text : ("${word}" *))`).join(' AND '),
    )
  })

  test('German spellings count as the same', () => {
    expect(fullTextExpression(searchTerms('Straße'))).toBe('(text : ("straße" * OR "strasse" *))')
    expect(fullTextExpression(searchTerms('Müller'))).toBe('(text : ("muller" * OR "mueller" *))')
    expect(fullTextExpression(searchTerms('Mueller'))).toBe('(text : ("mueller" * OR "muller"))')
  })

  test('a phrase is words as they are, one after the other', () => {
    expect(fullTextExpression(searchTerms('"Good  Morning" all'))).toBe(
      '(text : "good morning") AND (text : ("all" *))',
    )
    expect(fullTextExpression(searchTerms('„Guten Morgen“'))).toBe('(text : "guten morgen")')
    expect(fullTextExpression(searchTerms('"never closed'))).toBe('(text : "never closed")')
  })

  test('writing without spaces is looked for character by character', () => {
    expect(fullTextExpression(searchTerms('中国 report'))).toBe('(unspaced : "中 国") AND (text : ("report" *))')
    expect(fullTextExpression(searchTerms('ไทย'))).toBe('(unspaced : "ไ ท ย")')
  })

  test('at most sixteen terms', () => {
    expect(searchTerms('a b c d e f g h i j k l m n o p q r s')).toHaveLength(16)
  })
})

describe('matchesIn', () => {
  test('beginnings, marks on letters, upper case', () => {
    expect(found('Verträge und VERTRAG, kein Vetrag', 'vertrag')).toEqual(['Verträge', 'VERTRAG'])
  })

  test('decomposed letters', () => {
    expect(found('Mu\u0308ller', 'müller')).toEqual(['Mu\u0308ller'])
    expect(found('Müller', 'mueller')).toEqual(['Müller'])
  })

  test('“blue” is no beginning of a word with ü', () => {
    expect(found('blühen blu blue', 'blue')).toEqual(['blu', 'blue'])
  })

  test('phrases, and runs that overlap', () => {
    expect(found('one two three one, two', '"one two"')).toEqual(['one two', 'one, two'])
    expect(found('东东东', '东东')).toEqual(['东东', '东东'])
  })
})
