// Summaries of documents: the gist, what was made before, and the run that is being followed.
import type { Failure } from '#contract/failures.ts'
import type { Result } from '#contract/result.ts'
import type { GistSentence, Summary, SummaryItem, SummaryPreset } from '#contract/summary.ts'
import type { SliceTools } from '../slice.ts'
import { createRunFollower, noRun } from './runFollower.ts'

/** The last thing said about how far a run is. */
export type RunProgress = Extract<SummaryItem, { type: 'progress' }>

/** A summary being made, or one that did not come to its end. `preset` is null where only the job is known. */
export type SummaryRun = {
  readonly jobId: string | null
  readonly preset: SummaryPreset | null
  readonly phase: 'working' | 'stopping' | 'stopped' | 'paused' | 'interrupted' | 'failed'
  readonly progress: RunProgress | null
  /** What single chunks gave, by chunk. */
  readonly partials: Readonly<Record<number, string>>
  readonly failure: Failure | null
  /** The provider that makes it; absent on this computer. */
  readonly providerName?: string
}

/** Everything about summaries, by document. */
export type SummariesPart = {
  readonly gists: Readonly<Record<string, Result<readonly GistSentence[]>>>
  /** Newest first. */
  readonly summaries: Readonly<Record<string, readonly Summary[]>>
  readonly summaryRuns: Readonly<Record<string, SummaryRun>>
  readonly preset: SummaryPreset
  readonly instruction: string
  choosePreset(preset: SummaryPreset): void
  writeInstruction(instruction: string): void
  /** Gist, earlier summaries and a running job of a document; joins that job. */
  loadSummaries(documentId: string): Promise<void>
  /** Makes the chosen summary; `fresh` makes it again though there is one. */
  startSummary(documentId: string, fresh?: boolean): Promise<void>
  resumeSummary(documentId: string): Promise<void>
  /** Starts and follows the job a grant is for. */
  runCloudSummary(documentId: string, preset: SummaryPreset, grantId: string, providerName: string): Promise<void>
  /** Stops the summary being made of the document on the page. */
  stopSummary(): Promise<void>
}

/** What a document's page starts from: its gist and its earlier summaries. */
function createLoader({ set, get, client }: SliceTools) {
  return {
    async gist(documentId: string): Promise<void> {
      if (get().gists[documentId]?.ok === true) return
      const gist = await client.call('summaries.gist', { documentId })
      set({ gists: { ...get().gists, [documentId]: gist } })
    },
    async earlier(documentId: string): Promise<void> {
      const listed = await client.call('summaries.list', { documentId })
      if (!listed.ok) return
      set({ summaries: { ...get().summaries, [documentId]: listed.value } })
      const newest = listed.value[0]
      if (newest === undefined || listed.value.some(({ preset }) => preset === get().preset)) return
      // What was made last is what a person comes back to.
      set({ preset: newest.preset })
    },
  }
}

/** Follows at most one job per document, also while another document is on the page. */
export function createSummaries(tools: SliceTools): SummariesPart {
  const { set, get, client } = tools
  const load = createLoader(tools)
  const runs = createRunFollower(tools)

  /** Asks for a run to begin or go on, then follows it. */
  async function begin(documentId: string, ask: () => Promise<Result<string>>): Promise<void> {
    const begun = await ask()
    if (!begun.ok) return runs.change(documentId, { phase: 'failed', failure: begun.failure })
    runs.change(documentId, { jobId: begun.value })
    await runs.follow(documentId, begun.value)
  }

  async function resume(jobId: string): Promise<Result<string>> {
    const resumed = await client.call('jobs.resume', { jobId })
    return resumed.ok ? { ok: true, value: resumed.value.id } : resumed
  }

  return {
    gists: {},
    summaries: {},
    summaryRuns: {},
    preset: 'brief',
    instruction: '',
    choosePreset: (preset) => set({ preset }),
    writeInstruction: (instruction) => set({ instruction }),
    async loadSummaries(documentId) {
      await Promise.all([load.gist(documentId), load.earlier(documentId), runs.joinNewest(documentId)])
    },
    async startSummary(documentId, fresh = false) {
      const { preset, instruction } = get()
      runs.put(documentId, { ...noRun, preset })
      const order = { documentId, preset, fresh, ...(preset === 'own' ? { instruction } : {}) }
      await begin(documentId, async () => {
        const started = await client.call('summaries.start', order)
        return started.ok ? { ok: true, value: started.value.jobId } : started
      })
    },
    async runCloudSummary(documentId, preset, grantId, providerName) {
      runs.put(documentId, { ...noRun, preset, providerName })
      await begin(documentId, async () => {
        const started = await client.call('summaries.run-cloud', { grantId })
        return started.ok ? { ok: true, value: started.value.jobId } : started
      })
    },
    async resumeSummary(documentId) {
      const run = get().summaryRuns[documentId]
      if (run === undefined) return
      const { jobId } = run
      if (jobId === null) return get().startSummary(documentId)
      runs.put(documentId, { ...run, phase: 'working', failure: null })
      await begin(documentId, () => resume(jobId))
    },
    async stopSummary() {
      const documentId = get().route.id
      const run = documentId === null ? undefined : get().summaryRuns[documentId]
      const jobId = run?.jobId ?? null
      if (documentId === null || jobId === null || run?.phase !== 'working') return
      runs.change(documentId, { phase: 'stopping' })
      const stopped = await client.call('jobs.stop', { jobId })
      if (!stopped.ok) runs.change(documentId, { phase: 'failed', failure: stopped.failure })
    },
  }
}
