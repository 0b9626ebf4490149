// The heaviest chain of pairs that rises on both sides: what stayed in order.

/** Positions on both sides and what the pair is worth. */
export type Pair = { readonly a: number; readonly b: number; readonly weight: number }

/** The pairs of the heaviest chain strictly rising in `a` and `b`, in order; O(n log n) by a Fenwick tree of maxima. */
export function heaviestChain(pairs: readonly Pair[]): Pair[] {
  const sorted = [...pairs].sort((x, y) => x.a - y.a || y.b - x.b)
  // Room for the pairs' own stretch only: many short chains far down a long document are asked for one after the other.
  const lowest = sorted.reduce((least, { b }) => Math.min(least, b), Infinity)
  const width = sorted.reduce((most, { b }) => Math.max(most, b - lowest), 0) + 2
  const best = new Float64Array(width)
  const holder = new Int32Array(width).fill(-1)
  const previous = new Int32Array(sorted.length).fill(-1)
  let [end, most] = [-1, 0]
  sorted.forEach(({ b, weight }, at) => {
    let [value, from] = [0, -1]
    for (let place = b - lowest; place > 0; place -= place & -place) {
      if ((best[place] ?? 0) > value) [value, from] = [best[place] ?? 0, holder[place] ?? -1]
    }
    value += weight
    previous[at] = from
    for (let place = b - lowest + 1; place < width; place += place & -place) {
      if (value > (best[place] ?? 0)) [best[place], holder[place]] = [value, at]
    }
    if (value > most) [most, end] = [value, at]
  })
  const chain: Pair[] = []
  for (let at = end; at >= 0; at = previous[at] ?? -1) {
    const pair = sorted[at]
    if (pair !== undefined) chain.push(pair)
  }
  return chain.reverse()
}
