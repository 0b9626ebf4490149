// Two hundred known changes in contracts made by construction: what is found of each class, and what is marked falsely.
import { describe, expect, test } from 'vitest'
import { contractPair, editClasses } from '../../fixtures/contracts.ts'
import { judgePair, type Judged } from './judgedPair.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 1)
const perClass = process.env['SOTTO_DEEP'] === '1' ? 64 : 16

describe(`contracts of seed ${seed}`, () => {
  const judged: Judged = judgePair(contractPair(seed, perClass * 25, perClass))

  test.each(editClasses)('%s: at least 95 of 100 are found for what they are', (kind) => {
    const { right, all } = judged.found[kind]
    console.info(`${kind}: ${right} of ${all}`)
    expect(all).toBe(perClass)
    // One clause put back beside its old place cannot be told from its neighbour moving.
    expect(right).toBeGreaterThanOrEqual(Math.floor(all * 0.95) - (kind === 'moved' ? 1 : 0))
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
