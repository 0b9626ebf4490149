// The toggle and turns outside: turned out nothing is sent by Send, and a grant's answer is an answer like any other.
import { expect, test } from 'vitest'
import type { OpenScope } from '#contract/consent.ts'
import type { Failure } from '#contract/failures.ts'
import { failureOf, ok } from '#contract/result.ts'
import type { CloudOrder } from '../../../../renderer/state/cloud/cloudState.ts'
import { type ChatFixture, conversation, makeChatSlice, message, openChat } from './chatFixture.ts'

const turn = { kind: 'send', text: 'Hello', documentIds: [] } as const // as: a fixed turn

/** Puts what the cloud slice would hold beside the chat slice. */
function beside(chat: ChatFixture, scopes: readonly OpenScope[] = []): CloudOrder[] {
  const orders: CloudOrder[] = []
  Object.assign(chat.get(), {
    cloudScopes: scopes,
    askCloud: async (order: CloudOrder) => void orders.push(order),
  })
  return orders
}

function run(chat: ChatFixture): Promise<Failure | null> {
  return chat.get().runCloudTurn('c', turn, 'g-1', 'Provider')
}

test('with the toggle out Send asks for the sheet and opens no stream; the text stays', async () => {
  const chat = await openChat()
  chat.get().changeDraft('Hello')
  chat.get().choosePlace('cloud')
  const orders = beside(chat)
  await chat.get().sendDraft()
  expect(orders).toEqual([{ kind: 'message', conversationId: 'c', turn, history: true }])
  expect(chat.streams).toEqual([])
  expect(chat.get().drafts['c']?.text).toBe('Hello')
})

test('another answer goes where the toggle stands', async () => {
  const chat = await openChat([message('m')])
  chat.get().choosePlace('cloud')
  const orders = beside(chat)
  await chat.get().regenerate('m')
  chat.get().choosePlace('here')
  void chat.get().regenerate('m')
  await chat.settle()
  expect(orders).toEqual([
    { kind: 'message', conversationId: 'c', turn: { kind: 'regenerate', messageId: 'm' }, history: true },
  ])
  expect(chat.streams.map(({ method }) => method)).toEqual(['chat.regenerate'])
})

test('turned back while it is prepared, what was meant for outside is given up; another conversation’s is not', async () => {
  const chat = await openChat()
  const given: string[] = []
  Object.assign(chat.get(), {
    cloudPreparing: { kind: 'message', conversationId: 'c', turn, history: true } satisfies CloudOrder,
    dropCloudPreparing: () => void given.push(chat.get().cloudPreparing?.kind ?? 'nothing'),
  })
  chat.get().choosePlace('cloud')
  expect(given).toEqual([])
  chat.get().choosePlace('here')
  expect(given).toEqual(['message'])
  Object.assign(chat.get(), { cloudPreparing: { kind: 'message', conversationId: 'd', turn, history: true } })
  chat.get().choosePlace('here')
  expect(given).toEqual(['message'])
})

test('an answer under a grant takes the draft once it is stored, and the toggle comes back', async () => {
  const chat = await openChat()
  chat.get().changeDraft('Hello')
  chat.get().choosePlace('cloud')
  beside(chat)
  const running = run(chat)
  expect(chat.streams.map(({ method, input }) => [method, input])).toEqual([['chat.run-cloud', { grantId: 'g-1' }]])
  expect(chat.get().chats['c']?.pending).toEqual({ turn, providerName: 'Provider', reading: null, answerId: null })
  const [stream] = chat.streams
  stream?.queue.put({ type: 'accepted', personMessageId: 'm-1', answerMessageId: 'm-2' })
  await chat.settle()
  expect(chat.get().drafts['c']?.text).toBe('')
  stream?.queue.end(ok(undefined))
  expect(await running).toBe(null)
  expect(chat.get().places).toEqual({})
})

test('while a permission is open for the conversation the toggle stays out', async () => {
  const chat = await openChat()
  chat.get().choosePlace('cloud')
  beside(chat, [{ scope: 'conversation', conversationId: 'c' } as OpenScope]) // as: only these are read
  const running = run(chat)
  chat.streams[0]?.queue.put({ type: 'accepted', personMessageId: 'm-1', answerMessageId: 'm-2' })
  chat.streams[0]?.queue.end(ok(undefined))
  await running
  expect(chat.get().places).toEqual({ c: 'cloud' })
})

test('what ends before it is stored is answered with its reason, and the draft stays', async () => {
  const chat = await openChat()
  chat.get().changeDraft('Hello')
  beside(chat)
  const running = run(chat)
  const failure = failureOf('consent-expired', {})
  chat.streams[0]?.queue.end({ ok: false, failure })
  expect(await running).toEqual(failure)
  expect([chat.get().drafts['c']?.text, chat.get().chats['c']?.pending]).toEqual(['Hello', null])
})

test('a place chosen before there is a conversation goes along to it', async () => {
  const chat = makeChatSlice()
  chat.answers['chat.create'] = () => ok(conversation('fresh', { title: '' }))
  chat.get().changeDraft('Hello')
  chat.get().choosePlace('cloud')
  const orders = beside(chat)
  await chat.get().sendDraft()
  expect(chat.get().places).toEqual({ fresh: 'cloud' })
  expect(orders.map((order) => order.kind === 'message' && order.conversationId)).toEqual(['fresh'])
})

test('a proposal is asked for after a pause, only where somebody could be asked, and changes nothing', async () => {
  const chat = await openChat()
  chat.answers['chat.propose-cloud'] = () =>
    ok({ place: 'local', model: null, reasons: ['secret-found'], estimate: null })
  const asked = () => chat.calls.filter(({ method }) => method === 'chat.propose-cloud').length
  chat.get().changeDraft('Hello')
  chat.pass(1000)
  expect(asked()).toBe(0)
  Object.assign(chat.get(), { cloud: { chosen: { providerId: 'p' }, blocked: null, open: 0, streams: 0 } })
  chat.get().changeDraft('Hello there')
  chat.pass(300)
  chat.get().changeDraft('Hello there!')
  chat.pass(1000)
  await chat.settle()
  expect(asked()).toBe(1)
  expect(chat.get().proposals).toEqual({
    c: { place: 'local', model: null, reasons: ['secret-found'], estimate: null },
  })
  expect([chat.get().places, chat.streams]).toEqual([{}, []])
})
