// Writes one answer that a provider gives: store the turn, send what was approved, save as it grows, store how it ended.
import { failureOf, ok, type Result } from '#contract/result.ts'
import type { Provenance } from '#contract/summary.ts'
import type { AnswerRun, FinishedItem } from './answerRun.ts'
import { finished } from './answerEnding.ts'
import { AnswerRows, type AnswerRowsDeps } from './answerRows.ts'
import type { ChatCloud, ChatCloudAnswer, ChatGrantedTask } from './cloudSeam.ts'
import type { WaitingTurn } from './cloudTurns.ts'
import type { AnswerEnding, NewMessage } from './conversationStore.ts'
import { TextSaver } from './textSaver.ts'
import type { Timers } from './timers.ts'

type CloudAnswerWriterDeps = AnswerRowsDeps & { readonly cloud: ChatCloud; readonly timers: Timers }

/** Writes answers of providers into runs. What came before a cut is kept, and nothing is ever asked again by itself. */
export class CloudAnswerWriter {
  readonly #deps: CloudAnswerWriterDeps
  readonly #rows: AnswerRows

  constructor(deps: CloudAnswerWriterDeps) {
    this.#deps = deps
    this.#rows = new AnswerRows(deps)
  }

  /** Answers a turn under a grant; returns how it ended. The grant is used up whatever comes of it. */
  async write(
    run: AnswerRun,
    turn: WaitingTurn,
    grantId: string,
    task: ChatGrantedTask,
  ): Promise<Result<FinishedItem>> {
    if (run.cancelling.aborted) return ok(finished('stopped'))
    const answer = this.#openAnswer(turn, task)
    const accepted = await this.#rows.accept(run, turn.plan, answer, turn.plan.compaction)
    if (!accepted.ok) return accepted
    const given = await this.#ask(run, answer.id, grantId)
    const provenance = this.#provenance(turn, task, given.ok ? given.value.provenance : task.provenance)
    const result = given.ok ? given.value.result : given
    const stored = await this.#rows.finish(turn.plan, answer, { ...endingOf(result, run.text), provenance })
    if (!stored.ok) return stored
    if (!result.ok) return result
    if (result.value.reason === 'complete' && run.text.trim() === '') {
      return { ok: false, failure: failureOf('generation-empty', {}) }
    }
    const { inputTokens, outputTokens } = provenance.cloud ?? { inputTokens: 0, outputTokens: 0 }
    return ok({ ...finished(result.value.reason), evaluatedTokens: inputTokens, generatedTokens: outputTokens })
  }

  async #ask(run: AnswerRun, answerId: string, grantId: string): Promise<Result<ChatCloudAnswer>> {
    const saver = new TextSaver({
      timers: this.#deps.timers,
      save: () => this.#deps.store.saveText(answerId, run.text),
      onFailed: (code) => this.#deps.logger.warn('chat-save-failed', { message: answerId, code }),
    })
    try {
      return await this.#deps.cloud.run(grantId, {
        signal: run.stopping,
        kind: 'message',
        onText: (delta) => {
          run.write(delta)
          saver.schedule()
        },
      })
    } catch (error) {
      return { ok: false, failure: this.#rows.fault(error) }
    } finally {
      await saver.close()
    }
  }

  #openAnswer(turn: WaitingTurn, task: ChatGrantedTask): NewMessage {
    return {
      id: this.#deps.newId(),
      conversationId: turn.plan.conversationId,
      parentId: turn.plan.person.id,
      role: 'assistant',
      text: '',
      state: 'streaming',
      failure: null,
      documentIds: [],
      provenance: this.#provenance(turn, task, task.provenance),
      createdAt: this.#deps.now().toISOString(),
    }
  }

  #provenance(turn: WaitingTurn, task: ChatGrantedTask, cloud: ChatGrantedTask['provenance']): Provenance {
    return {
      documentSha256: turn.documentSha256,
      model: { name: task.modelName, sha256: '' },
      prompt: turn.prompt,
      mode: 'free',
      seed: 0,
      createdAt: this.#deps.now().toISOString(),
      cloud,
    }
  }
}

function endingOf(result: ChatCloudAnswer['result'], text: string): AnswerEnding {
  if (!result.ok) return { text, state: 'failed', failure: result.failure }
  if (result.value.reason !== 'complete') return { text, state: 'partial', failure: null }
  if (text.trim() === '') return { text, state: 'failed', failure: failureOf('generation-empty', {}) }
  return { text, state: 'complete', failure: null }
}
