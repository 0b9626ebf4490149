// The heaviest chain by its weight, and at no cost for how far down a document it lies.
import { expect, test } from 'vitest'
import { heaviestChain, type Pair } from '../../../../main/comparisons/logic/heaviestChain.ts'

const pairs: readonly Pair[] = [
  { a: 0, b: 3, weight: 2 },
  { a: 1, b: 1, weight: 2 },
  { a: 2, b: 2, weight: 2 },
  { a: 2, b: 4, weight: 5 },
  { a: 3, b: 0, weight: 3 },
]

test('rises on both sides and weighs most', () => {
  expect(heaviestChain(pairs)).toEqual([pairs[0], pairs[3]])
  expect(heaviestChain([])).toEqual([])
})

test('a chain far down a document is found like one at its beginning, with no room for all that is above', () => {
  const far = pairs.map((pair) => ({ ...pair, b: pair.b + 4_000_000_000 }))
  expect(heaviestChain(far)).toEqual([far[0], far[3]])
})
