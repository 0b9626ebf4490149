// Decides what the model gets to see of a conversation, and what happens when it does not all fit.
import type { ContextBudget } from '#contract/chat.ts'
import { assertNever, fail, ok, type Result } from '#contract/result.ts'
import type { GenerationListener, LoadedModel, Turn } from '../inference/localGenerator.ts'
import type { ChatContext, ChatPrompt } from './chatSources.ts'
import { DocumentShortener } from './documentShortener.ts'
import { contextBudget, leaveOutOldest, nextTurn, reservedTokens } from './logic/contextBudget.ts'
import { OlderSummaryWriter } from './olderSummaryWriter.ts'
import type { Compaction } from './storedMessage.ts'
import {
  type Attempt,
  fixedTokens,
  type MeasuredTurn,
  type PromptWindow,
  type TurnInput,
  TurnMeasurer,
  type TurnMeasurerDeps,
} from './turnMeasurer.ts'

/** What to do when a turn does not fit. */
export type Overflow = 'ask' | 'leave-out-oldest' | 'summarize-older' | 'shorten-documents' | 'larger-context'

/** A document of which the model gets the opening only. */
export type ShortenedDocument = {
  readonly documentId: string
  readonly usedSegments: number
  readonly totalSegments: number
}

/** A turn ready to be generated. `compaction` is to be stored with it; `leftOutMessages` are not in `turns` as written. */
export type PreparedTurn = {
  readonly model: LoadedModel
  readonly prompt: ChatPrompt
  readonly turns: readonly Turn[]
  readonly maxTokens: number
  readonly leftOutMessages: number
  readonly shortenedDocuments: readonly ShortenedDocument[]
  readonly compaction: Compaction | null
  /** SHA-256 of the only document among the turns; null with none or several. */
  readonly documentSha256: string | null
}

/** What the preparer needs; `now` dates compactions. */
export type TurnPreparerDeps = TurnMeasurerDeps & { readonly now: () => Date; readonly context?: ChatContext }

/** Shortened documents take this share of their room at most, so that questions about them fit after the first. */
const documentShare = 2 / 3

/** A measured turn with the window it would have without asking. */
type Settled = { readonly measured: MeasuredTurn; readonly window: PromptWindow; readonly attempt: Attempt }

/**
 * Prepares turns. What the person once chose to leave out, summarize or shorten stays so for the turns that follow,
 * until all fits again; beyond that, `ask` fails with `context-full`. The last person's message is never left out.
 */
export class TurnPreparer {
  readonly #measurer: TurnMeasurer
  readonly #older: OlderSummaryWriter
  readonly #shortener: DocumentShortener
  readonly #now: () => Date
  readonly #context: ChatContext | undefined

  constructor(deps: TurnPreparerDeps) {
    this.#measurer = new TurnMeasurer(deps)
    this.#older = new OlderSummaryWriter(deps)
    this.#shortener = new DocumentShortener(deps)
    this.#now = deps.now
    this.#context = deps.context
  }

  /** Chooses and lays out what the model sees; null when it was stopped meanwhile. */
  async prepare(
    input: TurnInput,
    overflow: Overflow,
    listener: GenerationListener,
  ): Promise<Result<PreparedTurn | null>> {
    const settled = await this.#settle(input, listener.signal)
    if (listener.signal.aborted) return ok(null)
    if (!settled.ok) return settled
    const { measured, window, attempt } = settled.value
    if (attempt.turns !== null && attempt.fits) return ok(prepared(measured, window, attempt.turns, input.compaction))
    switch (overflow) {
      case 'ask':
        return contextFull(measured, attempt)
      case 'leave-out-oldest':
        return this.#shrink(measured, { ...window, from: keepFrom(measured, window) })
      case 'summarize-older':
        return this.#summarize(measured, window, listener)
      case 'larger-context':
        return this.#enlarge(input, settled.value, listener)
      case 'shorten-documents':
        return this.#shorten(measured, window, listener.signal)
      default:
        return assertNever(overflow)
    }
  }

  /** The budget of a turn, its draft as the last message, by the same reckoning as `prepare`. */
  async budget(input: TurnInput, signal: AbortSignal): Promise<Result<ContextBudget>> {
    const settled = await this.#settle(input, signal)
    if (!settled.ok) return settled
    const { measured, window, attempt } = settled.value
    // What the exact count says more or less than the estimate belongs to what stands around the messages.
    const correction = attempt.tokens - this.#measurer.estimate(measured, window)
    return ok(
      contextBudget({
        contextTokens: measured.model.contextTokens,
        fixedTokens: fixedTokens(measured, window.summary) + correction,
        messages: measured.counted,
        from: window.from,
        draftTokens: measured.draftTokens,
        documentTokens: measured.documentTokens,
      }),
    )
  }

  /** All of it if that fits, otherwise what the stored compaction leaves. */
  async #settle(input: TurnInput, signal: AbortSignal): Promise<Result<Settled>> {
    const measured = await this.#measurer.measure(input, [], signal)
    if (!measured.ok) return measured
    const all = { from: 0, summary: null }
    const whole = await this.#measurer.attempt(measured.value, all)
    if (!whole.ok) return whole
    const { messages, compaction } = input
    const ids = new Set(messages.map(({ id }) => id))
    const through = messages.findIndex(({ id }) => id !== null && id === compaction?.throughMessageId)
    const shortened = (compaction?.shortened ?? []).filter(({ messageId }) => ids.has(messageId))
    const applies = shortened.length > 0 || (through !== -1 && through < messages.length - 1)
    if (whole.value.fits || !applies) return ok({ measured: measured.value, window: all, attempt: whole.value })
    const window = through === -1 ? all : { from: through + 1, summary: compaction?.text ?? null }
    const shorter = shortened.length === 0 ? measured : await this.#measurer.measure(input, shortened, signal)
    if (!shorter.ok) return shorter
    const attempt = await this.#measurer.attempt(shorter.value, window)
    return attempt.ok ? ok({ measured: shorter.value, window, attempt: attempt.value }) : attempt
  }

  /** Has the model loaded with more room, and asks again only if that is still too little. */
  async #enlarge(
    input: TurnInput,
    { measured, attempt }: Settled,
    listener: GenerationListener,
  ): Promise<Result<PreparedTurn | null>> {
    if (this.#context === undefined) return contextFull(measured, attempt)
    const sizes = await this.#context.sizes(listener.signal)
    if (!sizes.ok) return sizes
    const reserve = reservedTokens(sizes.value.largestContextTokens)
    const grown = await this.#context.grow(attempt.tokens + reserve, listener.signal)
    if (!grown.ok) return grown.failure.code === 'context-full' ? contextFull(measured, attempt) : grown
    return this.prepare(input, 'ask', listener)
  }

  /** Leaves out the oldest turns; if that is not enough, gives the opening of the last message's documents. */
  async #shorten(
    measured: MeasuredTurn,
    window: PromptWindow,
    signal: AbortSignal,
  ): Promise<Result<PreparedTurn | null>> {
    const shrunk = await this.#shrink(measured, { ...window, from: keepFrom(measured, window) })
    if (shrunk.ok || shrunk.failure.code !== 'context-full') return shrunk
    const around = shrunk.failure.details.neededTokens - measured.documentTokens
    const room = Math.floor((measured.limitTokens - around) * documentShare)
    const shortened = await this.#shortener.shorten(measured, room)
    if (!shortened.ok) return shortened
    if (shortened.value === null) return shrunk
    const shorter = await this.#measurer.measure(measured.input, [...measured.shortened, ...shortened.value], signal)
    if (signal.aborted) return ok(null)
    if (!shorter.ok) return shorter
    return this.#shrink(shorter.value, { ...window, from: keepFrom(shorter.value, window) })
  }

  async #summarize(
    measured: MeasuredTurn,
    window: PromptWindow,
    listener: GenerationListener,
  ): Promise<Result<PreparedTurn | null>> {
    const from = keepFrom(measured, { ...window, summary: '' })
    if (from === window.from) return this.#shrink(measured, window)
    const messages = measured.input.messages.slice(window.from, from)
    const older = await this.#older.write(measured.model, { summary: window.summary, messages }, listener)
    if (!older.ok) return older
    if (older.value.stopped || listener.signal.aborted) return ok(null)
    return this.#shrink(measured, { from, summary: older.value.text })
  }

  /** Leaves out further turns one by one while the exact count still says too long. */
  async #shrink(measured: MeasuredTurn, start: PromptWindow): Promise<Result<PreparedTurn>> {
    for (let window = start; ;) {
      const attempt = await this.#measurer.attempt(measured, window)
      if (!attempt.ok) return attempt
      if (attempt.value.fits && attempt.value.turns !== null) {
        return ok(prepared(measured, window, attempt.value.turns, this.#compaction(measured, window)))
      }
      const next = nextTurn(measured.counted, window.from)
      if (next === window.from) return contextFull(measured, attempt.value)
      window = { ...window, from: next }
    }
  }

  #compaction(measured: MeasuredTurn, window: PromptWindow): Compaction {
    return {
      throughMessageId: measured.input.messages[window.from - 1]?.id ?? null,
      messages: window.from,
      text: window.summary,
      shortened: [...measured.shortened],
      modelSha256: measured.model.sha256,
      createdAt: this.#now().toISOString(),
    }
  }
}

function keepFrom(measured: MeasuredTurn, window: PromptWindow): number {
  return leaveOutOldest(measured.counted, window.from, fixedTokens(measured, window.summary), measured.limitTokens)
}

function prepared(
  measured: MeasuredTurn,
  window: PromptWindow,
  turns: readonly Turn[],
  compaction: Compaction | null,
): PreparedTurn {
  const documents = measured.attached.slice(window.from).flat()
  const hashes = new Set(documents.map(({ record }) => record.sha256))
  const [only = null] = hashes
  return {
    model: measured.model,
    prompt: measured.prompt,
    turns,
    maxTokens: reservedTokens(measured.model.contextTokens),
    leftOutMessages: window.from,
    shortenedDocuments: documents.flatMap(({ record, usedSegments }) =>
      usedSegments === null ? [] : [{ documentId: record.id, usedSegments, totalSegments: record.segments }],
    ),
    compaction,
    documentSha256: hashes.size === 1 ? only : null,
  }
}

function contextFull(measured: MeasuredTurn, attempt: Attempt) {
  const { contextTokens } = measured.model
  return fail('context-full', {
    neededTokens: attempt.tokens,
    contextTokens,
    reservedTokens: reservedTokens(contextTokens),
  })
}
