// The arithmetic of the benches: medians, ratios taken round by round, pass marks.
import type { Figure, Mark, Unit } from '../bar.ts'

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** A figure from the values of its rounds. */
export function figure(name: string, unit: Unit, values: readonly number[], mark?: Mark): Figure {
  const summary = { value: median(values), least: Math.min(...values), greatest: Math.max(...values) }
  return { name, unit, ...summary, rounds: values.length, ...(mark === undefined ? {} : { mark }) }
}

/**
 * The ratio of two values measured in the same rounds: divided round by round, then the median, so that a neighbour's
 * load, which hits both sides of a round alike, cancels out.
 */
export function ratio<Name extends string>(
  name: string,
  rounds: readonly Readonly<Record<Name, number>>[],
  [above, below]: readonly [Name, Name],
  mark?: Mark,
): Figure {
  return figure(
    name,
    'ratio',
    rounds.map((round) => round[above] / round[below]),
    mark,
  )
}

/** Whether a figure reaches its mark; one without a mark always does, one that is no number never. */
export function passes({ value, mark }: Pick<Figure, 'value' | 'mark'>): boolean {
  if (mark === undefined) return true
  return mark.kind === 'at-least' ? value >= mark.value : value <= mark.value
}

/**
 * Tokens per second of a stream at its receiver: what came after the first piece, over the time since it. Null when
 * everything came in one piece.
 */
export function rateAfterFirst(pieces: readonly { readonly at: number; readonly tokens: number }[]): number | null {
  const [first, ...rest] = pieces
  const last = rest.at(-1)
  if (first === undefined || last === undefined || last.at <= first.at) return null
  return (rest.reduce((sum, { tokens }) => sum + tokens, 0) * 1000) / (last.at - first.at)
}
