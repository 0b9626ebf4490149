// What a person typed as a full-text query, and marked snippets as ranges.

/** Character that begins a match in a snippet, and the one that ends it. */
export const markStart = '\u0001'
/** See `markStart`. */
export const markEnd = '\u0002'

const wordsAtMost = 16

/**
 * The words of a query as an FTS5 expression: all must be there, each may be the beginning of a word. Nothing typed acts
 * as an operator. Null when there is no letter or digit.
 */
export function fullTextQuery(typed: string): string | null {
  const words = typed.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, wordsAtMost) ?? []
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ')
}

/** A snippet without its marks, and the marks as character ranges, end exclusive. */
export function parseSnippet(marked: string): {
  readonly text: string
  readonly marks: readonly { readonly start: number; readonly end: number }[]
} {
  const marks: { start: number; end: number }[] = []
  let text = ''
  let start: number | null = null
  for (const piece of marked.split(new RegExp(`([${markStart}${markEnd}])`))) {
    if (piece === markStart) start = text.length
    else if (piece === markEnd) {
      if (start !== null && start < text.length) marks.push({ start, end: text.length })
      start = null
    } else text += piece.replace(/\s/g, ' ')
  }
  return { text, marks }
}
