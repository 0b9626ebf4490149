// How well a passage answers a query, and the piece of it that shows why. No statistics over the library are needed.
import type { TermMatch } from './searchWords.ts'

/** A piece of a text around its best matches; `marks` are character ranges in it. */
export type Snippet = {
  readonly text: string
  readonly marks: readonly { readonly start: number; readonly end: number }[]
}

const SNIPPET_CHARACTERS = 200
const CLOSE_CHARACTERS = 160
const HEADING_BONUS = 1.5

/**
 * More is better: each term counts up to three times (whole words more than beginnings), terms close together count more,
 * headings and short passages too. Comparable within one query only.
 */
export function passageScore(
  text: string,
  kind: string | null,
  matches: readonly TermMatch[],
  termCount: number,
): number {
  const weights = Array.from({ length: termCount }, () => 0)
  for (const { term, exact } of matches) weights[term] = (weights[term] ?? 0) + (exact ? 1 : 0.5)
  const found = weights.reduce((sum, weight) => sum + Math.log2(1 + Math.min(3, weight)), 0)
  const closeness = termCount > 1 ? bestWindow(matches, CLOSE_CHARACTERS).terms / termCount : 0
  const length = Math.log10(10 + text.length)
  return found / termCount + closeness + (kind === 'heading' ? HEADING_BONUS : 0) - length / 3
}

/** The piece of the text with the most different terms, cut at words, with what was cut as "…". */
export function snippetOf(text: string, matches: readonly TermMatch[]): Snippet {
  const best = bestWindow(matches, CLOSE_CHARACTERS)
  const room = Math.max(0, SNIPPET_CHARACTERS - (best.end - best.start))
  const from = best.start <= room / 3 ? 0 : wordStart(text, Math.floor(best.start - room / 3))
  const to = wordEnd(text, Math.min(text.length, from + Math.max(SNIPPET_CHARACTERS, best.end - from)))
  const before = from > 0 ? '…' : ''
  const piece = `${before}${text.slice(from, to).replace(/\s/g, ' ')}${to < text.length ? '…' : ''}`
  const marks: { start: number; end: number }[] = []
  for (const { start, end } of matches) {
    const last = marks.at(-1)
    const [shownStart, shownEnd] = [start - from + before.length, end - from + before.length]
    if (start < from || end > to) continue
    if (last !== undefined && shownStart <= last.end) last.end = Math.max(last.end, shownEnd)
    else marks.push({ start: shownStart, end: shownEnd })
  }
  return { text: piece, marks }
}

/** The stretch of at most so many characters (or one match) that holds the most different terms; the earliest of equals. */
function bestWindow(
  matches: readonly TermMatch[],
  characters: number,
): { readonly start: number; readonly end: number; readonly terms: number } {
  let best = { start: 0, end: 0, terms: 0 }
  let first = 0
  for (const [last, { end }] of matches.entries()) {
    while (first < last && end - (matches[first]?.start ?? 0) > characters) first += 1
    const start = matches[first]?.start ?? 0
    const terms = new Set(matches.slice(first, last + 1).map(({ term }) => term)).size
    if (terms > best.terms) best = { start, end, terms }
  }
  return best
}

/** The beginning of the word at an offset, looked for a few characters to the right. */
function wordStart(text: string, offset: number): number {
  const space = text.slice(offset, offset + 30).search(/\s/)
  return space === -1 ? safeCut(text, offset) : offset + space + 1
}

function wordEnd(text: string, offset: number): number {
  if (offset >= text.length) return text.length
  const space = text.slice(offset, offset + 30).search(/\s/)
  return space === -1 ? safeCut(text, offset) : offset + space
}

/** Never between the halves of one character. */
function safeCut(text: string, offset: number): number {
  const code = text.charCodeAt(offset)
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset
}
