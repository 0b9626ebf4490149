// Which number of map sequences pays, by what was measured.
import { expect, test } from 'vitest'
import { assumedSequences, bestSequences, type SequenceSpeed } from '../../../../main/inference/logic/mapSequences.ts'

function speeds(...measured: (readonly [number, number])[]): SequenceSpeed[] {
  return measured.map(([sequences, tokensPerSecond]) => ({ sequences, tokensPerSecond }))
}

test('more sequences are taken only when they are a tenth faster', () => {
  expect(bestSequences(speeds([1, 40], [2, 20], [4, 30], [8, 43]))).toEqual({ sequences: 1, tokensPerSecond: 40 })
  expect(bestSequences(speeds([1, 40], [2, 20], [4, 30], [8, 45]))).toEqual({ sequences: 8, tokensPerSecond: 45 })
  expect(bestSequences(speeds([1, 40], [4, 90], [8, 95]))).toEqual({ sequences: 4, tokensPerSecond: 90 })
  expect(bestSequences([])).toBe(null)
})

test('until it was measured: one on a processor, four with layers on a GPU', () => {
  expect([assumedSequences(0), assumedSequences(1)]).toEqual([1, 4])
})
