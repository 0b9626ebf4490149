// What a summary did not read, and why: ranges of units the model was not shown, and what stands after a limit.
import { expect, test } from 'vitest'
import type { Coverage, Segment } from '#contract/document.ts'
import { coverageOf } from '../../../../main/summaries/logic/coverage.ts'

const segments = [1, 2, 3, 4, 5].map((page): Segment => ({
  text: `Page ${page}.`,
  locator: { kind: 'page', page, start: 0, end: 7 },
}))
const whole: Coverage = { unit: 'page', total: 5, read: 5, withoutText: [] }

test('all shown: nothing was skipped, and nothing is said of it', () => {
  expect(coverageOf(whole, segments, new Set([0, 1, 2, 3, 4]))).toEqual(whole)
})

test('what was not shown, neighbours together', () => {
  expect(coverageOf(whole, segments, new Set([0, 3]))).toEqual({
    ...whole,
    read: 2,
    skipped: [
      { from: 2, to: 3, why: 'not-shown' },
      { from: 5, to: 5, why: 'not-shown' },
    ],
  })
})

test('what stands after a limit comes last', () => {
  const cut: Coverage = { ...whole, total: 9, read: 5, leftOut: ['rest'] }
  expect(coverageOf(cut, segments, new Set([0, 1, 2, 3])).skipped).toEqual([
    { from: 5, to: 5, why: 'not-shown' },
    { from: 6, to: 9, why: 'limit' },
  ])
})
