// Names of cells: columns as letters, ranges as corners.

/** Columns a sheet can have. */
export const MOST_COLUMNS = 16_384
/** Rows a sheet can have. */
export const MOST_ROWS = 1_048_576

/** "A" for 1, "AA" for 27. */
export function columnName(column: number): string {
  let name = ''
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name
  }
  return name
}

/** The column of a reference such as "AB12", from 1; null when it names none a sheet can have. */
export function columnOf(reference: string): number | null {
  const letters = /^([A-Z]{1,3})\d/.exec(reference)?.[1]
  if (letters === undefined) return null
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column <= MOST_COLUMNS ? column : null
}

/** "B2:D9", or "B2" for a single cell. */
export function rangeName(
  from: readonly [row: number, column: number],
  to: readonly [row: number, column: number],
): string {
  const [first, last] = [`${columnName(from[1])}${from[0]}`, `${columnName(to[1])}${to[0]}`]
  return first === last ? first : `${first}:${last}`
}
