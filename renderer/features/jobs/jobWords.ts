// What a job is doing, in one line, and what is left of all of them.
import type { Job } from '#contract/job.ts'
import { isLive } from '../../state/jobsSlice.ts'
import { formatCount, formatDuration } from '../../ui/format.ts'
import type { Language, Translate } from '../../ui/text.ts'

/** "Reading · 3 of 12 steps · about 2 minutes left". */
export function jobWords(job: Job, translate: Translate, language: Language): string {
  const parts = [stateWords(job, translate)]
  const { doneSteps, totalSteps, remainingMs } = job
  const counted = job.state !== 'done' && totalSteps > 0
  const unit = job.kind === 'batch' ? 'documents' : 'steps'
  const [done, total] = [formatCount(doneSteps, language), formatCount(totalSteps, language)]
  if (counted) parts.push(translate(`jobs.counted.${unit}`, { done, total }))
  if (remainingMs !== null && (isLive(job) || job.state === 'paused')) {
    parts.push(translate('jobs.left', { time: formatDuration(remainingMs, language) }))
  }
  return parts.join(' · ')
}

function stateWords({ state, waitsFor, place, kind }: Job, translate: Translate): string {
  if (state === 'queued' && waitsFor === 'turn' && place !== null) return translate('jobs.wait.place', { place })
  if (waitsFor !== null && (state === 'queued' || state === 'running')) return translate(`jobs.wait.${waitsFor}`)
  return translate(state === 'running' && kind === 'batch' ? 'jobs.state.combining' : `jobs.state.${state}`)
}

/** 0 to 1; null while it is not known how much there is. */
export function jobShare({ doneSteps, totalSteps }: Pick<Job, 'doneSteps' | 'totalSteps'>): number | null {
  return totalSteps === 0 ? null : Math.min(1, doneSteps / totalSteps)
}

/** Milliseconds until everything that waits or runs is done; null where it is not known of one of them. */
export function leftOfAll(jobs: readonly Job[]): number | null {
  const owed = jobs.filter((job) => isLive(job) && job.kind !== 'batch' && job.waitsFor !== 'model-choice')
  const known = owed.flatMap(({ remainingMs }) => remainingMs ?? [])
  return owed.length === 0 || known.length < owed.length ? null : known.reduce((sum, each) => sum + each, 0)
}

/** Jobs a person started, in the order of their turn: what runs, what waits, what rests, then what ended, newest first. */
export function inOrder(jobs: readonly Job[]): { readonly owed: readonly Job[]; readonly ended: readonly Job[] } {
  const own = jobs.filter(({ parentId }) => parentId === null)
  const owed = own.filter((job) => isLive(job) || job.state === 'paused')
  const rank = (job: Job) => (job.state === 'running' || job.waitsFor === 'parts' ? 0 : isLive(job) ? 1 : 2)
  const place = ({ place: at }: Job) => at ?? Number.MAX_SAFE_INTEGER
  return {
    owed: owed.toSorted((a, b) => rank(a) - rank(b) || place(a) - place(b)),
    ended: own.filter((job) => !owed.includes(job)),
  }
}
