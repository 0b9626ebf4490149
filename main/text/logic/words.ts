// Text to comparable words: case, apostrophes, number formats and endings no longer matter.
import { stopWords } from './stopWords.ts'

const word =
  /\p{N}+(?:[.,’']\p{N}+)*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu
const grouped = /^\p{N}{1,3}(?:[.,’']\p{N}{3})+$/u

/**
 * The words and numbers of a text in order, comparable: NFKC, lower case, `1,000` and `1.000` as `1000`, decimal commas as
 * points, `n't` as its own word `not`, possessives and common English endings dropped. Scripts without spaces give one word per
 * character.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [match] of text.normalize('NFKC').toLowerCase().matchAll(word)) {
    if (/^\p{N}/u.test(match)) words.push(comparableNumber(match))
    else pushWord(words, match.replaceAll('’', "'"))
  }
  return words
}

/** The words that carry meaning: `wordsOf` without stop words. */
export function contentWordsOf(text: string): string[] {
  return wordsOf(text).filter((each) => !stopWords.has(each))
}

/** A number as `wordsOf` writes it. */
export function comparableNumber(digits: string): string {
  if (grouped.test(digits)) return digits.replace(/[.,’']/g, '')
  return digits.replace(/,/g, '.')
}

function pushWord(words: string[], match: string): void {
  const negated = /^(.+)n't$/.exec(match)
  if (negated !== null) {
    words.push(negated[1] === 'ca' ? 'can' : negated[1] === 'wo' ? 'will' : (negated[1] ?? ''), 'not')
    return
  }
  const plain = match.replace(/'[a-z]{1,2}$/, '').replaceAll("'", '')
  words.push(stopWords.has(plain) ? plain : stem(plain))
}

/** Endings that English adds to one and the same word: plurals (Harman's S stemmer), `ed`, `ing`, a final `e`. */
function stem(text: string): string {
  const single = withoutPlural(text)
  const bare = single.replace(/(?<=[aeiouy].*[a-z])(?:ing|ed)$/, '')
  const undoubled = bare === single ? bare : bare.replace(/([bdgkmnprtv])\1$/, '$1')
  return undoubled.length > 4 ? undoubled.replace(/e$/, '') : undoubled
}

function withoutPlural(text: string): string {
  if (text.length < 4 || !text.endsWith('s')) return text
  if (text.endsWith('ies')) return /[ae]ies$/.test(text) ? text : `${text.slice(0, -3)}y`
  if (text.endsWith('es')) return /[aeo]es$/.test(text) ? text : text.slice(0, -1)
  return /[us]s$/.test(text) ? text : text.slice(0, -1)
}
