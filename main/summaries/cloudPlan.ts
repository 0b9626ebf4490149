// A summary gone through without asking anybody: which request would be the first, and how many there would be.
import { ok, type Result } from '#contract/result.ts'
import type { GenerationRequest, LoadedModel } from '../inference/localGenerator.ts'
import type { JobContext } from '../jobs/jobService.ts'
import { reckonTokens } from './cloudGenerator.ts'
import { summarizeFreely } from './freeSummary.ts'
import { ModelSteps } from './modelSteps.ts'
import type { PromptLibrary } from '../prompts/promptLibrary.ts'
import { SummaryBoard } from './summaryBoard.ts'
import type { SummaryGenerator } from './summaryGenerator.ts'
import type { SummaryInput } from './summaryInput.ts'
import type { ReadDocument } from './summaryRunner.ts'
import { SummaryProgress } from './summaryWork.ts'

/** The first request that is not answered yet, and the requests that are left; null when every step is stored. */
export type CloudPlan = { readonly text: string; readonly requests: number } | null

/**
 * Plans with the very pipeline that will run, against steps already stored (`storedStep`), with a generator that keeps
 * the first prompt and stops. Failures: the storage's.
 */
export async function planCloudSummary(of: {
  readonly input: SummaryInput
  readonly read: ReadDocument
  readonly model: LoadedModel
  readonly prompts: PromptLibrary
  readonly storedStep: (key: string) => Promise<Result<string | undefined>>
  readonly now: () => Date
}): Promise<Result<CloudPlan>> {
  const { input, read, model, prompts, storedStep, now } = of
  let first: string | null = null
  let planned = 1
  let reused = 0
  const generator: SummaryGenerator = {
    load: async () => ok(model),
    countTokens: async (texts) => ok(texts.map(reckonTokens)),
    countTurnTokens: async (turns) => ok(turns.reduce((sum, { text }) => sum + reckonTokens(text) + 40, 0)),
    generate: async (request: GenerationRequest) => {
      first ??= request.turns.map((turn) => turn.text).join('\n\n')
      return ok({
        text: '',
        reason: 'stopped',
        meter: { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 },
      })
    },
  }
  const job = planningJob(storedStep, {
    planned: (steps) => (planned = steps),
    reused: () => (reused += 1),
  })
  const board = new SummaryBoard()
  const steps = new ModelSteps({
    generator,
    job,
    modelSha256: model.sha256,
    seed: input.seed,
    atOnce: model.mapSequences,
    salt: input.fresh ? 'not stored' : null,
    now,
    stepped: () => undefined,
  })
  const progress = new SummaryProgress(board)
  const work = { input, ...read, model, generator, prompts, job, steps, board, progress }
  const done = await summarizeFreely(work)
  if (!done.ok) return done
  return ok(first === null ? null : { text: first, requests: Math.max(1, planned - reused) })
}

function planningJob(
  storedStep: (key: string) => Promise<Result<string | undefined>>,
  told: { readonly planned: (steps: number) => void; readonly reused: () => void },
): JobContext {
  return {
    jobId: '',
    documentId: null,
    input: '',
    model: null,
    signal: new AbortController().signal,
    plan: told.planned,
    step: async (key, compute) => {
      const stored = await storedStep(key)
      if (!stored.ok) return stored
      if (stored.value === undefined) return compute()
      told.reused()
      return ok(stored.value)
    },
    countStored: async () => ok(0),
    counts: () => ({ computed: 0, reused: 0 }),
    begun: async () => ok(undefined),
  }
}
