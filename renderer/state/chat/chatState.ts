// The shapes of the chat room's state.
import type { CloudProposal } from '#contract/cloud.ts'
import type { ContextBudget, Conversation, Message, SearchHit } from '#contract/chat.ts'
import type { SampleDocument } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'

/** How much of a prompt the model has read, in tokens. */
export type Reading = { readonly evaluatedTokens: number; readonly totalTokens: number }

/** An answer being written, as far as this window has it. */
export type LiveAnswer = { readonly text: string; readonly reading: Reading | null }

/** What is being written in a composer. `editing` is the message it will stand beside as a new branch. */
export type Draft = {
  readonly text: string
  readonly documentIds: readonly string[]
  readonly editing: { readonly messageId: string; readonly parentId: string | null } | null
}

/** What was asked: a message, or another answer. `parentId` is absent at the end of the branch. */
export type Turn =
  | {
      readonly kind: 'send'
      readonly text: string
      readonly documentIds: readonly string[]
      readonly parentId?: string | null
    }
  | { readonly kind: 'regenerate'; readonly messageId: string }

/** A choice for a turn that does not fit. */
export type Overflow = 'leave-out-oldest' | 'summarize-older' | 'shorten-documents' | 'larger-context'

/** A turn on its way that is not stored yet; `answerId` once it is, until the answer is in the list. */
export type PendingTurn = {
  readonly turn: Turn
  readonly reading: Reading | null
  readonly answerId: string | null
  /** The provider that answers; absent on this computer. */
  readonly providerName?: string
}

/** A turn that was refused before anything was stored; its text is still in the draft. */
export type RefusedTurn = {
  readonly turn: Turn
  readonly failure: Failure
  /** The largest context the model could have here; absent while it is not known, or where it does not matter. */
  readonly largestContextTokens?: number
}

/** One conversation as the room shows it: the messages of the shown branch, first to last. */
export type ChatView = {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly failure: Failure | null
  readonly messages: readonly Message[]
  readonly pending: PendingTurn | null
  readonly refused: RefusedTurn | null
}

/** What the search field found; `hits` is null while nothing is searched. */
export type ChatSearch = {
  readonly query: string
  readonly hits: readonly SearchHit[] | null
  readonly failure: Failure | null
}

/** The chat part of the window's state. */
export type ChatSlice = {
  /** Last changed first; one being removed is not among them. */
  readonly conversations: readonly Conversation[]
  readonly conversationsFailure: Failure | null
  /** The open conversations by id. */
  readonly chats: Readonly<Record<string, ChatView>>
  readonly liveAnswers: Readonly<Record<string, LiveAnswer>>
  /** Drafts by conversation id; `newChatKey` for the one that has none yet. */
  readonly drafts: Readonly<Record<string, Draft>>
  readonly budgets: Readonly<Record<string, ContextBudget>>
  /** Tokens of a whole document for the present model, by document id. */
  readonly documentTokens: Readonly<Record<string, number>>
  /** The sample being read to be attached, and why the last one could not be. */
  readonly attaching: { readonly name: string; readonly failure: Failure | null } | null
  readonly lastChatId: string | null
  /** Draft keys whose next task is to be asked for outside; what is not named stays on this computer. */
  readonly places: Readonly<Record<string, 'cloud'>>
  /** Where the draft of a conversation would be better answered; null where nothing speaks for a change. */
  readonly proposals: Readonly<Record<string, CloudProposal | null>>
  /** The conversation that goes in a few seconds unless the person undoes it. */
  readonly removingConversation: Conversation | null
  readonly chatSearch: ChatSearch
  /** The message a search hit leads to; the room scrolls there and clears it. */
  readonly chatTarget: string | null

  refreshConversations(): Promise<void>
  newConversation(): Promise<void>
  startConversationAbout(documentId: string): Promise<void>
  openConversation(conversationId: string): Promise<void>
  renameConversation(conversationId: string, title: string): Promise<void>
  removeConversation(conversationId: string): void
  undoConversationRemoval(): void
  searchChats(query: string): void
  openHit(hit: SearchHit): Promise<void>
  reachTarget(): void

  changeDraft(text: string): void
  attachDocument(documentId: string): void
  /** Reads a document that comes with the app and attaches it. */
  attachSample(sample: SampleDocument): Promise<void>
  detachDocument(documentId: string): void
  editMessage(message: Message): void
  cancelEdit(): void
  /** Asks what the open conversation and its draft take of the context. */
  refreshBudget(): void

  /** For the next task of the shown conversation only; an open envelope keeps it where it is. */
  choosePlace(place: 'here' | 'cloud'): void
  /** Sends here, or, with the toggle out, has the sheet opened. */
  sendDraft(): Promise<void>
  regenerate(messageId: string): Promise<void>
  resendRefused(overflow: Overflow): Promise<void>
  dismissRefused(): void
  /** Takes the refused text to a conversation of its own. */
  startFresh(): Promise<void>
  selectBranch(messageId: string): Promise<void>
  stopAnswer(): Promise<void>
  /** Streams an answer under a grant; answers why it did not begin, or null. */
  runCloudTurn(conversationId: string, turn: Turn, grantId: string, providerName: string): Promise<Failure | null>
}

/** Key of the draft that belongs to no conversation yet. */
export const newChatKey = 'new'

/** Nothing written. */
export const emptyDraft: Draft = { text: '', documentIds: [], editing: null }

/** A conversation nothing is known of yet. */
export const unloadedView: ChatView = { state: 'loading', failure: null, messages: [], pending: null, refused: null }

/** The conversation the room shows: the address's, else the last one, else the newest; null when there is none. */
export function shownChatId(state: {
  readonly route: { readonly room: string; readonly id: string | null }
  readonly lastChatId: string | null
  readonly conversations: readonly Conversation[]
}): string | null {
  const asked = state.route.room === 'chat' ? state.route.id : null
  if (asked !== null) return asked
  const last = state.conversations.find(({ id }) => id === state.lastChatId)
  return (last ?? state.conversations[0])?.id ?? null
}
