// The list of conversations, drafts and search, as the window's state sees them.
import { expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import { dayGroup } from '../../../../renderer/features/chat/chatWords.ts'
import { conversation, makeChatSlice, message, openChat } from './chatFixture.ts'

function ids(chat: ReturnType<typeof makeChatSlice>): string[] {
  return chat.get().conversations.map(({ id }) => id)
}

test('removal waits eight seconds and can be undone', async () => {
  const chat = await openChat()
  chat.answers['chat.remove'] = () => ok({})
  chat.get().removeConversation('c')
  expect([ids(chat), chat.get().removingConversation?.id, chat.get().route.id]).toEqual([[], 'c', null])
  chat.pass(7999)
  chat.get().undoConversationRemoval()
  chat.pass(10_000)
  expect([ids(chat), chat.get().route.id]).toEqual([['c'], 'c'])
  expect(chat.calls.some(({ method }) => method === 'chat.remove')).toBe(false)
  chat.get().removeConversation('c')
  chat.announce('chat.conversation-changed', conversation('c'))
  expect(ids(chat)).toEqual([])
  chat.pass(8000)
  expect(chat.calls.at(-1)).toEqual({ method: 'chat.remove', input: { conversationId: 'c' } })
})

test('a second removal does not wait for the first', async () => {
  const chat = await openChat()
  chat.announce('chat.conversation-changed', conversation('d'))
  chat.get().removeConversation('c')
  chat.get().removeConversation('d')
  expect(chat.calls.at(-1)).toEqual({ method: 'chat.remove', input: { conversationId: 'c' } })
  expect(chat.get().removingConversation?.id).toBe('d')
})

test('the list stays in the order of changes', async () => {
  const chat = await openChat()
  chat.announce('chat.conversation-changed', conversation('older', { updatedAt: '2026-11-19T10:00:00.000Z' }))
  chat.announce('chat.conversation-changed', conversation('newer', { updatedAt: '2026-11-21T10:00:00.000Z' }))
  expect(ids(chat)).toEqual(['newer', 'c', 'older'])
  chat.announce('chat.conversation-removed', { conversationId: 'c' })
  expect(ids(chat)).toEqual(['newer', 'older'])
})

test('a new conversation is one begun and never used, when there is one', async () => {
  const chat = await openChat()
  chat.answers['chat.create'] = () => ok(conversation('n', { title: '' }))
  await chat.get().newConversation()
  await chat.get().newConversation()
  expect(chat.calls.filter(({ method }) => method === 'chat.create')).toHaveLength(1)
  expect(chat.get().route.id).toBe('n')
})

test('a conversation about a document begins with it attached and counted', async () => {
  const chat = await openChat()
  chat.answers['chat.create'] = () => ok(conversation('n', { title: '' }))
  chat.answers['chat.budget'] = () =>
    ok({
      contextTokens: 100,
      reservedTokens: 10,
      historyTokens: 0,
      documentTokens: 42,
      draftTokens: 0,
      messagesOverLimit: 0,
      fits: true,
    })
  await chat.get().startConversationAbout('doc')
  await chat.settle()
  expect(chat.get().drafts['n']).toEqual({ text: '', documentIds: ['doc'], editing: null })
  expect(chat.get().documentTokens).toEqual({ doc: 42 })
  chat.get().detachDocument('doc')
  expect(chat.get().drafts['n']?.documentIds).toEqual([])
})

test('drafts outlive a reload; what is damaged is left out', async () => {
  const chat = await openChat()
  chat.get().changeDraft('half a thought')
  chat.pass(250)
  const again = makeChatSlice(chat.stored)
  expect(again.get().drafts).toEqual({ c: { text: 'half a thought', documentIds: [], editing: null } })
  const damaged = makeChatSlice(
    new Map([['sotto.drafts', '{"a":{"text":1},"b":null,"c":{"text":"t","documentIds":[2,"d"],"editing":{}}}']]),
  )
  expect(damaged.get().drafts).toEqual({ c: { text: 't', documentIds: ['d'], editing: null } })
  expect(makeChatSlice(new Map([['sotto.drafts', 'nonsense']])).get().drafts).toEqual({})
})

test('the model reads ahead only when there is much to read, once the keys rest', async () => {
  const chat = await openChat()
  function preloads(): number {
    return chat.calls.filter(({ method }) => method === 'chat.preload').length
  }
  chat.get().changeDraft('short')
  chat.pass(1000)
  expect(preloads()).toBe(0)
  chat.get().changeDraft('long '.repeat(50))
  chat.pass(299)
  chat.get().changeDraft('long '.repeat(51))
  chat.pass(299)
  expect(preloads()).toBe(0)
  chat.pass(1)
  expect(preloads()).toBe(1)
})

test('a search hit opens its conversation at the message, on its own branch if need be', async () => {
  const chat = await openChat([message('p')])
  chat.answers['chat.search'] = () => ok([])
  chat.get().searchChats('quay')
  chat.get().searchChats('quays')
  chat.pass(120)
  await chat.settle()
  expect(chat.calls.filter(({ method }) => method === 'chat.search').map(({ input }) => input)).toEqual([
    { query: 'quays' },
  ])
  expect(chat.get().chatSearch).toEqual({ query: 'quays', hits: [], failure: null })
  chat.answers['chat.select'] = () => ok([message('other')])
  const snippet = { text: '', marks: [] }
  await chat.get().openHit({ conversation: conversation('c'), messageId: 'other', snippet })
  expect(chat.get().chats['c']?.messages.map(({ id }) => id)).toEqual(['other'])
  expect(chat.get().chatTarget).toBe('other')
  chat.get().searchChats('')
  expect(chat.get().chatSearch.hits).toBeNull()
})

test('days of the list are those of this computer', () => {
  const now = new Date(2026, 10, 20, 0, 30)
  expect(
    [new Date(2026, 10, 20, 0, 1), new Date(2026, 10, 19, 23, 59), new Date(2026, 10, 14), new Date(2026, 10, 13)].map(
      (at) => dayGroup(at, now),
    ),
  ).toEqual(['today', 'yesterday', 'week', 'earlier'])
})
