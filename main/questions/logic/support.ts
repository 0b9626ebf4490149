// Whether what was found can answer the question at all, decided before any model is asked to guess.
import { holdsKind, type AnswerKind } from './answerKind.ts'
import type { ExcerptIndex } from './excerptIndex.ts'
import type { Found } from './passages.ts'
import { actAlone, weights, type Question, type QuestionTerm } from './question.ts'
import { coverage, nearShare, strengthAt, type NearShare, type Search } from './ranking.ts'

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

/** What stands around a sentence that says itself what it is about counts less as evidence than for the ranking. */
const aloneShare: NearShare = { before: 0.45, after: 0.35, heading: 0.85, name: 0.7 }
/** What was done, by whom and when, must stand where the answer does. */
const actShare: NearShare = { before: 0, after: 0, heading: 0, name: 0 }
/** From this on the name of a document answers to a word of the question: then the word only says where to look. */
const inName = 0.7
/** The words that do not only say where to look may be covered by so much less than all together. */
const restSlack = 0.06

/** A sentence that goes on from the one before: its subject stands there. */
const leaning =
  /^(?:it|its|he|his|she|her|they|their|this|that|these|those|both|there|er|sie|es|ihr|ihre[nmrs]?|sein|seine[nmrs]?|dies|diese[nmrs]?|beide|dort|dabei|dafür|dazu|davon)(?!\p{L})/iu

/** Judges the best passages. */
export function supportOf(search: Search, found: readonly Found[]): Support {
  const { question, index, hits } = search
  let best = { support: 0, line: -1 }
  for (const { best: line } of found.slice(0, 3)) {
    const covered = evidenceFor(search, line)
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

/** How much of the question a line covers, 0 to 1, and of the part of it that does not only say where to look. */
function evidenceFor(search: Search, line: number): number {
  const { question, index, rarity } = search
  const here = index.lines[line]
  const names = [...(index.names[here?.excerpt ?? -1] ?? [])]
  const strengths = question.terms.map((_, term) => evidenceAt(search, term, line))
  const pointing = question.terms.map(({ match }) => names.some((name) => match(name) >= inName))
  // A row of a table has no verb that could be missed.
  const isLoose = (term: number): boolean => here?.sentence.kind === 'row' && question.terms[term]?.kind === 'act'
  const over = (takes: (term: number) => boolean): number => {
    const terms = question.terms.map((term, at) => (takes(at) && !isLoose(at) ? term : { ...term, weight: 0 }))
    const things = terms.filter(({ weight }) => weight >= 1).length
    const told = things > 1 ? terms : terms.map(withActAlone)
    return terms.every(({ weight }) => weight === 0) ? 1 : coverage(told, rarity, (term) => strengths[term] ?? 0)
  }
  return Math.min(
    over(() => true),
    over((term) => pointing[term] !== true) + restSlack,
  )
}

function evidenceAt(search: Search, term: number, line: number): number {
  const { question, index } = search
  const { kind } = question.terms[term] ?? {}
  if (kind === 'act' && question.answerKind === 'person') return strengthAt(search, term, line, actShare)
  return strengthAt(search, term, line, leansBack(index, line) ? nearShare : aloneShare)
}

/** What is left of the support by where the kind of thing asked for stands: in the line, beside it, nowhere near. */
function kindShare(index: ExcerptIndex, { answerKind }: Question, line: number): number {
  if (answerKind === null) return 1
  const here = index.lines[line]
  const holds = (at: number): boolean => {
    const each = index.lines[at]
    return each !== undefined && each.excerpt === here?.excerpt && holdsKind(each.sentence.text, answerKind)
  }
  if (holds(line)) return 1
  const unsure = answerKind === 'person' || answerKind === 'place'
  if (unsure || !isMeasure(answerKind)) {
    if (holds(line + 1) || holds(line - 1)) return besideShare
    return unsure ? unsureShare : kindlessShare
  }
  // A figure belongs to the sentence it stands in, unless the next one goes on about the same.
  const goesOn = here?.sentence.kind === 'heading' || leansBack(index, line + 1)
  return goesOn && holds(line + 1) ? besideShare : kindlessShare
}

function leansBack(index: ExcerptIndex, line: number): boolean {
  return leaning.test(index.lines[line]?.sentence.text ?? '')
}

/** Where there is at most one thing, what is done with it tells more. */
function withActAlone(term: QuestionTerm): QuestionTerm {
  return term.kind === 'act' && term.weight === weights.act ? { ...term, weight: actAlone } : term
}

function isMeasure(kind: AnswerKind): boolean {
  return kind === 'amount' || kind === 'number' || kind === 'duration'
}
