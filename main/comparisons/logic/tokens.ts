// A passage as comparable words that know where they stand in its text.
import { comparableNumber } from '../../text/logic/words.ts'

/**
 * One word, number or sign. `word` is comparable (NFKC, lower case, numbers in one notation), `raw` as written; `start`
 * and `end` are character offsets, end exclusive.
 */
export type Token = { readonly word: string; readonly raw: string; readonly start: number; readonly end: number }

const token =
  /\p{N}+(?:[.,’':/]\p{N}+)*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|[%€$£¥§&<>=≤≥±+]/gu

/** The tokens of a text in order; punctuation is none. `n't` is a `not` of its own. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(token)) {
    const [raw] = match
    const start = match.index
    const end = start + raw.length
    const word = raw.normalize('NFKC').toLowerCase().replaceAll('’', "'")
    if (word.endsWith("n't") && word.length > 3) {
      const stem = word === "can't" ? 'can' : word === "won't" ? 'will' : word.slice(0, -3)
      const cut = end - 3
      tokens.push({ word: stem, raw: text.slice(start, cut), start, end: cut })
      tokens.push({ word: 'not', raw: text.slice(cut, end), start: cut, end })
    } else if (/^\p{N}/u.test(word)) tokens.push({ word: comparableNumber(word), raw, start, end })
    else tokens.push({ word: word === '&' ? 'and' : word, raw, start, end })
  }
  return tokens
}

/** A text with everything that typesetting alone changes made alike: spaces, quotation marks, dashes, soft hyphens. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[“”„‟«»″]/g, '"')
    .replace(/[‘’‚‛‹›′]/g, "'")
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/\s*\|\s*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
