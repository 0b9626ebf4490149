// Writes the overview of a batch: in the model's own words where it has some, else from the best claims of each summary.
import type { Overview } from '#contract/batch.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Provenance } from '#contract/summary.ts'
import type { LoadedModel, LocalGenerator } from '../inference/localGenerator.ts'
import type { JobContext, JobOutcome } from '../jobs/jobService.ts'
import type { PromptLibrary } from '../prompts/promptLibrary.ts'
import { splitSentences } from '../text/logic/sentences.ts'
import type { StoredBatch } from './batchStore.ts'
import { summarizeFreely } from './freeSummary.ts'
import {
  bestClaims,
  overviewRecord,
  overviewSegments,
  textByDocument,
  tracedClaims,
  type Finished,
} from './logic/overviewText.ts'
import { ModelGuard, modelOf, type ChosenModel } from './modelGuard.ts'
import { ModelSteps } from './modelSteps.ts'
import { SummaryBoard } from './summaryBoard.ts'
import { sha256 } from './summaryInput.ts'
import { SummaryProgress } from './summaryWork.ts'

/** What it is written with. */
export type OverviewTools = {
  readonly generator: LocalGenerator
  readonly prompts: PromptLibrary
  readonly chosenModel: ChosenModel
  readonly now: () => Date
}

/** What it is written of. */
export type OverviewOf = {
  readonly job: JobContext
  readonly batch: StoredBatch
  readonly finished: readonly Finished[]
  readonly leftOut: Overview['leftOut']
}

/** Named in provenance where no prompt decided. */
const bestClaimsPrompt = { id: 'best-claims', version: '1' }

/** The overview, or why it has to wait. Failures: the generator's, the storage's, `generation-empty`. */
export async function writeOverview(tools: OverviewTools, of: OverviewOf): Promise<Result<Overview | JobOutcome>> {
  const { job } = of
  const guarded = await ModelGuard.of(job, tools.generator, tools.chosenModel)
  if (!guarded.ok) return job.signal.aborted ? ok('stopped') : guarded
  const guard = guarded.value
  if (guard.outcome !== null) return ok(guard.outcome)
  const model = await guard.load(job.signal)
  if (!model.ok) return job.signal.aborted ? ok('stopped') : model
  const begun = await job.begun({ ...modelOf(model.value), pinned: guard.model.pinned }, null)
  if (!begun.ok) return begun
  return model.value.summaryMode === 'free'
    ? freeOverview(tools, of, guard, model.value)
    : ok(copied(tools, of, model.value))
}

function copied(tools: OverviewTools, { finished, leftOut }: OverviewOf, model: LoadedModel): Overview {
  const claims = bestClaims(finished)
  return {
    text: textByDocument(finished, claims),
    claims,
    summaries: finished.length,
    leftOut,
    provenance: provenanceOf(tools, model, bestClaimsPrompt, finished),
  }
}

async function freeOverview(
  tools: OverviewTools,
  { job, batch, finished, leftOut }: OverviewOf,
  guard: ModelGuard,
  model: LoadedModel,
): Promise<Result<Overview | JobOutcome>> {
  const { prompts, now } = tools
  const { segments, sources } = overviewSegments(finished)
  const document = overviewRecord(job.jobId, segments, now().toISOString())
  const board = new SummaryBoard()
  const progress = new SummaryProgress(board)
  const { preset, instruction } = batch
  const steps = new ModelSteps({
    generator: guard,
    job,
    modelSha256: model.sha256,
    seed: 0,
    atOnce: model.mapSequences,
    salt: null,
    now,
    stepped: (computedMs) => progress.stepped(computedMs),
  })
  const draft = await summarizeFreely({
    input: { documentId: document.id, preset, instruction, seed: 0, fresh: false },
    document,
    segments,
    sentences: splitSentences(segments),
    model,
    generator: guard,
    prompts,
    job,
    steps,
    board,
    progress,
  })
  if (!draft.ok) return draft
  if (draft.value === null) return ok(guard.outcome ?? 'stopped')
  if (draft.value.text === '') return fail('generation-empty', {})
  return ok({
    text: draft.value.text,
    claims: tracedClaims(draft.value.claims, sources),
    summaries: finished.length,
    leftOut,
    provenance: provenanceOf(tools, model, draft.value.prompt, finished),
  })
}

/** Stands for the summaries by the hash over the hashes of their documents. */
function provenanceOf(
  { now }: OverviewTools,
  model: LoadedModel,
  prompt: Provenance['prompt'],
  finished: readonly Finished[],
): Provenance {
  const documents = finished.map(({ summary }) => summary.provenance.documentSha256 ?? '')
  return {
    documentSha256: sha256(JSON.stringify(documents)),
    model: { name: model.name, sha256: model.sha256 },
    prompt,
    mode: model.summaryMode,
    seed: 0,
    createdAt: now().toISOString(),
  }
}
