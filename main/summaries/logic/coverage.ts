// What a summary read, in the document's own unit.
import type { Coverage, Locator, Segment } from '#contract/document.ts'

/**
 * The document's coverage less the units whose text was not shown to the model. `shown` holds the positions of the
 * segments that were; a unit counts as read when all its segments were.
 */
export function coverageOf(document: Coverage, segments: readonly Segment[], shown: ReadonlySet<number>): Coverage {
  const missed = new Set<number | string>()
  segments.forEach((segment, position) => {
    if (shown.has(position)) return
    for (const unit of unitsAt(segment.locator, document.unit)) missed.add(unit)
  })
  return { ...document, read: Math.max(0, document.read - missed.size), withoutText: [...document.withoutText] }
}

/** The units a place stands in, by ordinal or, where the document only names them, by name. */
function unitsAt(locator: Locator, unit: Coverage['unit']): readonly (number | string)[] {
  switch (locator.kind) {
    case 'page':
      return [locator.page]
    case 'slide':
      return [locator.slide]
    case 'lines':
      return ordinals(locator.from, locator.to)
    case 'section':
      return unit === 'chapter' ? [locator.path[0] ?? ''] : [locator.paragraph]
    case 'cells':
      return unit === 'row' ? rowsOf(locator.range) : [locator.sheet]
    case 'message':
      return [locator.index + 1]
  }
}

function rowsOf(range: string): readonly number[] {
  const [, from = '0', to = from] = /^[A-Z]*(\d+)(?::[A-Z]*(\d+))?$/.exec(range) ?? []
  return ordinals(Number(from), Number(to))
}

function ordinals(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
}
