// What a question says does not make an answer true: facts the passages deny stay marked, harmless repetition does not.
import { expect, test } from 'vitest'
import { claimsOfStatements } from '../../../../main/questions/logic/answerClaims.ts'
import { atOnce } from '../../../../main/text/logic/steps.ts'
import { indexExcerpts } from '../../../../main/questions/logic/excerptIndex.ts'
import type { Found } from '../../../../main/questions/logic/passages.ts'

const lines = [
  'The tenant must give notice in writing within sixty days of the event.',
  'Smoking on the balcony is allowed at any hour of the day.',
  'The proposal of the committee was approved by the board in spring.',
]
const index = atOnce(
  indexExcerpts([
    {
      documentId: 'lease',
      documentName: 'lease.txt',
      title: null,
      position: 0,
      segments: lines.map((text, at) => ({
        text,
        kind: 'paragraph',
        locator: { kind: 'lines', from: at + 1, to: at + 1 },
      })),
    },
  ]),
)
const found: readonly Found[] = lines.map((text, at) => ({
  passage: {
    number: at + 1,
    documentId: 'lease',
    documentName: 'lease.txt',
    position: at,
    segments: 1,
    locators: [{ kind: 'lines', from: at + 1, to: at + 1 }],
    text,
    best: { start: 0, end: text.length, locators: [{ kind: 'lines', from: at + 1, to: at + 1 }] },
    score: 1,
  },
  lines: [at],
  best: at,
}))

test.each([
  [
    'Must notice be given in writing within thirty days?',
    'The tenant must give notice in writing within thirty days of the event.',
    1,
    false,
    'number',
  ],
  [
    'Is smoking on the balcony not allowed?',
    'Smoking on the balcony is not allowed at any hour of the day.',
    2,
    false,
    'negation',
  ],
  [
    'Was the proposal rejected by the board?',
    'The proposal of the committee was rejected by the board in spring.',
    3,
    false,
    'negation',
  ],
  [
    'Was the proposal approved by the board?',
    'The proposal of the committee was approved by the board in spring.',
    3,
    true,
    undefined,
  ],
  [
    'Is the balcony a place where anybody may light a cigarette and smoke?',
    'Anybody may light a cigarette and smoke: smoking on the balcony is allowed.',
    2,
    true,
    undefined,
  ],
])('%s', (question, text, passage, supported, note) => {
  const [claim] = claimsOfStatements(index, found, [{ text, quotes: [passage] }], question)
  expect([claim?.supported, claim?.notes?.[0]?.kind]).toEqual([supported, note])
})
