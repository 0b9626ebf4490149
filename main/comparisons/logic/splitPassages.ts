// A sentence that became two, or two that became one: the piece left over joins the one it was part of.
import { mapInSteps, type StepCount, type Steps } from '../../text/logic/steps.ts'
import type { Likeness } from './likeness.ts'
import type { MatchTable } from './matchTable.ts'
import type { Passage } from './passages.ts'

/** Pieces by the passage they join, per side; a piece is free in the table but no change of its own. */
export type Pieces = { readonly before: ReadonlyMap<number, number>; readonly after: ReadonlyMap<number, number> }

/** This share of a piece must stand in what the other side has besides. */
const partOf = 0.6
const wordsToTell = 3

/** Passages looked at between two steps. */
const stride = 64

/** In steps, for every free passage beside a matched one: whether it is the rest of that one's partner. Piece to neighbour. */
export function* findPieces(
  before: readonly Passage[],
  after: readonly Passage[],
  table: MatchTable,
  likeness: Likeness,
): Steps<StepCount, Pieces> {
  const partners = table.matches().filter(({ moved }) => !moved)
  const ofBefore = new Map(partners.map(({ a, b }) => [a, b]))
  const ofAfter = new Map(partners.map(({ a, b }) => [b, a]))
  const rest = (neighbour: Int32Array | undefined, partner: Int32Array | undefined): Int32Array =>
    without(partner ?? new Int32Array(), neighbour ?? new Int32Array())
  const isPiece = (piece: Int32Array | undefined, left: Int32Array): boolean =>
    piece !== undefined && piece.length >= wordsToTell && left.length > 0 && likeness.contained(piece, left) >= partOf
  return {
    before: yield* pieces(
      before,
      ofBefore,
      (at) => table.isFreeBefore(at),
      (at, neighbour, partner) =>
        isPiece(likeness.before[at], rest(likeness.before[neighbour], likeness.after[partner])),
    ),
    after: yield* pieces(
      after,
      ofAfter,
      (at) => table.isFreeAfter(at),
      (at, neighbour, partner) =>
        isPiece(likeness.after[at], rest(likeness.after[neighbour], likeness.before[partner])),
    ),
  }
}

/** Several passages in order as one, with the number and place of the first. */
export function joined(passages: readonly Passage[]): Passage {
  const [first, ...others] = passages
  if (first === undefined) throw new Error('nothing to join')
  return others.reduce((whole, next) => {
    const shift = whole.text.length + 1
    return {
      ...whole,
      text: `${whole.text} ${next.text}`,
      plain: `${whole.plain} ${next.plain}`,
      tokens: [
        ...whole.tokens,
        ...next.tokens.map((token) => ({ ...token, start: token.start + shift, end: token.end + shift })),
      ],
      locators: [...whole.locators, ...next.locators],
    }
  }, first)
}

function* pieces(
  passages: readonly Passage[],
  partners: ReadonlyMap<number, number>,
  isFree: (at: number) => boolean,
  belongs: (at: number, neighbour: number, partner: number) => boolean,
): Steps<StepCount, Map<number, number>> {
  const found = new Map<number, number>()
  yield* mapInSteps(passages, stride, ({ index, heading }) => {
    if (heading || !isFree(index)) return
    const neighbour = [index - 1, index + 1].find((each) => {
      const partner = partners.get(each)
      return partner !== undefined && belongs(index, each, partner)
    })
    if (neighbour !== undefined) found.set(index, neighbour)
  })
  return found
}

/** Sorted words of `whole` that are not in `part`, each as often as it is left. */
function without(whole: Int32Array, part: Int32Array): Int32Array {
  const left: number[] = []
  let at = 0
  for (const word of whole) {
    while (at < part.length && (part[at] ?? 0) < word) at += 1
    if (part[at] === word) at += 1
    else left.push(word)
  }
  return Int32Array.from(left)
}
