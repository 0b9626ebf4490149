// Chat on the real engine with the starter model: answers, reuse of what was read, stop, an engine killed in between.
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnswerItem } from '#contract/chat.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { ChatService } from '../../main/chat/chatService.ts'
import { PromptLibrary } from '../../main/prompts/promptLibrary.ts'
import type { Storage } from '../../main/storage/storage.ts'
import { createEngineHarness, nodeSpawn, type EngineHarness } from '../fakes/engineHarness.ts'
import { createFakeLogger } from '../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../fakes/memoryStorage.ts'
import { drain, newConversation, sending, shown, value } from '../unit/chat/chatFixture.ts'

const never = new AbortController().signal
const sentences = [
  'The harbour committee met on Tuesday to review the dredging plan.',
  'The channel has silted up by almost two metres since 2019.',
  'Larger ferries can no longer enter at low tide.',
  'The committee agreed to spend four million euros on dredging.',
  'Work will begin in March and last eleven weeks.',
]
const filler = Array.from({ length: 70 }, (_, day) => `On day ${day + 1} the crew measured the northern basin again.`)
const document = [...sentences, ...filler].join(' ')

let engine: EngineHarness
let storage: Storage
let chat: ChatService
let kill: () => void

beforeAll(async () => {
  engine = createEngineHarness({
    spawn: (kind, limits) => {
      const child = nodeSpawn(kind, limits)
      kill = () => child.kill()
      return child
    },
  })
  storage = await openMemoryStorage()
  chat = new ChatService({
    storage,
    generator: engine.client,
    documents: { get: documentRecord, allSegments: documentSegments },
    prompts: await PromptLibrary.load(fileURLToPath(new URL('../../resources/prompts', import.meta.url))),
    announce: () => undefined,
    logger: createFakeLogger(),
    now: () => new Date(),
    newId: randomUUID,
  })
}, 60_000)

afterAll(async () => {
  await chat.close()
  await engine.client.close()
  await storage.close()
})

describe('the starter model', () => {
  test('answers small talk, copies the opening of a document, and reads only what is new in the next turn', async () => {
    const id = await newConversation(chat)
    const first = await send(id, 'Summarize this document.', ['d1'])
    expect(textOf(first.items)).toContain(sentences[0])
    const opening = finishedOf(first.items)
    expect(opening.evaluatedTokens).toBeGreaterThan(900)
    const budget = value(await chat.budget({ conversationId: id, text: 'Thanks!', documentIds: [] }, never))
    expect(budget).toMatchObject({ contextTokens: 2048, reservedTokens: 512, fits: true, messagesOverLimit: 0 })
    const second = await send(id, 'Thanks!')
    const next = finishedOf(second.items)
    expect(next.evaluatedTokens).toBeLessThanOrEqual(32 + budget.draftTokens)
    const answer = value(await chat.messages(id)).at(1)
    expect(answer?.provenance).toMatchObject({ documentSha256: 'sha-d1', mode: 'extractive', seed: 0 })
    expect(value(await chat.list())[0]).toMatchObject({ title: 'Summarize this document.', titledBy: 'start' })
  }, 60_000)

  test('reads ahead while the person types, so that sending reads almost nothing', async () => {
    const id = await newConversation(chat)
    const text = 'Summarize this document.'
    expect(await chat.preload({ conversationId: id, text, documentIds: ['d1'] }, never)).toEqual(ok(undefined))
    const { items } = await send(id, text, ['d1'])
    expect(finishedOf(items).evaluatedTokens).toBeLessThanOrEqual(32)
  }, 60_000)

  test('stops when told to, and its partial text stays', async () => {
    const id = await newConversation(chat)
    const stream = chat.send(sending(id, 'Summarize this document.', { documentIds: ['d1'] }), never)
    let answerId = ''
    for (;;) {
      const step = await stream.next()
      if (step.done) throw new Error('ended before it was stopped')
      if (step.value.type === 'accepted') answerId = step.value.answerMessageId
      if (step.value.type === 'text') break
    }
    expect(await chat.stop(answerId)).toEqual(ok(undefined))
    expect(finishedOf((await drain(stream)).items).reason).toBe('stopped')
    expect(value(await chat.messages(id)).at(-1)?.state).toBe('partial')
  }, 60_000)

  test('killed before its answer, it fails with a coded failure and answers again the next time', async () => {
    const id = await newConversation(chat)
    const stream = chat.send(sending(id, 'Summarize this document.', { documentIds: ['d1'] }), never)
    const accepted = await stream.next()
    if (accepted.done || accepted.value.type !== 'accepted') throw new Error('not accepted')
    kill()
    expect((await drain(stream)).ending).toMatchObject({ ok: false, failure: { code: 'engine-crashed' } })
    expect(value(await chat.messages(id)).at(-1)?.state).toBe('failed')
    const messageId = accepted.value.answerMessageId
    const again = await drain(chat.regenerate({ conversationId: id, messageId, overflow: 'ask' }, never))
    expect(textOf(again.items)).toContain(sentences[0])
    expect((await shown(chat, id)).at(-1)).toContain('(complete, 2 of 2)')
  }, 60_000)
})

async function send(conversationId: string, text: string, documentIds: string[] = []) {
  const drained = await drain(chat.send(sending(conversationId, text, { documentIds }), never))
  expect(drained.ending).toEqual(ok(undefined))
  return drained
}

function textOf(items: readonly AnswerItem[]): string {
  return items.map((item) => (item.type === 'text' ? item.text : '')).join('')
}

function finishedOf(items: readonly AnswerItem[]) {
  const last = items.at(-1)
  if (last?.type !== 'finished') throw new Error('not finished')
  return last
}

function documentRecord(id: string): Promise<Result<DocumentRecord>> {
  if (id !== 'd1') return Promise.resolve(fail('not-found', { what: 'document', id }))
  const at = '2026-11-20T09:00:00.000Z'
  return Promise.resolve(
    ok({
      id,
      name: 'harbour.txt',
      path: '/somewhere/harbour.txt',
      sha256: 'sha-d1',
      format: 'text' as const,
      bytes: document.length,
      characters: document.length,
      segments: 1,
      title: null,
      coverage: { unit: 'line' as const, total: 1, read: 1, withoutText: [] },
      addedAt: at,
      openedAt: at,
    }),
  )
}

function documentSegments(): Promise<Result<readonly Segment[]>> {
  return Promise.resolve(ok([{ text: document, locator: { kind: 'lines', from: 1, to: 1 } }]))
}
