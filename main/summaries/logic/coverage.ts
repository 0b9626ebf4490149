// What a summary read, in the document's own unit.
import type { Coverage, Locator, Segment, SkippedUnits } from '#contract/document.ts'
import { unitsAt } from '#contract/documentUnits.ts'

/**
 * The document's coverage less the units whose text was not shown to the model. `shown` holds the positions of the
 * segments that were; a unit counts as read when all its segments were.
 */
export function coverageOf(document: Coverage, segments: readonly Segment[], shown: ReadonlySet<number>): Coverage {
  const missed = new Set<number | string>()
  segments.forEach((segment, position) => {
    if (shown.has(position)) return
    for (const unit of missedAt(segment.locator, document)) missed.add(unit)
  })
  const read = Math.max(0, document.read - missed.size)
  const skipped = skippedUnits(
    document,
    [...missed].filter((unit) => typeof unit === 'number'),
  )
  return { ...document, read, withoutText: [...document.withoutText], ...(skipped.length > 0 ? { skipped } : {}) }
}

/** Ranges of units that were not read; what a limit cut off comes last. */
function skippedUnits(document: Coverage, missed: readonly number[]): SkippedUnits[] {
  const ranges: SkippedUnits[] = []
  for (const unit of [...missed].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && unit === last.to + 1) ranges[ranges.length - 1] = { ...last, to: unit }
    else ranges.push({ from: unit, to: unit, why: 'not-shown' })
  }
  const cut = document.leftOut?.includes('rest') === true && document.read < document.total
  return cut ? [...ranges, { from: document.read + 1, to: document.total, why: 'limit' }] : ranges
}

/** The units a place stands in, by ordinal or, where the document does not tell it, by name. */
function missedAt(locator: Locator, document: Coverage): readonly (number | string)[] {
  const units = unitsAt(locator, document)
  if (units !== null) return ordinals(...units)
  if (locator.kind === 'cells') return [locator.sheet]
  return locator.kind === 'section' ? [locator.path[0] ?? ''] : []
}

function ordinals(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
}
