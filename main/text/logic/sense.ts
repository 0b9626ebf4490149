// Statements whose words are not their source's: judged by the closeness of meaning an embedding model measures.
import { judge, type Alignment } from './alignment.ts'
import { candidates, comparableWords, type SourceIndex } from './sourceIndex.ts'

/** Cosine from which two sentences are taken to say the same, if no fact speaks against it. */
export const senseThreshold = 0.82
/** Sentences that are held against a statement by meaning: those that share most with it. */
export const sensePlaces = 40

/** True for what a second look may help: too few of the source's words, and no fact against it. */
export function mayBeReworded({ supported, notes }: Pick<Alignment, 'supported' | 'notes'>): boolean {
  return !supported && notes.every(({ kind }) => kind === 'foreign')
}

/** Positions of the sentences to hold a statement against. */
export function placesFor(index: SourceIndex, statement: string): number[] {
  return candidates(index, comparableWords(index, statement), sensePlaces)
}

/**
 * The statement judged against the one of `places` closest to it in meaning; null when none is close enough. Numbers,
 * dates, names and yes or no are checked as ever: meaning alone never outweighs them.
 */
export function alignBySense(
  index: SourceIndex,
  statement: string,
  vector: Float32Array,
  places: readonly { readonly position: number; readonly vector: Float32Array }[],
): Alignment | null {
  const [best] = places
    .map(({ position, vector: other }) => ({ position, closeness: cosine(vector, other) }))
    .sort((a, b) => b.closeness - a.closeness || a.position - b.position)
  if (best === undefined || best.closeness < senseThreshold) return null
  return judge(index, statement, [best.position], best.closeness)
}

/** Cosine of the angle between two vectors, -1 to 1; 0 where one is nothing or they are not of one length. */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0
  let [dot, left, right] = [0, 0, 0]
  for (let at = 0; at < a.length; at += 1) {
    const [one, other] = [a[at] ?? 0, b[at] ?? 0]
    dot += one * other
    left += one * one
    right += other * other
  }
  return left === 0 || right === 0 ? 0 : dot / Math.sqrt(left * right)
}
