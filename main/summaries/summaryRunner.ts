// Does the work of one summary job, from the document to the stored summary.
import type { CloudProvenance } from '#contract/cloud.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Contradiction, Summary } from '#contract/summary.ts'
import type { LoadedModel, LocalGenerator } from '../inference/localGenerator.ts'
import type { JobContext, JobOutcome } from '../jobs/jobService.ts'
import type { PromptLibrary } from '../prompts/promptLibrary.ts'
import { summarizeByCopying } from './extractiveSummary.ts'
import { summarizeFreely } from './freeSummary.ts'
import { coverageOf } from './logic/coverage.ts'
import { gistOf } from './logic/gist.ts'
import { splitSentences, type Sentence } from '../text/logic/sentences.ts'
import { wordsOf } from '../text/logic/words.ts'
import { ModelGuard, modelOf, type ChosenModel } from './modelGuard.ts'
import { ModelSteps } from './modelSteps.ts'
import { bySense, contradictionsOf, type Embed } from './secondLook.ts'
import type { SummaryBoard } from './summaryBoard.ts'
import type { CloudSummaryGenerator, SummaryGenerator } from './summaryGenerator.ts'
import { parseSummaryInput, summaryInputKey, type SummaryInput } from './summaryInput.ts'
import type { SummaryStore } from './summaryStore.ts'
import { SummaryProgress, type SummaryDraft } from './summaryWork.ts'

/** What the runner needs of documents. */
export type SummaryDocuments = {
  get(documentId: string): Promise<Result<DocumentRecord>>
  allSegments(documentId: string): Promise<Result<readonly Segment[]>>
}

/** What a summary job works with. */
export type SummaryRunnerDependencies = {
  readonly documents: SummaryDocuments
  readonly generator: LocalGenerator
  readonly chosenModel: ChosenModel
  /** The generator of a job that a grant was given for; undefined when none was, or not in this process. */
  readonly cloudGenerator: (input: string) => CloudSummaryGenerator | undefined
  readonly prompts: PromptLibrary
  /** Absent: no model for it is installed, and claims are judged by their words. */
  readonly embed?: Embed
  readonly store: SummaryStore
  readonly boardOf: (jobId: string) => SummaryBoard
  readonly now: () => Date
  readonly newId: () => string
}

/** Sentences of the gist followers get first. */
export const gistSentences = 5
/** A text with fewer words has nothing to leave out. */
const fewestWords = 10

/** Everything read before the model is asked. */
export type ReadDocument = {
  readonly document: DocumentRecord
  readonly segments: readonly Segment[]
  readonly sentences: readonly Sentence[]
}

/**
 * Runs a summary job. Failures: `document-too-short`, `generation-empty` (the model wrote nothing), `summary-empty` (no
 * sentence it wrote can be used), those of the documents, the generator and the storage.
 */
export async function runSummary(
  dependencies: SummaryRunnerDependencies,
  job: JobContext,
): Promise<Result<JobOutcome>> {
  const input = parseSummaryInput(job.input)
  const board = dependencies.boardOf(job.jobId)
  board.reset()
  const read = await readSentences(dependencies.documents, input.documentId)
  if (!read.ok) return read
  const { name } = read.value.document
  if (!hasEnoughWords(read.value.sentences)) return fail('document-too-short', { name })
  if (!board.hasGist) board.gist(gistOf(read.value.sentences, gistSentences))
  const progress = new SummaryProgress(board)
  progress.enter('loading-model')
  const cloud = input.cloudModel === undefined ? undefined : dependencies.cloudGenerator(job.input)
  // Nobody agreed to it in this process: what is done stays, and the person is asked again.
  if (input.cloudModel !== undefined && cloud === undefined) return fail('consent-required', {})
  const guarded =
    cloud === undefined ? await ModelGuard.of(job, dependencies.generator, dependencies.chosenModel) : ok(null)
  if (!guarded.ok) return job.signal.aborted ? ok('stopped') : guarded
  const guard = guarded.value
  if (guard !== null && guard.outcome !== null) return ok(guard.outcome)
  const generator = cloud ?? guard ?? dependencies.generator
  const model = await generator.load(job.signal)
  if (!model.ok) return job.signal.aborted ? ok('stopped') : model
  progress.sideBySide(model.value.mapSequences)
  const inputKey = inputKeyOf(input, read.value.document, model.value.sha256, dependencies.prompts)
  const keyed = await job.begun({ ...modelOf(model.value), pinned: guard?.model.pinned ?? false }, inputKey)
  if (!keyed.ok) return keyed
  const draft = await summarize(
    { ...dependencies, generator },
    { job, input, board, progress, model: model.value, ...read.value },
  )
  if (!draft.ok) return draft
  if (draft.value === null) return ok(guard?.outcome ?? 'stopped')
  if (draft.value.claims.length === 0 && input.preset !== 'actions') {
    return draft.value.rawText === '' ? fail('generation-empty', {}) : fail('summary-empty', { name })
  }
  progress.enter('checking')
  const { sentences } = read.value
  const contradictions = await contradictionsOf(sentences, job.signal)
  if (contradictions === null) return ok(guard?.outcome ?? 'stopped')
  const claims = await bySense(draft.value.claims, sentences, dependencies.embed, job.signal)
  const summary = summaryOf(dependencies, {
    job,
    input,
    model: model.value,
    cloud: cloud?.provenance(),
    draft: { ...draft.value, claims },
    contradictions,
    ...read.value,
  })
  const kept = await dependencies.store.keep(summary)
  if (!kept.ok) return kept
  board.finished(summary)
  return ok('complete')
}

/** A document's sentences, with the document. Failures: the documents'. */
export async function readSentences(documents: SummaryDocuments, documentId: string): Promise<Result<ReadDocument>> {
  const document = await documents.get(documentId)
  if (!document.ok) return document
  const segments = await documents.allSegments(documentId)
  if (!segments.ok) return segments
  return ok({ document: document.value, segments: segments.value, sentences: splitSentences(segments.value) })
}

/** The key under which the same request finds the same job. */
export function inputKeyOf(
  input: SummaryInput,
  document: DocumentRecord,
  modelSha256: string,
  prompts: PromptLibrary,
): string {
  const used = prompts.ids().filter((id) => id.startsWith('summary-'))
  return summaryInputKey(input, {
    documentSha256: document.sha256,
    modelSha256,
    prompts: used.map((id) => `${id}@${prompts.get(id).version}`),
  })
}

type Prepared = ReadDocument & {
  readonly job: JobContext
  readonly input: SummaryInput
  readonly model: LoadedModel
}

async function summarize(
  dependencies: Pick<SummaryRunnerDependencies, 'prompts' | 'now'> & { readonly generator: SummaryGenerator },
  prepared: Prepared & { readonly board: SummaryBoard; readonly progress: SummaryProgress },
): Promise<Result<SummaryDraft | null>> {
  const { generator, prompts, now } = dependencies
  const { job, input, model, progress } = prepared
  const steps = new ModelSteps({
    generator,
    job,
    modelSha256: model.sha256,
    seed: input.seed,
    atOnce: model.mapSequences,
    salt: input.fresh ? job.jobId : null,
    now,
    stepped: (computedMs) => progress.stepped(computedMs),
  })
  const work = { ...prepared, generator, prompts, steps }
  return model.summaryMode === 'extractive' ? summarizeByCopying(work) : summarizeFreely(work)
}

function summaryOf(
  dependencies: SummaryRunnerDependencies,
  made: Prepared & {
    readonly draft: SummaryDraft
    readonly contradictions: readonly Contradiction[]
    readonly cloud: CloudProvenance | undefined
  },
): Summary {
  const { job, input, model, document, segments, draft, cloud } = made
  return {
    id: dependencies.newId(),
    jobId: job.jobId,
    documentId: document.id,
    preset: input.preset,
    instruction: input.instruction,
    text: draft.text,
    rawText: draft.rawText,
    claims: draft.claims,
    contradictions: [...made.contradictions],
    coverage: coverageOf(document.coverage, segments, draft.shown),
    droppedSentences: draft.droppedSentences,
    steps: { ...job.counts() },
    provenance: {
      documentSha256: document.sha256,
      model: { name: model.name, sha256: input.cloudModel === undefined ? model.sha256 : '' },
      prompt: draft.prompt,
      mode: model.summaryMode,
      seed: input.seed,
      createdAt: dependencies.now().toISOString(),
      ...(cloud === undefined ? {} : { cloud }),
    },
  }
}

/** False for a text with nothing to leave out. Words are those of comparisons, so a script without spaces counts by its characters. */
export function hasEnoughWords(sentences: readonly Sentence[]): boolean {
  let words = 0
  return sentences.some((sentence) => (words += wordsOf(sentence.text).length) >= fewestWords)
}
