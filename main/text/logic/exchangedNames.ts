// Names that stand where the source has another: the words around agree, and only who or where differs.
import { isDeterminer } from './names.ts'
import { formsOf, isGerman, type SourceIndex } from './sourceIndex.ts'
import { stopWords } from './stopWords.ts'
import { commonSubsequence } from './subsequence.ts'

/** `capital`: written with one. `name`: and with nothing before it that makes a common noun of it. */
type Token = { readonly word: string; readonly capital: boolean; readonly name: boolean }

/** From this share of words in common, another noun of the document in the place of one is an exchange. */
const nearlyTheSame = 0.8

/**
 * Capitalised words of a statement, as it writes them, that the source at `position` does not have and that stand between
 * the same words as a name it has and the statement leaves out, or that the document has elsewhere. Where nouns have a capital and nearly all else is the same,
 * a noun that the document has elsewhere counts too: what is a name is not always told by what stands around it.
 */
export function exchangedNames(index: SourceIndex, statement: string, position: number): string[] {
  const source = index.sources[position]
  if (source === undefined) return []
  const german = isGerman(statement, index.nounsCapital)
  const names = new Set(source.facts().names.flatMap((name) => formsOf(name, german)))
  const written = [...statement.matchAll(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.,'’-]*/gu)].map(([each]) => each)
  const tokens = written.flatMap((each, at) => tokensOf(german, each, written[at - 1] ?? ''))
  const words = tokens.map(({ word }) => word)
  const found: string[] = []
  const pairs = [
    [-1, -1] as const,
    ...commonSubsequence(words, source.words),
    [words.length, source.words.length] as const,
  ]
  const near = german && (pairs.length - 2) / Math.max(1, words.length) >= nearlyTheSame
  const gone = source.words.some((word) => names.has(word) && !words.includes(word))
  pairs.slice(1).forEach(([at, place], step) => {
    const [from, start] = pairs[step] ?? [-1, -1]
    const gap = source.words.slice(start + 1, place).filter((word) => !words.includes(word))
    const put = tokens.slice(from + 1, at).filter(({ word }) => !source.known.has(word))
    const left = gap.some((word) => names.has(word))
    const swapped = near && gap.length === 1 && put.length === 1
    const strange = put.filter((each) => {
      const elsewhere = index.postings.has(each.word)
      return (each.name && (left || (gone && elsewhere))) || (swapped && each.capital && elsewhere)
    })
    found.push(...strange.map(({ word }) => word))
  })
  return written.filter((each) => formsOf(each, german).some((word) => found.includes(word)))
}

/** A word with an article before it is a common noun, and so is one that opens a sentence with a small meaning. */
function tokensOf(german: boolean, written: string, before: string): Token[] {
  const capital = /^\p{Lu}\p{Ll}/u.test(written) && !stopWords.has(written.toLowerCase())
  const name = capital && !isDeterminer(before)
  return formsOf(written, german).map((word) => ({ word, capital, name }))
}
