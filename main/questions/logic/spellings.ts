// A word of a question as the full-text index may have it: the index knows no endings, so beginnings are looked for.
import { folded } from './foldedWords.ts'
import type { QuestionTerm } from './question.ts'
import { relatedTo } from './synonyms.ts'
import { stemOf, type QuestionLanguage } from './wordKeys.ts'

/** One way of writing a word, folded; `open` may go on in the text. */
export type Spelling = { readonly word: string; readonly open: boolean }

const relatedAtMost = 8

/** The word itself, its beginning, German spellings without umlauts, and its synonyms. */
export function spellingsOf({ key, kind, shown }: QuestionTerm, language: QuestionLanguage): Spelling[] {
  if (kind === 'number') return [...numberSpellings(key), ...codeSpellings(shown)]
  const stem = stemOf(key, language)
  const words = [
    { word: key, open: true },
    ...(stem === key ? [] : [{ word: stem, open: true }]),
    // The index keeps ß; our words do not.
    ...(key.includes('ss') ? [{ word: key.replaceAll('ss', 'ß'), open: true }] : []),
    ...relatedTo(stem)
      .slice(0, relatedAtMost)
      .map((word) => ({ word, open: word.length > 4 })),
  ]
  return words.filter(({ word }) => /^[\p{L}\p{N}]+$/u.test(word))
}

/** `E14` is one word to the index and two to us. */
function codeSpellings(shown: string): Spelling[] {
  return /\p{L}/u.test(shown) && /^[\p{L}\p{N}]+$/u.test(shown)
    ? [{ word: folded(shown.toLowerCase()), open: false }]
    : []
}

/** `1200` is written 1200, 1,200 or 1.200; the index cuts at the marks. */
function numberSpellings(key: string): Spelling[] {
  const plain = key.split('.')
  const grouped = /^\d{4,}$/.test(key) ? [key.slice(0, -3), key.slice(-3)] : []
  return [...new Set([key, ...plain, ...grouped])]
    .filter((word) => /^\p{N}+$/u.test(word))
    .map((word) => ({ word, open: false }))
}
