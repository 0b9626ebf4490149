// What is not met may stand only where it is stated, and only as long as it is so.
import { expect, test } from 'vitest'
import type { Figure } from '../../bench/bar.ts'
import { judge, parseStated, type Stated } from '../../bench/logic/stated.ts'

const page = `# Page

<!-- bench:not-met -->

| bar | figure     | goal   | measured | why           | next idea      |
| --- | ---------- | ------ | -------- | ------------- | -------------- |
| map | map / one  | ≥ 1.30 | 1.10     | Small cores.  | A new engine.  |

<!-- /bench:not-met -->

Rest.
`
const stated = parseStated(page)

function measured(value: number, goal = 1.3): Figure {
  const mark = { kind: 'at-least', value: goal } as const
  return { name: 'map / one', unit: 'ratio', value, least: value, greatest: value, rounds: 1, mark }
}

/** Why a figure does not hold; empty when it does. */
function refusal(figure: Figure, entries: readonly Stated[]): string {
  const { holds, line } = judge(figure, entries)
  return holds ? '' : line
}

test('the table is read; without markers, with a cell too few or nothing to say it is refused', () => {
  expect(stated).toEqual([
    {
      bar: 'map',
      figure: 'map / one',
      goal: '≥ 1.30',
      measured: 1.1,
      why: 'Small cores.',
      nextIdea: 'A new engine.',
    },
  ])
  expect(() => parseStated('nothing')).toThrow('no markers')
  expect(() => parseStated(page.replace('| A new engine.  |', '|'))).toThrow('no such line')
  expect(() => parseStated(page.replace('Small cores.', ''))).toThrow('something is missing')
  expect(() => parseStated(page.replace('1.10 ', 'about'))).toThrow('something is missing')
})

test('met and not stated holds; met and stated is outdated', () => {
  expect(judge(measured(1.5), [])).toEqual({ holds: true, line: 'map / one: 1.50  ≥ 1.30 met' })
  expect(refusal(measured(1.5), stated)).toMatch(/OUTDATED/)
})

test('not met holds only when it is stated, for this mark, near what was measured', () => {
  expect(judge(measured(1.15), stated)).toEqual({
    holds: true,
    line:
      'NOT MET, stated with reason: map / one: 1.15  ≥ 1.30 MISSED; stated: 1.1. Why: Small cores. Next idea: A new ' +
      'engine.',
  })
  expect(refusal(measured(1.15), [])).toMatch(/^NOT MET, and nowhere stated/)
  expect(refusal(measured(1.15, 1.4), stated)).toMatch(/^NOT MET, and nowhere stated/)
  expect(refusal(measured(0.9), stated)).toMatch(/over 15 % off/)
  expect(refusal(measured(Number.NaN), stated)).toMatch(/over 15 % off/)
})

test('a figure without a mark holds', () => {
  const { mark: _, ...figure } = measured(0.1)
  expect(judge(figure, [])).toEqual({ holds: true, line: 'map / one: 0.10' })
})
