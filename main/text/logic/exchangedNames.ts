// Names that stand where the source has another: the words around agree, and only who or where differs.
import { isDeterminer } from './names.ts'
import { comparableWords, type SourceIndex } from './sourceIndex.ts'
import { stopWords } from './stopWords.ts'
import { commonSubsequence } from './subsequence.ts'

type Token = { readonly word: string; readonly capital: boolean }

/**
 * Capitalised words of a statement, as it writes them, that the source at `position` does not have and that stand between
 * the same words as a name it has and the statement leaves out.
 */
export function exchangedNames(index: SourceIndex, statement: string, position: number): string[] {
  const source = index.sources[position]
  if (source === undefined) return []
  const names = new Set(source.facts().names.flatMap((name) => comparableWords(index, name)))
  if (names.size === 0) return []
  const written = [...statement.matchAll(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.,'’-]*/gu)].map(([each]) => each)
  const tokens = written.flatMap((each, at) => tokensOf(index, each, written[at - 1] ?? ''))
  const words = tokens.map(({ word }) => word)
  const found: string[] = []
  const pairs = [
    [-1, -1] as const,
    ...commonSubsequence(words, source.words),
    [words.length, source.words.length] as const,
  ]
  pairs.slice(1).forEach(([at, place], step) => {
    const [from, start] = pairs[step] ?? [-1, -1]
    const left = source.words.slice(start + 1, place).some((word) => names.has(word) && !words.includes(word))
    const put = tokens.slice(from + 1, at).filter(({ word, capital }) => capital && !source.known.has(word))
    if (left) found.push(...put.map(({ word }) => word))
  })
  return written.filter((each) => comparableWords(index, each).some((word) => found.includes(word)))
}

/** A word with an article before it is a common noun, and so is one that opens a sentence with a small meaning. */
function tokensOf(index: SourceIndex, written: string, before: string): Token[] {
  const capital = /^\p{Lu}\p{Ll}/u.test(written) && !isDeterminer(before) && !stopWords.has(written.toLowerCase())
  return comparableWords(index, written).map((word) => ({ word, capital }))
}
