// The arithmetic under every figure of the benches.
import { describe, expect, test } from 'vitest'
import { figure, median, passes, rateAfterFirst, ratio } from '../../bench/logic/statistics.ts'

describe('median', () => {
  test('is the middle of an odd count, in any order', () => expect(median([9, 1, 5])).toBe(5))
  test('is the mean of the two in the middle of an even count', () => expect(median([4, 1, 3, 100])).toBe(3.5))
  test('of nothing is no number', () => expect(median([])).toBeNaN())
})

test('a figure keeps the median, the extremes and the number of rounds', () => {
  expect(figure('speed', 'ms', [3, 1, 2])).toEqual({
    name: 'speed',
    unit: 'ms',
    value: 2,
    least: 1,
    greatest: 3,
    rounds: 3,
  })
})

test('a ratio is taken round by round, not from the medians', () => {
  const rounds = [
    { own: 1, bare: 2 },
    { own: 10, bare: 10 },
    { own: 3, bare: 2 },
  ]
  const mark = { kind: 'at-least', value: 0.95 } as const
  const { value, least, greatest } = ratio('own / bare', rounds, ['own', 'bare'], mark)
  // The medians, 3 and 2, would say 1.5.
  expect([value, least, greatest]).toEqual([1, 0.5, 1.5])
})

describe('a mark', () => {
  test('at least: the value itself still passes', () => {
    const mark = { kind: 'at-least', value: 0.95 } as const
    expect([0.949, 0.95, 1].map((value) => passes({ value, mark }))).toEqual([false, true, true])
  })
  test('at most: the value itself still passes', () => {
    const mark = { kind: 'at-most', value: 0.08 } as const
    expect([0.07, 0.08, 0.081].map((value) => passes({ value, mark }))).toEqual([true, true, false])
  })
  test('is never reached by what is no number', () => {
    expect(passes({ value: Number.NaN, mark: { kind: 'at-most', value: 1 } })).toBe(false)
    expect(passes({ value: Number.NaN, mark: { kind: 'at-least', value: 0 } })).toBe(false)
  })
  test('where there is none nothing fails', () => expect(passes({ value: Number.NaN })).toBe(true))
})

describe('the rate at a receiver', () => {
  test('counts what came after the first piece over the time since it', () => {
    const pieces = [
      { at: 1000, tokens: 5 },
      { at: 1500, tokens: 10 },
      { at: 2000, tokens: 20 },
    ]
    expect(rateAfterFirst(pieces)).toBe(30)
  })
  test('is unknown when all came at once, or nothing', () => {
    expect(rateAfterFirst([{ at: 1, tokens: 9 }])).toBeNull()
    expect(rateAfterFirst([])).toBeNull()
  })
})
