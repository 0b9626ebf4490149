// How long a job will still take, from what was measured on this computer and from nothing else.

/** Steps computed before a job's own speed is believed. */
const stepsToBelieve = 2

/** Milliseconds left of a running job, from the time its computed steps took together; null until two were. */
export function timeLeftOfRun(run: {
  readonly computedSteps: number
  readonly computingMs: number
  readonly doneSteps: number
  readonly totalSteps: number
}): number | null {
  if (run.computedSteps < stepsToBelieve) return null
  const left = Math.max(0, run.totalSteps - run.doneSteps)
  return Math.round((run.computingMs / run.computedSteps) * left)
}

/**
 * Milliseconds a job that waits will take at this many milliseconds per character of its text, less what is stored of
 * it; null where its size or the speed is not known.
 */
export function timeLeftWaiting(job: {
  readonly characters: number | null
  readonly msPerCharacter: number | null
  readonly doneSteps: number
  readonly totalSteps: number
}): number | null {
  if (job.characters === null || job.msPerCharacter === null) return null
  const share = job.totalSteps === 0 ? 1 : 1 - Math.min(1, job.doneSteps / job.totalSteps)
  return Math.round(job.characters * job.msPerCharacter * share)
}
