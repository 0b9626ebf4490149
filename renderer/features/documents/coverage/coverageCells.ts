// The coverage strip: one cell per page, or per bin of lines, shaded by how much the summary draws on it.
import type { Coverage, Locator, SkippedUnits } from '#contract/document.ts'
import { unitPlace, unitsAt } from '#contract/documentUnits.ts'
import type { Claim } from '#contract/summary.ts'

/** Units `from` to `to` of the document. `claims` draw on it; `empty` when no text was found in any of it. */
export type CoverageCell = {
  readonly from: number
  readonly to: number
  readonly claims: number
  /** 0 for none, 1 to 4 by the number of claims against the cell that has most. */
  readonly level: number
  readonly empty: boolean
  /** Why none of it was read; null when it was. */
  readonly skipped: SkippedUnits['why'] | null
}

/**
 * Whether it is known where each unit stands. Sheets are found by name and chapters by paragraph, so a document of them
 * that was read before its `places` were noted would look as if nothing drew on it.
 */
export function hasCells({ unit, places }: Coverage): boolean {
  return places !== undefined || (unit !== 'sheet' && unit !== 'chapter')
}

/** More cells than this cannot be told apart; units are then put together. */
export const mostCells = 120

/** Even cells over all units, in order; a claim counts once in every cell it draws on. */
export function coverageCells(coverage: Coverage, claims: readonly Pick<Claim, 'locators'>[]): readonly CoverageCell[] {
  const { total } = coverage
  if (total === 0) return []
  const count = Math.min(total, mostCells)
  const bounds = Array.from({ length: count + 1 }, (_, at) => Math.round((at * total) / count))
  const cellOf = (unit: number) =>
    Math.max(
      0,
      bounds.findLastIndex((bound, at) => at < count && bound < unit),
    )
  const drawn = new Array<number>(count).fill(0)
  for (const claim of claims) {
    for (const cell of cellsOf(claim, coverage, cellOf)) drawn[cell] = (drawn[cell] ?? 0) + 1
  }
  const most = Math.max(1, ...drawn)
  const withoutText = new Set(coverage.withoutText)
  return drawn.map((number, at) => {
    const [from, to] = [(bounds[at] ?? 0) + 1, bounds[at + 1] ?? total]
    const level = number === 0 ? 0 : Math.max(1, Math.ceil((number / most) * 4))
    const skipped = coverage.skipped?.find((range) => range.from <= from && to <= range.to)?.why ?? null
    return { from, to, claims: number, level, empty: everyUnit(from, to, withoutText), skipped }
  })
}

function cellsOf(
  { locators }: Pick<Claim, 'locators'>,
  coverage: Coverage,
  cellOf: (unit: number) => number,
): ReadonlySet<number> {
  const cells = new Set<number>()
  for (const locator of locators) {
    const units = unitsAt(locator, coverage)
    if (units === null) continue
    for (let cell = cellOf(units[0]); cell <= cellOf(units[1]); cell += 1) cells.add(cell)
  }
  return cells
}

function everyUnit(from: number, to: number, withoutText: ReadonlySet<number>): boolean {
  for (let unit = from; unit <= to; unit += 1) if (!withoutText.has(unit)) return false
  return true
}

/** The place a cell leads to. */
export function cellPlace(cell: CoverageCell, coverage: Pick<Coverage, 'unit' | 'places'>): Locator {
  return unitPlace(cell.from, cell.to, coverage)
}

/** Ordinals with neighbours joined: `4, 9–11`; with more than `most` groups the rest is left off with an ellipsis. */
export function ordinalRanges(ordinals: readonly number[], most = 12): string {
  const groups: [number, number][] = []
  for (const ordinal of ordinals) {
    const last = groups.at(-1)
    if (last !== undefined && ordinal === last[1] + 1) last[1] = ordinal
    else groups.push([ordinal, ordinal])
  }
  const shown = groups.slice(0, most).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`))
  return groups.length > most ? `${shown.join(', ')}, …` : shown.join(', ')
}
