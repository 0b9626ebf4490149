// How long the rest will take, from what this run has measured.

/**
 * Milliseconds left: the median time of the steps computed in this run, times the steps left, shared over the sequences
 * that work at once. Null until two steps were measured.
 */
export function remainingMs(measured: readonly number[], stepsLeft: number, atOnce: number): number | null {
  if (measured.length < 2) return null
  const sorted = [...measured].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
  return Math.round(((median ?? 0) * Math.max(0, stepsLeft)) / Math.max(1, Math.min(atOnce, stepsLeft)))
}
