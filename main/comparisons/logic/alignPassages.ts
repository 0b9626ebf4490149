// Finds for each passage of one document the passage of the other that it became, in place or moved.
import { heaviestChain, type Pair } from './heaviestChain.ts'
import { likenessOf, type Likeness } from './likeness.ts'
import { MatchTable, type Gap } from './matchTable.ts'
import { wordPlaces, type WordPlaces } from './nearestPassages.ts'
import { mapInSteps, type StepCount, type Steps } from '../../text/logic/steps.ts'
import type { Passage } from './passages.ts'
import { uncounted } from './uncounted.ts'

/** What the passes share. */
type Workplace = {
  readonly before: readonly Passage[]
  readonly after: readonly Passage[]
  readonly likeness: Likeness
  readonly table: MatchTable
  readonly places: WordPlaces
}

/** Passages at least this alike can be one and the same in their order. */
const alikeInOrder = 0.45
/** A few passages between the same neighbours need less. */
const alikeAlone = 0.3
const fewPairs = 9
/** Out of order much more is asked, and enough words to tell by. */
const alikeMoved = 0.7
const wordsToMove = 5
/** Gaps up to this many pairs are compared pair by pair; wider ones by their rare words. */
const smallGap = 900
const candidateCount = 8
/** Passages looked at between two steps. */
const stride = 32

/**
 * Aligns in four passes: passages that are equal and occur once on each side; equal neighbours of those; what is alike
 * between them; what is alike anywhere (moved). A generator, so that whoever drives it can breathe and stop. Only the third
 * is counted, in passages before; the steps of all others are 0 of 0.
 */
export function* alignPassages(
  before: readonly Passage[],
  after: readonly Passage[],
): Steps<StepCount, { readonly table: MatchTable; readonly likeness: Likeness }> {
  const likeness = yield* uncounted(likenessOf(before, after))
  const table = new MatchTable(before.length, after.length)
  const places = yield* uncounted(wordPlaces(likeness.after, likeness.words))
  const work = { before, after, likeness, table, places }
  yield { done: 0, total: before.length }
  joinEqual(work)
  joinNeighbours(work)
  for (const gap of table.gaps()) yield* joinAlike(gap, work)
  yield* uncounted(joinAlone(work))
  yield* uncounted(joinMoved(work))
  joinWithMoved(work)
  return { table, likeness }
}

/** Equal passages that occur once: those in order first, then the others as moved. */
function joinEqual({ before, after, table }: Workplace): void {
  const [left, right] = [onceBy(before), onceBy(after)]
  const equal = [...left].flatMap(([plain, a]): Pair[] => {
    const b = right.get(plain) ?? -1
    return a < 0 || b < 0 ? [] : [{ a, b, weight: 4 + Math.min(12, wordsIn(before, a)) }]
  })
  for (const { a, b } of heaviestChain(equal)) table.join(a, b, false)
  for (const { a, b } of equal) if (wordsIn(before, a) >= wordsToMove) table.join(a, b, true)
}

/** Positions of passages by their text; -1 where it occurs more than once. */
function onceBy(passages: readonly Passage[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const { plain, index } of passages) places.set(plain, places.has(plain) ? -1 : index)
  return places
}

/** Equal passages right after, then right before, what is joined already: repeated ones find their place by this. */
function joinNeighbours({ before, after, table }: Workplace): void {
  for (const step of [1, -1]) {
    for (const edge of table.spine()) {
      let [a, b] = [edge.a + step, edge.b + step]
      while (before[a] !== undefined && before[a]?.plain === after[b]?.plain && table.join(a, b, false)) {
        a += step
        b += step
      }
    }
  }
}

function* joinAlike(gap: Gap, { before, likeness, table, places }: Workplace): Steps<StepCount, void> {
  const [from, to] = [gap.b[0] ?? 0, gap.b.at(-1) ?? 0]
  const small = gap.a.length * gap.b.length <= smallGap
  const pairs: Pair[] = []
  for (const [at, a] of gap.a.entries()) {
    if (at % stride === 0) yield { done: a, total: before.length }
    const own = likeness.before[a] ?? new Int32Array()
    for (const b of small ? gap.b : places.nearest(own, from, to, candidateCount)) {
      const alike = table.isFreeAfter(b) ? likeness.between(a, b) : 0
      if (alike >= alikeInOrder) pairs.push({ a, b, weight: alike ** 2 * (3 + Math.min(40, own.length)) })
    }
  }
  for (const { a, b } of heaviestChain(pairs)) table.join(a, b, false)
}

/** A few passages on each side between the same neighbours: the place speaks for them, so less likeness will do. */
function* joinAlone({ likeness, table }: Workplace): Steps<StepCount, void> {
  yield* mapInSteps(table.gaps(), stride, (gap) => {
    if (gap.a.length * gap.b.length > fewPairs) return
    const pairs = gap.a.flatMap((a) => gap.b.map((b) => ({ a, b, weight: likeness.between(a, b) })))
    for (const { a, b } of heaviestChain(pairs.filter(({ weight }) => weight >= alikeAlone))) table.join(a, b, false)
  })
}

/** What is left over finds its like anywhere, the most alike first. */
function* joinMoved({ before, after, likeness, table, places }: Workplace): Steps<StepCount, void> {
  const pairs: Pair[] = []
  for (const { index: a } of before) {
    if (a % stride === 0) yield { done: a, total: before.length }
    if (!table.isFreeBefore(a) || wordsIn(before, a) < wordsToMove) continue
    const own = likeness.before[a] ?? new Int32Array()
    for (const b of places.nearest(own, 0, after.length - 1, candidateCount)) {
      if (!table.isFreeAfter(b) || wordsIn(after, b) < wordsToMove) continue
      const weight = likeness.between(a, b)
      if (weight >= alikeMoved) pairs.push({ a, b, weight })
    }
  }
  for (const { a, b } of pairs.sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b)) table.join(a, b, true)
}

/** A heading or short line right beside what moved, alike on both sides, moved with it. */
function joinWithMoved({ before, likeness, table }: Workplace): void {
  for (const step of [-1, 1]) {
    for (const match of table.matches().filter(({ moved }) => moved)) {
      let [a, b] = [match.a + step, match.b + step]
      while (before[a] !== undefined && likeness.between(a, b) >= alikeMoved && table.join(a, b, true)) {
        a += step
        b += step
      }
    }
  }
}

function wordsIn(passages: readonly Passage[], at: number): number {
  return passages[at]?.tokens.length ?? 0
}
