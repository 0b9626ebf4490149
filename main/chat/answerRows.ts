// The rows of one answer: the turn stored when it is accepted, the ending when it is over, and both announced.
import type { Failure } from '#contract/failures.ts'
import type { Announce } from '#contract/index.ts'
import { failureOf, ok, type Result } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import type { AnswerRun } from './answerRun.ts'
import type { TurnPlan } from './turnPlan.ts'
import type { AnswerEnding, ConversationStore, NewMessage } from './conversationStore.ts'
import { titleFromFirstWords } from './logic/conversationTitle.ts'
import { type Compaction, toConversation, toMessage } from './storedMessage.ts'

/** What the rows need. */
export type AnswerRowsDeps = {
  readonly store: ConversationStore
  readonly announce: Announce
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
}

/** Stores and announces answers, whoever writes them. */
export class AnswerRows {
  readonly #deps: AnswerRowsDeps

  constructor(deps: AnswerRowsDeps) {
    this.#deps = deps
  }

  /** Stores the turn in one transaction, and tells the run and the windows. */
  async accept(
    run: AnswerRun,
    plan: TurnPlan,
    answer: NewMessage,
    compaction: Compaction | null,
  ): Promise<Result<NewMessage>> {
    const stored = await this.#deps.store.accept({
      conversationId: plan.conversationId,
      messages: plan.personIsStored ? [answer] : [plan.person, answer],
      activeMessageId: answer.id,
      startTitle: titleFromFirstWords(plan.person.text),
      compaction,
      updatedAt: answer.createdAt,
    })
    if (!stored.ok) return stored
    run.accept({ personMessageId: plan.personIsStored ? null : plan.person.id, answerMessageId: answer.id })
    if (!plan.personIsStored) this.#announceMessage(plan, plan.person)
    this.#announceMessage(plan, answer)
    await this.#announceConversation(plan)
    return ok(answer)
  }

  /** Stores how an answer ended and tells the windows. */
  async finish(plan: TurnPlan, answer: NewMessage, ending: AnswerEnding): Promise<Result<void>> {
    const endedAt = this.#deps.now().toISOString()
    const stored = await this.#deps.store.finish(plan.conversationId, answer.id, ending, endedAt)
    if (!stored.ok) return stored
    this.#announceMessage(plan, { ...answer, ...ending, provenance: ending.provenance ?? answer.provenance })
    await this.#announceConversation(plan)
    return ok(undefined)
  }

  /** Logs a bug by a new id (never its message, which may quote text) and returns it as `internal`. */
  fault(error: unknown): Failure {
    const id = this.#deps.newId()
    this.#deps.logger.error('chat-fault', { id, kind: error instanceof Error ? error.name : typeof error })
    return failureOf('internal', { id })
  }

  #announceMessage(plan: TurnPlan, message: NewMessage): void {
    const older = plan.tree.filter(({ id, parentId }) => parentId === message.parentId && id !== message.id)
    const siblingIds = [...older.map(({ id }) => id), message.id]
    const branch = { index: older.length, count: siblingIds.length, siblingIds }
    this.#deps.announce('chat.message-changed', toMessage(message, branch))
  }

  async #announceConversation(plan: TurnPlan): Promise<void> {
    const conversation = await this.#deps.store.conversation(plan.conversationId)
    if (conversation.ok) this.#deps.announce('chat.conversation-changed', toConversation(conversation.value))
  }
}
