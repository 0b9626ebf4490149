// Documents and models as they should not be: hardly any text, the same again and again, tables, three languages, loops.
import { expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { fail } from '#contract/result.ts'
import type { Claim, Summary } from '#contract/summary.ts'
import { createFakeGenerator, fakeModel, type Script } from '../../fakes/fakeGenerator.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { valueOf } from '../jobs/jobFixture.ts'
import { createSummaryFixture, drained, keepDocument, orderFor, recordOf, summarized } from './summaryFixture.ts'

const free = { ...fakeModel, summaryMode: 'free' } as const

function pages(texts: readonly string[], kind: Segment['kind'] = 'paragraph'): Segment[] {
  return texts.map((text, at) => ({ text, kind, locator: { kind: 'page', page: at + 1, start: 0, end: text.length } }))
}

/** The summary a model that answers so makes of a document in a database of its own. */
async function summaryOf(segments: readonly Segment[], script?: Script): Promise<Summary> {
  const storage = await openMemoryStorage()
  try {
    await keepDocument(storage, recordOf(segments))
    const generator = script === undefined ? createFakeGenerator() : createFakeGenerator(script, free)
    return await summarized(await createSummaryFixture(storage, segments, generator))
  } finally {
    await storage.close()
  }
}

/** How a job ends that makes no summary. */
async function endingOf(segments: readonly Segment[], script?: Script): Promise<unknown> {
  const storage = await openMemoryStorage()
  try {
    await keepDocument(storage, recordOf(segments))
    const generator = script === undefined ? createFakeGenerator() : createFakeGenerator(script, free)
    const fixture = await createSummaryFixture(storage, segments, generator)
    const { jobId } = valueOf(await fixture.summaries.start(orderFor()))
    return (await drained(fixture.summaries.follow(jobId))).ending
  } finally {
    await storage.close()
  }
}

function checked(claims: readonly Claim[]): (readonly [string | undefined, string])[] {
  return claims.map(({ support, notes = [] }) => [support, notes.map(({ kind, said }) => `${kind} ${said}`).join()])
}

test('hardly any text: one sentence is summarized as itself, fewer than ten words are refused', async () => {
  const only = pages(['The mill at the weir is closed until the new wheel has been hung in May.'])
  const { claims, contradictions } = await summaryOf(only)
  expect([claims.map(({ text }) => text), contradictions]).toEqual([[only[0]?.text], []])
  expect(await endingOf(pages(['Closed until May.']))).toEqual(fail('document-too-short', { name: 'report.pdf' }))
})

test('the same page three hundred times: said once, and no contradiction', async () => {
  const page =
    'The northern wall was mended in 2024 by a crew of nine. It cost 12,000 pounds. The mill stayed open all year.'
  const { claims, contradictions } = await summaryOf(pages(Array.from({ length: 300 }, () => page)))
  expect(new Set(claims.map(({ text }) => text)).size).toBe(claims.length)
  expect([claims.length > 0 && claims.length <= 4, contradictions]).toEqual([true, []])
})

test('tables only: what a row says is carried, another figure is not, and rows contradict nothing', async () => {
  const rows = [
    'Item | 2023 | 2024',
    'Gates and hinges | 14.8 | 15.2',
    'Piers and foundations | 17.4 | 19.1',
    'Dredging works | 4.3 | 4.1',
  ]
  const answer = 'Piers and foundations: 17.4 and 19.1. Gates and hinges: 14.8 and 16.2.'
  const { claims, contradictions } = await summaryOf(pages([...rows, ...rows], 'table'), () => answer)
  expect([checked(claims), contradictions]).toEqual([
    [
      ['close', ''],
      ['partly', 'number 16.2'],
    ],
    [],
  ])
})

test('three languages in one file: each statement is held against its own', async () => {
  const segments = pages([
    'The council approved the plan for the northern wall on 3 May 2024. The work is to cost 12,000 pounds.',
    'Der Gemeinderat hat den Plan für die nördliche Mauer am 3. Mai 2024 genehmigt. Die Arbeiten dürfen nicht länger als sechs Wochen dauern.',
    'Le conseil a approuvé le projet du mur nord le 3 mai 2024. Les travaux coûteront 12 000 livres.',
  ])
  const answer = [
    'The council approved the plan for the northern wall on 3 May 2024.',
    'Der Gemeinderat hat den Plan für die nördliche Mauer am 3. Mai 2025 genehmigt.',
    'Die Arbeiten dürfen länger als sechs Wochen dauern.',
    'Les travaux coûteront 21 000 livres.',
  ].join(' ')
  const { claims, contradictions } = await summaryOf(segments, () => answer)
  expect([checked(claims), contradictions]).toEqual([
    [
      ['verbatim', ''],
      ['partly', 'date 3. Mai 2025'],
      ['partly', 'negation nicht'],
      ['partly', 'number 21 000'],
    ],
    [],
  ])
})

const text = pages([
  'The northern wall was mended in 2024 by a crew of nine people, and the mill stayed open all year.',
])

test('a model that loops is cut off after the first round', async () => {
  const round = 'The northern wall was mended in 2024 by a crew of nine people. '
  const { claims, text: said } = await summaryOf(text, () => round.repeat(40))
  expect([claims.length, said]).toEqual([1, round.trim()])
})

test('a model that refuses is marked: nothing like it is in the document', async () => {
  const { claims } = await summaryOf(text, () => 'I am sorry, but as an assistant I cannot help with that.')
  expect(claims.map(({ supported, locators }) => [supported, locators.length])).toEqual([[false, 0]])
  expect(checked(claims)[0]?.[0]).toBe('none')
})

test('a model that returns nothing, or only that there is nothing, fails the job in words', async () => {
  expect(await endingOf(text, () => '')).toEqual(fail('generation-empty', {}))
  expect(await endingOf(text, () => 'None.')).toEqual(fail('summary-empty', { name: 'report.pdf' }))
})
