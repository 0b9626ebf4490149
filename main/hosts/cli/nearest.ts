// The word somebody may have meant: the nearest of those there are, if it is near.

/** The word of `words` that is nearest to `word` by letters changed, added, left out or swapped; null where none is near. */
export function nearest(word: string, words: readonly string[]): string | null {
  const asked = word.toLowerCase()
  if (asked.length < 3) return null
  const allowed = Math.max(1, Math.floor(asked.length / 3))
  const ranked = words
    .map((known) => ({ known, far: changesBetween(asked, known) }))
    .filter(({ far }) => far <= allowed)
    .sort((a, b) => a.far - b.far)
  return ranked[0]?.known ?? null
}

/** Edit distance in which two swapped neighbours count once (optimal string alignment). */
function changesBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      const at = (up: number, left: number): number => (rows[row - up] ?? now)[column - left] ?? Infinity
      const changed = at(1, 1) + (same ? 0 : 1)
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      now.push(Math.min(changed, at(1, 0) + 1, (now[column - 1] ?? Infinity) + 1, swapped ? at(2, 2) + 1 : Infinity))
    }
    rows.push(now)
  }
  return rows.at(-1)?.at(-1) ?? Infinity
}
