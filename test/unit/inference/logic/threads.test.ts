// Thread counts: the default, what is measured, and what wins.
import { expect, test } from 'vitest'
import { bestThreads, defaultThreads, threadCandidates } from '../../../../main/inference/logic/threads.ts'

test.each([
  [1, 1],
  [2, 1],
  [4, 3],
  [9, 8],
  [64, 8],
])('%i cores give %i threads', (cores, threads) => {
  expect(defaultThreads(cores)).toBe(threads)
})

test.each([
  [1, [1]],
  [2, [1, 2]],
  [8, [1, 7, 8]],
  [32, [1, 8]],
])('%i cores: measured are %j', (cores, candidates) => {
  expect(threadCandidates(cores)).toEqual(candidates)
})

test('more threads win only when they are a tenth faster', () => {
  const at = (threads: number, tokensPerSecond: number) => ({ threads, tokensPerSecond })
  expect(bestThreads([at(1, 100), at(3, 105)])).toEqual(at(1, 100))
  expect(bestThreads([at(1, 100), at(3, 180), at(4, 190)])).toEqual(at(3, 180))
  expect(bestThreads([at(1, 390), at(2, 78)])).toEqual(at(1, 390))
  expect(bestThreads([])).toEqual(at(1, 0))
})
