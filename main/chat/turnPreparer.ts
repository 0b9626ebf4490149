// Decides what the model gets to see of a conversation, and what happens when it does not all fit.
import type { ContextBudget } from '#contract/chat.ts'
import { assertNever, fail, ok, type Result } from '#contract/result.ts'
import type { GenerationListener, LoadedModel, Turn } from '../inference/localGenerator.ts'
import type { ChatPrompt } from './chatSources.ts'
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
export type Overflow = 'ask' | 'leave-out-oldest' | 'summarize-older'

/** A turn ready to be generated. `compaction` is to be stored with it; `leftOutMessages` are not in `turns` as written. */
export type PreparedTurn = {
  readonly model: LoadedModel
  readonly prompt: ChatPrompt
  readonly turns: readonly Turn[]
  readonly maxTokens: number
  readonly leftOutMessages: number
  readonly compaction: Compaction | null
  /** SHA-256 of the only document among the turns; null with none or several. */
  readonly documentSha256: string | null
}

/** What the preparer needs; `now` dates compactions. */
export type TurnPreparerDeps = TurnMeasurerDeps & { readonly now: () => Date }

/**
 * Prepares turns. What the person once chose to leave out or summarize stays so for the turns that follow, until all
 * fits again; beyond that, `ask` fails with `context-full`. The last person's message is never left out.
 */
export class TurnPreparer {
  readonly #measurer: TurnMeasurer
  readonly #older: OlderSummaryWriter
  readonly #now: () => Date

  constructor(deps: TurnPreparerDeps) {
    this.#measurer = new TurnMeasurer(deps)
    this.#older = new OlderSummaryWriter(deps)
    this.#now = deps.now
  }

  /** Chooses and lays out what the model sees; null when it was stopped meanwhile. */
  async prepare(
    input: TurnInput,
    overflow: Overflow,
    listener: GenerationListener,
  ): Promise<Result<PreparedTurn | null>> {
    const measured = await this.#measurer.measure(input, listener.signal)
    if (listener.signal.aborted) return ok(null)
    if (!measured.ok) return measured
    const settled = await this.#settledWindow(measured.value)
    if (!settled.ok) return settled
    const { window, attempt } = settled.value
    if (attempt.turns !== null && attempt.fits)
      return ok(prepared(measured.value, window, attempt.turns, input.compaction))
    switch (overflow) {
      case 'ask':
        return contextFull(measured.value, attempt)
      case 'leave-out-oldest':
        return this.#shrink(measured.value, { ...window, from: keepFrom(measured.value, window) })
      case 'summarize-older':
        return this.#summarize(measured.value, window, listener)
      default:
        return assertNever(overflow)
    }
  }

  /** The budget of a turn, its draft as the last message, by the same reckoning as `prepare`. */
  async budget(input: TurnInput, signal: AbortSignal): Promise<Result<ContextBudget>> {
    const measured = await this.#measurer.measure(input, signal)
    if (!measured.ok) return measured
    const settled = await this.#settledWindow(measured.value)
    if (!settled.ok) return settled
    const { window, attempt } = settled.value
    // What the exact count says more or less than the estimate belongs to what stands around the messages.
    const correction = attempt.tokens - this.#measurer.estimate(measured.value, window)
    return ok(
      contextBudget({
        contextTokens: measured.value.model.contextTokens,
        fixedTokens: fixedTokens(measured.value, window.summary) + correction,
        messages: measured.value.counted,
        from: window.from,
        draftTokens: measured.value.draftTokens,
        documentTokens: measured.value.documentTokens,
      }),
    )
  }

  /** All of it if that fits, otherwise from where the stored compaction ends. */
  async #settledWindow(measured: MeasuredTurn): Promise<Result<{ window: PromptWindow; attempt: Attempt }>> {
    const all = { from: 0, summary: null }
    const whole = await this.#measurer.attempt(measured, all)
    if (!whole.ok) return whole
    const { messages, compaction } = measured.input
    const through = messages.findIndex((message) => message.id !== null && message.id === compaction?.throughMessageId)
    if (whole.value.fits || through === -1 || through >= messages.length - 1) {
      return ok({ window: all, attempt: whole.value })
    }
    const window = { from: through + 1, summary: compaction?.text ?? null }
    const attempt = await this.#measurer.attempt(measured, window)
    return attempt.ok ? ok({ window, attempt: attempt.value }) : attempt
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

  #compaction(measured: MeasuredTurn, window: PromptWindow): Compaction | null {
    const throughMessageId = measured.input.messages[window.from - 1]?.id
    if (throughMessageId === undefined || throughMessageId === null) return measured.input.compaction
    return {
      throughMessageId,
      messages: window.from,
      text: window.summary,
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
  const hashes = new Set(measured.records.slice(window.from).flatMap((records) => records.map(({ sha256 }) => sha256)))
  const [only = null] = hashes
  return {
    model: measured.model,
    prompt: measured.prompt,
    turns,
    maxTokens: reservedTokens(measured.model.contextTokens),
    leftOutMessages: window.from,
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
