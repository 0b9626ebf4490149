// The arguments of `npm start --`.
import { expect, test } from 'vitest'
import { readStartOptions } from '../../../scripts/startOptions.ts'

const usual = { help: false, cli: false, file: null, host: null, forHost: [] }

test.each([
  [[], usual],
  [['--host=browser'], { ...usual, host: 'browser' }],
  [['--no-window', '--keep'], { ...usual, forHost: ['--no-window', '--keep'] }],
  [['--data', 'mine'], { ...usual, forHost: ['--data', '/home/me/mine'] }],
  [['--cli'], { ...usual, cli: true }],
  [['--cli', 'a.pdf'], { ...usual, cli: true, file: '/home/me/a.pdf' }],
])('%j', (argv, options) => {
  expect(readStartOptions(argv, '/home/me')).toEqual(options)
})

test.each([[['--host=teletype']], [['a.pdf']], [['--cli', 'a.pdf', 'b.pdf']], [['--colour']], [['--data']]])(
  '%j does not fit',
  (argv) => {
    expect(readStartOptions(argv, '/')).toEqual({ wrong: expect.stringMatching(/\S/) as string }) // as: vitest types matchers as any
  },
)
