// Which state a job may leave for which, decided in one place.
import type { JobState } from '#contract/job.ts'

/** What `start` does when a job with the same inputs exists: return it as it is, or queue it again. */
export function onSameInputs(state: JobState): 'keep' | 'revive' {
  switch (state) {
    case 'queued':
    case 'running':
    case 'done':
    case 'paused': // Whoever paused it wants it to rest; asking for the same again is no word against that.
      return 'keep'
    case 'interrupted':
    case 'stopped':
    case 'failed':
      return 'revive'
  }
}

/** What `resume` does in each state; `refuse` becomes `job-not-resumable`. */
export function onResume(state: JobState): 'keep' | 'revive' | 'refuse' {
  switch (state) {
    case 'queued':
    case 'running':
      return 'keep'
    case 'done':
      return 'refuse'
    case 'paused':
    case 'interrupted':
    case 'stopped':
    case 'failed':
      return 'revive'
  }
}

/** True while the job's process owes it work. */
export function isLive(state: JobState): boolean {
  return state === 'queued' || state === 'running'
}

/** True when nothing more comes of the job unless somebody asks for it. */
export function isEnded(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'stopped'
}
