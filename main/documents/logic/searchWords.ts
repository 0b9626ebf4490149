// What a person typed into the search of documents, as terms, as a full-text expression, and found again in a text.
import { unspacedRun } from './unspacedText.ts'

/** Folded spellings of one word; those in `beginnings` may go on in the text, those in `whole` may not. */
type Word = { readonly beginnings: readonly string[]; readonly whole: readonly string[] }

/** One thing that must be there: words one after the other, or a run of characters written without spaces. */
export type SearchTerm =
  { readonly kind: 'words'; readonly words: readonly Word[] } | { readonly kind: 'run'; readonly characters: string }

/** A place in a text where a term stands, as character offsets, end exclusive. */
export type TermMatch = { readonly start: number; readonly end: number; readonly term: number; readonly exact: boolean }

const termsAtMost = 16
const wordOrPhrase = /"([^"]*)"?|„([^“”]*)[“”]?|“([^”]*)”?|[\p{L}\p{N}\p{M}]+/gu
const plainWord = /^[\w]*$/
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu

/**
 * The terms of a query: every word may be the beginning of a longer one, words in quotation marks stand together as they
 * are. Empty when there is no letter or digit.
 */
export function searchTerms(typed: string): readonly SearchTerm[] {
  const terms: SearchTerm[] = []
  for (const match of typed.matchAll(wordOrPhrase)) {
    const phrase = match[1] ?? match[2] ?? match[3]
    if (phrase === undefined) terms.push(...termsOf(match[0], false))
    else terms.push(...termsOf(phrase, true))
  }
  return terms.slice(0, termsAtMost)
}

/**
 * The terms as an FTS5 expression over the columns `text` and `unspaced`; nothing typed acts as an operator. A term may go
 * on in the text (`isOpen`, by its place in `terms`) or stands there as it is.
 */
export function fullTextExpression(terms: readonly SearchTerm[], isOpen: (term: number) => boolean): string {
  return terms
    .map((term, index) =>
      term.kind === 'run' ? runExpression(term.characters) : wordsExpression(term.words, isOpen(index)),
    )
    .join(' AND ')
}

/** Whether anything could go on in the text: phrases and runs cannot. */
export function canGoOn(term: SearchTerm): boolean {
  return term.kind === 'words' && term.words.some(({ beginnings }) => beginnings.length > 0)
}

/** Every place of every term in a text, in order. */
export function matchesIn(text: string, terms: readonly SearchTerm[]): readonly TermMatch[] {
  const tokens = [...text.matchAll(wordPattern)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    folded: folded(found[0]),
  }))
  const matches: TermMatch[] = []
  for (const [term, wanted] of terms.entries()) {
    if (wanted.kind === 'run') {
      for (let at = text.indexOf(wanted.characters); at !== -1; at = text.indexOf(wanted.characters, at + 1)) {
        matches.push({ start: at, end: at + wanted.characters.length, term, exact: true })
      }
      continue
    }
    for (let first = 0; first + wanted.words.length <= tokens.length; first += 1) {
      const fits = wanted.words.map((word, index) => fit(word, tokens[first + index]?.folded ?? ''))
      if (fits.includes('none')) continue
      const [start, end] = [tokens[first]?.start ?? 0, tokens[first + wanted.words.length - 1]?.end ?? 0]
      matches.push({ start, end, term, exact: !fits.includes('beginning') })
    }
  }
  return matches.sort((one, other) => one.start - other.start || one.end - other.end)
}

function fit(word: Word, token: string): 'whole' | 'beginning' | 'none' {
  if (word.beginnings.includes(token) || word.whole.includes(token)) return 'whole'
  return word.beginnings.some((beginning) => token.startsWith(beginning)) ? 'beginning' : 'none'
}

/** Splits at the borders between writing with and without spaces. */
function termsOf(typed: string, isPhrase: boolean): readonly SearchTerm[] {
  const terms: SearchTerm[] = (typed.match(unspacedRun) ?? []).map((characters) => ({ kind: 'run', characters }))
  const words = typed.replace(unspacedRun, ' ').match(wordPattern) ?? []
  const spelled = words.map((word) => (isPhrase ? wholeWord(word) : beginning(word)))
  if (isPhrase && spelled.length > 0) terms.push({ kind: 'words', words: spelled })
  else terms.push(...spelled.map((word): SearchTerm => ({ kind: 'words', words: [word] })))
  return terms
}

function wholeWord(word: string): Word {
  return { beginnings: [], whole: [folded(word)] }
}

/**
 * German spellings that mean the same: ß and ss, ä and ae. The index knows ä as a. The vowel without its e is taken as a
 * whole word only, because "blue" is not the beginning of a word with ü.
 */
function beginning(word: string): Word {
  const plain = folded(word)
  const beginnings = new Set([plain, plain.replaceAll('ß', 'ss'), plain.replaceAll('ss', 'ß'), folded(withE(word))])
  const whole = plain.replace(/([aou])e/g, '$1')
  return { beginnings: [...beginnings], whole: whole === plain ? [] : [whole] }
}

function withE(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöü]/g, (vowel) => `${folded(vowel)}e`)
}

/** As the index folds: lower case, without marks above and below letters. */
function folded(word: string): string {
  if (plainWord.test(word)) return word.toLowerCase()
  return word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
}

function runExpression(characters: string): string {
  return `(unspaced : "${[...characters].join(' ')}")`
}

function wordsExpression(words: readonly Word[], isOpen: boolean): string {
  const [only] = words
  if (words.length === 1 && only !== undefined) {
    const mark = isOpen ? ' *' : ''
    const spellings = [...only.beginnings.map((word) => `"${word}"${mark}`), ...only.whole.map((word) => `"${word}"`)]
    return `(text : (${spellings.join(' OR ')}))`
  }
  return `(text : "${words.map(({ whole }) => whole[0] ?? '').join(' ')}")`
}
