// What both ways of summarizing share: the prepared document, the model, the steps and where progress is told.
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Claim } from '#contract/summary.ts'
import type { LoadedModel } from '../inference/localGenerator.ts'
import type { JobContext } from '../jobs/jobService.ts'
import type { Prompt, PromptLibrary } from '../prompts/promptLibrary.ts'
import { remainingMs } from './logic/remaining.ts'
import { includesUnit, type Units } from './logic/plan.ts'
import { cutSentence, renumber, type Sentence } from '../text/logic/sentences.ts'
import type { ModelSteps } from './modelSteps.ts'
import type { SummaryBoard } from './summaryBoard.ts'
import type { SummaryGenerator } from './summaryGenerator.ts'
import type { SummaryInput } from './summaryInput.ts'

/** Everything a way of summarizing works with. */
export type SummaryWork = {
  readonly input: SummaryInput
  readonly document: DocumentRecord
  readonly segments: readonly Segment[]
  readonly sentences: readonly Sentence[]
  readonly model: LoadedModel
  readonly generator: SummaryGenerator
  readonly prompts: PromptLibrary
  readonly job: JobContext
  readonly steps: ModelSteps
  readonly board: SummaryBoard
  readonly progress: SummaryProgress
}

/** What a way of summarizing gives; the runner adds coverage and provenance. `shown` are positions of segments read. */
export type SummaryDraft = {
  readonly text: string
  readonly rawText: string
  readonly claims: Claim[]
  readonly droppedSentences: number
  readonly shown: ReadonlySet<number>
  readonly prompt: { readonly id: string; readonly version: string }
}

/** Counts steps and tells the board where the work is, with an honest time left. */
export class SummaryProgress {
  readonly #board: SummaryBoard
  readonly #measured: number[] = []
  #stage: 'loading-model' | 'reading' | 'combining' | 'checking' = 'loading-model'
  #units: Units | null = null
  #done = 0
  #total = 0
  #atOnce = 1

  constructor(board: SummaryBoard) {
    this.#board = board
  }

  /** So many steps run side by side; one until told. */
  sideBySide(atOnce: number): void {
    this.#atOnce = atOnce
  }

  /** Corrects how many steps there are. */
  plan(totalSteps: number): void {
    this.#total = Math.max(totalSteps, this.#done)
  }

  /** Enters a stage; `units` are the pages or lines being read. */
  enter(stage: 'loading-model' | 'reading' | 'combining' | 'checking', units: Units | null = null): void {
    this.#stage = stage
    this.#units = units
    this.#tell()
  }

  /** One step ended; `computedMs` is null when it came from storage. */
  stepped(computedMs: number | null): void {
    this.#done += 1
    this.#total = Math.max(this.#total, this.#done)
    if (computedMs !== null) this.#measured.push(computedMs)
    this.#tell()
  }

  /** Steps ended so far. */
  get doneSteps(): number {
    return this.#done
  }

  #tell(): void {
    this.#board.progress({
      stage: this.#stage,
      doneSteps: this.#done,
      totalSteps: this.#total,
      units: this.#units,
      remainingMs: remainingMs(this.#measured, this.#total - this.#done, this.#atOnce),
    })
  }
}

/** What a step that shows these sentences has to carry: the id of a new reading when the unit read again is among them. */
export function againFor(work: SummaryWork, sentences: readonly Sentence[]): string | undefined {
  const { input, segments, document } = work
  if (input.again === undefined) return undefined
  return includesUnit(sentences, segments, document.coverage, input.again.unit) ? input.again.id : undefined
}

/** Tokens of many texts, in order, counted in batches. Failures: the generator's. */
export async function countTokens(generator: SummaryGenerator, texts: readonly string[]): Promise<Result<number[]>> {
  const counts: number[] = []
  for (let from = 0; from < texts.length; from += 500) {
    const batch = await generator.countTokens(texts.slice(from, from + 500))
    if (!batch.ok) return batch
    counts.push(...batch.value)
  }
  return ok(counts)
}

/** Tokens of a prompt with its document left out. */
export async function promptTokens(
  generator: SummaryGenerator,
  prompt: Prompt,
  values: Readonly<Record<string, string>>,
): Promise<Result<number>> {
  return generator.countTurnTokens([{ role: 'person', text: prompt.render({ ...values, document: '' }) }])
}

/**
 * The sentences with their token counts (one more each, for what joins them), those over `budget` cut until every piece
 * fits. Failures: the generator's.
 */
export async function fitSentences(
  work: Pick<SummaryWork, 'generator' | 'segments' | 'sentences'>,
  budget: number,
): Promise<Result<{ readonly sentences: readonly Sentence[]; readonly tokens: readonly number[] }>> {
  const { generator, segments } = work
  let sentences = work.sentences
  for (;;) {
    const counted = await countTokens(
      generator,
      sentences.map((sentence) => sentence.text),
    )
    if (!counted.ok) return counted
    const tokens = counted.value.map((count) => count + 1)
    const fits = (sentence: Sentence, at: number) => (tokens[at] ?? 0) <= budget || sentence.text.length <= 1
    if (sentences.every(fits)) return ok({ sentences, tokens })
    const cut = sentences.flatMap((sentence, at) =>
      fits(sentence, at) ? [sentence] : cutSentence(segments, sentence, Math.ceil(sentence.text.length / 2)),
    )
    sentences = renumber(segments, cut)
  }
}
