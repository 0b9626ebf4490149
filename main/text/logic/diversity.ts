// Best first without saying the same thing twice.
import { overlap, type WordStatistics } from './wordStatistics.ts'

/** How many places at the front are chosen for difference too; behind them the score alone decides. */
const diversePlaces = 12

/**
 * The given sentence indexes, best first by maximal marginal relevance (Carbonell and Goldstein 1998): each next one has
 * the best score, reduced by the square of its largest word overlap with those already in front (sharing the subject's
 * words is no fault). Ties keep the given order.
 */
export function bestFirst(
  indexes: readonly number[],
  scores: readonly number[],
  statistics: WordStatistics,
  places: number = diversePlaces,
): number[] {
  const rest = [...indexes].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const candidates = rest.splice(0, Math.max(places * 8, 40))
  const closest = candidates.map(() => 0)
  const front: number[] = []
  while (front.length < places && candidates.length > 0) {
    const at = bestPlace(candidates, closest, scores)
    const [chosen] = candidates.splice(at, 1)
    closest.splice(at, 1)
    if (chosen === undefined) break
    front.push(chosen)
    candidates.forEach((each, i) => (closest[i] = Math.max(closest[i] ?? 0, overlap(statistics, each, chosen))))
  }
  return [...front, ...candidates, ...rest]
}

function bestPlace(candidates: readonly number[], closest: readonly number[], scores: readonly number[]): number {
  let best = 0
  let most = -Infinity
  candidates.forEach((each, i) => {
    const worth = (scores[each] ?? 0) * (1 - (closest[i] ?? 0) ** 2)
    if (worth > most) [best, most] = [i, worth]
  })
  return best
}
