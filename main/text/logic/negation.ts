// Whether a statement and its source say yes or no to the same thing, clause by clause.
import { stopWords } from './stopWords.ts'
import { wordsOf } from './words.ts'

/** A clause: its words, and those of them that say no. */
export type Clause = { readonly words: readonly string[]; readonly negations: readonly string[] }

const negating: ReadonlySet<string> = new Set(
  'not no never none nobody nothing neither nor without cannot except unless nicht kein keine keinen keinem keiner keines keinerlei nie niemals niemand nichts weder ohne außer'.split(
    ' ',
  ),
)
/** Looks negative and is not. */
const harmless =
  /\b(?:no|not) (?:later|more|less|fewer|earlier|least) than\b|\bnot (?:only|just|least)\b|\bno\. ?(?=\d)|\bnot[- ]for[- ]profit\b|\bnicht (?:nur|zuletzt|später|mehr als|weniger als)\b|\bno doubt\b|\bohne weiteres\b/giu
const breaks =
  /[,;:()–—]|\s-\s|\b(?:and|und|but|while|whereas|because|although|though|aber|sondern|während|weil|obwohl)\b/iu
/** Words that say the opposite of each other, as `wordsOf` writes them; none that negates by itself. */
const opposites: readonly (readonly [string, string])[] = [
  'accept reject',
  'accept refuse',
  'accept decline',
  'approve reject',
  'approve refuse',
  'agree refuse',
  'agree disagree',
  'agree object',
  'allow forbid',
  'allow prohibit',
  'allow ban',
  'permit forbid',
  'permit prohibit',
  'include exclude',
  'increase decrease',
  'increase reduce',
  'increase cut',
  'raise lower',
  'rise fall',
  'rose fell',
  'gain lose',
  'profit loss',
  'surplus deficit',
  'win lose',
  'won lost',
  'more less',
  'more fewer',
  'most least',
  'above below',
  'over under',
  'before after',
  'maximum minimum',
  'highest lowest',
  'better worse',
  'open close',
  'begin end',
  'start stop',
  'return keep',
  'return kept',
  'keep drop',
  'pass fail',
  'succeed fail',
  'early late',
  'confirm deny',
  'legal illegal',
  'annehmen ablehnen',
  'angenommen abgelehnt',
  'genehmigt abgelehnt',
  'gebilligt abgelehnt',
  'anerkannt abgelehnt',
  'zugestimmt abgelehnt',
  'zustimmen ablehnen',
  'bewilligt abgelehnt',
  'erlaubt verboten',
  'gestattet verboten',
  'erlaubt untersagt',
  'zulässig unzulässig',
  'möglich ausgeschlossen',
  'eingeschlossen ausgeschlossen',
  'steigen sinken',
  'steigt sinkt',
  'gestiegen gesunken',
  'stieg sank',
  'erhöht gesenkt',
  'erhöht vermindert',
  'erhöhen senken',
  'gewinn verlust',
  'gewonnen verloren',
  'mehr weniger',
  'höher niedriger',
  'über unter',
  'vor nach',
  'mindestens höchstens',
  'offen geschlossen',
  'geöffnet geschlossen',
  'bestätigt bestritten',
].map((pair) => {
  const [one = '', other = ''] = pair.split(' ').map((word) => wordsOf(word)[0] ?? '')
  return [one, other] as const
})
const oppositesOf: ReadonlyMap<string, readonly string[]> = opposites.reduce((map, [one, other]) => {
  map.set(one, [...(map.get(one) ?? []), other])
  map.set(other, [...(map.get(other) ?? []), one])
  return map
}, new Map<string, readonly string[]>())
/** Both may stand in one sentence and mean no contradiction; compared only where nothing else differs. */
const weak: ReadonlySet<string> = new Set(
  'more less over under above below before after mehr weniger über unter vor nach begin start end stop still open close early late keep'
    .split(' ')
    .map((each) => wordsOf(each)[0] ?? ''),
)

/** The clauses of a text, those without a word left out. */
export function clausesOf(text: string): Clause[] {
  return text
    .replace(harmless, ' ')
    .split(breaks)
    .map((part) => {
      const words = wordsOf(part)
      return { words, negations: words.filter((word) => negating.has(word)) }
    })
    .filter(({ words }) => words.length > 0)
}

/**
 * The word by which a statement's clause says no where its source says yes, or the other way round; null where both
 * agree. Each clause is held against the source clause it shares most with; one that says no as often as all the source
 * clauses it touches together only puts it in another place.
 */
export function contradictedWord(statement: readonly Clause[], source: readonly Clause[]): string | null {
  let word: string | null = null
  let said = 0
  const touched = new Set<Clause>()
  for (const clause of statement) {
    const best = closest(clause, source)
    for (const other of source) if (weightShared(clause, other) > 0) touched.add(other)
    const differences = best.map((other) => difference(clause, other))
    const agrees = differences.length === 0 || differences.some(({ more }) => more === 0)
    said += clause.negations.length + (agrees ? 0 : (differences[0]?.turned ?? 0))
    if (!agrees) word ??= differences[0]?.word ?? null
  }
  const known = [...touched].reduce((sum, { negations }) => sum + negations.length, 0)
  return said === known ? null : word
}

/** The source clauses that share most with a clause; none where nothing is shared. */
function closest(clause: Clause, source: readonly Clause[]): Clause[] {
  const shared = source.map((other) => weightShared(clause, other))
  const most = Math.max(0, ...shared)
  return most === 0 ? [] : source.filter((_, at) => shared[at] === most)
}

function weightShared(a: Clause, b: Clause): number {
  let sum = 0
  for (const word of new Set(a.words)) {
    if (stopWords.has(word)) continue
    if (b.words.some((other) => other === word || prefixed(word, other) !== null || areOpposite(word, other))) sum += 1
  }
  return sum
}

/** How often more `a` says no than `b`, how often by a word's opposite or prefix, and the word that does it. */
function difference(a: Clause, b: Clause): { more: number; turned: number; word: string } {
  const [lackA, lackB] = [lacking(a, b), lacking(b, a)]
  let turned = 0
  let word = a.negations[0] ?? b.negations[0] ?? ''
  for (const one of lackA) {
    const opposite = lackB.find((other) => areOpposite(one, other))
    const counts = opposite !== undefined && (!weak.has(one) || (lackA.length <= 2 && lackB.length <= 2))
    const bare = lackB.map((other) => prefixed(one, other)).find((found) => found !== null)
    if (!counts && bare === undefined) continue
    // `refused` says no once more than `approved`; where both are no more than words, which of them does is not asked.
    turned += bare === 'second' ? -1 : counts && b.negations.length < a.negations.length ? -1 : 1
    word = one
  }
  return { more: a.negations.length + turned - b.negations.length, turned, word }
}

function lacking(a: Clause, b: Clause): string[] {
  return [...new Set(a.words)].filter((word) => !b.words.includes(word))
}

function areOpposite(one: string, other: string): boolean {
  return oppositesOf.get(one)?.includes(other) === true
}

/** Which of two words is the other with a negating prefix. */
function prefixed(one: string, other: string): 'first' | 'second' | null {
  if (negates(one, other)) return 'first'
  return negates(other, one) ? 'second' : null
}

function negates(long: string, short: string): boolean {
  // Stems of long words have lost their last `e`.
  const [whole, part] = [long.replace(/e$/, ''), short.replace(/e$/, '')]
  if (short.length < 4 || !whole.endsWith(part)) return false
  return /^(?:un|in|im|ir|il|dis|non|mis|nicht|miss)-?$/.test(whole.slice(0, whole.length - part.length))
}
