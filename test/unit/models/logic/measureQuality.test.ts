// Facts kept and numbers made up, and the set they are looked for in.
import { expect, test } from 'vitest'
import { countQuality } from '../../../../main/models/logic/measureQuality.ts'
import { speedOf } from '../../../../main/models/logic/measureSpeed.ts'
import { readGoldenSet, textsFor } from '../../../../main/models/machine/measureGolden.ts'
import { createFakeHost } from '../../../fakes/fakeHost.ts'

const set = await readGoldenSet(createFakeHost().paths.resources)

test('a text kept whole keeps every fact and invents nothing: the set is sound', () => {
  expect(new Set(set.texts.map(({ id }) => id)).size).toBe(6)
  for (const { id, text, facts } of set.texts) {
    const counted = countQuality([{ text, facts, summary: text, complete: true }])
    expect({ id, ...counted }).toEqual({ id, texts: 1, facts: 6, kept: 6, invented: 0, unusable: 0 })
    // No text gives away the facts of another.
    const others = set.texts.filter((other) => other.id !== id)
    for (const other of others) {
      const { kept } = countQuality([{ text, facts: other.facts, summary: text, complete: true }])
      expect({ id, other: other.id, kept: kept <= 1 }).toEqual({ id, other: other.id, kept: true })
    }
  }
})

test('other spellings count, parts of longer words and numbers do not', () => {
  const text = 'The pump gave 7,400 litres and cost 38 euros.'
  const facts = [['7,400', '7400'], ['38 euros', '€38'], ['pump']]
  const count = (summary: string) => countQuality([{ text, facts, summary, complete: true }])
  expect(count('7400 litres; €38, by PUMP')).toMatchObject({ kept: 3, invented: 0 })
  expect(count('138 euros')).toMatchObject({ kept: 0, invented: 1 })
  expect(count('1. The pumps gave 7 400 litres.\n2. They cost 39 euros.')).toMatchObject({ kept: 1, invented: 1 })
  expect(count('')).toMatchObject({ kept: 0, invented: 0, unusable: 1 })
})

test('a model is measured on texts in its languages; one that names none, on all', () => {
  expect(textsFor(set, ['en']).map(({ language }) => language)).toEqual(['en', 'en', 'en', 'en'])
  expect(textsFor(set, [])).toHaveLength(6)
  expect(textsFor(set, ['fr'])).toHaveLength(6)
})

test('speed is tokens over time; too few tokens tell nothing', () => {
  expect(
    speedOf([
      { tokens: 30, milliseconds: 1000 },
      { tokens: 10, milliseconds: 1000 },
    ]),
  ).toBe(20)
  expect(speedOf([{ tokens: 15, milliseconds: 10 }])).toBeNull()
  expect(speedOf([])).toBeNull()
})
