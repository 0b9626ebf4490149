// Words of a text with what stands between them, as the name rules walk over it.

/** A word; `gap` is what stands before it since the last word, at most 12 characters of it. */
export type Token = {
  readonly text: string
  readonly lower: string
  readonly start: number
  readonly end: number
  readonly gap: string
}

const word = /[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+){0,6}/gu
const nameShape = /^\p{Lu}\p{M}*(?:['’]\p{Lu})?\p{L}*\p{Ll}[\p{L}\p{M}]*(?:[-'’][\p{L}\p{M}]+)*$/u

/** All words in order. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let last = 0
  for (const { index, 0: found } of text.matchAll(word)) {
    const own = withoutGenitive(found)
    const gap = text.slice(Math.max(last, index - 12), index)
    tokens.push({ text: own, lower: own.toLowerCase(), start: index, end: index + own.length, gap })
    last = index + own.length
  }
  return tokens
}

/** Whether a word is written as names are: a capital, then a small letter somewhere (Müller, McKay, O’Neill, Anna-Lena). */
export function looksLikeName(token: Token): boolean {
  return nameShape.test(token.text)
}

/** Whether a word is a single capital, as in "J. Miller". */
export function isInitial(token: Token): boolean {
  return /^\p{Lu}$/u.test(token.text)
}

/** Whether a word follows the one before it within one name: by spaces, or by a dot and a space after an initial or title. */
export function follows(token: Token, before: Token | undefined): boolean {
  if (/^[ \u00a0]{1,2}$/.test(token.gap)) return true
  if (before === undefined || !/^\.[ \u00a0]?$/.test(token.gap)) return false
  return before.text.length <= 4
}

function withoutGenitive(found: string): string {
  return found.replace(/['’]s$/u, '')
}
