// Sending, refusal, stopping and re-attaching, as the window's state sees them.
import { expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { conversation, makeChatSlice, message, openChat } from './chatFixture.ts'

const answering = message('a', { role: 'assistant', parentId: 'p', text: '', state: 'streaming' })

function shown(chat: Awaited<ReturnType<typeof openChat>>): string[] {
  return (chat.get().chats['c']?.messages ?? []).map(({ id, state }) => `${id} ${state}`)
}

test('the draft stays until the turn is accepted; text arrives once per frame', async () => {
  const chat = await openChat()
  chat.get().changeDraft('How long?')
  const sent = chat.get().sendDraft()
  expect(chat.get().drafts['c']?.text).toBe('How long?')
  expect(chat.get().chats['c']?.pending?.turn).toEqual({ kind: 'send', text: 'How long?', documentIds: [] })
  const [stream] = chat.streams
  expect(stream?.input).toEqual({ conversationId: 'c', text: 'How long?', documentIds: [], overflow: 'ask' })

  stream?.queue.put({ type: 'accepted', personMessageId: 'p', answerMessageId: 'a' })
  await chat.settle()
  expect(chat.get().drafts['c']?.text).toBe('')
  chat.announce('chat.message-changed', message('p'))
  chat.announce('chat.message-changed', answering)
  expect(shown(chat)).toEqual(['p complete', 'a streaming'])
  expect(chat.get().chats['c']?.pending).toBeNull()
  expect(chat.streams).toHaveLength(1)

  const before = chat.sets()
  for (const text of ['Ele', 'ven', ' days']) stream?.queue.put({ type: 'text', text })
  await chat.settle()
  expect(chat.sets()).toBe(before)
  chat.frame()
  expect(chat.sets()).toBe(before + 1)
  expect(chat.get().liveAnswers['a']?.text).toBe('Eleven days')

  chat.announce('chat.message-changed', { ...answering, text: 'Eleven days', state: 'complete' })
  expect(chat.get().liveAnswers).toEqual({})
  expect(shown(chat)).toEqual(['p complete', 'a complete'])
  stream?.queue.put({
    type: 'finished',
    reason: 'complete',
    evaluatedTokens: 1,
    generatedTokens: 2,
    leftOutMessages: 0,
  })
  stream?.queue.end(ok(undefined))
  await sent
  expect(chat.get().liveAnswers).toEqual({})
})

test('an event that comes before `accepted` neither follows the answer twice nor shows it twice', async () => {
  const chat = await openChat()
  chat.get().changeDraft('x')
  void chat.get().sendDraft()
  chat.announce('chat.message-changed', message('p'))
  chat.announce('chat.message-changed', answering)
  chat.streams[0]?.queue.put({ type: 'accepted', personMessageId: 'p', answerMessageId: 'a' })
  await chat.settle()
  expect(chat.streams.map(({ method }) => method)).toEqual(['chat.send'])
  expect(chat.get().chats['c']?.pending).toBeNull()
})

test('a refusal keeps the draft; a choice sends the same turn again', async () => {
  const chat = await openChat()
  chat.get().changeDraft('long')
  const sent = chat.get().sendDraft()
  const full = fail('context-full', { neededTokens: 9, contextTokens: 8, reservedTokens: 2 })
  chat.streams[0]?.queue.end(full)
  await sent
  expect(chat.get().drafts['c']?.text).toBe('long')
  expect(chat.get().chats['c']).toMatchObject({
    pending: null,
    refused: { turn: { kind: 'send', text: 'long', documentIds: [] }, failure: full.failure },
  })
  void chat.get().resendRefused('leave-out-oldest')
  expect(chat.get().chats['c']?.refused).toBeNull()
  expect(chat.streams[1]?.input).toMatchObject({ text: 'long', overflow: 'leave-out-oldest' })
})

test('starting fresh takes the text and its documents to a new conversation', async () => {
  const chat = await openChat([message('p')])
  chat.answers['chat.create'] = () => ok(conversation('n', { title: '' }))
  chat.get().changeDraft('long')
  const sent = chat.get().sendDraft()
  chat.streams[0]?.queue.end(fail('context-full', { neededTokens: 9, contextTokens: 8, reservedTokens: 2 }))
  await sent
  await chat.get().startFresh()
  expect(chat.get().route).toEqual({ room: 'chat', id: 'n' })
  expect(chat.get().drafts['n']?.text).toBe('long')
  expect(chat.get().drafts['c']?.text).toBe('')
})

test('editing sends with the parent of the edited message', async () => {
  const chat = await openChat([message('p'), message('q', { parentId: 'p' })])
  chat.get().editMessage(message('q', { parentId: 'p' }))
  void chat.get().sendDraft()
  expect(chat.streams[0]?.input).toMatchObject({ text: 'text of q', parentId: 'p' })
  chat.get().cancelEdit()
  chat.get().editMessage(message('p'))
  chat.streams[0]?.queue.end(ok(undefined))
  await chat.settle()
  void chat.get().sendDraft()
  expect(chat.streams[1]?.input).toMatchObject({ text: 'text of p', parentId: null })
})

test('a new branch ends what was shown after its parent', async () => {
  const chat = await openChat([message('p'), message('a', { role: 'assistant', parentId: 'p' })])
  chat.announce('chat.message-changed', message('b', { role: 'assistant', parentId: 'p' }))
  expect(shown(chat)).toEqual(['p complete', 'b complete'])
  chat.announce('chat.message-changed', message('z', { parentId: 'elsewhere' }))
  expect(shown(chat)).toEqual(['p complete', 'b complete'])
})

test('Stop before acceptance cancels, after it stops the message', async () => {
  const chat = await openChat()
  chat.answers['chat.stop'] = () => ok({})
  chat.get().changeDraft('x')
  void chat.get().sendDraft()
  await chat.get().stopAnswer()
  expect(chat.streams[0]?.signal?.aborted).toBe(true)
  chat.streams[0]?.queue.put({ type: 'accepted', personMessageId: 'p', answerMessageId: 'a' })
  await chat.settle()
  chat.announce('chat.message-changed', message('p'))
  chat.announce('chat.message-changed', answering)
  await chat.get().stopAnswer()
  expect(chat.calls.at(-1)).toEqual({ method: 'chat.stop', input: { messageId: 'a' } })
})

test('after a reload an answer being written is followed, and its first text replaces what was there', async () => {
  const chat = await openChat([message('p'), { ...answering, text: 'Elev' }])
  expect(chat.streams.map(({ method, input }) => [method, input])).toEqual([['chat.follow', { messageId: 'a' }]])
  chat.streams[0]?.queue.put({ type: 'text', text: 'Eleven' })
  chat.streams[0]?.queue.put({ type: 'text', text: ' days' })
  await chat.settle()
  chat.frame()
  expect(chat.get().liveAnswers['a']?.text).toBe('Eleven days')
})

test('a follow that ends without its event reads the list again', async () => {
  const chat = await openChat([message('p'), { ...answering, text: 'Elev' }])
  chat.answers['chat.messages'] = () => ok([message('p'), { ...answering, text: 'Eleven', state: 'partial' }])
  chat.streams[0]?.queue.end(ok(undefined))
  await chat.settle()
  await chat.settle()
  expect(shown(chat)).toEqual(['p complete', 'a partial'])
  expect(chat.get().liveAnswers).toEqual({})
})

test('the first message of all makes its conversation', async () => {
  const chat = makeChatSlice()
  chat.answers['chat.create'] = () => ok(conversation('n', { title: '' }))
  chat.get().changeDraft('Hello')
  void chat.get().sendDraft()
  await chat.settle()
  expect(chat.streams[0]?.input).toMatchObject({ conversationId: 'n', text: 'Hello' })
  expect(chat.get().route).toEqual({ room: 'chat', id: 'n' })
})
