// What a summary read, in the document's own unit.
import type { Coverage, Segment } from '#contract/document.ts'

/**
 * The document's coverage less the units whose text was not shown to the model. `shown` holds the positions of the
 * segments that were; a unit counts as read when all its segments were.
 */
export function coverageOf(document: Coverage, segments: readonly Segment[], shown: ReadonlySet<number>): Coverage {
  const missed = new Set<number>()
  segments.forEach((segment, position) => {
    if (shown.has(position)) return
    const { locator } = segment
    if (locator.kind === 'page') missed.add(locator.page)
    if (locator.kind === 'lines') for (let line = locator.from; line <= locator.to; line += 1) missed.add(line)
  })
  return { ...document, read: Math.max(0, document.read - missed.size), withoutText: [...document.withoutText] }
}
