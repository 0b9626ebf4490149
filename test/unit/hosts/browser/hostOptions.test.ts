// The browser host's command line: what is asked for, and what does not fit.
import { expect, test } from 'vitest'
import { readHostOptions } from '../../../../main/hosts/browser/hostOptions.ts'

const usual = { data: null, window: true, keep: false }

test.each([
  [[], usual],
  [['--no-window', '--keep'], { data: null, window: false, keep: true }],
  [['--data', '/d'], { ...usual, data: '/d' }],
  [['--data=--odd'], { ...usual, data: '--odd' }],
])('%j', (argv, options) => {
  expect(readHostOptions(argv)).toEqual({ kind: 'run', options })
})

test.each([
  [['--data'], '--data'],
  [['--data', '--keep'], '--data'],
  [['--data='], '--data'],
  [['--keep=yes'], '--keep'],
  [['--windows'], '--windows'],
  [['--constructor'], '--constructor'],
  [['file.pdf'], 'file.pdf'],
])('%j does not fit', (argv, argument) => {
  expect(readHostOptions(argv)).toEqual({ kind: 'wrong', argument })
})

test('help is help', () => {
  expect(readHostOptions(['-h'])).toEqual({ kind: 'help' })
})
