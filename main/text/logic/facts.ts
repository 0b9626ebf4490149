// The parts of a statement that must not change: numbers, dates, names, yes or no.
import { datesOf, type DateMention } from './dates.ts'
import { germanNamesOf, namesOf } from './names.ts'
import { clausesOf, type Clause } from './negation.ts'
import { quantitiesOf, type Quantity } from './quantities.ts'

/** A statement's facts; `names` as `wordsOf` writes them. */
export type Facts = {
  readonly quantities: readonly Quantity[]
  readonly dates: readonly DateMention[]
  readonly names: readonly string[]
  readonly clauses: readonly Clause[]
}

/** Reads a statement's facts; `nounsCapital` where ordinary nouns have a capital (German). */
export function factsOf(text: string, nounsCapital: boolean): Facts {
  const plain = text.normalize('NFKC')
  const dates = datesOf(plain)
  return {
    dates,
    quantities: quantitiesOf(blanked(plain, dates)),
    names: nounsCapital ? germanNamesOf(plain) : namesOf(plain),
    clauses: clausesOf(plain),
  }
}

/** The text with its dates written over by dots, so that nothing in them is taken for a number. */
function blanked(text: string, dates: readonly DateMention[]): string {
  return dates.reduceRight(
    (left, { start, end }) => left.slice(0, start) + '·'.repeat(end - start) + left.slice(end),
    text,
  )
}
