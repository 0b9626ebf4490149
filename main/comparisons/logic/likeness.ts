// How alike two passages are, rare words counting most.
import { spelledNumbers } from './comparisonWords.ts'
import { stopWords } from '../../text/logic/stopWords.ts'
import { mapInSteps, type StepCount, type Steps } from '../../text/logic/steps.ts'
import type { Passage } from './passages.ts'

/** Passages as sorted word numbers with what each word weighs, made once for both documents. */
export type Likeness = {
  /** 0 to 1: twice the common weight over the weight of both (Dice on multisets of words). */
  between(a: number, b: number): number
  /** How much of the weight of `part` is found in `whole`, both lists of word numbers; 0 to 1. */
  contained(part: Int32Array, whole: Int32Array): number
  readonly before: readonly Int32Array[]
  readonly after: readonly Int32Array[]
  /** Numbers below this stand for words of both documents together. */
  readonly words: number
}

/** Passages counted between two steps. */
const stride = 64

/** Counts words over both documents, in steps. */
export function* likenessOf(before: readonly Passage[], after: readonly Passage[]): Steps<StepCount, Likeness> {
  const numbers = new Map<string, number>()
  const frequency: number[] = []
  const numbered = (passages: readonly Passage[]): Steps<StepCount, Int32Array[]> =>
    mapInSteps(passages, stride, ({ tokens }) => {
      const own = Int32Array.from(tokens, ({ word }) => {
        const known = numbers.get(word)
        if (known !== undefined) return known
        numbers.set(word, numbers.size)
        frequency.push(0)
        return numbers.size - 1
      }).sort()
      own.forEach((word, at) => {
        if (word !== own[at - 1]) frequency[word] = (frequency[word] ?? 0) + 1
      })
      return own
    })
  const sides = { before: yield* numbered(before), after: yield* numbered(after) }
  const total = before.length + after.length
  const weights = new Float64Array(numbers.size)
  for (const [word, at] of numbers) {
    weights[at] = Math.log(1 + total / (frequency[at] ?? 1)) * trust(word)
  }
  const sum = (words: Int32Array): number => words.reduce((all, word) => all + (weights[word] ?? 0), 0)
  const beforeSums = yield* mapInSteps(sides.before, stride, sum)
  const afterSums = yield* mapInSteps(sides.after, stride, sum)
  return {
    ...sides,
    words: numbers.size,
    between: (a, b) => {
      const [left, right] = [sides.before[a], sides.after[b]]
      if (left === undefined || right === undefined) return 0
      const all = (beforeSums[a] ?? 0) + (afterSums[b] ?? 0)
      return all === 0 ? 0 : (2 * common(left, right, weights)) / all
    },
    contained: (part, whole) => {
      const all = sum(part)
      return all === 0 ? 0 : common(part, whole, weights) / all
    },
  }
}

/** Small words say little, and numbers are what changes most between two versions. */
function trust(word: string): number {
  if (stopWords.has(word)) return 0.2
  return /^\p{N}/u.test(word) || spelledNumbers.has(word) ? 0.3 : 1
}

function common(a: Int32Array, b: Int32Array, weights: Float64Array): number {
  let weight = 0
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [left = 0, right = 0] = [a[i], b[j]]
    if (left === right) {
      weight += weights[left] ?? 0
      i += 1
      j += 1
    } else if (left < right) i += 1
    else j += 1
  }
  return weight
}
