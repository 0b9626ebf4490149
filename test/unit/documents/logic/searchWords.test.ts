// Queries as people type them, and where their words stand in a text.
import { describe, expect, test } from 'vitest'
import { canGoOn, fullTextExpression, matchesIn, searchTerms } from '../../../../main/documents/logic/searchWords.ts'

function open(query: string): string {
  return fullTextExpression(searchTerms(query), () => true)
}

function found(text: string, query: string): readonly string[] {
  return matchesIn(text, searchTerms(query)).map(({ start, end }) => text.slice(start, end))
}

describe('searchTerms', () => {
  test('nothing to look for', () => {
    expect(['', '  ', '"', '*?()', '""'].map((query) => searchTerms(query))).toEqual([[], [], [], [], []])
  })

  test('nothing typed acts as an operator', () => {
    expect(open('a OR b* NOT text:c')).toBe(
      ['a', 'or', 'b', 'not', 'text', 'c'].map((word) => `(text : ("${word}" *))`).join(' AND '),
    )
  })

  test('German spellings count as the same', () => {
    expect(open('Straße')).toBe('(text : ("straße" * OR "strasse" *))')
    expect(open('Müller')).toBe('(text : ("muller" * OR "mueller" *))')
    expect(open('Mueller')).toBe('(text : ("mueller" * OR "muller"))')
  })

  test('words as they are, where that is asked', () => {
    const terms = searchTerms('Straße of')
    expect(fullTextExpression(terms, (index) => index === 1)).toBe(
      '(text : ("straße" OR "strasse")) AND (text : ("of" *))',
    )
    expect(searchTerms('on "as is" 中').map(canGoOn)).toEqual([true, false, false])
  })

  test('a phrase is words as they are, one after the other', () => {
    expect(open('"Good  Morning" all')).toBe('(text : "good morning") AND (text : ("all" *))')
    expect(open('„Guten Morgen“')).toBe('(text : "guten morgen")')
    expect(open('"never closed')).toBe('(text : "never closed")')
  })

  test('writing without spaces is looked for character by character', () => {
    expect(open('中国 report')).toBe('(unspaced : "中 国") AND (text : ("report" *))')
    expect(open('ไทย')).toBe('(unspaced : "ไ ท ย")')
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
