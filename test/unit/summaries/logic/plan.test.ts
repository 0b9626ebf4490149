// Chunks hold every sentence once, in order, within the budget; the reduce tree always ends.
import { describe, expect, test } from 'vitest'
import type { Coverage, Locator, Segment } from '#contract/document.ts'
import { coverageOf } from '../../../../main/summaries/logic/coverage.ts'
import { planChunks, textBudget, unitsOf, type Units } from '../../../../main/summaries/logic/plan.ts'
import {
  estimateReduceSteps,
  extractiveLevel,
  freeLevel,
  targetSentences,
} from '../../../../main/summaries/logic/reduceTree.ts'
import { splitSentences } from '../../../../main/text/logic/sentences.ts'
import { seeded } from '../../text/logic/seeded.ts'

function sentence(text: string, opensParagraph: boolean) {
  return { text, opensParagraph, kind: 'sentence' as const }
}

/** Parts of these sizes, each with a text of its own. */
function parts(tokens: readonly number[]): { tokens: number; text: string }[] {
  return tokens.map((each, at) => ({ tokens: each, text: `part ${at}` }))
}

describe('planChunks', () => {
  test.each(Array.from({ length: 40 }, (_, at) => at + 1))('seed %i', (seed) => {
    const random = seeded(seed)
    const count = Math.floor(random() * 3000)
    const budget = 100 + Math.floor(random() * 1500)
    const sentences = Array.from({ length: count }, () => sentence(`Sentence ${random()}.`, random() < 0.2))
    const tokens = sentences.map(() => 1 + Math.floor(random() * Math.min(90, budget)))
    const minChunks = 1 + Math.floor(random() * 7)
    const chunks = planChunks({ sentences, tokens, budget, minChunks })
    expect(
      chunks.flatMap((chunk) => Array.from({ length: chunk.to - chunk.from }, (_, at) => chunk.from + at)),
    ).toEqual(sentences.map((_, at) => at))
    for (const chunk of chunks) {
      expect(chunk.tokens).toBe(tokens.slice(chunk.from, chunk.to).reduce((sum, each) => sum + each, 0))
      expect(chunk.tokens).toBeLessThanOrEqual(budget)
      expect(chunk.to).toBeGreaterThan(chunk.from)
    }
    const fewest = Math.ceil(tokens.reduce((sum, each) => sum + each, 0) / budget)
    expect(chunks.length).toBeLessThanOrEqual(Math.max(fewest * 1.6 + 2, minChunks * 2 + 2))
  })

  test('a short document gives at least the asked chunks', () => {
    const sentences = Array.from({ length: 30 }, (_, at) => sentence(`Sentence ${at}.`, false))
    const chunks = planChunks({ sentences, tokens: sentences.map(() => 20), budget: 1400, minChunks: 3 })
    expect(chunks.length).toBeGreaterThanOrEqual(3)
    expect(chunks.length).toBeLessThanOrEqual(6)
  })
})

test('the budget leaves room for the prompt and the answer', () => {
  expect(textBudget({ context: 2048, prompt: 30, output: 400, share: 1 })).toBe(1602)
  expect(textBudget({ context: 2048, prompt: 30, output: 400, share: 0.7 })).toBe(1433)
})

describe('units are the first and last of a chunk', () => {
  const section = (paragraph: number): Locator => ({ kind: 'section', path: ['A'], paragraph })
  const cells = (sheet: string, range: string): Locator => ({ kind: 'cells', sheet, range })
  type Row = readonly [Coverage['unit'], readonly Locator[], Units | null, places?: readonly Locator[]]
  const kinds: readonly Row[] = [
    ['page', [3, 4, 5].map((page) => ({ kind: 'page', page, start: 0, end: 11 })), { from: 3, to: 5 }],
    ['slide', [2, 4].map((slide) => ({ kind: 'slide', slide, part: 'body' })), { from: 2, to: 4 }],
    ['line', [3, 9].map((from) => ({ kind: 'lines', from, to: from + 1 })), { from: 3, to: 10 }],
    ['message', [0, 2].map((index) => ({ kind: 'message', index, part: 'text' })), { from: 1, to: 3 }],
    ['paragraph', [section(4), section(6)], { from: 4, to: 6 }],
    ['chapter', [section(4), section(9)], { from: 2, to: 3 }, [section(1), section(3), section(5)]],
    ['chapter', [section(4)], null],
    [
      'sheet',
      [cells('Costs', 'A1:B2'), cells('Plan', 'C9')],
      { from: 1, to: 2 },
      [cells('Costs', 'A1'), cells('Plan', 'A1')],
    ],
    ['sheet', [cells('Costs', 'A1:B2')], null],
    ['row', [cells('table', 'A2:C40'), cells('table', 'A41:C60')], { from: 2, to: 60 }],
  ]
  test.each(kinds.map((row) => ({ unit: row[0], row })))('$unit', ({ row: [unit, locators, units, places] }) => {
    const segments: Segment[] = locators.map((locator) => ({ text: 'A sentence.', locator }))
    const coverage: Coverage = {
      unit,
      total: 99,
      read: 99,
      withoutText: [],
      ...(places ? { places: [...places] } : {}),
    }
    expect(unitsOf(splitSentences(segments), segments, coverage)).toEqual(units)
  })
})

describe('what a summary leaves unread is counted in the document’s unit', () => {
  const segmentsAt = (locators: readonly Locator[]): Segment[] => locators.map((locator) => ({ text: 'A.', locator }))
  const sheet = (name: string): Locator => ({ kind: 'cells', sheet: name, range: 'A1:B2' })
  const section = (paragraph: number): Locator => ({ kind: 'section', path: ['Same'], paragraph })

  test('two chapters of one name are two; a sheet counts once; rows one by one', () => {
    const covered = (unit: Coverage['unit'], total: number, places: Locator[] = []): Coverage => ({
      unit,
      total,
      read: total,
      withoutText: [],
      places,
    })
    const book = covered('chapter', 3, [section(1), section(3), section(5)])
    expect(coverageOf(book, segmentsAt([section(1), section(3), section(4), section(5)]), new Set([0])).read).toBe(1)
    const sheets = covered('sheet', 2, [sheet('A'), sheet('B')])
    expect(coverageOf(sheets, segmentsAt([sheet('A'), sheet('B'), sheet('B')]), new Set([0, 1])).read).toBe(1)
    const unnamed: Coverage = { unit: 'sheet', total: 2, read: 2, withoutText: [] }
    expect(coverageOf(unnamed, segmentsAt([sheet('A'), sheet('B'), sheet('B')]), new Set([0])).read).toBe(1)
    expect(coverageOf(covered('row', 10), segmentsAt([sheet('t')]), new Set()).read).toBe(8)
  })
})

describe('the reduce tree', () => {
  test.each(Array.from({ length: 30 }, (_, at) => at + 1))('seed %i: groups partition and levels end', (seed) => {
    const random = seeded(seed)
    const budget = 450 + Math.floor(random() * 1000)
    const target = 1 + Math.floor(random() * 20)
    let tokens = Array.from({ length: 1 + Math.floor(random() * 600) }, () => 5 + Math.floor(random() * 80))
    for (let level = 0; ; level += 1) {
      expect(level).toBeLessThan(12)
      const groups = extractiveLevel(parts(tokens), budget, target)
      if (groups === null) break
      expect(groups.flatMap(({ from, to }) => tokens.slice(from, to))).toEqual(tokens)
      for (const { from, to } of groups) {
        expect(tokens.slice(from, to).reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(budget)
      }
      const next = groups.flatMap(({ from, to }) =>
        tokens.slice(from, from + Math.min(3, to - from <= 3 ? 3 : Math.ceil((to - from) / 2))),
      )
      if (next.length >= tokens.length) break
      tokens = next
    }
    expect(tokens.length).toBeLessThanOrEqual(Math.max(target * 2 + 3, 5))
  })

  test('107 chunks become a brief summary in two levels', () => {
    expect(estimateReduceSteps(107, 40, targetSentences('brief', 5000))).toBe(11)
  })

  test('free levels join until the last step can read all', () => {
    expect(freeLevel(parts([400, 400, 400, 400]), 1000, 900)).toEqual([
      { from: 0, to: 2 },
      { from: 2, to: 4 },
    ])
    expect(freeLevel(parts([400, 400]), 1000, 900)).toBeNull()
  })

  test('targets grow with the document', () => {
    expect([30, 100, 5000].map((count) => targetSentences('detailed', count))).toEqual([8, 13, 20])
    expect([2, 9, 5000].map((count) => targetSentences('brief', count))).toEqual([1, 3, 4])
  })
})
