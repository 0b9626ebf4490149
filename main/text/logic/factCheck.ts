// Holds a statement's facts against those of the sentences it comes from, and says what they do not carry.
import type { ClaimNote } from '#contract/summary.ts'
import { coversDate, type DateMention } from './dates.ts'
import { exchangedNames } from './exchangedNames.ts'
import { factsOf, type Facts } from './facts.ts'
import { contradictedWord } from './negation.ts'
import type { Quantity } from './quantities.ts'
import { isGerman, type SourceIndex } from './sourceIndex.ts'
import { wordsOf } from './words.ts'

/** A name may stand so many sentences before, where the source itself says `he` or `the company`. */
const namesBefore = 2
const refersBack =
  /^(?:he|she|it|they|his|her|its|their|this|these|who|both|er|sie|es|ihr|ihre|ihrer|ihm|ihn|dieser|diese|dieses|beide|dafür|davon|daran|dazu|dort)$/

/** What the sources at `positions` do not carry of a statement, one note per fact. */
export function checkFacts(index: SourceIndex, statement: string, positions: readonly number[]): ClaimNote[] {
  const facts = factsOf(statement, isGerman(statement, index.nounsCapital))
  const sources = positions.flatMap((position) => index.sources[position]?.facts() ?? [])
  return [
    ...quantityNotes(facts.quantities, sources),
    ...dateNotes(index, facts.dates, sources, positions),
    ...namesSaid(index, statement, facts, positions).map((said) => ({ kind: 'name' as const, said })),
    ...negationNotes(facts, sources),
  ]
}

function quantityNotes(said: readonly Quantity[], sources: readonly Facts[]): ClaimNote[] {
  const left = sources.flatMap((facts) => facts.quantities)
  return said.flatMap((quantity): ClaimNote[] => {
    const same = left.filter((other) => isSame(quantity, other))
    const taken = same.find((other) => unitsFit(quantity, other)) ?? same[0]
    if (taken === undefined) return [{ kind: 'number', said: quantity.said }]
    left.splice(left.indexOf(taken), 1)
    return unitsFit(quantity, taken) ? [] : [{ kind: 'unit', said: `${quantity.said} ${quantity.unit ?? ''}`.trim() }]
  })
}

function isSame(said: Quantity, known: Quantity): boolean {
  if (said.value === known.value) return true
  return said.about && !known.about && said.unit !== 'time' && rounds(said.value, known.value)
}

/** True when the one is the other said less exactly: 1.4 million for 1,412,300, and not 38,700 for 38,400. */
function rounds(said: number, known: number): boolean {
  const step = lastPlace(said)
  return step > lastPlace(known) && Math.abs(said - known) < step
}

/** What the last digit that is not a zero counts: 100 for 38,400. */
function lastPlace(value: number): number {
  if (value === 0) return 1
  let step = 1e-6
  while (Math.abs(value / (step * 10) - Math.round(value / (step * 10))) < 1e-9) step *= 10
  return step
}

function unitsFit(said: Quantity, known: Quantity): boolean {
  return said.unit === null || known.unit === null || said.unit === known.unit
}

function dateNotes(
  index: SourceIndex,
  said: readonly DateMention[],
  sources: readonly Facts[],
  positions: readonly number[],
): ClaimNote[] {
  if (said.length === 0) return []
  const known = sources.flatMap((facts) => facts.dates)
  const first = Math.min(...positions)
  const around = [first - 2, first - 1, ...positions].flatMap((at) => index.sources[at]?.facts().dates ?? [])
  const years = new Set(around.flatMap(({ year }) => year ?? []))
  return said
    .filter((date) => !known.some((other) => coversDate(other, date, years)))
    .map((date) => ({ kind: 'date', said: date.said }))
}

function namesSaid(index: SourceIndex, statement: string, facts: Facts, positions: readonly number[]): string[] {
  const sources = positions.flatMap((position) => index.sources[position]?.facts() ?? [])
  const strange = strangeNames(index, facts, sources, positions)
  if (strange.length > 0) return asWritten(statement, strange)
  const [only, ...more] = positions
  return only === undefined || more.length > 0 ? [] : exchangedNames(index, statement, only)
}

function strangeNames(
  index: SourceIndex,
  facts: Facts,
  sources: readonly Facts[],
  positions: readonly number[],
): string[] {
  const known = positions.flatMap((position) => index.sources[position] ?? [])
  const has = (name: string): boolean => known.some((source) => source.known.has(name))
  const strange = facts.names.filter((name) => !has(name))
  if (strange.length === 0) return []
  // A name the source has and the statement leaves out was exchanged rather than carried over from before.
  const exchanged = sources.some(({ names }) => names.some((name) => !facts.names.includes(name)))
  const refers = known.some((source) => source.words.some((word) => refersBack.test(word)))
  const before = Array.from({ length: namesBefore }, (_, step) => Math.min(...positions) - 1 - step)
  const carried = (name: string): boolean =>
    refers && !exchanged && before.some((at) => index.sources[at]?.known.has(name) === true)
  return strange.filter((name) => !carried(name))
}

/** Names as the statement writes them, neighbours together: `Peter Okafor`. */
function asWritten(statement: string, names: readonly string[]): string[] {
  const found: string[] = []
  let last = -2
  statement.split(/\s+/).forEach((word, at) => {
    const plain = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    if (!/^\p{Lu}/u.test(plain) || !wordsOf(plain).some((each) => names.includes(each))) return
    if (last === at - 1) found[found.length - 1] += ` ${plain}`
    else found.push(plain)
    last = at
  })
  return found.length > 0 ? found : [...names]
}

function negationNotes(facts: Facts, sources: readonly Facts[]): ClaimNote[] {
  const word = contradictedWord(
    facts.clauses,
    sources.flatMap((source) => source.clauses),
  )
  return word === null ? [] : [{ kind: 'negation', said: word.replace(/^~/, '') }]
}
