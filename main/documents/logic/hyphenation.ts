// Puts words back together that were parted at a line's end.

/** First parts that keep their hyphen; parts that are as often mere syllables ("low-er") are left out. */
const COMPOUND_STARTS = new Set(['half', 'non', 'self', 'well'])

/** Only so many characters before a line's end are looked at: a search through all that was joined is quadratic. */
const LONGEST_PART = 64
const HYPHEN = 0x2d
const SOFT_HYPHEN = 0xad
const PARTED = /(\p{L}+)-$/u
/** Scripts written without spaces; a line break among them is none either. Korean has spaces. */
const WITHOUT_SPACES_BEFORE = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\u3000-\u303f\uff01-\uff5e]$/u
const WITHOUT_SPACES_AFTER = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\u3000-\u303f\uff01-\uff5e]/u
const DASHED = /[\p{L}\p{N}]-$/u

/** Words met so far in a document, lower case; what it writes elsewhere tells how a parted word is written. */
export class WordMemory {
  readonly #words = new Set<string>()

  add(text: string): void {
    for (const [word] of text.toLowerCase().matchAll(/\p{L}+(?:-\p{L}+)*/gu)) this.#words.add(word)
  }

  has(word: string): boolean {
    return this.#words.has(word.toLowerCase())
  }
}

/**
 * Joins a line to the text before it. A soft hyphen goes; a hyphen between lower-case letters goes unless the document
 * writes the word with it elsewhere or its first part mostly starts compounds ("well-", "self-"); all else gets a space, except in
 * scripts that have none.
 */
export function joinLines(before: string, after: string, words: WordMemory): string {
  const last = before.charCodeAt(before.length - 1)
  if (last === SOFT_HYPHEN) return before.slice(0, -1) + after
  if (last !== HYPHEN) {
    const isUnspaced =
      last >= 0x2e80 && WITHOUT_SPACES_BEFORE.test(before.slice(-2)) && WITHOUT_SPACES_AFTER.test(after)
    return isUnspaced ? before + after : `${before} ${after}`
  }
  return joinHyphened(before, after, words)
}

function joinHyphened(before: string, after: string, words: WordMemory): string {
  const first = PARTED.exec(before.slice(-LONGEST_PART))?.[1]
  const second = /^\p{Ll}[\p{L}]*/u.exec(after)?.[0]
  if (first === undefined || second === undefined) {
    // A dash that belongs to both sides, such as in a range or a code, takes no space either.
    const isDashed = DASHED.test(before.slice(-3)) && /^[\p{L}\p{N}]/u.test(after)
    return isDashed ? before + after : `${before} ${after}`
  }
  if (words.has(first + second)) return before.slice(0, -1) + after
  if (words.has(`${first}-${second}`) || COMPOUND_STARTS.has(first.toLowerCase())) return before + after
  return /^\p{Lu}/u.test(first) && first.length < 3 ? before + after : before.slice(0, -1) + after
}
