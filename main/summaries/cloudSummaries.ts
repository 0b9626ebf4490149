// Summaries made elsewhere: what would be sent first, the job under a grant, and whether it is worth it.
import type { CloudProposal } from '#contract/cloud.ts'
import type { CloudPreparation } from '#contract/cloudDraft.ts'
import type { Parsed } from '#contract/index.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { JobService } from '../jobs/jobService.ts'
import type { PromptLibrary } from '../prompts/promptLibrary.ts'
import { answerLimit, CloudGenerator, cloudLoadedModel, type CloudSummaryOf, taskOf } from './cloudGenerator.ts'
import { planCloudSummary } from './cloudPlan.ts'
import type { SummaryCloud, SummaryCloudLimits } from './cloudSeam.ts'
import type { CloudSummaryGenerator } from './summaryGenerator.ts'
import type { SummaryInput } from './summaryInput.ts'
import { hasEnoughWords, inputKeyOf, readSentences, type SummaryDocuments } from './summaryRunner.ts'

type CloudSummariesDeps = {
  readonly cloud: SummaryCloud
  readonly jobs: JobService
  readonly documents: SummaryDocuments
  readonly generator: LocalGenerator
  readonly prompts: PromptLibrary
  readonly now: () => Date
}

/** A summary that waits for a grant. */
type Waiting = {
  readonly input: SummaryInput
  readonly limits: SummaryCloudLimits
  readonly of: CloudSummaryOf
  readonly text: string
}

/** Summaries that wait, and jobs with their generators; the oldest go first. */
const remembered = 50

/** Prepares and runs summaries by providers. */
export class CloudSummaries {
  readonly #deps: CloudSummariesDeps
  readonly #waiting = new Map<string, Waiting>()
  readonly #generators = new Map<string, CloudSummaryGenerator>()

  constructor(deps: CloudSummariesDeps) {
    this.#deps = deps
  }

  /** Drafts the first request that is not answered yet. */
  async prepare(order: Parsed<'summaries.prepare-cloud'>, signal?: AbortSignal): Promise<Result<CloudPreparation>> {
    const { documents, prompts, jobs, cloud, now } = this.#deps
    const { documentId, preset } = order
    const instruction = preset === 'own' ? (order.instruction?.trim() ?? '') : null
    if (instruction === '') return fail('invalid-input', { issues: ['instruction'] })
    const limits = await cloud.limits(order.model)
    if (!limits.ok) return limits
    const read = await readSentences(documents, documentId)
    if (!read.ok) return read
    const { name, id, sha256 } = read.value.document
    if (!hasEnoughWords(read.value.sentences)) return fail('document-too-short', { name })
    const cloudModel = limits.value.choice
    const resumed: SummaryInput = { documentId, preset, instruction, seed: 0, fresh: false, cloudModel }
    const planning = {
      read: read.value,
      model: cloudLoadedModel(limits.value),
      prompts,
      storedStep: (key: string) => jobs.storedStep(key),
      now,
    }
    const plan = await planCloudSummary({ ...planning, input: resumed })
    if (!plan.ok) return plan
    // Everything is there already: whoever asks again wants it made again.
    const fresh = plan.value === null
    const input = { ...resumed, fresh }
    const again = fresh ? await planCloudSummary({ ...planning, input }) : plan
    if (!again.ok) return again
    if (again.value === null) return fail('document-too-short', { name })
    const { text, requests } = again.value
    const of = { document: { id, sha256, name }, instruction, requests }
    const prepared = await cloud.prepare(taskOf(text, of, answerLimit(limits.value)), cloudModel, signal)
    if (prepared.ok) {
      remember(this.#waiting, prepared.value.draft.taskId, { input, limits: limits.value, of, text })
    }
    return prepared
  }

  /** Starts, or goes on with, the job the grant is for. Failures: `consent-required`, the jobs'. */
  async run(grantId: string): Promise<Result<{ jobId: string }>> {
    const { cloud, documents, jobs, prompts } = this.#deps
    const granted = cloud.granted(grantId)
    const waiting = granted.ok ? this.#waiting.get(granted.value.taskId) : undefined
    if (waiting === undefined) {
      // A grant that stands for no summary goes to the door all the same, which refuses and records it.
      const ran = await cloud.run(grantId, {
        kind: 'summary',
        signal: AbortSignal.abort(),
        onText: () => undefined,
      })
      return ran.ok ? fail('consent-required', {}) : ran
    }
    const { input, limits, of, text } = waiting
    const document = await documents.get(input.documentId)
    if (!document.ok) return document
    const inputKey = inputKeyOf(input, document.value, cloudLoadedModel(limits).sha256, prompts)
    const stored = JSON.stringify(input)
    remember(this.#generators, stored, new CloudGenerator(cloud, limits, of, { grantId, text }))
    const { documentId, fresh } = input
    const { name: title } = document.value
    const job = await jobs.start({ kind: 'summary', documentId, title, input: stored, inputKey, fresh })
    return job.ok ? ok({ jobId: job.value.id }) : job
  }

  /** The generator of a job by its stored input; undefined when no grant was given in this process. */
  generatorOf(input: string): CloudSummaryGenerator | undefined {
    return this.#generators.get(input)
  }

  /** Where a summary would be better made; loads the model here to know what it can take. */
  async propose(documentId: string, signal: AbortSignal): Promise<Result<CloudProposal | null>> {
    const read = await readSentences(this.#deps.documents, documentId)
    if (!read.ok) return read
    const model = await this.#deps.generator.load(signal)
    return this.#deps.cloud.propose({
      kind: 'summary',
      text: read.value.segments.map((segment) => segment.text).join('\n\n'),
      localContextTokens: model.ok ? model.value.mapContextTokens : 0,
      localCanAnswer: model.ok,
    })
  }
}

function remember<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key)
  kept.set(key, value)
  for (const oldest of kept.keys()) {
    if (kept.size <= remembered) break
    kept.delete(oldest)
  }
}
