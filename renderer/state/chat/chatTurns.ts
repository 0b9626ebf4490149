// Turns: a message sent, another answer asked for, the question when it does not fit, and Stop.
import type { AnswerItem } from '#contract/chat.ts'
import type { Stream } from '#contract/result.ts'
import { readItems } from './chatMessages.ts'
import { type ChatSlice, emptyDraft, newChatKey, type Overflow, shownChatId, type Turn } from './chatState.ts'
import type { ChatTools } from './chatTools.ts'

type TurnActions = Pick<
  ChatSlice,
  'sendDraft' | 'regenerate' | 'resendRefused' | 'dismissRefused' | 'startFresh' | 'stopAnswer'
>

/** Actions on turns. `create` makes the conversation a first message goes to and answers its id. */
export function createChatTurns(tools: ChatTools, create: () => Promise<string | null>): TurnActions {
  const { client, get, view, setView, draft, setDraft } = tools
  function shown(): string | null {
    return shownChatId(get())
  }
  return {
    async sendDraft() {
      const key = tools.draftKey()
      const { text, documentIds, editing } = draft(key)
      if (text.trim() === '') return
      const id = key === newChatKey ? await create() : key
      if (id === null) return
      const turn: Turn = { kind: 'send', text, documentIds }
      await ask(tools, id, editing === null ? turn : { ...turn, parentId: editing.parentId }, 'ask')
    },
    async regenerate(messageId) {
      const id = shown()
      if (id !== null) await ask(tools, id, { kind: 'regenerate', messageId }, 'ask')
    },
    async resendRefused(overflow) {
      const id = shown()
      const refused = id === null ? null : view(id).refused
      if (id !== null && refused !== null) await ask(tools, id, refused.turn, overflow)
    },
    dismissRefused() {
      const id = shown()
      if (id !== null) setView(id, { refused: null })
    },
    async startFresh() {
      const from = shown()
      const refused = from === null ? null : view(from).refused
      if (from === null || refused?.turn.kind !== 'send') return
      const { text, documentIds } = refused.turn
      const fresh = await create()
      if (fresh === null) return
      setView(from, { refused: null })
      setDraft(from, emptyDraft)
      setDraft(fresh, { text, documentIds, editing: null })
    },
    async stopAnswer() {
      const id = shown()
      if (id === null) return
      const asking = tools.asking.get(id)
      const last = view(id).messages.at(-1)
      if (asking !== undefined) asking.abort()
      else if (last?.state === 'streaming') await client.call('chat.stop', { messageId: last.id })
    },
  }
}

/** Asks and reads the answer to its end. Until it is accepted the draft stays; a refusal is kept beside it. */
async function ask(tools: ChatTools, id: string, turn: Turn, overflow: 'ask' | Overflow): Promise<void> {
  const { buffer, get, setView, view } = tools
  if (tools.asking.has(id)) return
  const abort = new AbortController()
  tools.asking.set(id, abort)
  setView(id, { pending: { turn, reading: null, answerId: null }, refused: null })
  let answerId: string | null = null
  const ending = await readItems(open(tools, id, turn, overflow, abort.signal), (item) => {
    switch (item.type) {
      case 'accepted':
        answerId = item.answerMessageId
        accepted(tools, id, turn, answerId)
        return
      case 'reading': {
        const pending = view(id).pending
        if (answerId !== null) buffer.read(answerId, item)
        if (pending !== null) setView(id, { pending: { ...pending, reading: item } })
        return
      }
      case 'text':
        if (answerId !== null) buffer.append(answerId, item.text)
        return
      case 'finished':
        return
    }
  })
  if (tools.asking.get(id) === abort) tools.asking.delete(id)
  if (answerId !== null) buffer.end(answerId)
  else setView(id, { pending: null, refused: ending.ok ? null : { turn, failure: ending.failure } })
  get().refreshBudget()
}

function open(
  { client }: ChatTools,
  conversationId: string,
  turn: Turn,
  overflow: 'ask' | Overflow,
  signal: AbortSignal,
): Stream<AnswerItem> {
  if (turn.kind === 'regenerate') {
    return client.stream('chat.regenerate', { conversationId, messageId: turn.messageId, overflow }, { signal })
  }
  const { text, documentIds, parentId } = turn
  const input = { conversationId, text, documentIds: [...documentIds], overflow }
  return client.stream('chat.send', parentId === undefined ? input : { ...input, parentId }, { signal })
}

/** From now on the turn is stored: the draft goes, and Stop works on the message. */
function accepted(tools: ChatTools, id: string, turn: Turn, answerId: string): void {
  const { buffer, setDraft, setView, view } = tools
  tools.asking.delete(id)
  buffer.replace(answerId, '')
  if (turn.kind === 'send') {
    setDraft(id, emptyDraft)
    setDraft(newChatKey, emptyDraft)
  }
  const { pending, messages } = view(id)
  const here = messages.some((message) => message.id === answerId)
  setView(id, { pending: here || pending === null ? null : { ...pending, answerId } })
}
