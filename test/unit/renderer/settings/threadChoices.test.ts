// Numbers of threads that are offered: automatic first, never fewer than what is set.
import { expect, test } from 'vitest'
import { threadChoices } from '../../../../renderer/features/settings/threadChoices.ts'

test.each([
  [2, 0, [0, 1, 2]],
  [6, 0, [0, 1, 2, 3, 4, 5, 6]],
  [20, 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20]],
  [4, 10, [0, 1, 2, 3, 4, 10]],
  [0, 0, [0, 1]],
])('%i cores, %i set', (cores, current, expected) => {
  expect(threadChoices(cores, current)).toEqual(expected)
})
