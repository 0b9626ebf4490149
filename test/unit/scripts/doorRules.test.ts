// A broken rule is told for what it is: a way out, or the order of the house.
import { expect, test } from 'vitest'
import { importFindings, lintFindings } from '../../../scripts/doorRules.ts'

const counted = '1691 modules, 7007 dependencies'

test('import rules: what opens a way out, what does not, and what is not shipped', () => {
  const lines = [
    counted,
    'no-cycles: main/models/a.ts → main/models/b.ts',
    'rooms-show-their-service: main/questions/a.ts → main/documents/library/b.ts',
    'rooms-show-their-service: main/questions/a.ts → main/egress/dispatcher.ts',
    'network-only-at-the-door: main/chat/a.ts → node:net',
    'a-rule-that-came-later: main/chat/a.ts → main/jobs/b.ts',
    'network-only-at-the-door: test/fakes/a.ts → node:net',
    'not read: main/chat/new.ts',
  ]
  expect(importFindings(lines.join('\n'))).toEqual({ door: [...lines.slice(3, 6), lines[7]], order: lines.slice(1, 3) })
})

test('output without a count is a finding, also when it is empty', () => {
  expect(importFindings('')).toEqual({ door: ['the modules were not counted'], order: [] })
  expect(importFindings(`${counted}\n`)).toEqual({ door: [], order: [] })
})

test('lint: globals, imports and back doors count, style does not, and a file nobody could read does', () => {
  const message = (ruleId: string | null, text: string) => ({ ruleId, line: 1, message: text })
  const files = [
    {
      filePath: 'a.ts',
      messages: [
        message('no-restricted-globals', 'The network is behind main/egress.'),
        message('no-restricted-syntax', 'Modules come in by import, where the rules see them. (no-back-door)'),
        message('no-restricted-syntax', 'No barrels: import from the file that declares it. (no-barrel)'),
        message('max-lines-per-function', 'Too long.'),
        message(null, 'Parsing error'),
      ],
    },
  ]
  expect(lintFindings(files)).toEqual({
    door: [
      'a.ts:1 The network is behind main/egress.',
      'a.ts:1 Modules come in by import, where the rules see them. (no-back-door)',
      'a.ts:1 Parsing error',
    ],
    order: ['a.ts:1 No barrels: import from the file that declares it. (no-barrel)', 'a.ts:1 Too long.'],
  })
})
