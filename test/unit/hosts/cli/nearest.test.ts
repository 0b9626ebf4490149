// What may have been meant: near words are found, far ones are not guessed.
import { expect, test } from 'vitest'
import { nearest } from '../../../../main/hosts/cli/nearest.ts'

const words = ['summarize', 'ask', 'extract', 'search', 'models', 'jobs']

test.each([
  ['sumarize', 'summarize'],
  ['summarise', 'summarize'],
  ['SEARCH', 'search'],
  ['serach', 'search'],
  ['modles', 'models'],
  ['job', 'jobs'],
  ['as', null],
  ['print', null],
  ['', null],
])('%j: %j', (word, meant) => {
  expect(nearest(word, words)).toBe(meant)
})
