// Compares two texts as bags of words: how many words of the larger the other has too, and which ones differ.

/** `shared` of `larger` words; `onlyOwn` and `onlyOther` are what one side has more of, with how often. */
export type WordOverlap = {
  readonly shared: number
  readonly larger: number
  readonly onlyOwn: ReadonlyMap<string, number>
  readonly onlyOther: ReadonlyMap<string, number>
}

/** The words of a text: runs of letters, marks and digits after NFKC, in lower case, in their order. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}

/** Compares the words, each as often as it comes. */
export function wordOverlap(own: readonly string[], other: readonly string[]): WordOverlap {
  const left = counted(own)
  const right = counted(other)
  const onlyOwn = surplus(left, right)
  return {
    shared: own.length - [...onlyOwn.values()].reduce((sum, count) => sum + count, 0),
    larger: Math.max(own.length, other.length),
    onlyOwn,
    onlyOther: surplus(right, left),
  }
}

/** The words without those of `left out`, each taken away once for each time it stands there. */
export function without(words: readonly string[], leftOut: readonly string[]): readonly string[] {
  const rest = counted(leftOut)
  return words.filter((word) => {
    const count = rest.get(word) ?? 0
    if (count > 0) rest.set(word, count - 1)
    return count === 0
  })
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function surplus(of: ReadonlyMap<string, number>, over: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const more = [...of].map(([word, count]): [string, number] => [word, count - (over.get(word) ?? 0)])
  return new Map(more.filter(([, count]) => count > 0))
}
