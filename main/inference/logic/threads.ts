// How many threads to evaluate with. The library's own default can be a hundred times slower than one thread.

const most = 8

/** Physical cores but one, at least 1, at most 8: the engine spins at its barrier, and one lost core stalls all. */
export function defaultThreads(physicalCores: number): number {
  return Math.min(most, Math.max(1, Math.floor(physicalCores) - 1))
}

/** Threads while the computer runs on its battery: half, at least one. */
export function batteryThreads(threads: number): number {
  return Math.max(1, Math.floor(threads / 2))
}

/** What is worth measuring: one thread, all cores but one, all cores. */
export function threadCandidates(physicalCores: number): readonly number[] {
  const cores = Math.max(1, Math.floor(physicalCores))
  return [...new Set([1, Math.max(1, cores - 1), cores].map((threads) => Math.min(most, threads)))]
}

/**
 * The number of threads that pays: more threads win only when they are a tenth faster, because they take a core from
 * everything else. `measured` is in ascending order of threads.
 */
export function bestThreads(measured: readonly { readonly threads: number; readonly tokensPerSecond: number }[]): {
  readonly threads: number
  readonly tokensPerSecond: number
} {
  let best = measured[0] ?? { threads: 1, tokensPerSecond: 0 }
  for (const candidate of measured.slice(1)) {
    if (candidate.tokensPerSecond > best.tokensPerSecond * 1.1) best = candidate
  }
  return best
}
