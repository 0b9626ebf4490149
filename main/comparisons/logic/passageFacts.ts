// What a reader could be held to in a passage: dates, numbers, references, names, terms, negation, modals, scope.
import { modals, negations, referenceWords, scopes, spelledNumbers, units } from './comparisonWords.ts'
import { datesOf } from './dates.ts'
import type { Passage } from './passages.ts'
import type { Token } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Facts in the order they stand. `references` are the numbers of other clauses. */
export type PassageFacts = {
  readonly dates: readonly string[]
  readonly numbers: readonly string[]
  readonly references: readonly string[]
  readonly names: readonly string[]
  readonly terms: readonly string[]
  readonly negations: readonly string[]
  readonly modals: readonly string[]
  readonly scopes: readonly string[]
}

/** What kind of fact a token is, if any. */
export type TokenRole =
  'date' | 'number' | 'reference' | 'unit' | 'name' | 'term' | 'negation' | 'modal' | 'scope' | 'plain'

/** The role of each token of a passage, by position. */
export function rolesOf({ text, tokens }: Pick<Passage, 'text' | 'tokens'>, vocabulary: Vocabulary): TokenRole[] {
  const dates = datesOf(text)
  return tokens.map((token, at) => {
    if (dates.some(({ start, end }) => token.start >= start && token.end <= end)) return 'date'
    return roleOf(token, tokens[at - 1], tokens[at + 1], vocabulary)
  })
}

function roleOf(
  { word, raw }: Token,
  before: Token | undefined,
  after: Token | undefined,
  vocabulary: Vocabulary,
): TokenRole {
  if (/^\p{N}/u.test(word)) return before !== undefined && referenceWords.has(before.word) ? 'reference' : 'number'
  if (spelledNumbers.has(word)) return 'number'
  if (units.has(word)) return /^[%€$£]$/.test(units.get(word) ?? '') || isNumber(before) ? 'unit' : 'plain'
  if ((word === 'one' || word === 'eine' || word === 'ein') && after !== undefined && isLength(after)) return 'number'
  if (/^\p{Lu}/u.test(raw)) {
    if (vocabulary.terms.has(word)) return 'term'
    if (vocabulary.names.has(word)) return 'name'
    if (/^[\p{Lu}\p{M}]{2,}$/u.test(raw) && !modals.has(word) && !negations.has(word) && !scopes.has(word))
      return 'name'
  }
  if (negations.has(word)) return 'negation'
  if (modals.has(word)) return 'modal'
  return scopes.has(word) ? 'scope' : 'plain'
}

/** The facts of a passage; a number written out and in digits (`thirty (30)`) counts once. */
export function factsIn(passage: Pick<Passage, 'text' | 'tokens'>, vocabulary: Vocabulary): PassageFacts {
  const roles = rolesOf(passage, vocabulary)
  const of = (role: TokenRole, form: (token: Token) => string): string[] =>
    passage.tokens.flatMap((token, at) => (roles[at] === role ? [form(token)] : []))
  const numbers = passage.tokens.flatMap((token, at) => {
    if (roles[at] === 'number') return [spelledNumbers.get(token.word) ?? oneOf(token.word)]
    return roles[at] === 'unit' ? [units.get(token.word) ?? token.word] : []
  })
  return {
    dates: datesOf(passage.text).map(({ date }) => date),
    numbers: onceInARow(numbers),
    references: of('reference', ({ word }) => word),
    names: onceInARow(of('name', ({ word }) => word)),
    terms: onceInARow(of('term', ({ word }) => word)),
    negations: of('negation', () => 'not'),
    modals: of('modal', ({ word }) => modals.get(word) ?? word),
    scopes: of('scope', ({ word }) => scopes.get(word) ?? word),
  }
}

function oneOf(word: string): string {
  return /^\p{N}/u.test(word) ? word : '1'
}

function isNumber(token: Token | undefined): boolean {
  return token !== undefined && (/^\p{N}/u.test(token.word) || spelledNumbers.has(token.word) || token.word === 'one')
}

/** A length of time: what `one` counts. */
function isLength({ word }: Token): boolean {
  return units.has(word) && !/^[%€$£]$/.test(units.get(word) ?? '')
}

function onceInARow(values: readonly string[]): string[] {
  return values.filter((value, at) => value !== values[at - 1])
}
