// What a summary read, in the document's own unit.
import type { Coverage, Locator, Segment } from '#contract/document.ts'
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
  return { ...document, read: Math.max(0, document.read - missed.size), withoutText: [...document.withoutText] }
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
