// How often and how soon a failed child may be started again.

/** At most so many restarts in any window; waits before the first, second, third. Milliseconds. */
export type RestartPolicy = {
  readonly restarts: number
  readonly windowMilliseconds: number
  readonly waits: readonly number[]
}

/** Three restarts in five minutes, the first at once. */
export const restartPolicy: RestartPolicy = { restarts: 3, windowMilliseconds: 300_000, waits: [0, 500, 2000] }

/** How long to wait before a restart now, or null when there were too many; `earlier` are the times of restarts so far. */
export function restartWait(earlier: readonly number[], now: number, policy: RestartPolicy): number | null {
  const recent = earlier.filter((time) => now - time < policy.windowMilliseconds).length
  if (recent >= policy.restarts) return null
  return policy.waits[Math.min(recent, policy.waits.length - 1)] ?? 0
}
