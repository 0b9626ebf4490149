// The sentences of an answer tied to the passages they rest on, and checked against them.
import type { AnswerClaim } from '#contract/question.ts'
import { align, type Alignment } from '../../text/logic/alignment.ts'
import { claimOf } from '../../text/logic/claims.ts'
import { mayBeReworded } from '../../text/logic/sense.ts'
import { indexSources } from '../../text/logic/sourceIndex.ts'
import { wordsOf } from '../../text/logic/words.ts'
import type { ExcerptIndex } from './excerptIndex.ts'
import type { Statement } from './modelAnswer.ts'
import type { Found } from './passages.ts'

/** What repeats the question's own words is a little weaker than what the passage says alone. */
const withoutQuestion = 0.95

/** Claims of a copying answer: the best sentences themselves. */
export function claimsOfPassages(found: readonly Found[]): AnswerClaim[] {
  return found.map(({ passage }) => ({
    text: passage.text.slice(passage.best.start, passage.best.end),
    locators: passage.best.locators,
    supported: true,
    score: 1,
    support: 'verbatim',
    notes: [],
    documentId: passage.documentId,
    passages: [passage.number],
  }))
}

/**
 * Claims of a model's statements. Each is looked for in the passages it quotes, and in the others only when it quotes
 * none. Words it took from the question (never names or numbers) need no source, unless a fact speaks against the whole
 * statement: `thirty`, `not` or `rejected` in a question must not make an answer true that the passages deny.
 */
export function claimsOfStatements(
  index: ExcerptIndex,
  found: readonly Found[],
  statements: readonly Statement[],
  question: string,
): AnswerClaim[] {
  const asked = new Set(wordsOf(question))
  return statements.map(({ text, quotes }) => {
    const quoted = found.filter(({ passage }) => quotes.includes(passage.number))
    const sources = (quoted.length > 0 ? quoted : found).flatMap(({ passage, lines }) =>
      lines.flatMap((line) => ({ passage, line: index.lines[line] })),
    )
    const sentences = sources.flatMap(({ line }) => line?.sentence ?? [])
    const texts = sentences.map((sentence) => sentence.text)
    const known = indexSources(texts)
    const whole = align(known, text)
    const bare = mayBeReworded(whole) ? withoutAsked(text, asked, new Set(texts.flatMap(wordsOf))) : text
    const plain = bare === text ? whole : align(known, bare)
    const taken = plain.supported && !whole.supported ? onlyClose(plain) : whole
    const claim = claimOf(text, sentences, taken)
    const best = claim.locators.length === 0 ? [] : taken.positions.flatMap((at) => sources[at] ?? [])
    return {
      ...claim,
      documentId: best[0]?.passage.documentId ?? null,
      passages: [...new Set(best.map(({ passage }) => passage.number))],
    }
  })
}

/** An alignment of less than was said: never word for word, and a little weaker. */
function onlyClose(alignment: Alignment): Alignment {
  return { ...alignment, score: alignment.score * withoutQuestion, support: 'close' }
}

/** The statement without the words it only repeats from the question: plain ones that stand in no source. */
function withoutAsked(text: string, asked: ReadonlySet<string>, sources: ReadonlySet<string>): string {
  return text.replace(/[\p{L}\p{M}]+/gu, (word) => {
    if (/^\p{Lu}/u.test(word)) return word
    return wordsOf(word).every((each) => asked.has(each) && !sources.has(each)) ? '' : word
  })
}
