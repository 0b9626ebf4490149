// Whether what was found can answer the question at all, decided before any model is asked to guess.
import { holdsKind } from './answerKind.ts'
import type { ExcerptIndex } from './excerptIndex.ts'
import type { Found } from './passages.ts'
import type { Question } from './question.ts'
import { coverage, strengthAt, type Search } from './ranking.ts'

/** `support` 0 to 1 is how much of the question the best place covers; `missing` are its words that are not there. */
export type Support = { readonly support: number; readonly missing: readonly string[]; readonly absent: boolean }

/**
 * Below this a document does not say it. Chosen on the development half of `test/fixtures/questions`; the figures of the
 * held-out half are in docs/questions.md.
 */
export const absentBelow = 0.62
/** What is left where no sentence beside the best holds the kind of thing that was asked for. */
const kindlessShare = 0.6
/** Persons and places are told in too many ways to be missed for certain. */
const unsureShare = 0.85
/** What is left where only a neighbour of the best sentence does. */
const besideShare = 0.85
/** What is left where a name or number of the question stands nowhere in all that was searched. */
const unknownShare = 0.6
/** The same for a thing: texts have other words for it more often. */
const strangeShare = 0.75

/** Judges the best passages. */
export function supportOf(search: Search, found: readonly Found[]): Support {
  const { question, index, hits, rarity } = search
  let best = { support: 0, line: -1 }
  for (const { best: line } of found.slice(0, 3)) {
    const covered = coverage(question.terms, rarity, (term) => strengthAt(search, term, line))
    const support = covered * kindShare(index, question, line)
    if (support > best.support) best = { support, line }
  }
  const shares = question.terms.map(({ carried, kind, weight }, at) => {
    if (carried || weight < 1 || hits[at]?.size !== 0) return 1
    return kind === 'thing' ? strangeShare : unknownShare
  })
  const support = best.support * Math.min(1, ...shares)
  const missing = question.terms
    .filter((_, at) => best.line < 0 || strengthAt(search, at, best.line) === 0)
    .map(({ shown }) => shown)
  return { support, missing, absent: question.terms.length === 0 || support < absentBelow }
}

function kindShare(index: ExcerptIndex, { answerKind }: Question, line: number): number {
  if (answerKind === null) return 1
  const here = index.lines[line]
  const near = [line, line + 1, line - 1].flatMap((at) => {
    const each = index.lines[at]
    return each !== undefined && each.excerpt === here?.excerpt ? [each.sentence.text] : []
  })
  const [own, ...others] = near
  if (own !== undefined && holdsKind(own, answerKind)) return 1
  return others.some((text) => holdsKind(text, answerKind))
    ? besideShare
    : answerKind === 'person' || answerKind === 'place'
      ? unsureShare
      : kindlessShare
}
