// Two sentences of one document that cannot both be true: said of the same thing, with another number, date, or a no for a yes.
import type { Contradiction } from '#contract/summary.ts'
import { coversDate, type DateMention } from './dates.ts'
import type { Facts } from './facts.ts'
import { contradictedWord } from './negation.ts'
import type { Sentence } from './sentences.ts'
import { candidates, indexSources, wordWeight, type SourceIndex } from './sourceIndex.ts'
import { stopWords } from './stopWords.ts'
import { unitNamed } from './units.ts'
import { contentWordsOf } from './words.ts'

/** Share of the shorter sentence's words (by weight) that the other must have too; chosen on planted pairs and none. */
const sameThing = 0.72
/** For a no against a yes nearly everything has to be the same. */
const sameStatement = 0.8
const fewestShared = 3
/** So many words in common make up for one that only the shorter sentence has. */
const sharedPerOwn = 4
/** A sentence is not held against one more than so many times as long: it would say all kinds of things. */
const longestTimes = 3
const candidateCount = 12
const sliceSentences = 50
/** More would say that the document is written so, not that it contradicts itself. */
const mostShown = 12

type Kind = Contradiction['kind']
/** A sentence as it is compared: its weighing words, without what its facts are made of. */
type Subject = { readonly text: string; readonly words: ReadonlySet<string>; readonly facts: Facts }

/** Contradictions in reading order, at most twelve; headings, table rows and code are left out. */
export function findContradictions(sentences: readonly Sentence[]): Contradiction[] {
  const search = searchContradictions(sentences) // goes on to its end
  for (;;) {
    const step = search.next()
    if (step.done === true) return step.value
  }
}

/** The same in slices, so that a long document holds nobody up: yields after every few dozen sentences. */
export function* searchContradictions(sentences: readonly Sentence[]): Generator<undefined, Contradiction[]> {
  const spoken = sentences.filter(({ kind, text }) => (kind === 'sentence' || kind === 'list-item') && isWhole(text))
  const index = indexSources(spoken.map(({ text }) => text))
  const subjects = new Map<number, Subject>()
  const subjectAt = (position: number): Subject => {
    const known = subjects.get(position) ?? subjectOf(index, position, spoken[position]?.text ?? '')
    subjects.set(position, known)
    return known
  }
  const found: Contradiction[] = []
  for (let at = 0; at < spoken.length && found.length < mostShown; at += 1) {
    if (at % sliceSentences === sliceSentences - 1) yield
    const one = subjectAt(at)
    if (one.words.size < 2) continue
    for (const other of candidates(index, [...one.words], candidateCount).sort((a, b) => a - b)) {
      if (other <= at) continue
      const kind = kindOf(index, one, subjectAt(other))
      const [a, b] = [spoken[at], spoken[other]]
      if (kind !== null && a !== undefined && b !== undefined) found.push({ kind, a: placed(a), b: placed(b) })
    }
  }
  return found.slice(0, mostShown)
}

/** A sentence with an end, and none pieced together from a table. */
function isWhole(text: string): boolean {
  return /[.!?]["'”’»)\]]*$/.test(text) && !/[|\t]/.test(text)
}

function placed({ text, locators }: Sentence): Contradiction['a'] {
  return { text, locators: [...locators] }
}

function subjectOf(index: SourceIndex, position: number, text: string): Subject {
  const source = index.sources[position]
  const facts = source?.facts() ?? { quantities: [], dates: [], names: [], clauses: [] }
  const dated = new Set(facts.dates.flatMap(({ said }) => said.toLowerCase().match(/\p{L}+/gu) ?? []))
  const words = (source?.words ?? []).filter(
    (word) =>
      !stopWords.has(word) && !/\p{N}/u.test(word) && !dated.has(word) && !dated.has(word.slice(1)) && !counts(word),
  )
  return { text: text.normalize('NFKC'), words: new Set(words), facts }
}

function kindOf(index: SourceIndex, a: Subject, b: Subject): Kind | null {
  const shared = sharedWeight(index, a, b)
  if (shared < sameThing || differentNames(a.facts, b.facts)) return null
  const numbers = differingNumbers(a, b)
  const dates = differingDates(a, b)
  if (numbers === 'one' && dates === 'none') return 'number'
  if (dates === 'one' && numbers === 'none') return 'date'
  if (numbers !== 'none' || dates !== 'none' || shared < sameStatement) return null
  const says = contradictedWord(a.facts.clauses, b.facts.clauses) ?? contradictedWord(b.facts.clauses, a.facts.clauses)
  return says === null ? null : 'negation'
}

/** Share of the shorter sentence's weight that both have; two words are enough only where they are all it has. */
function sharedWeight(index: SourceIndex, a: Subject, b: Subject): number {
  const weigh = (words: Iterable<string>): number => [...words].reduce((sum, word) => sum + wordWeight(index, word), 0)
  const shared = [...a.words].filter((word) => b.words.has(word))
  if (Math.max(a.words.size, b.words.size) > longestTimes * Math.min(a.words.size, b.words.size)) return 0
  const least = Math.min(weigh(a.words), weigh(b.words))
  const few = shared.length < fewestShared && shared.length < Math.min(a.words.size, b.words.size)
  // What both have a word of their own for may be two things: adults and children.
  const own = Math.min(a.words.size, b.words.size) - shared.length
  const many = own > Math.floor(shared.length / sharedPerOwn)
  return few || many || shared.length < 2 || least === 0 ? 0 : weigh(shared) / least
}

/** True for what a number counts: pounds are in every price. */
function counts(word: string): boolean {
  return unitNamed(word) !== null || unitNamed(`${word}s`) !== null
}

/** True when each names somebody the other does not: then they speak of different things. */
function differentNames(a: Facts, b: Facts): boolean {
  return a.names.some((name) => !b.names.includes(name)) && b.names.some((name) => !a.names.includes(name))
}

type Difference = 'none' | 'one' | 'more'

/** `one`: all numbers agree but for a single one that counts the same in both, and is said of the same. */
function differingNumbers(a: Subject, b: Subject): Difference {
  const [all, others] = [a.facts.quantities, b.facts.quantities]
  const onlyA = all.filter((each) => !others.some((other) => other.value === each.value))
  const onlyB = others.filter((each) => !all.some((other) => other.value === each.value))
  if (onlyA.length === 0 || onlyB.length === 0) return 'none'
  if (Math.min(onlyA.length, onlyB.length) > 1) return 'more'
  const pairs = onlyA.flatMap((one) =>
    onlyB
      .filter((other) => one.unit === other.unit && !one.about && !other.about)
      .map((other) => [one, other] as const),
  )
  return single(a, b, pairs)
}

/** `one`: a single date differs, both name it as fully, and it is said of the same. */
function differingDates(a: Subject, b: Subject): Difference {
  const [all, others] = [a.facts.dates, b.facts.dates]
  const onlyA = all.filter((each) => !others.some((other) => isSameDate(each, other)))
  const onlyB = others.filter((each) => !all.some((other) => isSameDate(each, other)))
  if (onlyA.length === 0 || onlyB.length === 0) return 'none'
  if (Math.min(onlyA.length, onlyB.length) > 1) return 'more'
  const pairs = onlyA.flatMap((one) =>
    onlyB
      .filter((other) => one.day !== null && fullness(one) === fullness(other))
      .map((other) => [one, other] as const),
  )
  return single(a, b, pairs)
}

/** Of several that could be meant it is the one pair with the same words before it. */
function single(
  a: Subject,
  b: Subject,
  pairs: readonly (readonly [{ readonly start: number }, { readonly start: number }])[],
): Difference {
  if (pairs.length < 2) return pairs.length === 1 ? 'one' : 'more'
  const alike = pairs.filter(([one, other]) => wordBefore(a.text, one.start) === wordBefore(b.text, other.start))
  return alike.length === 1 ? 'one' : 'more'
}

function wordBefore(text: string, start: number): string {
  return contentWordsOf(text.slice(Math.max(0, start - 60), start)).findLast((word) => !/\p{N}/u.test(word)) ?? ''
}

function isSameDate(a: DateMention, b: DateMention): boolean {
  return coversDate(a, b, new Set(a.year === null ? [] : [a.year])) || coversDate(b, a, new Set())
}

function fullness(date: DateMention): string {
  return [date.year, date.month, date.day].map((part) => (part === null ? '-' : 'x')).join('')
}
