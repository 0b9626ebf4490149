// When a word of a text answers a word of the question.
import { describe, expect, test } from 'vitest'
import { keysOf } from '../../../../main/questions/logic/foldedWords.ts'
import { matcherOf, type QuestionLanguage } from '../../../../main/questions/logic/wordKeys.ts'

function strength(asked: string, found: string, language: QuestionLanguage): number {
  return matcherOf(keysOf(asked)[0] ?? '', language)(keysOf(found)[0] ?? '')
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
  ] as const)('%s finds %s (%s)', (asked, found, language, expected) => {
    expect(strength(asked, found, language)).toBe(expected)
  })
})
