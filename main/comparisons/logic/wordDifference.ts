// Which words of two passages differ, by their longest common subsequence.
import type { Token } from './tokens.ts'

/** Positions of the tokens that have no partner on the other side, ascending. */
export type WordDifference = { readonly removed: readonly number[]; readonly inserted: readonly number[] }

/** A character range, end exclusive. */
export type Mark = { readonly start: number; readonly end: number }

/** Products of token counts above this are compared after cutting off what is common at both ends only. */
const largestTable = 4_000_000

/** The differing tokens; beyond four million cells what lies between common ends counts as different. */
export function differingWords(a: readonly Token[], b: readonly Token[]): WordDifference {
  let head = 0
  while (head < a.length && head < b.length && a[head]?.word === b[head]?.word) head += 1
  let tail = 0
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail]?.word === b[b.length - 1 - tail]?.word) {
    tail += 1
  }
  const left = a.slice(head, a.length - tail).map(({ word }) => word)
  const right = b.slice(head, b.length - tail).map(({ word }) => word)
  const middle = left.length * right.length > largestTable ? everything(left, right) : subsequence(left, right)
  return { removed: middle.removed.map((at) => at + head), inserted: middle.inserted.map((at) => at + head) }
}

/** Ranges of the tokens at these positions; neighbours share one range with what lies between them. */
export function marksOf(tokens: readonly Token[], positions: readonly number[]): Mark[] {
  const marks: Mark[] = []
  let last = -2
  for (const at of positions) {
    const token = tokens[at]
    const open = marks.at(-1)
    if (token === undefined) continue
    if (open !== undefined && at === last + 1) marks[marks.length - 1] = { start: open.start, end: token.end }
    else marks.push({ start: token.start, end: token.end })
    last = at
  }
  return marks
}

function everything(a: readonly string[], b: readonly string[]): WordDifference {
  return { removed: a.map((_, at) => at), inserted: b.map((_, at) => at) }
}

function subsequence(a: readonly string[], b: readonly string[]): WordDifference {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const skip = Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
      lengths[i * width + j] = a[i] === b[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : skip
    }
  }
  const [removed, inserted]: [number[], number[]] = [[], []]
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1
      j += 1
    } else if (
      j >= b.length ||
      (i < a.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      removed.push(i)
      i += 1
    } else {
      inserted.push(j)
      j += 1
    }
  }
  return { removed, inserted }
}
