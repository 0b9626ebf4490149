// Sentences of one document that cannot both be true, and many that only look like it.
import { expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { findContradictions, searchContradictions } from '../../../../main/text/logic/contradictions.ts'
import { splitSentences } from '../../../../main/text/logic/sentences.ts'
import { readClaimDocuments } from '../../../fixtures/claims/claimDocuments.ts'

function sentences(texts: readonly string[], kind: Segment['kind'] = 'paragraph'): ReturnType<typeof splitSentences> {
  const segments = texts.map((text, at): Segment => ({
    text,
    kind,
    locator: { kind: 'lines', from: at + 1, to: at + 1 },
  }))
  return splitSentences(segments)
}

test.each([
  [
    'number',
    'The bank holds the deposit of 8,250 pounds.',
    'The bank holds the deposit of 8,520 pounds for the tenant.',
  ],
  ['date', 'The exhibition on peat opens on 16 March 2024.', 'The exhibition on peat opens on 16 May 2024.'],
  ['negation', 'The tenant may store gas bottles in the yard.', 'The tenant may not store gas bottles in the yard.'],
  ['number', 'Die Kaution für die Wohnung beträgt 3.420 Euro.', 'Die Kaution für die Wohnung beträgt 3.240 Euro.'],
])('%s: both places, in reading order', (kind, first, second) => {
  expect(findContradictions(sentences([first, 'The yard is large.', second]))).toEqual([
    {
      kind,
      a: { text: first, locators: [{ kind: 'lines', from: 1, to: 1 }] },
      b: { text: second, locators: [{ kind: 'lines', from: 3, to: 3 }] },
    },
  ])
})

test.each([
  ['another year', 'In 2023 the museum had 42,810 visitors.', 'In 2024 the museum had 48,210 visitors.'],
  ['another person', 'Harriet Colwyn paid 20 pounds for the ticket.', 'Declan Marsh paid 30 pounds for the ticket.'],
  ['another unit', 'The repair of the wall takes three weeks.', 'The repair of the wall takes 21 days.'],
  ['rounded', 'The museum had about 48,000 visitors that year.', 'The museum had 48,210 visitors that year.'],
  ['another thing', 'A single ticket for adults costs 5 pounds.', 'A single ticket for children costs 3 pounds.'],
  ['the same', 'The deposit is 8,250 pounds.', 'The deposit is £8,250.'],
])('none where it is %s', (_, first, second) => {
  expect(findContradictions(sentences([first, 'The yard is large.', second]))).toEqual([])
})

test('rows of a table are no statements', () => {
  expect(findContradictions(sentences(['gates built yearly 4', 'gates built yearly 5'], 'table'))).toEqual([])
})

test('the documents of the corpus do not contradict themselves', () => {
  for (const document of readClaimDocuments()) {
    expect({
      name: document.name,
      found: findContradictions(sentences(document.sentences.map(({ text }) => text))),
    }).toEqual({ name: document.name, found: [] })
  }
})

test('a long document is searched in slices', () => {
  const many = Array.from(
    { length: 500 },
    (_, at) => `Ward ${at} has a mill and a tower that were mended by crew ${at}.`,
  )
  let slices = 0
  for (const search = searchContradictions(sentences(many)); search.next().done !== true;) slices += 1
  expect(slices).toBe(10)
})
