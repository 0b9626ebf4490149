// Prompts to the model as durable steps: stored by content, retried when the engine fell, never endless.
import type { FailureCode } from '#contract/failures.ts'
import { ok, type Result } from '#contract/result.ts'
import type { GenerationRequest } from '../inference/localGenerator.ts'
import type { JobContext } from '../jobs/jobService.ts'
import type { Prompt } from '../prompts/promptLibrary.ts'
import { loopStart } from '../text/logic/outputSentences.ts'
import type { SummaryGenerator } from './summaryGenerator.ts'
import { sha256 } from './summaryInput.ts'

/** One prompt of a summary. `position` counts within its stage; `values` fill the prompt's placeholders. */
export type ModelStep = {
  readonly prompt: Prompt
  readonly values: Readonly<Record<string, string>>
  readonly stage: string
  readonly position: number
  readonly maxTokens: number
  /** Set for a step to be computed anew although its inputs are those of a stored one: part of its key. */
  readonly again?: string | undefined
}

/** The job whose steps these are, and what goes into their keys. */
export type ModelStepsDependencies = {
  readonly generator: SummaryGenerator
  readonly job: JobContext
  readonly modelSha256: string
  readonly seed: number
  /** Steps that run side by side: what the model does best. */
  readonly atOnce: number
  /** Set when every step must be computed anew: part of every key. */
  readonly salt: string | null
  readonly now: () => Date
  /** Called after every step that ended, with the milliseconds it took when it was computed. */
  readonly stepped: (computedMs: number | null) => void
}

const attempts = 3
const worthRetrying: ReadonlySet<FailureCode> = new Set(['engine-crashed', 'engine-hung'])
/** A loop is looked for each time this many more characters were written. */
const charactersBetweenLoopChecks = 200

/** Runs the prompts of one summary job. The first failure or stop ends the steps still running. */
export class ModelSteps {
  readonly #dependencies: ModelStepsDependencies
  readonly #ended = new AbortController()
  readonly #signal: AbortSignal

  constructor(dependencies: ModelStepsDependencies) {
    this.#dependencies = dependencies
    this.#signal = AbortSignal.any([dependencies.job.signal, this.#ended.signal])
  }

  /**
   * The content key of a step: what the model is shown and how it is asked, and nothing of where that stands. Equal
   * inputs have equal keys, whatever job or version of a document they belong to.
   */
  key(step: ModelStep): string {
    const { modelSha256, seed, salt } = this.#dependencies
    const { prompt, maxTokens } = step
    const input = sha256(prompt.render(step.values))
    return sha256(
      JSON.stringify([
        modelSha256,
        prompt.id,
        prompt.version,
        seed,
        maxTokens,
        input,
        salt,
        ...(step.again === undefined ? [] : [step.again]),
      ]),
    )
  }

  /** How many of these steps are stored. */
  async countStored(steps: readonly ModelStep[]): Promise<Result<number>> {
    return this.#dependencies.job.countStored(steps.map((step) => this.key(step)))
  }

  /**
   * Runs the steps, several at a time, in order of their start; answers their texts in order, or null when stopped. Each
   * text is told to `done` as it comes. Failures: the generator's and the storage's.
   */
  async runAll(
    steps: readonly ModelStep[],
    told: { begun?: (at: number) => void; done: (at: number, text: string) => void },
  ): Promise<Result<readonly string[] | null>> {
    const texts: string[] = []
    let failure: Result<never> | undefined
    let stopped = false
    let next = 0
    const lane = async (): Promise<void> => {
      while (next < steps.length && failure === undefined && !stopped) {
        const at = next
        next += 1
        const step = steps[at]
        if (step === undefined) return
        told.begun?.(at)
        const output = await this.#run(step)
        if (!output.ok) failure ??= output
        else if (output.value === null) stopped = true
        else told.done(at, (texts[at] = output.value))
        if (!output.ok || output.value === null) this.#ended.abort()
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.#dependencies.atOnce, steps.length) }, lane))
    if (failure !== undefined) return failure
    return ok(stopped ? null : texts)
  }

  async #run(step: ModelStep): Promise<Result<string | null>> {
    const { job, now, stepped } = this.#dependencies
    let computedMs: number | null = null
    const output = await job.step(this.key(step), async () => {
      const begunAt = now().getTime()
      const text = await this.#generate(step)
      computedMs = now().getTime() - begunAt
      return text
    })
    if (output.ok && output.value !== null) stepped(computedMs)
    return output
  }

  async #generate(step: ModelStep): Promise<Result<string | null>> {
    const request: GenerationRequest = {
      lane: { kind: 'map' },
      turns: [{ role: 'person', text: step.prompt.render(step.values) }],
      maxTokens: step.maxTokens,
      temperature: 0,
      seed: this.#dependencies.seed,
    }
    for (let attempt = 1; ; attempt += 1) {
      if (this.#signal.aborted) return ok(null)
      const text = await this.#attempt(request)
      if (text.ok || attempt === attempts || !worthRetrying.has(text.failure.code)) return text
    }
  }

  /** One generation, ended early where the text runs in circles. No text at all is an answer too: an empty one. */
  async #attempt(request: GenerationRequest): Promise<Result<string | null>> {
    const looped = new AbortController()
    let text = ''
    let checkedAt = 0
    const generation = await this.#dependencies.generator.generate(request, {
      signal: AbortSignal.any([this.#signal, looped.signal]),
      onText: (delta) => {
        text += delta
        if (text.length - checkedAt < charactersBetweenLoopChecks) return
        checkedAt = text.length
        if (loopStart(text) !== null) looped.abort()
      },
    })
    if (!generation.ok) return generation.failure.code === 'generation-empty' ? ok('') : generation
    if (generation.value.reason === 'stopped' && !looped.signal.aborted) return ok(null)
    return ok(generation.value.text.slice(0, loopStart(generation.value.text) ?? undefined).trim())
  }
}
