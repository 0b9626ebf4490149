// Ties a statement to the source sentences it comes from, and says how well.
import type { ClaimNote, ClaimSupport } from '#contract/summary.ts'
import { checkFacts } from './factCheck.ts'
import { candidates, comparableWords, formsOf, wordWeight, type Source, type SourceIndex } from './sourceIndex.ts'
import { stopWords } from './stopWords.ts'
import { commonSubsequence } from './subsequence.ts'

/** Positions of the source sentences, best first (none: nothing alike); `score` 0 to 1, verbatim 1. */
export type Alignment = {
  readonly positions: readonly number[]
  readonly score: number
  readonly supported: boolean
  readonly support: ClaimSupport
  readonly notes: readonly ClaimNote[]
}

/** Statements scoring at least this much, with nothing noted, are supported; chosen by the test of true and false claims. */
export const supportThreshold = 0.52
/** In extractive mode a model's sentence scoring less than this aligns to nothing. */
export const copyThreshold = 0.6

/** A statement scoring less has nothing alike in the document. */
export const partlyThreshold = 0.4
/** From here on a statement is all but word for word. */
const verbatimScore = 0.97
const candidateCount = 8
/** Sources whose scores differ by no more are taken to be as good as each other. */
const aboutAlike = 0.05
/** A second source may stand at most this many sentences from the first. */
const neighbourhood = 2
/** Each of two sources must bring so many words of its own. */
const fewestAdded = 2
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
  const words = comparableWords(index, statement)
  const ranked = candidates(index, words, candidateCount)
    .map((position) => ({ position, score: similarity(index, words, [position]) }))
    .sort((a, b) => b.score - a.score || a.position - b.position)
  const [best] = ranked
  if (best === undefined) return nothingAlike(statement)
  const judged = judgeFrom(index, statement, words, best)
  if (judged.notes.length === 0) return judged
  // Where several sentences are about as alike (a form, a list), the one without anything against it is meant.
  const others = ranked.slice(1).filter(({ score }) => score >= best.score - aboutAlike)
  return others.map((other) => judgeFrom(index, statement, words, other)).find(({ supported }) => supported) ?? judged
}

function judgeFrom(index: SourceIndex, statement: string, words: readonly string[], from: Ranked): Alignment {
  const alone = { positions: [from.position], score: from.score }
  const { positions, score } = from.score > verbatimScore ? alone : withNeighbour(index, words, from)
  return judge(index, statement, positions, score)
}

/** Judges a statement against sources somebody chose; `score` is how alike they are, 0 to 1. */
export function judge(index: SourceIndex, statement: string, positions: readonly number[], score: number): Alignment {
  const words = comparableWords(index, statement)
  const notes: ClaimNote[] = checkFacts(index, statement, positions)
  if (isSpliced(index, words, positions)) notes.push({ kind: 'splice', said: '' })
  if (score < partlyThreshold && notes.length === 0) notes.push({ kind: 'foreign', said: '' })
  const left = notes.length === 0 ? score : score * notedShare
  const supported = notes.length === 0 && score >= supportThreshold
  const support = isVerbatim(index, words, positions) && supported ? 'verbatim' : supportOf(score, notes)
  return { positions, score: left, supported, support, notes }
}

function supportOf(score: number, notes: readonly ClaimNote[]): ClaimSupport {
  if (score < partlyThreshold) return 'none'
  if (notes.length > 0 || score < supportThreshold) return 'partly'
  return 'close'
}

/** True when the statement's words stand in one of the sources just so. */
function isVerbatim(index: SourceIndex, words: readonly string[], positions: readonly number[]): boolean {
  const said = ` ${words.join(' ')} `
  return positions.some((position) => ` ${index.sources[position]?.words.join(' ') ?? ''} `.includes(said))
}

function nothingAlike(statement: string): Alignment {
  const empty = !/[\p{L}\p{N}]/u.test(statement)
  const notes: ClaimNote[] = empty ? [] : [{ kind: 'foreign', said: '' }]
  return { positions: [], score: 0, supported: false, support: 'none', notes }
}

/**
 * The one source a copying model's sentence was copied from, with its score; null when nothing is alike enough. Numbers
 * and names need no check here, because the source's own words replace the model's.
 */
export function alignCopy(index: SourceIndex, statement: string): { position: number; score: number } | null {
  const words = comparableWords(index, statement)
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

type Ranked = { readonly position: number; readonly score: number }
type Chosen = { readonly positions: readonly number[]; readonly score: number }

/**
 * The best sentence, with a neighbour where each of the two brings words of its own. One that only brings a name, a number
 * or a date is not taken, for that may have been exchanged; and where it was the best for nothing but that, the other is.
 */
function withNeighbour(index: SourceIndex, words: readonly string[], best: Ranked): Chosen {
  let chosen: Chosen = { positions: [best.position], score: best.score }
  for (let step = -neighbourhood; step <= neighbourhood; step += 1) {
    const other = best.position + step
    if (step === 0 || other < 0 || other >= index.sources.length) continue
    const positions = [best.position, other].sort((a, b) => a - b)
    const score = similarity(index, words, positions)
    if (score <= chosen.score || score < best.score + worthwhileGain) continue
    if (plainWordsAdded(index, words, best.position, other) < fewestAdded) continue
    if (plainWordsAdded(index, words, other, best.position) >= fewestAdded) chosen = { positions, score }
    else if (plainWordsAdded(index, words, other, best.position) === 0) {
      chosen = { positions: [other], score: similarity(index, words, [other]) }
      break
    }
  }
  return chosen
}

/** How many of the words, names, numbers and dates aside, only the second sentence has. */
function plainWordsAdded(index: SourceIndex, words: readonly string[], first: number, second: number): number {
  const [one, other] = [index.sources[first], index.sources[second]]
  if (one === undefined || other === undefined) return 0
  const { names, dates } = other.facts()
  const facts = [...names, ...dates.map(({ said }) => said)]
  const factual = new Set(facts.flatMap((each) => [...formsOf(each, true), ...formsOf(each, false)]))
  const added = words.filter((word) => {
    const plain = !stopWords.has(word) && !/\p{N}/u.test(word) && !factual.has(word)
    return plain && other.known.has(word) && !one.known.has(word)
  })
  return new Set(added).size
}

function similarity(index: SourceIndex, words: readonly string[], positions: readonly number[]): number {
  const sources = positions.flatMap((position) => index.sources[position] ?? [])
  const sequence = sources.flatMap((source) => source.words)
  const inOrder = new Set(commonSubsequence(words, sequence).map(([at]) => at))
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

function missing(source: Source | undefined, words: readonly string[]): number {
  return source === undefined ? Infinity : Math.abs(source.words.length - words.length)
}
