// Which of several findings at one place stands.
import { redactionClasses, type Candidate } from './finding.ts'
import { findTerms } from './knownTerms.ts'
import type { Span } from './view.ts'

/** Where the person's words that are never hidden stand. */
export function allowedSpans(text: string, never: readonly string[]): readonly Span[] {
  return findTerms(
    text,
    never.map((term) => ({ text: term, class: 'own-term', entity: term, match: 'any-case' })),
  )
}

/**
 * The candidates that stand: not empty, not inside a word that is never hidden, not over something hidden already; of two
 * that overlap the one of the stronger class, of one class the longer.
 */
export function resolve(
  candidates: readonly Candidate[],
  taken: readonly Span[],
  allowed: readonly Span[],
): readonly Candidate[] {
  const ranked = candidates
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => rank(a) - rank(b) || b.end - b.start - (a.end - a.start) || a.start - b.start)
  const occupied = createOccupied(taken)
  const allowedAt = createOccupied(allowed)
  return ranked.filter((candidate) => {
    if (allowedAt.contains(candidate) || occupied.touches(candidate)) return false
    occupied.add(candidate)
    return true
  })
}

function rank(candidate: Candidate): number {
  return redactionClasses.indexOf(candidate.class)
}

/** Spans by blocks of 256 characters, so that asking costs what lies nearby. */
function createOccupied(spans: readonly Span[]): {
  add(span: Span): void
  touches(span: Span): boolean
  contains(span: Span): boolean
} {
  const blocks = new Map<number, Span[]>()
  const blocksOf = ({ start, end }: Span): readonly number[] => {
    const first = start >> 8
    return Array.from({ length: ((end - 1) >> 8) - first + 1 }, (_, offset) => first + offset)
  }
  const near = (span: Span): readonly Span[] => blocksOf(span).flatMap((block) => blocks.get(block) ?? [])
  const add = (span: Span): void => {
    for (const block of blocksOf(span)) blocks.set(block, [...(blocks.get(block) ?? []), span])
  }
  for (const span of spans) add(span)
  return {
    add,
    touches: (span) => near(span).some(({ start, end }) => start < span.end && span.start < end),
    contains: (span) => near(span).some(({ start, end }) => start <= span.start && span.end <= end),
  }
}
