// Two hundred known changes in contracts made by construction: what is found of each class, and what is marked falsely.
import { describe, expect, test } from 'vitest'
import { contractPair, editClasses } from '../../fixtures/contracts.ts'
import { judgePair, type Judged } from './judgedPair.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 1)
const perClass = process.env['SOTTO_DEEP'] === '1' ? 64 : 16

describe(`contracts of seed ${seed}`, () => {
  const judged: Judged = judgePair(contractPair(seed, perClass * 25, perClass))

  test.each(editClasses)('%s', (kind) => {
    const { right, all } = judged.found[kind]
    console.info(`${kind}: ${right} of ${all}`)
    expect(all).toBe(perClass)
    // A few clauses of one mould may be taken for one another; docs/comparisons.md has the rates over many seeds.
    expect(right / all).toBeGreaterThanOrEqual(0.85)
  })

  test('of all changes at least 97 of 100 are found for what they are', () => {
    const rows = Object.values(judged.found)
    const [right, all] = [rows.reduce((sum, row) => sum + row.right, 0), rows.reduce((sum, row) => sum + row.all, 0)]
    console.info(`in all: ${right} of ${all}`)
    expect(right / all).toBeGreaterThanOrEqual(0.97)
  })

  test('of what nobody changed at most one in fifty is marked', () => {
    console.info(`false marks: ${judged.falseMarks} of ${judged.untouched}`)
    expect(judged.falseMarks / judged.untouched).toBeLessThanOrEqual(0.02)
  })
})

test('the same pair gives the same result', () => {
  const pair = contractPair(seed, 120, 4)
  expect(judgePair(pair)).toEqual(judgePair(pair))
})
