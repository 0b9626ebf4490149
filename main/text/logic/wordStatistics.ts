// How often words occur over the sentences of a document, and what that makes each sentence worth.
import type { Sentence } from './sentences.ts'
import { contentWordsOf } from './words.ts'

/** Content words of every sentence with counts, and in how many sentences each word occurs. */
export type WordStatistics = {
  readonly counts: readonly ReadonlyMap<string, number>[]
  readonly sentencesWith: ReadonlyMap<string, number>
}

/** Counts once what ranking, focus and redundancy need; linear in the length of the document. */
export function countWords(sentences: readonly Sentence[]): WordStatistics {
  const sentencesWith = new Map<string, number>()
  const counts = sentences.map((sentence) => {
    const own = new Map<string, number>()
    for (const word of contentWordsOf(sentence.text)) own.set(word, (own.get(word) ?? 0) + 1)
    for (const word of own.keys()) sentencesWith.set(word, (sentencesWith.get(word) ?? 0) + 1)
    return own
  })
  return { counts, sentencesWith }
}

/** Inverse document frequency of a word, `ln(1 + N / n)`; a word that never occurs counts as occurring once. */
export function rarity(statistics: WordStatistics, word: string): number {
  return Math.log(1 + statistics.counts.length / (statistics.sentencesWith.get(word) ?? 1))
}

/** Share of common content words of two sentences, 0 to 1 (Jaccard). */
export function overlap(statistics: WordStatistics, a: number, b: number): number {
  const [first, second] = [statistics.counts[a], statistics.counts[b]]
  if (first === undefined || second === undefined || first.size + second.size === 0) return 0
  let common = 0
  for (const word of first.keys()) if (second.has(word)) common += 1
  return common / (first.size + second.size - common)
}
