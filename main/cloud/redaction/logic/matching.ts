// What the rules have in common: matches of a pattern as candidates, and key words nearby.
import type { Candidate, Confidence, RedactionClass } from './finding.ts'

/** How far key words may stand before what they announce, in characters. */
const reach = 60

/** What a match names, or undefined when it is nothing of the kind; `before` is the text that leads up to it. */
export type Judge = (
  found: string,
  before: string,
) => { readonly entity: string; readonly confidence: Confidence } | undefined

/** Candidates of one class: every match of a global pattern that the judge accepts. */
export function matchesOf(text: string, hidden: RedactionClass, pattern: RegExp, judge: Judge): readonly Candidate[] {
  const found: Candidate[] = []
  for (const match of text.matchAll(pattern)) {
    const verdict = judge(match[0], text.slice(Math.max(0, match.index - reach), match.index))
    if (verdict === undefined) continue
    found.push({ class: hidden, start: match.index, end: match.index + match[0].length, ...verdict })
  }
  return found
}

/** Only letters and digits, in upper case. */
export function compact(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
}
