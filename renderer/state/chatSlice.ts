// Conversations of the window: the list, open chats, drafts, turns and answers as they grow.
import { createChatDrafts } from './chat/chatDrafts.ts'
import { createChatMessages } from './chat/chatMessages.ts'
import type { ChatSlice } from './chat/chatState.ts'
import { type ChatSurroundings, createChatTools } from './chat/chatTools.ts'
import { createChatTurns } from './chat/chatTurns.ts'
import { createConversation, createConversationList } from './chat/conversationList.ts'
import { readDrafts } from './chat/storedDrafts.ts'
import type { SliceTools } from './slice.ts'

export type { ChatSlice } from './chat/chatState.ts'

/** Follows the conversations; only what changed in an answer is handed to the window, once per frame. */
export function createChatSlice(slice: SliceTools, surroundings = windowSurroundings()): ChatSlice {
  const tools = createChatTools(slice, surroundings)
  const create = createConversation(tools)
  return {
    conversations: [],
    conversationsFailure: null,
    chats: {},
    liveAnswers: {},
    drafts: readDrafts(surroundings.storage),
    budgets: {},
    documentTokens: {},
    attaching: null,
    lastChatId: null,
    places: {},
    proposals: {},
    removingConversation: null,
    chatSearch: { query: '', hits: null, failure: null },
    chatTarget: null,
    ...createConversationList(tools, create),
    ...createChatMessages(tools),
    ...createChatDrafts(tools, create),
    ...createChatTurns(tools, create),
  }
}

/** The browser's own; a hidden window gets no frames, so a timer stands in there. */
function windowSurroundings(): ChatSurroundings {
  return {
    storage: window.sessionStorage,
    nextFrame(callback) {
      if (document.hidden) window.setTimeout(callback, 100)
      else window.requestAnimationFrame(callback)
    },
    later(callback, milliseconds) {
      const timer = window.setTimeout(callback, milliseconds)
      return () => window.clearTimeout(timer)
    },
  }
}
