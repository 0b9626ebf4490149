// What the parts of the chat slice share: the store, the buffer of growing answers, timers, and small updates.
import type { Message } from '#contract/chat.ts'
import type { SliceTools } from '../slice.ts'
import type { State } from '../state.ts'
import { AnswerBuffer, type LiveChanges, type NextFrame } from './answerBuffer.ts'
import { type ChatView, type Draft, emptyDraft, newChatKey, shownChatId, unloadedView } from './chatState.ts'

/** Runs a callback after so many milliseconds; the answer takes it back. */
export type Later = (callback: () => void, milliseconds: number) => () => void

/** What chat takes from its surroundings; the window's own by default. */
export type ChatSurroundings = {
  readonly nextFrame: NextFrame
  readonly later: Later
  /** Where drafts outlive a reload. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
}

/** Tools of the chat slice's parts. */
export type ChatTools = SliceTools &
  ChatSurroundings & {
    readonly buffer: AnswerBuffer
    /** Aborts what was asked and not accepted yet, by conversation. */
    readonly asking: Map<string, AbortController>
    view(conversationId: string): ChatView
    setView(conversationId: string, change: Partial<ChatView>): void
    /** The draft key of what the room shows. */
    draftKey(): string
    draft(key: string): Draft
    setDraft(key: string, change: Partial<Draft>): void
  }

/** Builds the tools over a slice's own. */
export function createChatTools(slice: SliceTools, surroundings: ChatSurroundings): ChatTools {
  const { set, get } = slice
  return {
    ...slice,
    ...surroundings,
    asking: new Map(),
    buffer: new AnswerBuffer({
      nextFrame: surroundings.nextFrame,
      publish: (changes) => set({ liveAnswers: afterChanges(get().liveAnswers, changes) }),
    }),
    view: (id) => get().chats[id] ?? unloadedView,
    setView(id, change) {
      set({ chats: { ...get().chats, [id]: { ...(get().chats[id] ?? unloadedView), ...change } } })
    },
    draftKey: () => shownChatId(get()) ?? newChatKey,
    draft: (key) => get().drafts[key] ?? emptyDraft,
    setDraft(key, change) {
      set({ drafts: { ...get().drafts, [key]: { ...(get().drafts[key] ?? emptyDraft), ...change } } })
    },
  }
}

/** Puts a message where it belongs in the shown branch: in its own place, or after its parent, ending what followed. */
export function placeMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const own = messages.findIndex(({ id }) => id === message.id)
  if (own >= 0) return messages.with(own, message)
  if (message.parentId === null) return [message]
  const parent = messages.findIndex(({ id }) => id === message.parentId)
  return parent < 0 ? messages : [...messages.slice(0, parent + 1), message]
}

function afterChanges(answers: State['liveAnswers'], changes: LiveChanges): State['liveAnswers'] {
  const next = { ...answers }
  for (const [id, answer] of changes) {
    if (answer === null) delete next[id]
    else next[id] = answer
  }
  return next
}
