// Finds the messages a turn is about: which branch it goes on from, and what the person said.
import type { Parsed } from '#contract/index.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { TurnPlan } from './turnPlan.ts'
import type { ConversationStore, NewMessage } from './conversationStore.ts'
import { pathTo } from './logic/messageTree.ts'
import type { StoredConversation, StoredMessage } from './storedMessage.ts'
import type { TurnInput } from './turnMeasurer.ts'

/** A conversation with every message it has. */
export type ConversationTree = { readonly conversation: StoredConversation; readonly tree: readonly StoredMessage[] }

/** Plans turns from what is stored. Failures: the storage's, `not-found`, `invalid-input` for a message of blanks. */
export class TurnPlanner {
  readonly #store: ConversationStore
  readonly #now: () => Date
  readonly #newId: () => string

  constructor(deps: { readonly store: ConversationStore; readonly now: () => Date; readonly newId: () => string }) {
    this.#store = deps.store
    this.#now = deps.now
    this.#newId = deps.newId
  }

  /** A conversation and all its messages. */
  async load(conversationId: string): Promise<Result<ConversationTree>> {
    const conversation = await this.#store.conversation(conversationId)
    if (!conversation.ok) return conversation
    const tree = await this.#store.messages(conversationId)
    return tree.ok ? ok({ conversation: conversation.value, tree: tree.value }) : tree
  }

  /** A new message of the person, after the shown branch or where `parentId` says. */
  async send(input: Parsed<'chat.send'>): Promise<Result<TurnPlan>> {
    if (input.text.trim() === '' && input.documentIds.length === 0) return fail('invalid-input', { issues: ['text'] })
    const loaded = await this.load(input.conversationId)
    if (!loaded.ok) return loaded
    const { conversation, tree } = loaded.value
    const parentId = input.parentId === undefined ? shownLeaf(loaded.value) : input.parentId
    const before = pathTo(tree, parentId)
    if (parentId !== null && before.length === 0) return fail('not-found', { what: 'message', id: parentId })
    const person: NewMessage = {
      id: this.#newId(),
      conversationId: conversation.id,
      parentId,
      role: 'person',
      text: input.text,
      state: 'complete',
      failure: null,
      documentIds: [...new Set(input.documentIds)],
      provenance: null,
      createdAt: this.#now().toISOString(),
    }
    return ok({ ...planOf(input, loaded.value), before, person, personIsStored: false })
  }

  /** Another answer to what `messageId` (an answer, or the person's message itself) is about. */
  async regenerate(input: Parsed<'chat.regenerate'>): Promise<Result<TurnPlan>> {
    const loaded = await this.load(input.conversationId)
    if (!loaded.ok) return loaded
    const path = pathTo(loaded.value.tree, input.messageId)
    const last = path.findLastIndex((message) => message.role === 'person')
    const person = path[last]
    if (person === undefined) return fail('not-found', { what: 'message', id: input.messageId })
    return ok({ ...planOf(input, loaded.value), before: path.slice(0, last), person, personIsStored: true })
  }

  /** The shown branch with a draft as its last message. */
  async draft(conversationId: string, text: string, documentIds: readonly string[]): Promise<Result<TurnInput>> {
    const loaded = await this.load(conversationId)
    if (!loaded.ok) return loaded
    const before = pathTo(loaded.value.tree, shownLeaf(loaded.value)).map((message) => ({
      ...message,
      key: message.state === 'streaming' ? null : message.id,
    }))
    const draft = { id: null, key: null, role: 'person' as const, text, documentIds: [...new Set(documentIds)] }
    return ok({ messages: [...before, draft], compaction: loaded.value.conversation.compaction })
  }
}

/** The end of the shown branch: the chosen one, or the newest message; null in an empty conversation. */
export function shownLeaf({ conversation, tree }: ConversationTree): string | null {
  const chosen = conversation.activeMessageId
  if (chosen !== null && tree.some(({ id }) => id === chosen)) return chosen
  return tree.at(-1)?.id ?? null
}

function planOf(
  input: Pick<Parsed<'chat.send'>, 'overflow' | 'seed'>,
  { conversation, tree }: ConversationTree,
): Pick<TurnPlan, 'conversationId' | 'tree' | 'compaction' | 'overflow' | 'seed'> {
  return {
    conversationId: conversation.id,
    tree,
    compaction: conversation.compaction,
    overflow: input.overflow,
    seed: input.seed,
  }
}
