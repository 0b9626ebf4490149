// The passages that share the rarest words with one, found without looking at all of them.
import { mapInSteps, type StepCount, type Steps } from '../../text/logic/steps.ts'

/** For every word the passages it occurs in, ascending. */
export type WordPlaces = {
  /**
   * At most `count` passages from `from` to `to` (inclusive) that share most rare words with these, best first.
   */
  nearest(words: Int32Array, from: number, to: number, count: number): number[]
}

/** Words in more passages than this point to none. */
const commonWord = 120

/** Passages indexed between two steps. */
const stride = 64

/** Indexes passages given as sorted word numbers below `words`, in steps. */
export function* wordPlaces(passages: readonly Int32Array[], words: number): Steps<StepCount, WordPlaces> {
  const places: number[][] = Array.from({ length: words }, () => [])
  yield* mapInSteps(passages, stride, (own, position) => {
    own.forEach((word, at) => {
      if (word !== own[at - 1]) places[word]?.push(position)
    })
  })
  const scores = new Float64Array(passages.length)
  return {
    nearest: (own, from, to, count) => {
      const touched: number[] = []
      own.forEach((word, at) => {
        const found = places[word] ?? []
        if (word === own[at - 1] || found.length > commonWord) return
        const weight = 1 / found.length
        for (const place of found) {
          if (place < from || place > to) continue
          if (scores[place] === 0) touched.push(place)
          scores[place] = (scores[place] ?? 0) + weight
        }
      })
      const best = touched.sort((x, y) => (scores[y] ?? 0) - (scores[x] ?? 0) || x - y)
      const nearest = best.slice(0, count)
      for (const place of touched) scores[place] = 0
      return nearest
    },
  }
}
