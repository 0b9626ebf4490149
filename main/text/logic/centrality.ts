// Which sentences stand for the whole document.
import type { Sentence } from './sentences.ts'
import { tableHeads } from './tableHeads.ts'
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
  const heads = tableHeads(sentences)
  const seen = new Set<string>()
  const raw = sentences.map((sentence, index) => {
    const key = repeatKey(sentence)
    const again = seen.has(key)
    seen.add(key)
    if (again) return 0
    const furniture = (repeats.get(key) ?? 0) >= furnitureRepeats && isUnfinishedLine(sentence)
    let sum = 0
    for (const [word, weight] of vectors[index] ?? []) sum += weight * (centroid.get(word) ?? 0)
    const form = heads.has(sentence) ? 0.02 : formWeight(sentence)
    return sum * form * placeWeight(sentence, sentences.length) * (furniture ? 0.05 : 1)
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
  if (isDigits(sentence.text)) return 0.02
  const words = sentence.text.split(' ').length
  const length = words < 12 ? (words / 12) ** 0.75 : words > 38 ? 38 / words : 1
  const alone = leaning.test(sentence.text) ? 0.75 : 1
  const symbols = sentence.text.match(/[{}=<>;|\\_[\]#$]/g)?.length ?? 0
  const plain = symbols / sentence.text.length > 0.02 ? 0.4 : 1
  const listed = namesAndNumbers(sentence.text) > 0.5 || /^\W*[\p{L} ]{1,20}:/u.test(sentence.text) ? 0.5 : 1
  const finished = /[.!…]["'”’»)\]]*$/.test(sentence.text) ? 1 : 0.6
  switch (sentence.kind) {
    case 'sentence':
      return length * finished * alone * plain * listed
    case 'list-item':
      return length * 0.75
    case 'heading':
      return length * 0.2
    case 'row':
      return length * 0.3
    case 'code':
      return length * 0.05
  }
}

/** Share of words that are numbers or begin with a capital: high in attendance lists, dates and addresses. */
function namesAndNumbers(text: string): number {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.filter((word) => /^[\p{Lu}\p{N}]/u.test(word)).length / Math.max(1, words.length)
}

/** True where digits outnumber letters: a constant printed to a thousand places, a column of readings. */
function isDigits(text: string): boolean {
  return (text.match(/\p{N}/gu)?.length ?? 0) > (text.match(/\p{L}/gu)?.length ?? 0)
}

/** Starts that lean on the sentence before and cannot stand alone. */
const leaning =
  /^(?:(?:it|they|he|she|him|them|however|but|also|therefore|thus|neither|nor|then|so|yet|moreover|furthermore|instead|otherwise|both|nobody|everybody|everyone|(?:until|since|by|before|after) (?:then|that)|er|es|beide|niemand|danach|bis dahin|seitdem|jedoch|aber|außerdem|deshalb|daher|dann|stattdessen)\b|(?:this|that|these|those|dies|das) (?:is|was|are|were|has|have|had|will|can|means|meant|made|makes|left|leaves|ist|war|hat|wird)\b)/i

function placeWeight(sentence: Sentence, count: number): number {
  const opening = 1 + 0.15 * Math.exp((-12 * sentence.index) / count)
  return sentence.opensParagraph ? opening * 1.1 : opening
}

/** Running headers differ by their page number; whole sentences are the same only when they are the same. */
function repeatKey(sentence: Sentence): string {
  const key = sentence.text.toLowerCase()
  return isUnfinishedLine(sentence) ? key.replace(/\d+/g, '#') : key
}

function isUnfinishedLine(sentence: Sentence): boolean {
  return sentence.text.length <= furnitureCharacters && !/[.!?…]["'”’»)\]]*$/.test(sentence.text)
}

function countRepeats(sentences: readonly Sentence[]): Map<string, number> {
  const repeats = new Map<string, number>()
  for (const sentence of sentences) repeats.set(repeatKey(sentence), (repeats.get(repeatKey(sentence)) ?? 0) + 1)
  return repeats
}
