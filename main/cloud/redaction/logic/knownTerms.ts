// Finds given words in a text: the person's own list, and what this conversation has hidden before.
import type { Candidate, RedactionClass } from './finding.ts'

/**
 * A word or several to find as whole words. `match`: `exact` as written; `inflected` with an ending hanging on; `any-case`
 * besides in any case.
 */
export type Term = {
  readonly text: string
  readonly class: RedactionClass
  readonly entity: string
  readonly match: 'exact' | 'inflected' | 'any-case'
}

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu
const wordCharacter = /[\p{L}\p{M}\p{N}]/u
/** Endings that do not make it another word: genitives, English and German, and German cases. They stay in the text. */
const ending = /(?:['’]s|es|en|s|n|e)?(?![\p{L}\p{M}\p{N}])/iuy

/**
 * Every place where a term stands as whole words, however its spaces are written. Linear in the text for terms that
 * begin with different words.
 */
export function findTerms(text: string, terms: readonly Term[]): readonly Candidate[] {
  const found: Candidate[] = []
  const byFirstWord = indexed(terms)
  if (byFirstWord.size === 0) return found
  for (const { index, 0: word } of text.matchAll(wordPattern)) {
    for (const { term, pattern, lead } of candidatesFor(byFirstWord, word)) {
      const start = index - lead
      if (start < 0) continue
      pattern.lastIndex = start
      const match = pattern.exec(text)
      if (match === null || (lead > 0 && wordCharacter.test(text[start - 1] ?? ''))) continue
      const end = start + match[0].length
      if (endsThere(text, end, term.match === 'exact')) {
        found.push({ class: term.class, entity: term.entity, start, end, confidence: 'rule' })
      }
    }
  }
  return found
}

type Compiled = { readonly term: Term; readonly pattern: RegExp; readonly lead: number }

function indexed(terms: readonly Term[]): ReadonlyMap<string, readonly Compiled[]> {
  const index = new Map<string, Compiled[]>()
  for (const term of terms) {
    const text = term.text.trim()
    const first = /[\p{L}\p{M}\p{N}]+/u.exec(text)
    if (first === null) continue
    const source = text.split(/\s+/).map(literally).join('\\s{1,4}')
    const compiled = { term, pattern: new RegExp(source, term.match === 'any-case' ? 'iuy' : 'uy'), lead: first.index }
    const key = first[0].toLowerCase()
    index.set(key, [...(index.get(key) ?? []), compiled])
  }
  return index
}

/** A German ending may hang on a term of one word. */
function candidatesFor(index: ReadonlyMap<string, readonly Compiled[]>, word: string): readonly Compiled[] {
  const lower = word.toLowerCase()
  const shorter = [0, 1, 2].map((cut) => index.get(lower.slice(0, lower.length - cut)) ?? [])
  return shorter.flat()
}

function endsThere(text: string, end: number, exact: boolean): boolean {
  if (!wordCharacter.test(text[end - 1] ?? '')) return true
  if (exact) return !wordCharacter.test(text[end] ?? '')
  ending.lastIndex = end
  return ending.test(text)
}

function literally(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
