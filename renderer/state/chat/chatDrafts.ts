// Drafts with their documents: what they cost, reading ahead while the person types, and editing as a new branch.
import type { SampleDocument } from '#contract/document.ts'
import { type ChatSlice, emptyDraft, newChatKey, shownChatId } from './chatState.ts'
import type { ChatTools } from './chatTools.ts'
import { createProposing } from './chatProposals.ts'
import { keepDrafts } from './storedDrafts.ts'

type DraftActions = Pick<
  ChatSlice,
  'changeDraft' | 'attachDocument' | 'attachSample' | 'detachDocument' | 'editMessage' | 'cancelEdit' | 'refreshBudget'
>

/** Milliseconds without a key before each thing that follows from a draft. */
const pause = { preload: 300, budget: 400, keep: 250, propose: 700 }

/** Below this many characters reading ahead saves nothing. */
const worthReading = 200

/** Actions on drafts. `create` makes a conversation for a draft that has none. */
export function createChatDrafts(tools: ChatTools, create: () => Promise<string | null>): DraftActions {
  const { draftKey, draft, setDraft, get } = tools
  const preload = createPreload(tools)
  const budget = createBudget(tools)
  const propose = settled(tools, pause.propose, createProposing(tools))
  const keep = settled(tools, pause.keep, () => keepDrafts(tools.storage, get().drafts))
  function changed(): void {
    keep()
    preload()
    budget()
    propose()
  }
  return {
    refreshBudget: budget,
    changeDraft(text) {
      setDraft(draftKey(), { text })
      changed()
    },
    attachDocument(documentId) {
      const { documentIds } = draft(draftKey())
      if (documentIds.includes(documentId)) return
      setDraft(draftKey(), { documentIds: [...documentIds, documentId] })
      changed()
      void costOf(tools, documentId, create)
    },
    async attachSample(sample) {
      const documentId = await readSample(tools, sample)
      if (documentId !== null) get().attachDocument(documentId)
    },
    detachDocument(documentId) {
      const { documentIds } = draft(draftKey())
      setDraft(draftKey(), { documentIds: documentIds.filter((id) => id !== documentId) })
      changed()
    },
    editMessage({ id, parentId, text, documentIds }) {
      setDraft(draftKey(), { text, documentIds, editing: { messageId: id, parentId } })
      changed()
      for (const documentId of documentIds) void costOf(tools, documentId, create)
    },
    cancelEdit() {
      setDraft(draftKey(), emptyDraft)
      changed()
    },
  }
}

/** Puts a sample into the library and answers its id; the library knows one it has by its bytes. */
async function readSample({ client, get, set }: ChatTools, sample: SampleDocument): Promise<string | null> {
  set({ attaching: { name: sample.title, failure: null } })
  const items = client.stream('documents.add', { path: sample.path })
  let documentId: string | null = null
  for (;;) {
    const step = await items.next()
    if (step.done === true) {
      set({ attaching: step.value.ok ? null : { name: sample.title, failure: step.value.failure } })
      break
    }
    if (step.value.type === 'added') documentId = step.value.document.id
  }
  if (documentId !== null) await get().refreshDocuments()
  return documentId
}

/** Runs `action` once nothing has asked for it during `milliseconds`. */
function settled({ later }: ChatTools, milliseconds: number, action: () => void): () => void {
  let takeBack: () => void = () => undefined
  return () => {
    takeBack()
    takeBack = later(action, milliseconds)
  }
}

/** Has the model read the turn, but only when that is much to read and it is not writing just then. */
function createPreload(tools: ChatTools): () => void {
  const { client, get, draft, view } = tools
  let reading: AbortController | null = null
  return settled(tools, pause.preload, () => {
    reading?.abort()
    const conversationId = shownChatId(get())
    if (conversationId === null) return
    const { text, documentIds, editing } = draft(conversationId)
    const busy = view(conversationId).pending !== null || view(conversationId).messages.at(-1)?.state === 'streaming'
    if (busy || editing !== null || (text.length < worthReading && documentIds.length === 0)) return
    reading = new AbortController()
    const input = { conversationId, text, documentIds: [...documentIds] }
    void client.call('chat.preload', input, { signal: reading.signal })
  })
}

/** Asks what the turn takes. Without a draft the model is not loaded for it. */
function createBudget(tools: ChatTools): () => void {
  const { client, get, set, draft } = tools
  let asked = 0
  return settled(tools, pause.budget, () => {
    const conversationId = shownChatId(get())
    if (conversationId === null) return
    const { text, documentIds } = draft(conversationId)
    if (text === '' && documentIds.length === 0 && get().engine.state !== 'ready') return
    const mine = (asked += 1)
    void client.call('chat.budget', { conversationId, text, documentIds: [...documentIds] }).then((budget) => {
      if (budget.ok && mine === asked) set({ budgets: { ...get().budgets, [conversationId]: budget.value } })
    })
  })
}

/** Counts one document for its chip; a conversation is made when there is none to ask in. */
async function costOf(tools: ChatTools, documentId: string, create: () => Promise<string | null>): Promise<void> {
  const { client, get, set, draftKey } = tools
  if (get().documentTokens[documentId] !== undefined) return
  const conversationId = draftKey() === newChatKey ? await create() : draftKey()
  if (conversationId === null) return
  const budget = await client.call('chat.budget', { conversationId, text: '', documentIds: [documentId] })
  if (budget.ok) set({ documentTokens: { ...get().documentTokens, [documentId]: budget.value.documentTokens } })
}
