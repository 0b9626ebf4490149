// Whether a sentence holds the kind of thing that was asked for.
import { describe, expect, test } from 'vitest'
import { holdsKind } from '../../../../main/questions/logic/answerKind.ts'

describe('a time', () => {
  test.each([
    'The gate is closed at seven.',
    'The office is open from nine to five.',
    'Reports are due by twelve.',
    'Breakfast is served at half past one.',
    'Die Sitzung beginnt um acht.',
    'Besuch ist von neun bis zwölf erlaubt.',
    'Nach zwei Wochen wird geliefert.',
    'Die Tür wird um halb eins geöffnet.',
  ])('%s', (sentence) => {
    expect(holdsKind(sentence, 'time')).toBe(true)
  })
})

describe('no time', () => {
  test.each([
    'Der Vertrag wird von einem Notar beurkundet.',
    'It was signed by one of the partners.',
    'Nach einer Beratung stimmt der Rat ab.',
    'It was signed by two witnesses.',
    'Er wird von drei Zeugen unterschrieben.',
    'The sum was reduced by half.',
    'Das Gebäude steht vor einem Platz.',
  ])('%s', (sentence) => {
    expect(holdsKind(sentence, 'time')).toBe(false)
  })
})
