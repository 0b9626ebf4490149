// When a word of a text answers a word of the question.
import { describe, expect, test } from 'vitest'
import { keysOf } from '../../../../main/questions/logic/foldedWords.ts'
import { matcherOf, type QuestionLanguage, type WordKind } from '../../../../main/questions/logic/wordKeys.ts'

function strength(asked: string, found: string, language: QuestionLanguage, kind: WordKind = 'thing'): number {
  return matcherOf(keysOf(asked)[0] ?? '', language, kind)(keysOf(found)[0] ?? '')
}

describe('kinship of words', () => {
  test.each([
    ['tenants', 'tenant', 'en', 1],
    ['begin', 'began', 'en', 1],
    ['start', 'begins', 'en', 0.8],
    ['settlement', 'settled', 'en', 0.75],
    ['cat', 'category', 'en', 0],
    ['contract', 'contrast', 'en', 0],
    ['Häuser', 'Hauser', 'de', 1],
    ['Straße', 'Strasse', 'de', 1],
    ['kündigen', 'Kündigung', 'de', 0.8],
    ['reinigen', 'Reinigung', 'de', 0.75],
    ['Frist', 'Kündigungsfrist', 'de', 0.75],
    ['Kündigungsfrist', 'Frist', 'de', 0.5],
    ['Miete', 'Pacht', 'de', 0.8],
    ['1,200', '1200', 'en', 1],
    ['1200', '120', 'en', 0],
    ['Gehalt', 'Lohn', 'de', 0.8],
  ] as const)('%s finds %s (%s)', (asked, found, language, expected) => {
    expect(strength(asked, found, language)).toBe(expected)
  })

  test.each([
    ['fegt', 'gefegt', 0.75],
    ['fegen', 'fegten', 0.75],
    ['gefegt', 'fegen', 0.75],
    ['bietet', 'bieten', 0.75],
    ['bietet', 'Gebiet', 0],
    ['halten', 'Gehalt', 0],
    ['halten', 'gehalten', 1],
    ['richten', 'Gericht', 0],
  ] as const)('what is done has the forms of a verb: %s finds %s', (asked, found, expected) => {
    expect(strength(asked, found, 'de', 'act')).toBe(expected)
  })

  test.each([
    ['Gehalt', 'halten'],
    ['Gebiet', 'bietet'],
    ['Gericht', 'richten'],
    ['Garten', 'garen'],
    ['Karten', 'Karst'],
    ['Gefahr', 'fahren'],
  ])('a thing is no form of a verb: %s is not %s', (asked, found) => {
    expect(strength(asked, found, 'de')).toBe(0)
  })
})
