// Measures several ways in turn, round after round, so that whatever else the machine does hits all of them.

/** One value per way and round; every other round runs the ways backwards. */
export async function interleaved<Name extends string>(
  rounds: number,
  ways: Readonly<Record<Name, (round: number) => Promise<number>>>,
): Promise<readonly Readonly<Record<Name, number>>[]> {
  const names = Object.keys(ways) as Name[] // as: Object.keys forgets literal keys
  const seen: Record<Name, number>[] = []
  for (let round = 0; round < rounds; round++) {
    const values: Partial<Record<Name, number>> = {}
    for (const name of round % 2 === 0 ? names : names.toReversed()) values[name] = await ways[name](round)
    seen.push(values as Record<Name, number>) // as: every name was measured
  }
  return seen
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
