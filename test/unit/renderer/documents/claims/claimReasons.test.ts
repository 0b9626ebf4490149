// Why a sentence needs checking, how many there are of each degree, and what is left when only those are shown.
import { expect, test } from 'vitest'
import type { Claim } from '#contract/summary.ts'
import { onlyClaims } from '../../../../../renderer/features/documents/claims/claimLayout.ts'
import { reasonsOf, supportOf, tallyOf } from '../../../../../renderer/features/documents/claims/claimReasons.ts'
import { wordsOf } from '../../../../browser/words.ts'

const say = wordsOf('en')

function claim(changes: Partial<Claim>): Claim {
  return { text: 'A.', locators: [], supported: true, score: 1, ...changes }
}

test.each([
  [claim({ support: 'verbatim', notes: [] }), []],
  [
    claim({ supported: false, support: 'partly', notes: [{ kind: 'number', said: '14' }] }),
    ['The number 14 is not in the passage'],
  ],
  [
    claim({
      supported: false,
      support: 'partly',
      notes: [
        { kind: 'date', said: '3 May' },
        { kind: 'splice', said: '' },
      ],
    }),
    ['The date 3 May is not in the passage', 'Pieces of two statements are run into one'],
  ],
  [claim({ supported: false, support: 'partly', notes: [] }), ['Only part of it is in the passage']],
  [claim({ supported: false, support: 'none', notes: [] }), ['Not found in the document']],
  // Made before there were degrees.
  [claim({ supported: false, score: 0.2 }), ['Not found in the document']],
])('%j', (made, reasons) => {
  expect(reasonsOf(made, say)).toEqual(reasons)
})

test('every kind of note has a sentence in both languages', () => {
  for (const kind of ['number', 'unit', 'date', 'name', 'negation', 'splice', 'foreign'] as const) {
    for (const language of ['en', 'de'] as const) {
      const [reason] = reasonsOf(claim({ supported: false, notes: [{ kind, said: 'X' }] }), wordsOf(language))
      expect(reason).not.toContain('{{')
    }
  }
})

test('degrees are counted; what is older has only two', () => {
  const claims = [
    claim({ support: 'verbatim' }),
    claim({ support: 'close' }),
    claim({}),
    claim({ supported: false, support: 'partly' }),
    claim({ supported: false }),
  ]
  expect(tallyOf(claims)).toEqual({ verbatim: 1, close: 2, check: 2 })
  expect(claims.map(supportOf)).toEqual(['verbatim', 'close', 'close', 'partly', 'none'])
})

test('only what is wanted stands on the page, and nothing empty', () => {
  const blocks = [
    { kind: 'paragraph', claims: [0, 1] },
    { kind: 'paragraph', claims: [2] },
    { kind: 'list', items: [[3, 4], [5]] },
  ] as const
  expect(onlyClaims(blocks, (at) => at === 1 || at === 5)).toEqual([
    { kind: 'paragraph', claims: [1] },
    { kind: 'list', items: [[5]] },
  ])
})
