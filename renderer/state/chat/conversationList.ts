// The list of conversations: new ones, titles, removal with a way back, and search.
import type { Conversation } from '#contract/chat.ts'
import { type ChatSlice, emptyDraft, newChatKey } from './chatState.ts'
import type { ChatTools } from './chatTools.ts'

type ListActions = Pick<
  ChatSlice,
  | 'refreshConversations'
  | 'newConversation'
  | 'startConversationAbout'
  | 'renameConversation'
  | 'removeConversation'
  | 'undoConversationRemoval'
  | 'searchChats'
  | 'openHit'
  | 'reachTarget'
>

/** Milliseconds in which a removal can be undone. */
export const undoMilliseconds = 8000

/** Milliseconds without a key before a search begins. */
const searchPause = 120

/** Actions on the list. */
export function createConversationList(tools: ChatTools, create: () => Promise<string | null>): ListActions {
  const { client, get, set, setDraft, draft } = tools
  const removal = createRemoval(tools)
  hearChanges(tools)
  async function open(): Promise<string | null> {
    const empty = get().conversations.find((one) => isUntouched(tools, one))
    const id = empty?.id ?? (await create())
    if (id !== null) get().navigate('chat', id)
    return id
  }
  return {
    ...removal,
    ...createSearch(tools),
    async refreshConversations() {
      const listed = await client.call('chat.list', {})
      if (!listed.ok) return set({ conversationsFailure: listed.failure })
      set({
        conversations: listed.value.filter(({ id }) => id !== get().removingConversation?.id),
        conversationsFailure: null,
      })
    },
    async newConversation() {
      await open()
    },
    async startConversationAbout(documentId) {
      const id = await open()
      if (id === null) return
      setDraft(id, { ...emptyDraft, text: draft(id).text })
      get().attachDocument(documentId)
    },
    async renameConversation(conversationId, title) {
      if (title.trim() === '') return
      const renamed = await client.call('chat.rename', { conversationId, title: title.trim().slice(0, 200) })
      if (renamed.ok) keep(tools, renamed.value)
    },
  }
}

/** Makes a conversation; a draft that had none moves there. Null when it could not be made. */
export function createConversation({ client, get, set, draft, setDraft }: ChatTools): () => Promise<string | null> {
  let making: Promise<string | null> | null = null
  async function make(): Promise<string | null> {
    const created = await client.call('chat.create', {})
    if (!created.ok) {
      set({ conversationsFailure: created.failure })
      return null
    }
    const { id } = created.value
    const waiting = draft(newChatKey)
    if (waiting !== emptyDraft) {
      setDraft(id, waiting)
      setDraft(newChatKey, emptyDraft)
    }
    const { [newChatKey]: out, ...places } = get().places
    const others = get().conversations.filter((one) => one.id !== id)
    set({
      places: out === undefined ? places : { ...places, [id]: out },
      conversations: [created.value, ...others],
      conversationsFailure: null,
      lastChatId: id,
      chats: { ...get().chats, [id]: { state: 'ready', failure: null, messages: [], pending: null, refused: null } },
    })
    if (get().route.room === 'chat') get().navigate('chat', id)
    return id
  }
  return () => (making ??= make().finally(() => (making = null)))
}

/** Whether a conversation was made and never used: it has no title, and nobody wrote in it here. */
function isUntouched({ get }: ChatTools, { id, title, createdAt, updatedAt }: Conversation): boolean {
  const view = get().chats[id]
  return title === '' && createdAt === updatedAt && (view === undefined || view.messages.length === 0) && !view?.pending
}

function keep({ get, set }: ChatTools, changed: Conversation): void {
  if (get().removingConversation?.id === changed.id) return
  const others = get().conversations.filter(({ id }) => id !== changed.id)
  const newer = others.findIndex(({ updatedAt }) => updatedAt <= changed.updatedAt)
  set({ conversations: others.toSpliced(newer < 0 ? others.length : newer, 0, changed) })
}

function hearChanges(tools: ChatTools): void {
  const { client, get, set } = tools
  client.on('chat.conversation-changed', (conversation) => keep(tools, conversation))
  client.on('chat.conversation-removed', ({ conversationId }) => {
    set({ conversations: get().conversations.filter(({ id }) => id !== conversationId) })
    leave(tools, conversationId)
  })
}

/** A page whose conversation is gone shows another one. */
function leave({ get, set }: ChatTools, conversationId: string): void {
  const { [conversationId]: _gone, ...chats } = get().chats
  set({ chats, ...(get().lastChatId === conversationId ? { lastChatId: null } : {}) })
  if (get().route.room === 'chat' && get().route.id === conversationId) get().navigate('chat')
}

function createRemoval(tools: ChatTools): Pick<ChatSlice, 'removeConversation' | 'undoConversationRemoval'> {
  const { client, get, set, later } = tools
  let takeBack: () => void = () => undefined
  function removeNow(): void {
    takeBack()
    const { removingConversation } = get()
    if (removingConversation === null) return
    set({ removingConversation: null })
    void client.call('chat.remove', { conversationId: removingConversation.id }).then((removed) => {
      if (!removed.ok && removed.failure.code !== 'not-found') keep(tools, removingConversation)
    })
  }
  return {
    removeConversation(conversationId) {
      removeNow()
      const removingConversation = get().conversations.find(({ id }) => id === conversationId)
      if (removingConversation === undefined) return
      set({ removingConversation, conversations: get().conversations.filter(({ id }) => id !== conversationId) })
      leave(tools, conversationId)
      takeBack = later(removeNow, undoMilliseconds)
    },
    undoConversationRemoval() {
      takeBack()
      const { removingConversation } = get()
      if (removingConversation === null) return
      set({ removingConversation: null })
      keep(tools, removingConversation)
      get().navigate('chat', removingConversation.id)
    },
  }
}

function createSearch(tools: ChatTools): Pick<ChatSlice, 'searchChats' | 'openHit' | 'reachTarget'> {
  const { client, get, set, later } = tools
  let takeBack: () => void = () => undefined
  return {
    searchChats(query) {
      takeBack()
      set({ chatSearch: { ...get().chatSearch, query, ...(query.trim() === '' ? { hits: null } : {}) } })
      if (query.trim() === '') return
      takeBack = later(() => {
        void client.call('chat.search', { query: query.slice(0, 500) }).then((found) => {
          if (get().chatSearch.query !== query) return
          set({
            chatSearch: found.ok
              ? { query, hits: found.value, failure: null }
              : { query, hits: null, failure: found.failure },
          })
        })
      }, searchPause)
    },
    async openHit({ conversation, messageId }) {
      get().navigate('chat', conversation.id)
      await get().openConversation(conversation.id)
      if (messageId === null) return
      const here = get().chats[conversation.id]?.messages.some(({ id }) => id === messageId) === true
      if (!here) await get().selectBranch(messageId)
      set({ chatTarget: messageId })
    },
    reachTarget: () => set({ chatTarget: null }),
  }
}
