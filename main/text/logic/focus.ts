// Ranking for the person's own instruction when the model can only copy.
import { requestWords } from './stopWords.ts'
import { rarity, type WordStatistics } from './wordStatistics.ts'
import { contentWordsOf } from './words.ts'

/** What part of a sentence's worth is the instruction's words; the rest is its centrality. */
const focusShare = 0.8

/**
 * Scores 0 to 1 that put sentences with the instruction's rare words first. When none of its words occurs in the
 * document (`Explain it to a child`), centrality alone decides.
 */
export function focusScores(instruction: string, centrality: readonly number[], statistics: WordStatistics): number[] {
  const asked = new Set(contentWordsOf(instruction).filter((word) => !requestWords.has(word)))
  const known = [...asked].filter((word) => statistics.sentencesWith.has(word))
  const all = known.reduce((sum, word) => sum + rarity(statistics, word), 0)
  if (all === 0) return [...centrality]
  return centrality.map((central, index) => {
    const words = statistics.counts[index]
    const found = known.reduce((sum, word) => sum + (words?.has(word) ? rarity(statistics, word) : 0), 0)
    return focusShare * (found / all) + (1 - focusShare) * central
  })
}
