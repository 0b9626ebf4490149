// Dates in a text, in one notation, so that `1 May 2024` and `01.05.2024` are the same.
import { months } from './comparisonWords.ts'

/** A date as year-month-day with `x` for what is not said; offsets in the text, end exclusive. */
export type FoundDate = { readonly date: string; readonly start: number; readonly end: number }

const month = `(${[...months.keys()].sort((a, b) => b.length - a.length).join('|')})\\.?`
const patterns: readonly { readonly pattern: RegExp; readonly order: readonly (number | null)[] }[] = [
  { pattern: /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/gu, order: [1, 2, 3] },
  { pattern: /(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/gu, order: [3, 2, 1] },
  {
    pattern: new RegExp(
      `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:day\\s+of\\s+)?${month}(?:,?\\s+(\\d{4}))?(?![\\p{L}\\d])`,
      'giu',
    ),
    order: [3, 2, 1],
  },
  {
    pattern: new RegExp(`(?<!\\p{L})${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?(?![\\p{L}\\d])`, 'giu'),
    order: [3, 1, 2],
  },
  { pattern: new RegExp(`(?<!\\p{L})${month}\\s+(\\d{4})(?!\\d)`, 'giu'), order: [2, 1, null] },
  { pattern: /(?<!\d)(\d{1,2}\/\d{1,2}\/\d{2,4})(?!\d)/gu, order: [1, null, null] },
]

/** The dates of a text in order. `3/4/2024` stays as it is written, because nobody can tell which number is the day. */
export function datesOf(text: string): FoundDate[] {
  const found: FoundDate[] = []
  for (const { pattern, order } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].length
      if (found.some((other) => start < other.end && other.start < end)) continue
      const date = order.map((group) => (group === null ? 'x' : partOf(match[group]))).join('-')
      found.push({ date, start, end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function partOf(text: string | undefined): string {
  if (text === undefined) return 'x'
  const named = months.get(text.toLowerCase())
  if (named !== undefined) return String(named)
  return /^\d+$/.test(text) ? String(Number(text)) : text
}
