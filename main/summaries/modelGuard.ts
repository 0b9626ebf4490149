// Holds one job to one model: steps of two models are never mixed.
import { fail, ok, type Result } from '#contract/result.ts'
import type {
  Generation,
  GenerationListener,
  GenerationRequest,
  LoadedModel,
  LocalGenerator,
  Turn,
} from '../inference/localGenerator.ts'
import type { JobContext, JobModel, JobOutcome } from '../jobs/jobService.ts'
import type { SummaryGenerator } from './summaryGenerator.ts'

/** Which model a job started now would use, without loading it. */
export type ChosenModel = (
  signal?: AbortSignal,
) => Promise<Result<{ readonly modelId: string; readonly name: string; readonly sha256: string }>>

const noTokens = { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 }

/** A model as jobs remember it, before anybody was asked about it. */
export function modelOf({ modelId, name, sha256 }: Omit<JobModel, 'pinned'>): JobModel {
  return { modelId, name, sha256, pinned: false }
}

/**
 * The generator of one job, which names its model in every request. When another model is chosen meanwhile, the next
 * request ends as `stopped` and `outcome` asks the person; unless they have already said to finish with this one.
 */
export class ModelGuard implements SummaryGenerator {
  readonly #generator: LocalGenerator
  readonly #chosen: ChosenModel
  readonly #model: JobModel
  #outcome: JobOutcome | null = null

  constructor(generator: LocalGenerator, chosen: ChosenModel, model: JobModel) {
    this.#generator = generator
    this.#chosen = chosen
    this.#model = model
  }

  /** The guard of a job: of the model it began with, else of the chosen one. Failures: those of `chosen`. */
  static async of(
    job: Pick<JobContext, 'model' | 'signal'>,
    generator: LocalGenerator,
    chosen: ChosenModel,
  ): Promise<Result<ModelGuard>> {
    if (job.model !== null) {
      const guard = new ModelGuard(generator, chosen, job.model)
      const looked = await guard.#look(job.signal)
      return looked.ok ? ok(guard) : looked
    }
    const now = await chosen(job.signal)
    return now.ok ? ok(new ModelGuard(generator, chosen, modelOf(now.value))) : now
  }

  /** The model held to. */
  get model(): JobModel {
    return this.#model
  }

  /** What a person has to be asked; null while nothing stands in the way. */
  get outcome(): JobOutcome | null {
    return this.#outcome
  }

  /** Loads the model held to; `model-missing` when there is another file under its name by now. */
  async load(signal: AbortSignal): Promise<Result<LoadedModel>> {
    const loaded = await this.#generator.load(signal, this.#model.modelId)
    if (!loaded.ok || loaded.value.sha256 === this.#model.sha256) return loaded
    return fail('model-missing', { name: this.#model.name })
  }

  async generate(request: GenerationRequest, listener: GenerationListener): Promise<Result<Generation>> {
    const looked = await this.#look(listener.signal)
    if (!looked.ok) return looked
    if (this.#outcome !== null) return ok({ text: '', reason: 'stopped', meter: noTokens })
    return this.#generator.generate({ ...request, modelId: this.#model.modelId }, listener)
  }

  countTokens(texts: readonly string[]): Promise<Result<readonly number[]>> {
    return this.#generator.countTokens(texts, this.#model.modelId)
  }

  countTurnTokens(turns: readonly Turn[]): Promise<Result<number>> {
    return this.#generator.countTurnTokens(turns, this.#model.modelId)
  }

  async #look(signal: AbortSignal): Promise<Result<void>> {
    const { pinned, sha256, name } = this.#model
    if (pinned || this.#outcome !== null) return ok(undefined)
    const now = await this.#chosen(signal)
    if (!now.ok) return signal.aborted ? ok(undefined) : now
    if (now.value.sha256 !== sha256) {
      this.#outcome = { waitsFor: 'model-choice', began: name, chosen: now.value.name }
    }
    return ok(undefined)
  }
}
