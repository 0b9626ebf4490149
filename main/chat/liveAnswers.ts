// The answers being written now: one per conversation, in turn.
import { AnswerRun } from './answerRun.ts'
import type { Timers } from './timers.ts'

/** Registers runs while they last. */
export class LiveAnswers {
  readonly #timers: Timers
  readonly #runs = new Map<string, AnswerRun>()
  readonly #unfinished = new Set<AnswerRun>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /**
   * Begins an answer in a conversation. One still being written there stops and keeps its partial text; `write` starts
   * when that is settled, must end the run and must not reject.
   */
  begin(conversationId: string, write: (run: AnswerRun) => Promise<void>): AnswerRun {
    const previous = this.#runs.get(conversationId)
    const run = new AnswerRun(conversationId, this.#timers)
    this.#runs.set(conversationId, run)
    this.#unfinished.add(run)
    previous?.supersede()
    void this.#conduct(run, previous, write)
    return run
  }

  /** The conversation's latest answer, if it is not over. */
  ofConversation(conversationId: string): AnswerRun | undefined {
    return this.#runs.get(conversationId)
  }

  /** The answer being written into this message. */
  ofMessage(messageId: string): AnswerRun | undefined {
    return [...this.#unfinished].find((run) => run.accepted?.answerMessageId === messageId)
  }

  /** Stops every answer (of one conversation, if named) and resolves when all are stored. */
  async stop(conversationId?: string): Promise<void> {
    const runs = [...this.#unfinished].filter(
      (run) => conversationId === undefined || run.conversationId === conversationId,
    )
    for (const run of runs) run.stop()
    await Promise.all(runs.map((run) => run.done))
  }

  /** True while an answer is being written. */
  get writing(): boolean {
    return this.#unfinished.size > 0
  }

  /** Resolves when no answer is being written. */
  async idle(): Promise<void> {
    await Promise.all([...this.#unfinished].map((run) => run.done))
  }

  async #conduct(run: AnswerRun, previous: AnswerRun | undefined, write: (run: AnswerRun) => Promise<void>) {
    await previous?.done
    await write(run)
    this.#unfinished.delete(run)
    if (this.#runs.get(run.conversationId) === run) this.#runs.delete(run.conversationId)
  }
}
