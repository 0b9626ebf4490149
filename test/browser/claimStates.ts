// A summary in the model's own words with everything that can be said of a claim, put in place of the sample's own.
import type { Page } from '@playwright/test'
import type { Claim, Summary } from '#contract/summary.ts'
import type { Answers } from './alteredAnswers.ts'
import type { RoomState } from './roomState.ts'
import type { Words } from './words.ts'

function page(number: number): Claim['locators'][number] {
  return { kind: 'page', page: number, start: 0, end: 120 }
}

const sound = { supported: true, notes: [] } as const
const claims: readonly Claim[] = [
  {
    text: 'After two years of work the barrier across the mouth of the Thorn stands two thirds complete.',
    locators: [page(1)],
    score: 1,
    support: 'verbatim',
    ...sound,
    notes: [],
  },
  {
    text: 'The first of three gates was towed from Kessel Point and hung in a single tide.',
    locators: [page(2)],
    score: 0.78,
    support: 'close',
    ...sound,
    notes: [],
  },
  {
    text: 'It is forecast to cost £47.9 million, and Peter Okafor has approved the difference.',
    locators: [page(4)],
    supported: false,
    score: 0.41,
    support: 'partly',
    notes: [
      { kind: 'number', said: '£47.9' },
      { kind: 'name', said: 'Peter Okafor' },
    ],
  },
  {
    text: 'The fishing boats lost working days while the inner harbour was closed.',
    locators: [page(5)],
    supported: false,
    score: 0.4,
    support: 'partly',
    notes: [{ kind: 'negation', said: 'not' }],
  },
  {
    text: 'The town will celebrate with fireworks.',
    locators: [],
    supported: false,
    score: 0.1,
    support: 'none',
    notes: [{ kind: 'foreign', said: '' }],
  },
]

const contradictions: Summary['contradictions'] = [
  {
    kind: 'date',
    a: { text: 'The second gate will be towed from Kessel Point on 14 April 2027.', locators: [page(2)] },
    b: { text: 'The second gate is to be towed from Kessel Point on 12 May 2027.', locators: [page(5)] },
  },
]

/** Answers that show the sample's summary so; `unit` 3 has no text. */
export const claimAnswers: Answers = {
  'summaries.list': (_, own) => (own ?? []).map((summary) => ({ ...summary, ...altered(summary) })),
  'summaries.reread': () => ({ charactersBefore: 0, characters: 0, jobId: null }),
}

function altered(summary: Summary): Partial<Summary> {
  return {
    text: `${claims
      .slice(0, 3)
      .map(({ text }) => text)
      .join(' ')}\n\n${claims
      .slice(3)
      .map(({ text }) => text)
      .join(' ')}`,
    claims: [...claims],
    contradictions,
    coverage: { ...summary.coverage, withoutText: [3] },
    provenance: {
      ...summary.provenance,
      mode: 'free',
      model: { ...summary.provenance.model, name: 'Qwen3.5 4B' },
      prompt: { id: 'summary-reduce-brief', version: '1' },
    },
  }
}

/** What the marks look like, and what can be done about them. */
export function claimStates(place: string): readonly RoomState[] {
  const ready = async (window: Page, say: Words): Promise<void> =>
    window.getByText(say('claims.note.foreign')).first().waitFor()
  return [
    { name: 'claims-marks', hash: place, answers: claimAnswers, act: ready },
    {
      name: 'claims-contradictions',
      hash: place,
      answers: claimAnswers,
      async act(window, say) {
        await ready(window, say)
        await window.getByText(say('claims.contradictions.title')).scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'claims-reread',
      hash: place,
      answers: claimAnswers,
      async act(window, say) {
        await ready(window, say)
        await pressMissed(window, say)
      },
    },
  ]
}

/** Presses the hatched cell of page 3. */
export async function pressMissed(window: Page, say: Words): Promise<void> {
  const cell = `${say('documents.coverage.cell.page', { from: '3' })}: ${say('documents.coverage.cell.empty')}`
  await window.getByRole('button', { name: cell }).click()
  await window.getByRole('button', { name: say('claims.reread.again') }).waitFor()
}
