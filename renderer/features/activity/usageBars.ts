// The two charts as numbers: lengths of bars in the units of their drawing, so that the drawing only draws.
import type { CloudUsage } from '#contract/consent.ts'

/** A week: `local` grows up from the line, `cloud` down, both in units of height. */
export type WeekBar = {
  readonly week: string
  readonly local: number
  readonly cloud: number
  readonly localHeight: number
  readonly cloudHeight: number
}

/** Bars of the weeks; both directions share one scale. What is not nothing is at least one unit long. */
export function weekBars(weeks: CloudUsage['weeks'], height: number): readonly WeekBar[] {
  const most = Math.max(1, ...weeks.flatMap(({ local, cloud }) => [local, cloud]))
  const long = (count: number): number => (count === 0 ? 0 : Math.max(1, (count / most) * height))
  return weeks.map(({ week, local, cloud }) => ({
    week,
    local,
    cloud,
    localHeight: long(local),
    cloudHeight: long(cloud),
  }))
}

/** A month: `usd` null where nothing of it had a known price. */
export type MonthBar = { readonly month: string; readonly usd: number | null; readonly height: number }

/** Months oldest first, without gaps, the present one last; the budget's height on the same scale (null: no budget). */
export function monthBars(
  usage: Pick<CloudUsage, 'month' | 'byMonth' | 'budgetUsd'>,
  height: number,
  count = 6,
): { readonly months: readonly MonthBar[]; readonly budgetHeight: number | null } {
  const known = new Map(usage.byMonth.map(({ month, usd }) => [month, usd]))
  const names = Array.from({ length: count }, (_, index) => monthBefore(usage.month, count - 1 - index))
  const spent = names.map((month) => (known.has(month) ? (known.get(month) ?? null) : 0))
  const most = Math.max(usage.budgetUsd, ...spent.map((usd) => usd ?? 0)) || 1
  return {
    months: names.map((month, index) => {
      const usd = spent[index] ?? null
      return { month, usd, height: usd === null || usd === 0 ? 0 : Math.max(1, (usd / most) * height) }
    }),
    budgetHeight: usage.budgetUsd === 0 ? null : (usage.budgetUsd / most) * height,
  }
}

/** `month` is YYYY-MM. */
function monthBefore(month: string, back: number): string {
  const [year = 0, index = 1] = month.split('-').map(Number)
  const months = year * 12 + (index - 1) - back
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}
