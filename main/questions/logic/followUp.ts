// A question that leans on the ones before it: which of their words it takes along. No model decides this.
import type { Question, QuestionTerm } from './question.ts'

/** What a carried word weighs beside the question's own, and where it has none. */
const carriedShare = 0.45
const aloneShare = 0.9
const carriedAtMost = 6
/** A question with fewer words of its own than this leans on the one before. */
const ownWords = 2

const leaning =
  /(?<!\p{L})(?:it|its|they|them|their|he|him|his|she|her|hers|er|ihn|ihm|sie|ihr|ihre[nmrs]?|sein|seine[nmrs]?|dessen|deren)(?!\p{L})/iu
/** These point back only where there is little else. */
const perhapsLeaning =
  /(?<!\p{L})(?:that|this|these|those|there|then|ones?|es|dies|diese[nmrs]?|dort|dafür|davon|daran|dazu|damit|dabei|darin|dann)(?!\p{L})/iu
const opening =
  /^\W*(?:and|but|so|or|what about|how about|why|since when|until when|und|aber|oder|was ist mit|wie steht es|seit wann|bis wann|warum|wieso)(?!\p{L})/iu

/**
 * The question with words of the one before, where it leans on that: it begins like a continuation, has a word that
 * points back, or hardly any word of its own. A name of its own takes the place of the names before.
 */
export function withEarlier(question: Question, earlier: readonly Question[]): Question {
  const before = earlier.at(-1)
  if (before === undefined || !leansBack(question)) return question
  const own = new Set(question.terms.map(({ key }) => key))
  const named = question.terms.some(({ kind }) => kind === 'name')
  const replaces = /^\W*(?:and |und )?(?:what about|how about|was ist mit|wie steht es mit|and|und)(?!\p{L})/iu.test(
    question.text,
  )
  const share = question.terms.some(({ weight }) => weight >= 1) ? carriedShare : aloneShare
  const taken = before.terms
    .filter(({ key, kind }) => !own.has(key) && kind !== 'act' && !(named && kind === 'name'))
    .filter(({ match }) => !question.terms.some((term) => match(term.key) > 0))
    .slice(0, carriedAtMost)
    .map((term): QuestionTerm => ({ ...term, carried: true, weight: term.weight * (term.carried ? 1 : share) }))
  const answerKind = question.answerKind ?? (replaces && question.terms.length <= ownWords ? before.answerKind : null)
  return { ...question, answerKind, terms: [...question.terms, ...taken] }
}

function leansBack(question: Question): boolean {
  const { text, terms } = question
  if (terms.length < ownWords || opening.test(text) || leaning.test(text)) return true
  return terms.length <= ownWords && perhapsLeaning.test(text)
}
