// Restarts: how many, how soon, and when the count begins anew.
import { expect, test } from 'vitest'
import { restartPolicy, restartWait } from '../../../../main/inference/logic/restartBudget.ts'

test('three in five minutes, waiting longer each time, then none', () => {
  const waits = [[], [0], [0, 10], [0, 10, 20]].map((earlier) => restartWait(earlier, 100, restartPolicy))
  expect(waits).toEqual([0, 500, 2000, null])
})

test('after the window the first is at once again', () => {
  expect(restartWait([0, 10, 20], 300_000, restartPolicy)).toBe(2000)
  expect(restartWait([0, 10, 20], 300_020, restartPolicy)).toBe(0)
})
