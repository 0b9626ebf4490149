// Meaning helps a reworded statement to its source, and never outweighs a number, a name, a date or a no.
import { expect, test } from 'vitest'
import { align } from '../../../../main/text/logic/alignment.ts'
import { alignBySense, cosine, mayBeReworded } from '../../../../main/text/logic/sense.ts'
import { indexSources } from '../../../../main/text/logic/sourceIndex.ts'

const index = indexSources([
  'The crew of nine people mended the northern wall before the storm came.',
  'Nobody has ever complained about the noise of the mill.',
])
const near = new Float32Array([1, 0.1])
const places = [
  { position: 0, vector: new Float32Array([1, 0]) },
  { position: 1, vector: new Float32Array([0, 1]) },
]

test('other words, the same meaning', () => {
  const changed = 'A crew of 12 mended the rampart before bad weather came.'
  expect(mayBeReworded(align(index, changed))).toBe(false)
  const plain = 'Repairs at the rampart were done ahead of bad weather.'
  expect(mayBeReworded(align(index, plain))).toBe(true)
  expect(alignBySense(index, plain, near, places)).toEqual({
    positions: [0],
    score: cosine(near, new Float32Array([1, 0])),
    supported: true,
    support: 'close',
    notes: [],
  })
})

test('a fact against it stays against it, however close the meaning', () => {
  const changed = alignBySense(index, 'Twelve workers repaired the rampart ahead of bad weather.', near, places)
  expect(changed).toMatchObject({ supported: false, support: 'partly', notes: [{ kind: 'number', said: 'Twelve' }] })
})

test('what is not close is not taken', () => {
  expect(alignBySense(index, 'Whales sing.', new Float32Array([0.7, 0.7]), places)).toBeNull()
  expect(cosine(new Float32Array([0, 0]), near)).toBe(0)
  expect(cosine(new Float32Array([1]), near)).toBe(0)
})
