// How many map steps are written side by side: what is tried, what is taken until then, and what a measurement says.

/** Tokens per second of all sequences together, with so many of them side by side. */
export type SequenceSpeed = { readonly sequences: number; readonly tokensPerSecond: number }

/** What is worth measuring, fewest first. */
export const sequenceCandidates: readonly number[] = [1, 2, 4, 8, 16]

/** Until it was measured: one on a processor, whose batches of a few tokens can cost more than the tokens one by one. */
export function assumedSequences(gpuLayers: number): number {
  return gpuLayers > 0 ? 4 : 1
}

/**
 * The number that pays: more win only when they are a tenth faster, because every sequence takes memory and makes the
 * first result wait. `measured` is fewest first; null of nothing.
 */
export function bestSequences(measured: readonly SequenceSpeed[]): SequenceSpeed | null {
  let best = measured[0] ?? null
  for (const candidate of measured.slice(1)) {
    if (best !== null && candidate.tokensPerSecond > best.tokensPerSecond * 1.1) best = candidate
  }
  return best
}
