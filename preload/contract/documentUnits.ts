// Which of a document's units a place stands in, and where a unit begins.
import type { Coverage, Locator } from './document.ts'

/** First and last unit, both counted from 1. */
export type UnitRange = readonly [from: number, to: number]

type Counted = Pick<Coverage, 'unit' | 'places'>

/** The units a place covers; null where it cannot be told (a sheet or chapter of a document read before they were named). */
export function unitsAt(locator: Locator, coverage: Counted): UnitRange | null {
  switch (locator.kind) {
    case 'page':
      return [locator.page, locator.page]
    case 'lines':
      return [locator.from, locator.to]
    case 'slide':
      return [locator.slide, locator.slide]
    case 'message':
      return [locator.index + 1, locator.index + 1]
    case 'section':
      return coverage.unit === 'paragraph'
        ? [locator.paragraph, locator.paragraph]
        : unitOf(coverage.places?.findLastIndex((place) => begins(place, locator.paragraph)))
    case 'cells':
      return coverage.unit === 'row'
        ? rowsOf(locator.range)
        : unitOf(coverage.places?.findIndex((place) => place.kind === 'cells' && place.sheet === locator.sheet))
  }
}

/** Where units `from` to `to` begin: a place to go to, not one that a text stands at. */
export function unitPlace(from: number, to: number, { unit, places }: Counted): Locator {
  switch (unit) {
    case 'page':
      return { kind: 'page', page: from, start: 0, end: 0 }
    case 'slide':
      return { kind: 'slide', slide: from, part: 'body' }
    case 'message':
      return { kind: 'message', index: from - 1, part: 'body' }
    case 'paragraph':
    case 'chapter':
      return places?.[from - 1] ?? { kind: 'section', path: [], paragraph: from }
    case 'sheet':
      return places?.[from - 1] ?? { kind: 'cells', sheet: '', range: 'A1' }
    case 'row':
      return { kind: 'cells', sheet: '', range: `A${from}:A${to}` }
    case 'line':
      return { kind: 'lines', from, to }
  }
}

/** The rows of a range such as "B2:D9" or "B2"; null when it is none. */
export function rowsOf(range: string): UnitRange | null {
  const [first = '', last = first, ...more] = range.split(':')
  const [from, to] = [rowOf(first), rowOf(last)]
  return from === null || to === null || more.length > 0 ? null : [from, to]
}

function rowOf(cell: string): number | null {
  const row = /^[A-Z]*(\d+)$/.exec(cell)?.[1]
  return row === undefined ? null : Number(row)
}

function begins(place: Locator, paragraph: number): boolean {
  return place.kind === 'section' && place.paragraph <= paragraph
}

function unitOf(position: number | undefined): UnitRange | null {
  return position === undefined || position < 0 ? null : [position + 1, position + 1]
}
