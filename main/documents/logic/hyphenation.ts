// Puts words back together that were parted at a line's end.

/** First parts that keep their hyphen; parts that are as often mere syllables ("low-er") are left out. */
const COMPOUND_STARTS = new Set(['half', 'non', 'self', 'well'])

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
 * writes the word with it elsewhere or its first part mostly starts compounds ("well-", "self-"); all else gets a space.
 */
export function joinLines(before: string, after: string, words: WordMemory): string {
  if (before.endsWith('\u00ad')) return before.slice(0, -1) + after
  const first = /(\p{L}+)-$/u.exec(before)?.[1]
  const second = /^\p{Ll}[\p{L}]*/u.exec(after)?.[0]
  if (first === undefined || second === undefined) {
    // A dash that belongs to both sides, such as in a range or a code, takes no space either.
    return /[\p{L}\p{N}]-$/u.test(before) && /^[\p{L}\p{N}]/u.test(after) ? before + after : `${before} ${after}`
  }
  if (words.has(first + second)) return before.slice(0, -1) + after
  if (words.has(`${first}-${second}`) || COMPOUND_STARTS.has(first.toLowerCase())) return before + after
  return /^\p{Lu}/u.test(first) && first.length < 3 ? before + after : before.slice(0, -1) + after
}
