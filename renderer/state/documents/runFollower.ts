// Follows the running summary of each document: what it says goes into the state, wherever the person is.
import type { Job } from '#contract/job.ts'
import { ok } from '#contract/result.ts'
import type { Summary, SummaryItem } from '#contract/summary.ts'
import type { SliceTools } from '../slice.ts'
import type { SummaryRun } from './summaries.ts'

/** A run before anything is known of it. */
export const noRun: SummaryRun = {
  jobId: null,
  preset: null,
  phase: 'working',
  progress: null,
  partials: {},
  failure: null,
}

/** Ways to put, change and follow a document's run. */
export type RunFollower = {
  put(documentId: string, run: SummaryRun): void
  change(documentId: string, changes: Partial<SummaryRun>): void
  /** Resolves when the run has ended or another has taken its place. */
  follow(documentId: string, jobId: string): Promise<void>
  /** Finds the newest job of a document; follows it when it runs, shows it when it did not come to its end. */
  joinNewest(documentId: string): Promise<void>
}

/** Follows jobs, and notices those begun elsewhere. */
export function createRunFollower(tools: SliceTools): RunFollower {
  const { get, client } = tools
  const { put, change, drop } = createRuns(tools)
  const take = createTaker(tools, { change, drop })

  async function follow(documentId: string, jobId: string): Promise<void> {
    const items = client.stream('summaries.follow', { jobId })
    for (;;) {
      const step = await items.next()
      if (get().summaryRuns[documentId]?.jobId !== jobId) {
        await items.return(ok(undefined))
        return
      }
      if (step.done !== true) take(documentId, step.value)
      else if (step.value.ok) return
      else return change(documentId, { phase: 'failed', failure: step.value.failure })
    }
  }

  function join(documentId: string, job: Job): void {
    const known = get().summaryRuns[documentId]
    if (known?.jobId === job.id && known.phase === 'working') return
    const run = { ...noRun, jobId: job.id, preset: known?.jobId === job.id ? known.preset : null }
    if (job.state === 'queued' || job.state === 'running') {
      put(documentId, run)
      void follow(documentId, job.id)
    } else if (job.state !== 'done') {
      put(documentId, { ...run, phase: job.state, failure: job.failure })
      // What it had read before it ended may still be told.
      void follow(documentId, job.id)
    }
  }

  client.on('jobs.changed', (job) => {
    const { documentId, state } = job
    if (documentId === null) return
    if (state === 'paused' && get().summaryRuns[documentId]?.jobId === job.id) change(documentId, { phase: 'paused' })
    if (state !== 'queued' && state !== 'running') return
    const known = get().summaryRuns[documentId]
    // A run without an id is being asked for here; a document never looked at needs nothing.
    if (known?.phase === 'working' || get().summaries[documentId] === undefined) return
    join(documentId, job)
  })

  return {
    put,
    change,
    follow,
    async joinNewest(documentId) {
      const jobs = await client.call('jobs.list', {})
      const newest = jobs.ok ? jobs.value.find((job) => job.documentId === documentId) : undefined
      if (newest !== undefined) join(documentId, newest)
    },
  }
}

type Runs = Pick<RunFollower, 'put' | 'change'> & { drop(documentId: string): void }

function createRuns({ set, get }: SliceTools): Runs {
  function put(documentId: string, run: SummaryRun): void {
    set({ summaryRuns: { ...get().summaryRuns, [documentId]: run } })
  }
  return {
    put,
    change: (documentId, changes) => put(documentId, { ...(get().summaryRuns[documentId] ?? noRun), ...changes }),
    drop(documentId) {
      const { [documentId]: _, ...others } = get().summaryRuns
      set({ summaryRuns: others })
    },
  }
}

function createTaker({ set, get }: SliceTools, runs: Pick<Runs, 'change' | 'drop'>) {
  function keep(documentId: string, summary: Summary): void {
    const others = (get().summaries[documentId] ?? []).filter(({ id }) => id !== summary.id)
    set({ summaries: { ...get().summaries, [documentId]: [summary, ...others] } })
    const { summaryRuns, route } = get()
    // A run joined after a reload says only now what it was.
    if (summaryRuns[documentId]?.preset === null && route.id === documentId) set({ preset: summary.preset })
  }

  function end(documentId: string, reason: 'complete' | 'stopped'): void {
    const phase = get().summaryRuns[documentId]?.phase
    if (reason === 'complete') runs.drop(documentId)
    else if (phase === 'working' || phase === 'stopping') runs.change(documentId, { phase: 'stopped' })
  }

  return (documentId: string, item: SummaryItem): void => {
    switch (item.type) {
      case 'gist':
        return set({ gists: { ...get().gists, [documentId]: ok(item.sentences) } })
      case 'planned':
        return runs.change(documentId, { partials: {}, ...(item.preset === undefined ? {} : { preset: item.preset }) })
      case 'progress':
        return runs.change(documentId, { progress: item })
      case 'partial': {
        const partials = get().summaryRuns[documentId]?.partials
        return runs.change(documentId, { partials: { ...partials, [item.chunk]: item.text } })
      }
      case 'summary':
        return keep(documentId, item.summary)
      case 'finished':
        return end(documentId, item.reason)
    }
  }
}
