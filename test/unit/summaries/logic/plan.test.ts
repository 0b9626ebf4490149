// Chunks hold every sentence once, in order, within the budget; the reduce tree always ends.
import { describe, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { planChunks, textBudget, unitsOf } from '../../../../main/summaries/logic/plan.ts'
import {
  estimateReduceSteps,
  extractiveLevel,
  freeLevel,
  targetSentences,
} from '../../../../main/summaries/logic/reduceTree.ts'
import { splitSentences } from '../../../../main/summaries/logic/sentences.ts'
import { seeded } from './seeded.ts'

describe('planChunks', () => {
  test.each(Array.from({ length: 40 }, (_, at) => at + 1))('seed %i', (seed) => {
    const random = seeded(seed)
    const count = Math.floor(random() * 3000)
    const budget = 100 + Math.floor(random() * 1500)
    const sentences = Array.from({ length: count }, () => ({ opensParagraph: random() < 0.2 }))
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
    expect(chunks.length).toBeLessThanOrEqual(Math.max(fewest * 1.5 + 2, minChunks + 2))
  })

  test('a short document gives at least the asked chunks', () => {
    const sentences = Array.from({ length: 30 }, () => ({ opensParagraph: false }))
    const chunks = planChunks({ sentences, tokens: sentences.map(() => 20), budget: 1400, minChunks: 3 })
    expect(chunks.map((chunk) => chunk.to - chunk.from)).toEqual([10, 10, 10])
  })
})

test('the budget leaves room for the prompt and the answer', () => {
  expect(textBudget({ context: 2048, prompt: 30, output: 400, share: 1 })).toBe(1602)
  expect(textBudget({ context: 2048, prompt: 30, output: 400, share: 0.7 })).toBe(1433)
})

test('units are the first and last page of a chunk', () => {
  const segments: Segment[] = [3, 4, 5].map((number) => ({
    text: 'A sentence.',
    locator: { kind: 'page', page: number, start: 0, end: 11 },
  }))
  expect(unitsOf(splitSentences(segments), segments)).toEqual({ from: 3, to: 5 })
})

describe('the reduce tree', () => {
  test.each(Array.from({ length: 30 }, (_, at) => at + 1))('seed %i: groups partition and levels end', (seed) => {
    const random = seeded(seed)
    const budget = 450 + Math.floor(random() * 1000)
    const target = 1 + Math.floor(random() * 20)
    let tokens = Array.from({ length: 1 + Math.floor(random() * 600) }, () => 5 + Math.floor(random() * 80))
    for (let level = 0; ; level += 1) {
      expect(level).toBeLessThan(12)
      const groups = extractiveLevel(tokens, budget, target)
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
    expect(freeLevel([400, 400, 400, 400], 1000, 900)).toEqual([
      { from: 0, to: 2 },
      { from: 2, to: 4 },
    ])
    expect(freeLevel([400, 400], 1000, 900)).toBeNull()
  })

  test('targets grow with the document', () => {
    expect([30, 100, 5000].map((count) => targetSentences('detailed', count))).toEqual([8, 13, 20])
    expect([2, 9, 5000].map((count) => targetSentences('brief', count))).toEqual([1, 3, 4])
  })
})
