// Charts as numbers: one scale for both directions, no gaps between months, nothing that is not nothing is invisible.
import { expect, test } from 'vitest'
import { monthBars, weekBars } from '../../../../renderer/features/activity/usageBars.ts'

test('weeks share one scale up and down', () => {
  expect(
    weekBars(
      [
        { week: '2026-11-09', local: 100, cloud: 1 },
        { week: '2026-11-16', local: 50, cloud: 0 },
      ],
      40,
    ),
  ).toEqual([
    { week: '2026-11-09', local: 100, cloud: 1, localHeight: 40, cloudHeight: 1 },
    { week: '2026-11-16', local: 50, cloud: 0, localHeight: 20, cloudHeight: 0 },
  ])
})

test('nothing done draws nothing', () => {
  expect(weekBars([{ week: '2026-11-16', local: 0, cloud: 0 }], 40).map(({ localHeight }) => localHeight)).toEqual([0])
  expect(monthBars({ month: '2026-01', byMonth: [], budgetUsd: 0 }, 50, 2)).toEqual({
    months: [
      { month: '2025-12', usd: 0, height: 0 },
      { month: '2026-01', usd: 0, height: 0 },
    ],
    budgetHeight: null,
  })
})

test('months are without gaps, and the budget stands on their scale', () => {
  const sum = { requests: 1, inputTokens: 1, outputTokens: 1 }
  const byMonth = [
    { month: '2026-11', ...sum, usd: 5 },
    { month: '2026-09', ...sum, usd: null },
  ]
  expect(monthBars({ month: '2026-11', byMonth, budgetUsd: 10 }, 50, 3)).toEqual({
    months: [
      { month: '2026-09', usd: null, height: 0 },
      { month: '2026-10', usd: 0, height: 0 },
      { month: '2026-11', usd: 5, height: 25 },
    ],
    budgetHeight: 50,
  })
})

test('a month over the budget is drawn whole, and the budget below it', () => {
  const byMonth = [{ month: '2026-11', requests: 1, inputTokens: 1, outputTokens: 1, usd: 20 }]
  const drawn = monthBars({ month: '2026-11', byMonth, budgetUsd: 10 }, 50, 1)
  expect([drawn.months[0]?.height, drawn.budgetHeight]).toEqual([50, 25])
})
