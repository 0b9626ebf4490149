// Where places stand in a document, in reading order.
import type { Locator } from '#contract/document.ts'

/** A place as two numbers that sort in reading order: the unit, and the offset in it. */
export function placeOf(locator: Locator): readonly [unit: number, offset: number] {
  switch (locator.kind) {
    case 'page':
      return [locator.page, locator.start]
    case 'lines':
      return [locator.from, 0]
    case 'slide':
      return [locator.slide, locator.part === 'body' ? 0 : 1]
    case 'message':
      return [locator.index, 0]
    case 'section':
      return [locator.paragraph, 0]
    case 'cells':
      // Within one sheet only: the order of sheets is not in their names.
      return [Number(/\d+/.exec(locator.range)?.[0] ?? 0), 0]
  }
}

/** Negative when `one` comes before `other`. */
export function compareLocators(one: Locator, other: Locator): number {
  const [unit, offset] = placeOf(one)
  const [otherUnit, otherOffset] = placeOf(other)
  return unit - otherUnit || offset - otherOffset
}
