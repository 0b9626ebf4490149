// Stretches of segment numbers that a filter allows, made few, and the place where a search goes on.

/** From `first` to `last`, both inclusive. */
export type NumberRange = { readonly first: number; readonly last: number }

/** Highest first. Overlapping ranges become one, and while there are more than `most`, those with the smallest gap do. */
export function fewRanges(ranges: readonly NumberRange[], most: number): readonly NumberRange[] {
  const joined: NumberRange[] = []
  for (const range of [...ranges].sort((one, other) => one.first - other.first)) {
    const last = joined.at(-1)
    if (last === undefined || range.first > last.last + 1) joined.push(range)
    else joined[joined.length - 1] = { first: last.first, last: Math.max(last.last, range.last) }
  }
  if (joined.length > most) return withoutSmallGaps(joined, greatestLostGap(joined, most))
  return joined.reverse()
}

function greatestLostGap(ranges: readonly NumberRange[], most: number): number {
  const gaps = ranges.slice(1).map(({ first }, index) => first - (ranges[index]?.last ?? 0))
  return gaps.sort((one, other) => other - one)[most - 1] ?? 0
}

function withoutSmallGaps(ranges: readonly NumberRange[], gap: number): readonly NumberRange[] {
  const kept: NumberRange[] = []
  for (const range of ranges) {
    const last = kept.at(-1)
    if (last === undefined || range.first - last.last > gap) kept.push(range)
    else kept[kept.length - 1] = { first: last.first, last: range.last }
  }
  return kept.reverse()
}

/**
 * Where the next page begins: whole words first (`phase` 0), then words that go on (1); among the matches below a number,
 * after so many of the best.
 */
export type SearchPlace = { readonly phase: number; readonly below: number; readonly skip: number }

/** The place before the newest segment. */
export const searchStart: SearchPlace = { phase: 0, below: Number.MAX_SAFE_INTEGER, skip: 0 }

/** A place as a cursor, and back; what is no cursor is the start. */
export function cursorOf({ phase, below, skip }: SearchPlace): string {
  return `${phase}.${below}.${skip}`
}

/** See `cursorOf`. */
export function placeOf(cursor: string | null): SearchPlace {
  const found = /^([01])\.(\d{1,16})\.(\d{1,6})$/.exec(cursor ?? '')
  if (found === null) return searchStart
  return { phase: Number(found[1]), below: Number(found[2]), skip: Number(found[3]) }
}
