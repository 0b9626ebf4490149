// The messages of open conversations: loaded once, then kept by events; answers being written are followed.
import type { AnswerItem, Message } from '#contract/chat.ts'
import type { Result, Stream } from '#contract/result.ts'
import type { ChatSlice } from './chatState.ts'
import { type ChatTools, placeMessage } from './chatTools.ts'

/** Conversations kept in memory besides those where something is being written. */
const keptViews = 4

/** Follows an answer this window did not ask for, or had lost: its first text replaces what was there. */
export async function followAnswer(tools: ChatTools, message: Message): Promise<void> {
  const { buffer, client, get } = tools
  if (buffer.has(message.id)) return
  buffer.replace(message.id, message.text)
  let first = true
  const ending = await readItems(client.stream('chat.follow', { messageId: message.id }), (item) => {
    if (item.type === 'reading') buffer.read(message.id, item)
    if (item.type !== 'text') return
    if (first) buffer.replace(message.id, item.text)
    else buffer.append(message.id, item.text)
    first = false
  })
  // The message's last state comes as an event; if that was missed, the list is read again.
  const still = get().chats[message.conversationId]?.messages.find(({ id }) => id === message.id)
  if (still?.state === 'streaming' && (ending.ok || ending.failure.code !== 'disconnected')) {
    await loadMessages(tools, message.conversationId)
  }
  buffer.end(message.id)
}

/** Reads a stream to its end and answers how it ended. */
export async function readItems(stream: Stream<AnswerItem>, onItem: (item: AnswerItem) => void): Promise<Result<void>> {
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return step.value
    onItem(step.value)
  }
}

/** Reads a conversation's shown branch and follows the answer at its end. */
export async function loadMessages(tools: ChatTools, conversationId: string): Promise<void> {
  const messages = await tools.client.call('chat.messages', { conversationId })
  if (!messages.ok) return tools.setView(conversationId, { state: 'failed', failure: messages.failure })
  tools.setView(conversationId, { state: 'ready', failure: null, messages: messages.value })
  const last = messages.value.at(-1)
  if (last?.state === 'streaming' && tools.view(conversationId).pending === null) void followAnswer(tools, last)
}

/** Opens conversations, switches branches, and hears what happens in them. */
export function createChatMessages(tools: ChatTools): Pick<ChatSlice, 'openConversation' | 'selectBranch'> {
  const { client, get, set, buffer, setView } = tools
  client.on('chat.message-changed', (message) => {
    const view = get().chats[message.conversationId]
    if (view === undefined) return
    if (message.state !== 'streaming') buffer.end(message.id)
    const messages = placeMessage(view.messages, message)
    const arrived = view.pending !== null && view.pending.answerId === message.id
    setView(message.conversationId, { messages, ...(arrived ? { pending: null } : {}) })
    if (message.state === 'streaming' && view.pending === null && messages.includes(message)) {
      void followAnswer(tools, message)
    }
  })
  return {
    async openConversation(conversationId) {
      const known = get().chats[conversationId]
      set({ lastChatId: conversationId, ...forgetOldViews(tools, conversationId) })
      if (known?.state !== 'ready') await loadMessages(tools, conversationId)
      get().refreshBudget()
    },
    async selectBranch(messageId) {
      const messages = await client.call('chat.select', { messageId })
      const conversationId = messages.ok ? messages.value[0]?.conversationId : undefined
      if (!messages.ok || conversationId === undefined) return
      setView(conversationId, { messages: messages.value })
      const last = messages.value.at(-1)
      if (last?.state === 'streaming') void followAnswer(tools, last)
      get().refreshBudget()
    },
  }
}

/** Memory does not grow with the number of conversations looked at. */
function forgetOldViews({ get }: ChatTools, opened: string): Pick<ChatSlice, 'chats'> {
  const { chats } = get()
  const old = Object.keys(chats).filter((id) => {
    const view = chats[id]
    return (
      id !== opened && view?.pending === null && view.refused === null && view.messages.at(-1)?.state !== 'streaming'
    )
  })
  const forgotten = new Set(old.slice(0, Math.max(0, old.length - keptViews)))
  return { chats: Object.fromEntries(Object.entries(chats).filter(([id]) => !forgotten.has(id))) }
}
