// Whether two versions of a passage differ in substance, in wording or not at all, and why.
import type { ChangeReason } from '#contract/comparison.ts'
import { stopWords } from '../../text/logic/stopWords.ts'
import { wordsOf } from '../../text/logic/words.ts'
import { synonyms } from './comparisonWords.ts'
import { factsIn, rolesOf, type PassageFacts, type TokenRole } from './passageFacts.ts'
import type { Passage } from './passages.ts'
import type { Token } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'
import { differingWords, type WordDifference } from './wordDifference.ts'

/** What is compared of a passage. */
export type Compared = Pick<Passage, 'text' | 'plain' | 'tokens'>

/** Two versions judged; no reasons and no difference: the same. Reasons make it substance. */
export type Judgement = {
  readonly kind: 'same' | 'wording' | 'substance'
  readonly reasons: readonly ChangeReason[]
  readonly difference: WordDifference
}

/**
 * What a judgement needs of both documents: their words, which clause number became which, and whether punctuation counts
 * (between two formats it does not: typesetting and readers change it).
 */
export type Surroundings = {
  readonly vocabulary: Vocabulary
  readonly renumbered: ReadonlyMap<string, string>
  readonly punctuationCounts: boolean
}

const none: WordDifference = { removed: [], inserted: [] }

/**
 * Substance is a different number, date, name, defined term, negation, modal verb or word of scope, or another word that
 * carries meaning and is no known synonym. A reference that follows a clause to its new number is none.
 */
export function judge(before: Compared, after: Compared, surroundings: Surroundings): Judgement {
  if (before.plain === after.plain) return { kind: 'same', reasons: [], difference: none }
  const difference = differingWords(before.tokens, after.tokens)
  const { vocabulary } = surroundings
  const reasons = reasonsBetween(before, after, surroundings, difference)
  if (difference.removed.length + difference.inserted.length === 0) {
    const term = before.tokens.some(({ word, raw }, at) => {
      const other = after.tokens[at]?.raw ?? ''
      return raw !== other && at > 0 && vocabulary.terms.has(word) && isCapital(raw) !== isCapital(other)
    })
    if (term) return { kind: 'substance', reasons: ['term'], difference: capitalChanges(before, after) }
    const same = !surroundings.punctuationCounts && sameLetters(before, after)
    return { kind: same ? 'same' : 'wording', reasons: [], difference }
  }
  return { kind: reasons.length > 0 ? 'substance' : 'wording', reasons, difference }
}

function reasonsBetween(
  before: Compared,
  after: Compared,
  { vocabulary, renumbered }: Surroundings,
  difference: WordDifference,
): ChangeReason[] {
  const [old, fresh] = [factsIn(before, vocabulary), factsIn(after, vocabulary)]
  const differ = (fact: keyof PassageFacts): boolean => old[fact].join(' ') !== fresh[fact].join(' ')
  const referencesDiffer =
    differ('references') &&
    (old.references.length !== fresh.references.length ||
      old.references.some((number, at) => (renumbered.get(number) ?? number) !== fresh.references[at]))
  const rules: readonly (readonly [ChangeReason, boolean])[] = [
    ['number', differ('numbers') || referencesDiffer],
    ['date', differ('dates')],
    ['name', differ('names')],
    ['term', differ('terms')],
    ['negation', differ('negations')],
    ['modal', differ('modals')],
    ['scope', sorted(old.scopes) !== sorted(fresh.scopes)],
    ['content', contentDiffers(before, after, vocabulary, difference)],
  ]
  return rules.filter(([, holds]) => holds).map(([reason]) => reason)
}

/** True when words that carry meaning are left over after inflection, order and known synonyms are taken out. */
function contentDiffers(
  before: Compared,
  after: Compared,
  vocabulary: Vocabulary,
  { removed, inserted }: WordDifference,
): boolean {
  const left = plainStems(before.tokens, rolesOf(before, vocabulary), removed)
  const right = plainStems(after.tokens, rolesOf(after, vocabulary), inserted)
  const unpaired = left.filter(({ stem }) => {
    const at = right.findIndex((other) => other.stem === stem)
    if (at !== -1) right.splice(at, 1)
    return at === -1
  })
  return [...unpaired, ...right].some(({ small }) => !small)
}

/** Words that are no fact of their own; `small` ones carry no meaning unless another small word stands for them. */
function plainStems(
  tokens: readonly Token[],
  roles: readonly TokenRole[],
  positions: readonly number[],
): { readonly stem: string; readonly small: boolean }[] {
  return positions.flatMap((at) => {
    const word = tokens[at]?.word ?? ''
    if (roles[at] !== 'plain' || !/^[\p{L}\p{N}]/u.test(word)) return []
    const stem = wordsOf(word)[0] ?? word
    return [{ stem: synonyms.get(word) ?? germanStem(synonyms.get(stem) ?? stem), small: stopWords.has(word) }]
  })
}

/** German endings of one and the same word, only where enough is left to tell words apart. */
function germanStem(word: string): string {
  return word.length > 6 ? word.replace(/(?:en|er|es|em|e|s|n)$/, '') : word
}

function capitalChanges(before: Compared, after: Compared): WordDifference {
  const at = before.tokens.flatMap(({ raw }, place) => (raw === after.tokens[place]?.raw ? [] : [place]))
  return { removed: at, inserted: at }
}

/** True when the same letters stand in the same case: only punctuation and spaces differ. */
function sameLetters(before: Compared, after: Compared): boolean {
  const letters = ({ plain }: Compared): string => plain.replace(/[^\p{L}\p{M}\p{N}%€$£]+/gu, ' ').trim()
  return letters(before) === letters(after)
}

function isCapital(raw: string): boolean {
  return /^\p{Lu}/u.test(raw)
}

function sorted(values: readonly string[]): string {
  return [...values].sort().join(' ')
}
