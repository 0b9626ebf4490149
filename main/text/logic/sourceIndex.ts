// An inverted index over a document's sentences, so that aligning a claim looks only where its words are.
import { factsOf, type Facts } from './facts.ts'
import { germanStem } from './germanStem.ts'
import { capitalisesNouns } from './names.ts'
import { languageOf, stopWords } from './stopWords.ts'
import { wordsOf } from './words.ts'

/**
 * One source sentence ready to compare: `words` in order as `comparableWords` writes them, `known` those and the plain
 * words of `wordsOf`.
 */
export type Source = {
  readonly words: readonly string[]
  readonly known: ReadonlySet<string>
  /** Read when first asked for: most sentences of a long document never are. */
  readonly facts: () => Facts
}

/** Sources by position and, per word, the positions it occurs at (ascending). */
export type SourceIndex = {
  readonly sources: readonly Source[]
  readonly postings: ReadonlyMap<string, readonly number[]>
  /** Most nouns have a capital here (German): so a sentence is read whose own words do not tell its language. */
  readonly nounsCapital: boolean
}

/** Words in more sentences than this find no candidates unless a claim has nothing rarer. */
const commonWord = 400

/** Indexes sentences; positions are those of `texts`. */
export function indexSources(texts: readonly string[]): SourceIndex {
  const postings = new Map<string, number[]>()
  const nounsCapital = capitalisesNouns(texts)
  const sources = texts.map((text, position) => {
    const plain = wordsOf(text)
    const german = isGerman(text, nounsCapital)
    const words = formsOf(text, german)
    const known = new Set([...plain, ...words])
    for (const word of known) {
      const places = postings.get(word)
      if (places === undefined) postings.set(word, [position])
      else places.push(position)
    }
    let read: Facts | undefined
    return { words, known, facts: () => (read ??= factsOf(text, german)) }
  })
  return { sources, postings, nounsCapital }
}

/** The words of a statement as the index compares them: `wordsOf`, in German without their endings. */
export function comparableWords(index: SourceIndex, text: string): string[] {
  return formsOf(text, isGerman(text, index.nounsCapital))
}

/** The words of a text as a German sentence compares them, or as any other does. */
export function formsOf(text: string, german: boolean): string[] {
  const plain = wordsOf(text)
  return german ? plain.map(stemmed) : plain
}

/** Each sentence by its own small words, so that a document of several languages is read in each; else as the document. */
export function isGerman(text: string, document: boolean): boolean {
  const language = languageOf(text)
  return language === null ? document : language === 'de'
}

/** Marked, so that a stem is never taken for a word. */
function stemmed(word: string): string {
  return stopWords.has(word) || /^\p{N}/u.test(word) ? word : `~${germanStem(word)}`
}

/** Weight of a word in a comparison: rare words count most, stop words little. */
export function wordWeight(index: SourceIndex, word: string): number {
  const occurrences = index.postings.get(word)?.length ?? 0
  const rare = Math.log(1 + index.sources.length / Math.max(1, occurrences))
  return stopWords.has(word) ? 0.15 * rare + 0.05 : rare + 0.2
}

/** The positions that share most with these words, best first, at most `count`. */
export function candidates(index: SourceIndex, words: readonly string[], count: number): number[] {
  const gathered = gather(index, words, commonWord)
  const sums = gathered.size > 0 ? gathered : gather(index, words, Infinity)
  return [...sums]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, count)
    .map(([position]) => position)
}

function gather(index: SourceIndex, words: readonly string[], most: number): Map<number, number> {
  const sums = new Map<number, number>()
  for (const word of new Set(words)) {
    const places = index.postings.get(word)
    if (places === undefined || places.length > most) continue
    const weight = wordWeight(index, word)
    for (const place of places) sums.set(place, (sums.get(place) ?? 0) + weight)
  }
  return sums
}
