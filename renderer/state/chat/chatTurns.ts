// Turns: a message sent, another answer asked for, the question when it does not fit, and Stop.
import type { AnswerItem } from '#contract/chat.ts'
import type { Failure } from '#contract/failures.ts'
import type { Stream } from '#contract/result.ts'
import { readItems } from './chatMessages.ts'
import {
  type ChatSlice,
  emptyDraft,
  newChatKey,
  type Overflow,
  type PendingTurn,
  shownChatId,
  type Turn,
} from './chatState.ts'
import type { ChatTools } from './chatTools.ts'

type TurnActions = Pick<
  ChatSlice,
  | 'choosePlace'
  | 'sendDraft'
  | 'regenerate'
  | 'resendRefused'
  | 'dismissRefused'
  | 'startFresh'
  | 'stopAnswer'
  | 'runCloudTurn'
>

/** Actions on turns. `create` makes the conversation a first message goes to and answers its id. */
export function createChatTurns(tools: ChatTools, create: () => Promise<string | null>): TurnActions {
  const { client, get, view, setView, draft, setDraft } = tools
  function shown(): string | null {
    return shownChatId(get())
  }
  return {
    ...outsideActions(tools),
    async sendDraft() {
      const key = tools.draftKey()
      const { text, documentIds, editing } = draft(key)
      if (text.trim() === '') return
      const id = key === newChatKey ? await create() : key
      if (id === null) return
      const turn: Turn = { kind: 'send', text, documentIds }
      await askWhere(tools, id, editing === null ? turn : { ...turn, parentId: editing.parentId })
    },
    async regenerate(messageId) {
      const id = shown()
      if (id !== null) await askWhere(tools, id, { kind: 'regenerate', messageId })
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

/** The toggle, and turns that were agreed to. */
function outsideActions(tools: ChatTools): Pick<ChatSlice, 'choosePlace' | 'runCloudTurn'> {
  const { client, get } = tools
  return {
    choosePlace(place) {
      const { [tools.draftKey()]: _, ...others } = get().places
      tools.set({ places: place === 'cloud' ? { ...others, [tools.draftKey()]: 'cloud' } : others })
      // Back here before it was ready: what was meant for outside is not asked for any more.
      const preparing = get().cloudPreparing
      const mine = preparing?.kind === 'message' && preparing.conversationId === tools.draftKey()
      if (place === 'here' && mine) get().dropCloudPreparing()
      get().refreshBudget()
    },
    async runCloudTurn(id, turn, grantId, providerName) {
      const begun = await answerTurn(tools, id, { turn, providerName }, (signal) =>
        client.stream('chat.run-cloud', { grantId }, { signal }),
      )
      if (!begun.ok) return begun.failure
      returnHome(tools, id)
      return null
    },
  }
}

/** With the toggle out the sheet is asked for, and nothing else happens; here the model is asked. */
async function askWhere(tools: ChatTools, id: string, turn: Turn): Promise<void> {
  const { get, setView } = tools
  if (get().places[id] !== 'cloud') return ask(tools, id, turn, 'ask')
  setView(id, { refused: null })
  await get().askCloud({ kind: 'message', conversationId: id, turn, history: true })
}

/** Asks the model here. A refusal is kept beside the draft. */
async function ask(tools: ChatTools, id: string, turn: Turn, overflow: 'ask' | Overflow): Promise<void> {
  const begun = await answerTurn(tools, id, { turn }, (signal) => open(tools, id, turn, overflow, signal))
  if (begun.ok) return
  const refused = { turn, failure: begun.failure }
  tools.setView(id, { refused })
  if (begun.failure.code !== 'context-full') return
  const room = await tools.client.call('chat.context-room', {})
  // The person may have answered, or asked something else, meanwhile.
  if (!room.ok || tools.view(id).refused !== refused) return
  tools.setView(id, { refused: { ...refused, largestContextTokens: room.value.largestContextTokens } })
}

/** The toggle is for one task: it comes back, unless an envelope is open for this conversation. */
function returnHome({ get, set }: ChatTools, id: string): void {
  if (get().cloudScopes.some(({ conversationId, scope }) => scope === 'conversation' && conversationId === id)) return
  const { [id]: _, ...places } = get().places
  set({ places })
}

type Begun = { readonly ok: true } | { readonly ok: false; readonly failure: Failure }

/** Reads an answer to its end. Until it is accepted the draft stays; what ends it before that is answered. */
async function answerTurn(
  tools: ChatTools,
  id: string,
  asked: Pick<PendingTurn, 'turn' | 'providerName'>,
  begin: (signal: AbortSignal) => Stream<AnswerItem>,
): Promise<Begun> {
  const { buffer, get, setView, view } = tools
  if (tools.asking.has(id)) return { ok: true }
  const abort = new AbortController()
  tools.asking.set(id, abort)
  setView(id, { pending: { ...asked, reading: null, answerId: null }, refused: null })
  let answerId: string | null = null
  const ending = await readItems(begin(abort.signal), (item) => {
    switch (item.type) {
      case 'accepted':
        answerId = item.answerMessageId
        accepted(tools, id, asked.turn, answerId)
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
  else setView(id, { pending: null })
  get().refreshBudget()
  return answerId !== null || ending.ok ? { ok: true } : ending
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
