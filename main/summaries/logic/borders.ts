// Where a sequence of pieces is cut so that a local change moves the cuts around it and no others.

/** One piece: its size, how good a place it is to begin at (higher is better), and its text, which decides among equals. */
export type Piece = { readonly tokens: number; readonly rank: number; readonly text: string }

/** A run of neighbours, `to` exclusive. */
export type Run = { readonly from: number; readonly to: number }

/** A run is at least this full where there is a choice, so that there is one. */
const fullEnough = 0.62

/**
 * The size runs may have: the largest on a fixed ladder (steps of √2 below `budget`) that makes at least `wanted` runs of
 * `total`. On a ladder a few words more or less change nothing.
 */
export function runSize(budget: number, total: number, wanted: number): number {
  let size = budget
  while (size > total / Math.max(1, wanted) && size > budget / 64 && wanted > 1) size /= Math.SQRT2
  return size
}

/**
 * Runs that together hold every piece once, none over `size` unless a single piece is. Each ends where, in reach, the
 * best piece begins: by rank, then by the smallest hash of its text. Because that choice looks at nothing but the pieces
 * in reach, two versions of a text are cut alike again soon after the place where they differ (content-defined chunking
 * by local minima).
 */
export function cutByContent(pieces: readonly Piece[], size: number): Run[] {
  const runs: Run[] = []
  let left = pieces.reduce((sum, { tokens }) => sum + tokens, 0)
  for (let from = 0; from < pieces.length;) {
    const to = left <= size ? pieces.length : endOf(pieces, from, size, left)
    for (let at = from; at < to; at += 1) left -= pieces[at]?.tokens ?? 0
    runs.push({ from, to })
    from = to
  }
  return runs
}

function endOf(pieces: readonly Piece[], from: number, size: number, left: number): number {
  // The last two runs share what is left, so that the last is no crumb.
  const lastTwo = left < size * (1 + fullEnough)
  const least = lastTwo ? Math.max(left * 0.35, left - size) : size * fullEnough
  const most = lastTwo ? Math.min(size, left * 0.65) : size
  let best = -1
  let filled = 0
  let farthest = from + 1
  for (let at = from + 1; at < pieces.length; at += 1) {
    filled += pieces[at - 1]?.tokens ?? 0
    if (filled > size) break
    farthest = at
    if (filled >= least && filled <= most && (best === -1 || isBetter(pieces, at, best))) best = at
  }
  return best === -1 ? farthest : best
}

function isBetter(pieces: readonly Piece[], at: number, than: number): boolean {
  const [one, other] = [pieces[at], pieces[than]]
  if (one === undefined || other === undefined) return false
  if (one.rank !== other.rank) return one.rank > other.rank
  return hashOf(one.text) <= hashOf(other.text)
}

/** FNV-1a, 32 bits, with the bits stirred at the end so that like beginnings do not give like numbers. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
