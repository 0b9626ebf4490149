// Everything that waits, runs or has ended: the queue as the window knows it, and what can be done with it.
import type { Job, JobPriority } from '#contract/job.ts'
import type { Failure } from '#contract/failures.ts'
import type { Result } from '#contract/result.ts'
import type { SliceTools } from './slice.ts'

/** A job that ended while the window was not in front. */
export type JobNotice = { readonly jobId: string; readonly title: string; readonly state: 'done' | 'failed' }

/** The queue. `jobs` is newest first; parts of batches are among them. */
export type JobsSlice = {
  readonly jobs: readonly Job[]
  readonly jobsLoaded: boolean
  readonly jobsFailure: Failure | null
  readonly jobsOpen: boolean
  readonly jobNotices: readonly JobNotice[]
  refreshJobs(): Promise<void>
  openJobs(open: boolean): void
  pauseJob(jobId: string): Promise<void>
  resumeJob(jobId: string): Promise<void>
  stopJob(jobId: string): Promise<void>
  removeJob(jobId: string): Promise<void>
  prioritiseJob(jobId: string, priority: JobPriority): Promise<void>
  chooseJobModel(jobId: string, model: 'began' | 'chosen'): Promise<void>
  dismissJobNotices(): void
}

const live: ReadonlySet<Job['state']> = new Set(['queued', 'running'])

/** True while a job waits or runs. */
export function isLive({ state }: Pick<Job, 'state'>): boolean {
  return live.has(state)
}

/** Follows the queue by its events. */
export function createJobsSlice({ set, get, client }: SliceTools): JobsSlice {
  client.on('jobs.changed', (job) => {
    const { jobs, jobNotices } = get()
    const before = jobs.find(({ id }) => id === job.id)
    set({ jobs: before === undefined ? [job, ...jobs] : jobs.map((one) => (one.id === job.id ? job : one)) })
    const notice = noticeOf(before, job)
    if (notice !== null && !document.hasFocus()) set({ jobNotices: [...jobNotices, notice] })
  })
  client.on('jobs.removed', ({ jobId }) => {
    set({ jobs: get().jobs.filter(({ id, parentId }) => id !== jobId && parentId !== jobId) })
  })

  /** What came of it is told by the event; only a refusal is answered here. */
  async function told(answer: Promise<Result<unknown>>): Promise<void> {
    const done = await answer
    set({ jobsFailure: done.ok ? null : done.failure })
  }

  return {
    jobs: [],
    jobsLoaded: false,
    jobsFailure: null,
    jobsOpen: false,
    jobNotices: [],
    async refreshJobs() {
      const jobs = await client.call('jobs.list', {})
      if (jobs.ok) set({ jobs: jobs.value, jobsLoaded: true, jobsFailure: null })
      else set({ jobsFailure: jobs.failure })
    },
    openJobs(open) {
      set({ jobsOpen: open, jobsFailure: null })
      if (open) void get().refreshJobs()
    },
    pauseJob: (jobId) => told(client.call('jobs.pause', { jobId })),
    resumeJob: (jobId) => told(client.call('jobs.resume', { jobId })),
    stopJob: (jobId) => told(client.call('jobs.stop', { jobId })),
    removeJob: (jobId) => told(client.call('jobs.remove', { jobId })),
    prioritiseJob: (jobId, priority) => told(client.call('jobs.prioritise', { jobId, priority })),
    chooseJobModel: (jobId, model) => told(client.call('jobs.choose-model', { jobId, model })),
    dismissJobNotices: () => set({ jobNotices: [] }),
  }
}

/** What to say of a job that has just ended; a part of a batch says nothing of its own. */
function noticeOf(before: Job | undefined, { id, title, state, parentId }: Job): JobNotice | null {
  if (parentId !== null || before === undefined || !live.has(before.state)) return null
  return state === 'done' || state === 'failed' ? { jobId: id, title, state } : null
}
