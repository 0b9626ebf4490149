// What counts as which change, case by case.
import { describe, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { compareTexts, type Progress } from '../../../../main/comparisons/logic/compareTexts.ts'
import { contractPair, contractSegments } from '../../../fixtures/contracts.ts'
import { compared } from '../judgedPair.ts'

const frame = ['This is the first sentence of a short agreement.', 'And here the agreement of both sides ends again.']

function paragraphs(...texts: readonly string[]): Segment[] {
  return texts.map((text, at) => ({ text, locator: { kind: 'section', path: [], paragraph: at + 1 } }))
}

/** The kinds and reasons of changes between two versions of one sentence, framed by what stays. */
function between(before: string, after: string, punctuation = true): string[] {
  const [head = '', tail = ''] = frame
  const { changes } = compared(paragraphs(head, before, tail), paragraphs(head, after, tail), punctuation)
  return changes.map(({ kind, reasons }) => [kind, ...reasons].join(' '))
}

describe('substance', () => {
  test.each([
    ['a number', 'The fee is 40 euros per month.', 'The fee is 45 euros per month.', 'substance number'],
    [
      'a number written out',
      'The notice period is thirty days here.',
      'The notice period is sixty days here.',
      'substance number',
    ],
    [
      'a unit',
      'Notice is given 30 days before the end.',
      'Notice is given 30 weeks before the end.',
      'substance number',
    ],
    ['a currency', 'The fee is 40 EUR in every month.', 'The fee is 40 USD in every month.', 'substance number'],
    [
      'two numbers swapped',
      'Pay 10 euros in May and 20 in June.',
      'Pay 20 euros in May and 10 in June.',
      'substance number',
    ],
    ['a date', 'The lease begins on 1 May 2026 at noon.', 'The lease begins on 1 June 2026 at noon.', 'substance date'],
    [
      'a negation',
      'The seller is liable for such damage.',
      'The seller is not liable for such damage.',
      'substance negation',
    ],
    [
      'a contraction',
      'The seller does accept returned goods.',
      'The seller doesn’t accept returned goods.',
      'substance negation',
    ],
    ['a modal', 'The seller shall repair the goods soon.', 'The seller may repair the goods soon.', 'substance modal'],
    ['scope', 'Ship all spare parts and tools by rail.', 'Ship all spare parts or tools by rail.', 'substance scope'],
    [
      'another thing',
      'The seller ships copper to the harbour.',
      'The seller ships timber to the harbour.',
      'substance content',
    ],
    [
      'German',
      'Der Mieter muss die Wohnung im Mai räumen.',
      'Der Mieter darf die Wohnung im Mai räumen.',
      'substance modal',
    ],
    [
      'German negation',
      'Der Vermieter haftet für diese Schäden.',
      'Der Vermieter haftet nicht für diese Schäden.',
      'substance negation',
    ],
  ])('%s', (_, before, after, said) => {
    expect(between(before, after)).toEqual([said])
  })

  test('a defined term put in small letters is one', () => {
    const before = paragraphs('“Services” means the work in the annex.', 'Payment for the Services is due at once.')
    const after = paragraphs('“Services” means the work in the annex.', 'Payment for the services is due at once.')
    expect(compared(before, after).changes.map(({ kind, reasons }) => [kind, reasons])).toEqual([
      ['substance', ['term']],
    ])
  })
})

describe('wording', () => {
  test.each([
    ['a known synonym', 'The term begins when both have signed.', 'The term commences when both have signed.'],
    ['inflection', 'The seller repairs damaged goods quickly.', 'The seller repairing damaged goods quickly.'],
    [
      'the same date in another notation',
      'The lease begins on 1 May 2026 at noon.',
      'The lease begins on May 1, 2026 at noon.',
    ],
    [
      'the same number in digits',
      'The notice period is thirty days here.',
      'The notice period is thirty (30) days here.',
    ],
    ['punctuation', 'The seller repairs, quickly, the goods.', 'The seller repairs quickly the goods.'],
  ])('%s', (_, before, after) => {
    expect(between(before, after)).toEqual(['wording'])
  })

  test('punctuation says nothing between two formats, and typesetting never', () => {
    expect(between('The seller repairs, quickly, the goods.', 'The seller repairs quickly the goods.', false)).toEqual(
      [],
    )
    expect(between('The “seller” repairs it – at once.', 'The "seller" repairs it - at once.')).toEqual([])
  })
})

test('renumbered clauses are the same, and references follow them', () => {
  const before = paragraphs(
    '1. The price is fixed for this year.',
    '2. The seller delivers under Section 1 only.',
    '3. Vienna law governs this agreement.',
  )
  const after = paragraphs(
    '1. Both parties keep this text secret.',
    '2. The price is fixed for this year.',
    '3. The seller delivers under Section 2 only.',
    '4. Vienna law governs this agreement.',
  )
  const { changes, renumbered, counts } = compared(before, after)
  expect(changes.map(({ kind }) => kind)).toEqual(['added', 'wording'])
  expect({ renumbered, same: counts.same }).toEqual({ renumbered: 3, same: 2 })
})

test('a clause that moved is one change with its heading, and says where it was and is', () => {
  const clauses = [
    'Payment is due in ten days after receipt.',
    'Delivery is free to the gate of the plant.',
    'Disputes go to the courts of the city of Graz.',
  ]
  const [a = '', b = '', c = ''] = clauses
  const { changes } = compared(paragraphs(a, b, 'Venue', c), paragraphs('Venue', c, a, b))
  expect(changes.map(({ kind, before, after }) => [kind, before?.text, after?.locators[0]])).toEqual([
    ['moved', `Venue\n${c}`, { kind: 'section', path: [], paragraph: 1 }],
  ])
})

test('a sentence split in two is no addition', () => {
  const said = between(
    'The tenant pays the rent and the landlord heats the rooms of the whole house.',
    'The tenant pays the rent. The landlord heats the rooms of the whole house.',
  )
  expect(said.filter((each) => each.startsWith('added') || each.startsWith('removed'))).toEqual([])
})

test('repeated clauses keep their places', () => {
  const line = 'Signed by both parties on every page.'
  const before = paragraphs(
    line,
    'The first part is about the price.',
    line,
    'The second part is about delivery.',
    line,
  )
  const after = paragraphs(line, 'The first part is about the price.', line, line)
  expect(compared(before, after).changes.map(({ kind, before: old }) => [kind, old?.text])).toEqual([
    ['removed', 'The second part is about delivery.'],
  ])
})

test('marks stand on the words that differ', () => {
  const [head = '', tail = ''] = frame
  const { changes } = compared(
    paragraphs(head, 'The fee is 40 euros per month, payable in Graz.', tail),
    paragraphs(head, 'The fee is 45 euros per month, payable in Linz.', tail),
  )
  const words = changes.map(({ before, after }) =>
    [before, after].map((side) => side?.marks.map(({ start, end }) => side.text.slice(start, end))),
  )
  expect(words).toEqual([
    [
      ['40', 'Graz'],
      ['45', 'Linz'],
    ],
  ])
})

test('progress counts passages, and no count goes back within a stage', () => {
  const { before, after } = contractPair(11, 1200, 30)
  const work = compareTexts(contractSegments(before), contractSegments(after), true)
  const told: Progress[] = []
  let made = work.next()
  for (; made.done !== true; made = work.next()) told.push(made.value)
  const { passages } = made.value
  const counted = told.filter(({ total }) => total > 0)
  const totals = (wanted: Progress['stage']) =>
    new Set(counted.flatMap(({ stage, total }) => (stage === wanted ? [total] : [])))
  expect([totals('reading'), totals('aligning'), totals('judging')]).toEqual([
    new Set(),
    new Set([passages.before]),
    new Set([passages.after]),
  ])
  const back = counted.filter(
    ({ stage, done }, at) => stage === counted[at - 1]?.stage && done < (counted[at - 1]?.done ?? 0),
  )
  expect(back).toEqual([])
})

test('no step holds much of a long document: reading, aligning and judging all come in small steps', () => {
  const { before, after } = contractPair(11, 1200, 30)
  const work = compareTexts(contractSegments(before), contractSegments(after), true)
  const steps = new Map<string, number>()
  let made = work.next()
  for (; made.done !== true; made = work.next()) steps.set(made.value.stage, (steps.get(made.value.stage) ?? 0) + 1)
  const { passages } = made.value
  const sentences = passages.before + passages.after
  // Segments, sentences and passages of both sides, 32 a step; words, their places and the pairs, 64 a step.
  expect(steps.get('reading')).toBeGreaterThanOrEqual(Math.floor((2 * sentences) / 32))
  expect(steps.get('aligning')).toBeGreaterThanOrEqual(Math.floor((3 * sentences) / 64))
  expect(steps.get('judging')).toBeGreaterThanOrEqual(Math.floor(passages.after / 64))
})
