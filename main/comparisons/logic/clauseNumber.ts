// The number a clause carries, apart from what it says: numbering changes are not substance.
import { months } from './comparisonWords.ts'

const leading =
  /^\s*((?:(?:section|clause|article|artikel|abschnitt|ziffer|absatz)\s+|§+\s*)?(?:\(?\d{1,3}(?:\.\d{1,3}){0,5}[.)]?|\(?(?:[ivxlc]{1,6}|[a-z])[.)]))(?:\s+|$)/iu

/** A clause's number without brackets and full stop, and its text; null where it carries none. */
export type Numbered = { readonly number: string | null; readonly body: string }

/**
 * Parts a leading number (`3.2`, `(a)`, `§ 4`, `Section 12`, `IV.`) from the text. A bare number (`30 days`) is part of the
 * text, and so is the day of a date (`1. Mai`).
 */
export function withoutNumber(text: string): Numbered {
  const found = leading.exec(text)
  const mark = found?.[1]
  if (found === null || mark === undefined) return { number: null, body: text.trim() }
  const body = text.slice(found[0].length).trim()
  const next = /^[\p{L}]+/u.exec(body)?.[0].toLowerCase()
  const bare = /^\d+$/.test(mark) || (/^\d+\.\d+$/.test(mark) && !/^\p{Lu}/u.test(body))
  if (bare || (next !== undefined && months.has(next) && /^\d{1,2}\.$/.test(mark))) {
    return { number: null, body: text.trim() }
  }
  return { number: bareNumber(mark), body }
}

/** `(a)` as `a`, `Section 3.` as `3`; lower case. */
export function bareNumber(mark: string): string {
  return mark
    .toLowerCase()
    .replace(/^(?:\p{L}{3,}\s+|§+\s*)/u, '')
    .replace(/[().\s]+$|^[(\s]+/g, '')
}
