// Which passage comes first, and which piece of it is shown.
import { describe, expect, test } from 'vitest'
import { passageScore, snippetOf } from '../../../../main/documents/logic/searchRanking.ts'
import { matchesIn, searchTerms } from '../../../../main/documents/logic/searchWords.ts'

function score(text: string, query: string, kind: string | null = 'paragraph'): number {
  const terms = searchTerms(query)
  return passageScore(text, kind, matchesIn(text, terms), terms.length)
}

function snippet(text: string, query: string) {
  return snippetOf(text, matchesIn(text, searchTerms(query)))
}

describe('passageScore', () => {
  test('whole words before beginnings', () => {
    expect(score('the harbour of old', 'harbour')).toBeGreaterThan(score('the harbourer of it', 'harbour'))
  })

  test('words that stand together before words far apart', () => {
    const far = `ship ${'and something else '.repeat(20)} harbour`
    const near = `ship harbour ${'and something else '.repeat(20)}`
    expect(score(near, 'ship harbour')).toBeGreaterThan(score(far, 'ship harbour'))
  })

  test('headings and short passages first', () => {
    expect(score('Harbour', 'harbour', 'heading')).toBeGreaterThan(score('Harbour', 'harbour'))
    expect(score('Harbour dues', 'harbour')).toBeGreaterThan(score(`Harbour ${'dues '.repeat(300)}`, 'harbour'))
  })
})

describe('snippetOf', () => {
  test('a short text whole, its white space made single characters', () => {
    expect(snippet('One harbour\nand two', 'harbour')).toEqual({
      text: 'One harbour and two',
      marks: [{ start: 4, end: 11 }],
    })
  })

  test('of a long text the piece with most of the words, cut at words', () => {
    const text = `${'alpha beta '.repeat(60)}gamma delta ${'alpha beta '.repeat(60)}`
    const shown = snippet(text, 'gamma delta')
    expect(shown.marks.map(({ start, end }) => shown.text.slice(start, end))).toEqual(['gamma', 'delta'])
    expect(shown.text).toMatch(/^…(?:alpha|beta) .*gamma delta.* (?:alpha|beta)…$/)
    expect(shown.text.length).toBeLessThan(280)
  })

  test('marks that touch or overlap are one', () => {
    expect(snippet('东东东', '东东')).toEqual({ text: '东东东', marks: [{ start: 0, end: 3 }] })
  })

  test('never cuts a character in two', () => {
    const shown = snippet('😀'.repeat(300) + 'end', 'end')
    expect(shown.text.isWellFormed()).toBe(true)
  })

  test('without a match, the opening', () => {
    expect(snippet('Just text', 'zebra')).toEqual({ text: 'Just text', marks: [] })
  })
})
