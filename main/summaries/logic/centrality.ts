// Which sentences stand for the whole document.
import type { Sentence } from './sentences.ts'
import { rarity, type WordStatistics } from './wordStatistics.ts'

/** A sentence repeated this often and no longer than `furnitureCharacters` is a running header or footer. */
const furnitureRepeats = 3
const furnitureCharacters = 100

/**
 * Centrality of every sentence, 0 to 1, the best exactly 1. The measure is LexRank's degree centrality with continuous
 * weights (Erkan and Radev 2004): the sum of TF-IDF cosines with all sentences, which is the dot product with their sum
 * and so takes linear time. Short and endless sentences, headings, rows and code count less, openings a little more; a
 * repeated sentence counts once, a repeated short line hardly.
 */
export function scoreSentences(sentences: readonly Sentence[], statistics: WordStatistics): number[] {
  const vectors = statistics.counts.map((words) => unitVector(words, statistics))
  const centroid = new Map<string, number>()
  for (const vector of vectors)
    for (const [word, weight] of vector) centroid.set(word, (centroid.get(word) ?? 0) + weight)
  const repeats = countRepeats(sentences)
  const seen = new Set<string>()
  const raw = sentences.map((sentence, index) => {
    const key = repeatKey(sentence)
    const again = seen.has(key)
    seen.add(key)
    if (again) return 0
    const furniture = (repeats.get(key) ?? 0) >= furnitureRepeats && sentence.text.length <= furnitureCharacters
    let sum = 0
    for (const [word, weight] of vectors[index] ?? []) sum += weight * (centroid.get(word) ?? 0)
    return sum * formWeight(sentence) * placeWeight(sentence, sentences.length) * (furniture ? 0.05 : 1)
  })
  const best = raw.reduce((most, each) => Math.max(most, each), 0)
  return best === 0 ? raw : raw.map((each) => each / best)
}

function unitVector(words: ReadonlyMap<string, number>, statistics: WordStatistics): [string, number][] {
  const weights = [...words].map(([word, count]): [string, number] => [
    word,
    (1 + Math.log(count)) * rarity(statistics, word),
  ])
  const length = Math.hypot(...weights.map(([, weight]) => weight))
  return weights.map(([word, weight]) => [word, weight / length])
}

function formWeight(sentence: Sentence): number {
  const words = sentence.text.split(' ').length
  const length = words < 6 ? words / 12 : words > 45 ? 45 / words : 1
  const finished = /[.!…]["'”’»)\]]*$/.test(sentence.text) ? 1 : 0.6
  switch (sentence.kind) {
    case 'sentence':
      return length * finished
    case 'list-item':
      return length * 0.9
    case 'heading':
      return length * 0.2
    case 'row':
      return length * 0.3
    case 'code':
      return length * 0.05
  }
}

function placeWeight(sentence: Sentence, count: number): number {
  const opening = 1 + 0.25 * Math.exp((-12 * sentence.index) / count)
  return sentence.opensParagraph ? opening * 1.1 : opening
}

function repeatKey(sentence: Sentence): string {
  return sentence.text.toLowerCase().replace(/\d+/g, '#')
}

function countRepeats(sentences: readonly Sentence[]): Map<string, number> {
  const repeats = new Map<string, number>()
  for (const sentence of sentences) repeats.set(repeatKey(sentence), (repeats.get(repeatKey(sentence)) ?? 0) + 1)
  return repeats
}
