// Writes one answer from beginning to end: prepare, store the turn, generate, save as it grows, store how it ended.
import type { Failure } from '#contract/failures.ts'
import type { Announce } from '#contract/index.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Provenance } from '#contract/summary.ts'
import type { Logger } from '../host.ts'
import type { Generation, LocalGenerator } from '../inference/localGenerator.ts'
import { answerEnding, finished, stoppedAtOnce } from './answerEnding.ts'
import { AnswerRows } from './answerRows.ts'
import type { AnswerRun, FinishedItem } from './answerRun.ts'
import type { ConversationStore, NewMessage } from './conversationStore.ts'
import { TextSaver } from './textSaver.ts'
import type { Timers } from './timers.ts'
import type { TurnPlan } from './turnPlan.ts'
import type { PreparedTurn, TurnPreparer } from './turnPreparer.ts'

/** What the writer needs; `newSeed` gives 0 to 2^31 - 1. */
export type AnswerWriterDeps = {
  readonly store: ConversationStore
  readonly preparer: TurnPreparer
  readonly generator: LocalGenerator
  readonly announce: Announce
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
  readonly newSeed: () => number
  readonly timers: Timers
}

/** Temperature for models that write in their own words; choosing sentences is always greedy. */
const freeTemperature = 0.7

type Work = { readonly run: AnswerRun; readonly plan: TurnPlan; readonly turn: PreparedTurn; readonly seed: number }

/** Writes answers into runs. */
export class AnswerWriter {
  readonly #deps: AnswerWriterDeps
  readonly #rows: AnswerRows

  constructor(deps: AnswerWriterDeps) {
    this.#deps = deps
    this.#rows = new AnswerRows(deps)
  }

  /**
   * Answers a turn; returns how it ended, which the caller tells the run. What fails before the turn is stored leaves
   * nothing behind, so the sender still has the text; from then on everything written is kept.
   */
  async write(run: AnswerRun, plan: TurnPlan): Promise<Result<FinishedItem>> {
    const turn = await this.#prepare(run, plan)
    if (!turn.ok) return turn
    if (turn.value === null) return ok(finished('stopped'))
    const free = turn.value.model.summaryMode === 'free'
    const work = { run, plan, turn: turn.value, seed: plan.seed ?? (free ? this.#deps.newSeed() : 0) }
    const answer = await this.#rows.accept(run, plan, this.#openAnswer(work), work.turn.compaction)
    return answer.ok ? this.#answer(work, answer.value) : answer
  }

  #prepare(run: AnswerRun, plan: TurnPlan): Promise<Result<PreparedTurn | null>> {
    const messages = [...plan.before, plan.person].map(({ id, role, text, documentIds }) => ({
      id,
      key: id,
      role,
      text,
      documentIds,
    }))
    return this.#deps.preparer.prepare({ messages, compaction: plan.compaction }, plan.overflow, {
      signal: run.cancelling,
      onReading: (evaluatedTokens, totalTokens) => run.read({ evaluatedTokens, totalTokens }),
    })
  }

  async #answer(work: Work, answer: NewMessage): Promise<Result<FinishedItem>> {
    const { run, plan } = work
    const generated = await this.#generate(work, answer.id)
    // Some engines report short answers whole; what followers were given is always the beginning of what is kept.
    if (generated.ok && generated.value.text.startsWith(run.text)) {
      const rest = generated.value.text.slice(run.text.length)
      if (rest !== '') run.write(rest)
    }
    const ending = answerEnding(generated, run.text, work.turn)
    const stored = await this.#rows.finish(plan, answer, ending.stored)
    return stored.ok ? ending.heard : stored
  }

  async #generate({ run, plan, turn, seed }: Work, answerId: string): Promise<Result<Generation>> {
    if (run.stopping.aborted) return ok(stoppedAtOnce)
    const saver = new TextSaver({
      timers: this.#deps.timers,
      save: () => this.#deps.store.saveText(answerId, run.text),
      onFailed: (code) => this.#deps.logger.warn('chat-save-failed', { message: answerId, code }),
    })
    try {
      return await this.#deps.generator.generate(
        {
          lane: { kind: 'chat', conversationId: plan.conversationId },
          turns: turn.turns,
          maxTokens: turn.maxTokens,
          temperature: turn.model.summaryMode === 'free' ? freeTemperature : 0,
          seed,
        },
        {
          signal: run.stopping,
          onReading: (evaluatedTokens, totalTokens) => run.read({ evaluatedTokens, totalTokens }),
          onText: (delta) => {
            run.write(delta)
            saver.schedule()
          },
        },
      )
    } catch (error) {
      return { ok: false, failure: this.fault(error) }
    } finally {
      await saver.close()
    }
  }

  /** Logs a bug by a new id (never its message, which may quote text) and returns it as `internal`. */
  fault(error: unknown): Failure {
    return this.#rows.fault(error)
  }

  #openAnswer({ plan, turn, seed }: Work) {
    const createdAt = this.#deps.now().toISOString()
    const provenance: Provenance = {
      documentSha256: turn.documentSha256,
      model: { name: turn.model.name, sha256: turn.model.sha256 },
      prompt: { id: turn.prompt.id, version: turn.prompt.version },
      mode: turn.model.summaryMode,
      seed,
      createdAt,
    }
    return {
      id: this.#deps.newId(),
      conversationId: plan.conversationId,
      parentId: plan.person.id,
      role: 'assistant' as const,
      text: '',
      state: 'streaming' as const,
      failure: null,
      documentIds: [],
      provenance,
      createdAt,
    }
  }
}
