// Ties a statement to the source sentences it comes from, and says how well.
import { factsOf, type Facts } from './facts.ts'
import { candidates, wordWeight, type Source, type SourceIndex } from './sourceIndex.ts'
import { stopWords } from './stopWords.ts'
import { wordsOf } from './words.ts'

/** What speaks against a statement although its words are there. */
export type AlignmentNote = 'number' | 'name' | 'negation' | 'splice'

/** Positions of the source sentences, best first (none: nothing alike); `score` 0 to 1, verbatim 1. */
export type Alignment = {
  readonly positions: readonly number[]
  readonly score: number
  readonly supported: boolean
  readonly notes: readonly AlignmentNote[]
}

/** Statements scoring at least this much, with nothing noted, are supported; chosen by the test of true and false claims. */
export const supportThreshold = 0.62
/** In extractive mode a model's sentence scoring less than this aligns to nothing. */
export const copyThreshold = 0.6

const candidateCount = 8
/** A second source may stand at most this many sentences from the first. */
const neighbourhood = 2
/** A second source must add at least this much. */
const worthwhileGain = 0.12
/** A splice is noted when this share of the words the sources lack stands in one other sentence. */
const splicedShare = 0.6
/** What a noted difference leaves of the score. */
const notedShare = 0.5

/**
 * Aligns one statement. The score is the weighted share of its words found in the source (rare words count most), half
 * of it only for words in the source's order (longest common subsequence). One source, or two neighbours where the second
 * adds a good deal. A number or name the sources lack, a negation on one
 * side only, or a piece of another sentence is noted and halves the score.
 */
export function align(index: SourceIndex, statement: string): Alignment {
  const words = wordsOf(statement)
  if (words.length === 0) return { positions: [], score: 0, supported: false, notes: [] }
  const ranked = candidates(index, words, candidateCount)
    .map((position) => ({ position, score: similarity(index, words, [position]) }))
    .sort((a, b) => b.score - a.score || a.position - b.position)
  const [best] = ranked
  if (best === undefined) return { positions: [], score: 0, supported: false, notes: [] }
  const pair = best.score > 0.97 ? best.score : 0
  const { positions, score } =
    pair > 0 ? { positions: [best.position], score: best.score } : withNeighbour(index, words, best)
  const spliced = isSpliced(index, words, positions)
  const notes = [...differences(index, factsOf(statement), positions), ...(spliced ? (['splice'] as const) : [])]
  const left = notes.length === 0 ? score : score * notedShare
  return { positions, score: left, supported: notes.length === 0 && score >= supportThreshold, notes }
}

/**
 * The one source a copying model's sentence was copied from, with its score; null when nothing is alike enough. Numbers
 * and names need no check here, because the source's own words replace the model's.
 */
export function alignCopy(index: SourceIndex, statement: string): { position: number; score: number } | null {
  const words = wordsOf(statement)
  let best: { position: number; score: number } | null = null
  for (const position of candidates(index, words, candidateCount)) {
    const source = index.sources[position]
    const short = words.length < 3 && words.length < (source?.words.length ?? 0)
    const score = short ? 0 : similarity(index, words, [position])
    const closer =
      best !== null && score === best.score && missing(source, words) < missing(index.sources[best.position], words)
    if (score >= copyThreshold && (best === null || score > best.score || closer)) best = { position, score }
  }
  return best
}

function withNeighbour(
  index: SourceIndex,
  words: readonly string[],
  best: { readonly position: number; readonly score: number },
): { positions: readonly number[]; score: number } {
  let chosen: { positions: readonly number[]; score: number } = { positions: [best.position], score: best.score }
  for (let step = -neighbourhood; step <= neighbourhood; step += 1) {
    const other = best.position + step
    if (step === 0 || other < 0 || other >= index.sources.length) continue
    const positions = [best.position, other].sort((a, b) => a - b)
    const score = similarity(index, words, positions)
    if (score > chosen.score && score >= best.score + worthwhileGain) chosen = { positions, score }
  }
  return chosen
}

function similarity(index: SourceIndex, words: readonly string[], positions: readonly number[]): number {
  const sources = positions.flatMap((position) => index.sources[position] ?? [])
  const sequence = sources.flatMap((source) => source.words)
  const inOrder = commonSubsequence(words, sequence)
  let all = 0
  let found = 0
  let ordered = 0
  words.forEach((word, at) => {
    const weight = wordWeight(index, word)
    all += weight
    if (sources.some((source) => source.known.has(word))) found += weight
    if (inOrder.has(at)) ordered += weight
  })
  return all === 0 ? 0 : (found + ordered) / (2 * all)
}

/** Positions in `a` of a longest common subsequence of `a` and `b`. */
function commonSubsequence(a: readonly string[], b: readonly string[]): Set<number> {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const skip = Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
      lengths[i * width + j] = a[i] === b[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : skip
    }
  }
  const matched = new Set<number>()
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      matched.add(i)
      i += 1
      j += 1
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1
    else j += 1
  }
  return matched
}

function differences(index: SourceIndex, facts: Facts, positions: readonly number[]): AlignmentNote[] {
  const sources = positions.flatMap((position) => index.sources[position] ?? [])
  const numbers = new Set(sources.flatMap((source) => source.facts.numbers))
  const negations = sources.reduce((sum, source) => sum + source.facts.negations, 0)
  const notes: AlignmentNote[] = []
  if (facts.numbers.some((each) => !numbers.has(each))) notes.push('number')
  if (index.namesCount && facts.names.some((name) => !isNear(index, name, positions))) notes.push('name')
  if ((facts.negations === 0) !== (negations === 0) && positions.length === 1) notes.push('negation')
  if (positions.length === 2 && facts.negations > 0 && negations === 0) notes.push('negation')
  return notes
}

/** True when most of what the sources lack stands together in one sentence elsewhere: two statements run into one. */
function isSpliced(index: SourceIndex, words: readonly string[], positions: readonly number[]): boolean {
  const known = positions.flatMap((position) => index.sources[position] ?? [])
  const lacking = words.filter((word) => !stopWords.has(word) && !known.some((source) => source.known.has(word)))
  if (lacking.length < 2) return false
  const elsewhere = candidates(index, lacking, candidateCount)
  return elsewhere.some((position) => {
    const found = lacking.filter((word) => index.sources[position]?.known.has(word) === true).length
    return found >= 2 && found >= lacking.length * splicedShare
  })
}

/** A name may stand in the sentence before, where the source itself says `he` or `the company`. */
function isNear(index: SourceIndex, name: string, positions: readonly number[]): boolean {
  return positions.some((at) => [at, at - 1].some((place) => index.sources[place]?.known.has(name) === true))
}

function missing(source: Source | undefined, words: readonly string[]): number {
  return source === undefined ? Infinity : Math.abs(source.words.length - words.length)
}
