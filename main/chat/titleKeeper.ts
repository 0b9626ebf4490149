// Sees to it that a conversation gets a model's title once, without anybody waiting for it.
import type { Announce } from '#contract/index.ts'
import type { Logger } from '../host.ts'
import type { ConversationStore } from './conversationStore.ts'
import type { PromptMessage } from './logic/promptText.ts'
import { toConversation } from './storedMessage.ts'
import type { Timers } from './timers.ts'
import type { TitleWriter } from './titleWriter.ts'

/** How long a title may take, in milliseconds; the next answer tries again. */
const patienceMilliseconds = 60_000

/** What the keeper needs. */
export type TitleKeeperDeps = {
  readonly store: ConversationStore
  readonly writer: TitleWriter
  readonly announce: Announce
  readonly logger: Logger
  readonly timers: Timers
}

/** Titles in the background; a title the person gave always stays. */
export class TitleKeeper {
  readonly #deps: TitleKeeperDeps
  readonly #working = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>()

  constructor(deps: TitleKeeperDeps) {
    this.#deps = deps
  }

  /** Begins a title for a conversation that has only its first words as one, unless one is being written. */
  consider(conversationId: string, exchange: readonly PromptMessage[]): void {
    if (this.#working.has(conversationId)) return
    const controller = new AbortController()
    const done = this.#work(conversationId, exchange, controller)
    this.#working.set(conversationId, { controller, done })
  }

  /** Gives up titles under way (of one conversation, if named) and resolves when they are gone. */
  async abandon(conversationId?: string): Promise<void> {
    const working = [...this.#working].filter(([id]) => conversationId === undefined || id === conversationId)
    for (const [, { controller }] of working) controller.abort('cancelled')
    await Promise.all(working.map(([, { done }]) => done))
  }

  /** Resolves when no title is being written. */
  async idle(): Promise<void> {
    await Promise.all([...this.#working.values()].map(({ done }) => done))
  }

  async #work(id: string, exchange: readonly PromptMessage[], controller: AbortController): Promise<void> {
    const cancel = this.#deps.timers.after(patienceMilliseconds, () => controller.abort('cancelled'))
    try {
      await this.#title(id, exchange, controller.signal)
    } catch (error) {
      this.#deps.logger.error('chat-title-fault', { kind: error instanceof Error ? error.name : typeof error })
    } finally {
      cancel()
      this.#working.delete(id)
    }
  }

  async #title(id: string, exchange: readonly PromptMessage[], signal: AbortSignal): Promise<void> {
    const { store, writer, announce, logger } = this.#deps
    const before = await store.conversation(id)
    if (!before.ok || before.value.titledBy !== 'start') return
    const title = await writer.write(exchange, signal)
    if (!title.ok) return logger.info('chat-title-failed', { conversation: id, code: title.failure.code })
    if (title.value === null || signal.aborted) return
    const stored = await store.setTitle(id, title.value, 'model')
    if (!stored.ok) return logger.info('chat-title-failed', { conversation: id, code: stored.failure.code })
    const after = await store.conversation(id)
    if (after.ok && after.value.titledBy === 'model') announce('chat.conversation-changed', toConversation(after.value))
  }
}
