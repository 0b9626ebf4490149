// How items of lists are written: a sign by how deep they stand, and the room before them.

const SIGNS = ['•', '◦', '▪'] as const
/** Deeper items are written as if they stood here. */
const DEEPEST = 9

/** The sign of an item without a number; `depth` 1 is the outermost list. */
export function bulletAt(depth: number): string {
  return SIGNS[Math.min(Math.max(1, depth), SIGNS.length) - 1] ?? SIGNS[0]
}

/** The blanks before an item: two for every list around its own. */
export function indentAt(depth: number): string {
  return '  '.repeat(Math.min(Math.max(1, depth), DEEPEST) - 1)
}
