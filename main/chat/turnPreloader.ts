// Has the model read a turn while the person still types, so that the answer begins at once.
import type { Parsed } from '#contract/index.ts'
import { ok, type Result } from '#contract/result.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { TurnPlanner } from './turnPlanner.ts'
import type { TurnPreparer } from './turnPreparer.ts'

/** What the preloader needs. */
export type TurnPreloaderDeps = {
  readonly generator: LocalGenerator
  readonly planner: TurnPlanner
  readonly preparer: TurnPreparer
}

/** One preload per conversation; a later one replaces an earlier one. */
export class TurnPreloader {
  readonly #deps: TurnPreloaderDeps
  readonly #working = new Map<string, AbortController>()

  constructor(deps: TurnPreloaderDeps) {
    this.#deps = deps
  }

  /** Reads the shown branch and the draft; does nothing when they do not fit or when it is cancelled. */
  async preload(input: Parsed<'chat.preload'>, signal: AbortSignal): Promise<Result<void>> {
    this.cancel(input.conversationId)
    const controller = new AbortController()
    this.#working.set(input.conversationId, controller)
    const both = AbortSignal.any([signal, controller.signal])
    try {
      const read = await this.#read(input, both)
      return both.aborted ? ok(undefined) : read
    } finally {
      if (this.#working.get(input.conversationId) === controller) this.#working.delete(input.conversationId)
    }
  }

  /** Ends a preload of this conversation, if there is one. */
  cancel(conversationId: string): void {
    this.#working.get(conversationId)?.abort('cancelled')
  }

  /** Ends every preload. */
  cancelAll(): void {
    for (const controller of this.#working.values()) controller.abort('cancelled')
  }

  async #read(input: Parsed<'chat.preload'>, signal: AbortSignal): Promise<Result<void>> {
    const draft = await this.#deps.planner.draft(input.conversationId, input.text, input.documentIds)
    if (!draft.ok) return draft
    const turn = await this.#deps.preparer.prepare(draft.value, 'ask', { signal })
    if (!turn.ok) return turn.failure.code === 'context-full' ? ok(undefined) : turn
    if (turn.value === null) return ok(undefined)
    const read = await this.#deps.generator.preload(input.conversationId, turn.value.turns, signal)
    return read.ok ? ok(undefined) : read
  }
}
