// Ranges of numbers made few without losing a number, and cursors.
import { describe, expect, test } from 'vitest'
import {
  cursorOf,
  fewRanges,
  placeOf,
  searchStart,
  type NumberRange,
} from '../../../../main/documents/logic/numberRanges.ts'
import { seededRandom } from '../../../acceptance/seededRandom.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)

describe('fewRanges', () => {
  test('highest first, neighbours joined', () => {
    expect(
      fewRanges(
        [
          { first: 10, last: 19 },
          { first: 30, last: 39 },
          { first: 20, last: 29 },
        ],
        5,
      ),
    ).toEqual([{ first: 10, last: 39 }])
  })

  test('the smallest gaps go', () => {
    const ranges = [
      { first: 1, last: 2 },
      { first: 5, last: 6 },
      { first: 100, last: 101 },
    ]
    expect(fewRanges(ranges, 2)).toEqual([
      { first: 100, last: 101 },
      { first: 1, last: 6 },
    ])
    expect(fewRanges(ranges, 1)).toEqual([{ first: 1, last: 101 }])
  })

  test(`covers every number, in order, and is few (seed ${seed})`, () => {
    const random = seededRandom(seed)
    for (let round = 0; round < 200; round += 1) {
      const ranges: NumberRange[] = Array.from({ length: Math.floor(random() * 40) }, () => {
        const first = Math.floor(random() * 500)
        return { first, last: first + Math.floor(random() * 10) }
      })
      const most = 1 + Math.floor(random() * 8)
      const few = fewRanges(ranges, most)
      const covers = (number: number) => few.some(({ first, last }) => first <= number && number <= last)
      expect(few.length).toBeLessThanOrEqual(Math.max(most, 0))
      expect(ranges.every(({ first, last }) => covers(first) && covers(last))).toBe(true)
      expect(few.slice(1).every(({ last }, index) => last < (few[index]?.first ?? 0))).toBe(true)
    }
  })
})

test('a cursor comes back as the place it was made from; anything else is the start', () => {
  expect(placeOf(cursorOf({ phase: 1, below: 4711, skip: 30 }))).toEqual({ phase: 1, below: 4711, skip: 30 })
  expect(placeOf(cursorOf(searchStart))).toEqual(searchStart)
  expect([null, '', 'x', '1', '-1.2', '2.2.3', '1.2.3.4'].map(placeOf)).toEqual(
    Array.from({ length: 7 }, () => searchStart),
  )
})
