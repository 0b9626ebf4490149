// Two rankings made one: words found and meaning near, by reciprocal rank (Cormack, Clarke and Büttcher 2009).
import type { Ranked, Search } from './ranking.ts'

/** A segment whose meaning is near the question's; `closeness` is the cosine of their vectors. */
export type Close = {
  readonly documentId: string
  readonly name: string
  readonly title: string | null
  readonly position: number
  readonly closeness: number
}

/** The constant of the method: how little the very first places outweigh the next. */
const smoothing = 60
/** Ranks looked at in each list. */
const depth = 60

/**
 * Lines by both rankings, best first; without vectors the first ranking as it is. A near segment speaks through the line
 * of it that has most of the question's words, else through its first.
 */
export function fuse(search: Search, ranked: readonly Ranked[], close: readonly Close[]): readonly Ranked[] {
  if (close.length === 0) return ranked
  const fused = new Map<number, { readonly entry: Ranked; score: number }>()
  ranked.slice(0, depth).forEach((entry, rank) => fused.set(entry.line, { entry, score: worth(rank) }))
  close.slice(0, depth).forEach((each, rank) => {
    const line = lineOf(search, ranked, each)
    if (line === null) return
    const known = fused.get(line)
    if (known !== undefined) known.score += worth(rank)
    else fused.set(line, { entry: { line, score: 0, own: 0, all: 0 }, score: worth(rank) })
  })
  return [...fused.values()]
    .map(({ entry, score }) => ({ ...entry, score }))
    .sort((a, b) => b.score - a.score || a.line - b.line)
}

function worth(rank: number): number {
  return 1 / (smoothing + rank + 1)
}

function lineOf({ index }: Search, ranked: readonly Ranked[], { documentId, position }: Close): number | null {
  const inSegment = (line: number): boolean => {
    const each = index.lines[line]
    const excerpt = index.excerpts[each?.excerpt ?? -1]
    return excerpt?.documentId === documentId && excerpt.position + (each?.segment ?? 0) === position
  }
  const best = ranked.find(({ line }) => inSegment(line))
  if (best !== undefined) return best.line
  const first = index.lines.findIndex((_, line) => inSegment(line))
  return first < 0 ? null : first
}
