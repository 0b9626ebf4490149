// Work counted by week, without gaps.

const dayMs = 86_400_000

/** The Monday (YYYY-MM-DD, UTC) of the week a moment lies in. */
export function mondayOf(ms: number): string {
  const day = Math.floor(ms / dayMs)
  // Day 0 of the epoch was a Thursday.
  const sinceMonday = (((day + 3) % 7) + 7) % 7
  return new Date((day - sinceMonday) * dayMs).toISOString().slice(0, 10)
}

/** The last `weeks` weeks up to the one of `nowMs`, oldest first, each with what was counted in it. */
export function countByWeek(
  work: readonly { readonly week: string; readonly place: string; readonly count: number }[],
  nowMs: number,
  weeks: number,
): { week: string; local: number; cloud: number }[] {
  return Array.from({ length: weeks }, (_, index) => {
    const week = mondayOf(nowMs - (weeks - 1 - index) * 7 * dayMs)
    const of = (place: string) =>
      work.filter((each) => each.week === week && each.place === place).reduce((sum, { count }) => sum + count, 0)
    return { week, local: of('local'), cloud: of('cloud') }
  })
}
