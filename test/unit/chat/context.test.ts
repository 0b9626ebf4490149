// What happens at the limit of the context, titles, preloading, and very long conversations.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { exchange, makeChat, newConversation, shown, value } from './chatFixture.ts'
import { answering } from './scriptedGenerator.ts'

const never = new AbortController().signal

/** A text of so many words (one token each). */
function wordy(count: number, word = 'word'): string {
  return Array.from({ length: count }, () => word).join(' ')
}

/** Five exchanges of 51 tokens: with the system prompt 261 of the 300 that are free for the prompt. */
async function nearlyFull() {
  const chat = await makeChat()
  const id = await newConversation(chat.service, 'Long')
  chat.generator.chat = answering(wordy(20, 'answer'))
  for (let turn = 1; turn <= 5; turn += 1) await exchange(chat.service, id, wordy(23, `q${turn}`))
  chat.generator.requests.length = 0
  return { ...chat, id }
}

describe('budget', () => {
  test('adds up to what the model will be given', async () => {
    const { service, id, documents } = await nearlyFull()
    documents['d1'] = { name: 'a.txt', segments: [wordy(10)] }
    expect(await service.budget({ conversationId: id, text: wordy(9), documentIds: [] }, never)).toEqual(
      ok({
        contextTokens: 400,
        reservedTokens: 100,
        historyTokens: 265,
        documentTokens: 0,
        draftTokens: 9,
        messagesOverLimit: 0,
        fits: true,
      }),
    )
    expect(await service.budget({ conversationId: id, text: wordy(60), documentIds: ['d1'] }, never)).toEqual(
      ok({
        contextTokens: 400,
        reservedTokens: 100,
        historyTokens: 265,
        documentTokens: 13,
        draftTokens: 60,
        messagesOverLimit: 8,
        fits: false,
      }),
    )
  })

  test('an empty conversation takes the system prompt alone', async () => {
    const { service } = await makeChat()
    const id = await newConversation(service)
    const budget = value(await service.budget({ conversationId: id, text: '', documentIds: [] }, never))
    expect(budget).toMatchObject({ draftTokens: 0, messagesOverLimit: 0, fits: true })
  })
})

describe('a turn that does not fit', () => {
  test('is refused before anything is stored when the person is to be asked', async () => {
    const { service, id, generator } = await nearlyFull()
    const before = await shown(service, id)
    const { items, ending } = await exchange(service, id, wordy(60))
    expect(items).toEqual([])
    expect(ending).toEqual(fail('context-full', { neededTokens: 325, contextTokens: 400, reservedTokens: 100 }))
    expect(await shown(service, id)).toEqual(before)
    expect(generator.requests).toEqual([])
  })

  test('leaves out whole oldest turns down to half, says how many, and does not ask again until it is full again', async () => {
    const { service, id, generator } = await nearlyFull()
    const { items } = await exchange(service, id, wordy(36), { overflow: 'leave-out-oldest' })
    expect(items.at(-1)).toMatchObject({ type: 'finished', reason: 'complete', leftOutMessages: 6 })
    expect(generator.requests[0]?.turns.map(({ role, text }) => `${role} ${text.split(' ')[0]}`)).toEqual([
      'system Be',
      'person q4',
      'assistant answer',
      'person q5',
      'assistant answer',
      'person word',
    ])
    const next = await exchange(service, id, 'next')
    expect(next.items.at(-1)).toMatchObject({ reason: 'complete', leftOutMessages: 6 })
    expect(generator.requests[1]?.turns.slice(0, 6)).toEqual(generator.requests[0]?.turns)
    const full = await exchange(service, id, wordy(200))
    expect(full.ending).toMatchObject({ ok: false, failure: { code: 'context-full' } })
  })

  test('is answered in full again by a model with more room', async () => {
    const { service, id, generator } = await nearlyFull()
    await exchange(service, id, wordy(36), { overflow: 'leave-out-oldest' })
    generator.model = { ...generator.model, sha256: 'e'.repeat(64), contextTokens: 4000 }
    const { items } = await exchange(service, id, 'next')
    expect(items.at(-1)).toMatchObject({ leftOutMessages: 0 })
    expect(generator.requests.at(-1)?.turns.length).toBe(14)
  })

  test('fails whatever was chosen when the message alone is too long, and nothing is stored', async () => {
    const { service, id } = await nearlyFull()
    const before = await shown(service, id)
    for (const overflow of ['ask', 'leave-out-oldest', 'summarize-older'] as const) {
      const { ending } = await exchange(service, id, wordy(350), { overflow })
      expect(ending).toMatchObject({ ok: false, failure: { code: 'context-full' } })
    }
    expect(await shown(service, id)).toEqual(before)
  })

  test('has its older part summarized on this computer, once, and built on later', async () => {
    const { service, id, generator, storage } = await nearlyFull()
    generator.map = answering('They spoke of </conversation> words.')
    const { items } = await exchange(service, id, wordy(36), { overflow: 'summarize-older' })
    expect(items.at(-1)).toMatchObject({ type: 'finished', reason: 'complete', leftOutMessages: 8 })
    const [first, second] = generator.requests
    expect(first).toMatchObject({ lane: { kind: 'map' }, maxTokens: 50, temperature: 0, seed: 0 })
    expect(first?.turns[0]?.text.startsWith('Shorten:\nPerson: q1 q1')).toBe(true)
    expect(generator.requests.filter(({ lane }) => lane.kind === 'map').length).toBe(generator.requests.length - 1)
    const answered = generator.requests.at(-1)
    expect(answered?.turns.map(({ role, text }) => `${role} ${text.slice(0, 80)}`)).toEqual([
      'system Be kind.\n\n<conversation>\nThey spoke of ‹/conversation> words.\n</conversation>',
      `person ${wordy(23, 'q5').slice(0, 80)}`,
      `assistant ${wordy(20, 'answer').slice(0, 80)}`,
      `person ${wordy(36).slice(0, 80)}`,
    ])
    expect(second).toBeDefined()
    const stored = value(await storage.get<{ older_summary: string }>('SELECT older_summary FROM conversations'))
    expect(JSON.parse(stored?.older_summary ?? '')).toMatchObject({
      messages: 8,
      text: 'They spoke of </conversation> words.',
      modelSha256: 'f'.repeat(64),
    })
    generator.requests.length = 0
    const next = await exchange(service, id, 'next')
    expect(next.items.at(-1)).toMatchObject({ leftOutMessages: 8 })
    expect(generator.requests.map(({ lane }) => lane.kind)).toEqual(['chat'])
    generator.requests.length = 0
    await exchange(service, id, wordy(200), { overflow: 'summarize-older' })
    expect(generator.requests[0]?.turns[0]?.text).toContain('Shorten:\nThey spoke of')
  })

  test('keeps the draft when summarizing fails or is stopped', async () => {
    const { service, id, generator } = await nearlyFull()
    const before = await shown(service, id)
    generator.map = () => Promise.resolve(fail('engine-crashed', {}))
    expect((await exchange(service, id, wordy(60), { overflow: 'summarize-older' })).ending).toEqual(
      fail('engine-crashed', {}),
    )
    generator.map = answering('Half a', 'stopped')
    expect((await exchange(service, id, wordy(60), { overflow: 'summarize-older' })).items).toMatchObject([
      { type: 'finished', reason: 'stopped' },
    ])
    expect(await shown(service, id)).toEqual(before)
  })
})

describe('documents longer than the context', () => {
  const long = Array.from({ length: 40 }, (_, index) => `s${index} ${wordy(9)}`)

  test('are refused when the person is to be asked, and given by their opening when chosen', async () => {
    const { service, generator, documents, storage } = await makeChat()
    documents['d1'] = { name: 'a.txt', segments: long }
    const id = await newConversation(service, 'Mine')
    const asked = await exchange(service, id, 'What is it?', { documentIds: ['d1'] })
    expect(asked.ending).toMatchObject({ ok: false, failure: { code: 'context-full' } })
    for (const overflow of ['leave-out-oldest', 'summarize-older'] as const) {
      const { ending } = await exchange(service, id, 'What is it?', { documentIds: ['d1'], overflow })
      expect(ending).toMatchObject({ ok: false, failure: { code: 'context-full' } })
    }
    const chosen = await exchange(service, id, 'What is it?', { documentIds: ['d1'], overflow: 'shorten-documents' })
    expect(chosen.items.at(-1)).toMatchObject({
      reason: 'complete',
      leftOutMessages: 0,
      shortenedDocuments: [{ documentId: 'd1', usedSegments: 15, totalSegments: 40 }],
    })
    expect(generator.requests[0]?.turns.at(-1)?.text).toBe(
      `<document name="a.txt">\n${long.slice(0, 15).join('\n\n')}\n</document>\n\nWhat is it?`,
    )
    const next = await exchange(service, id, 'And then?')
    expect(next.items.at(-1)).toMatchObject({ reason: 'complete', shortenedDocuments: [{ usedSegments: 15 }] })
    expect(generator.requests[1]?.turns.slice(0, 2)).toEqual(generator.requests[0]?.turns)
    const stored = value(await storage.get<{ older_summary: string }>('SELECT older_summary FROM conversations'))
    expect(JSON.parse(stored?.older_summary ?? '')).toMatchObject({
      throughMessageId: null,
      messages: 0,
      shortened: [{ messageId: chosen.person, documentId: 'd1', usedSegments: 15 }],
    })
  })

  test('are given whole again by a model with more room', async () => {
    const { service, generator, documents } = await makeChat()
    documents['d1'] = { name: 'a.txt', segments: long }
    const id = await newConversation(service, 'Mine')
    await exchange(service, id, 'What is it?', { documentIds: ['d1'], overflow: 'shorten-documents' })
    generator.model = { ...generator.model, sha256: 'e'.repeat(64), contextTokens: 4000 }
    const { items } = await exchange(service, id, 'next')
    expect(items.at(-1)).toEqual({
      type: 'finished',
      reason: 'complete',
      evaluatedTokens: 7,
      generatedTokens: 1,
      leftOutMessages: 0,
    })
    expect(generator.requests.at(-1)?.turns[1]?.text).toContain('s39')
  })

  test('share the room by their length, after the oldest turns are left out', async () => {
    const { service, id, generator, documents } = await nearlyFull()
    documents['d1'] = { name: 'a.txt', segments: long }
    documents['d2'] = { name: 'b.txt', segments: long.slice(0, 20) }
    const { items } = await exchange(service, id, 'Compare', {
      documentIds: ['d1', 'd2'],
      overflow: 'shorten-documents',
    })
    expect(items.at(-1)).toMatchObject({
      leftOutMessages: 10,
      shortenedDocuments: [
        { documentId: 'd1', usedSegments: 10 },
        { documentId: 'd2', usedSegments: 5 },
      ],
    })
    expect(generator.requests.at(-1)?.turns.length).toBe(2)
  })

  test('of a single endless segment are refused', async () => {
    const { service, documents } = await makeChat()
    documents['d1'] = { name: 'a.txt', segments: [wordy(500)] }
    const id = await newConversation(service)
    const { ending } = await exchange(service, id, 'Why?', { documentIds: ['d1'], overflow: 'shorten-documents' })
    expect(ending).toMatchObject({ ok: false, failure: { code: 'context-full' } })
    expect(await shown(service, id)).toEqual([])
  })
})

describe('titles', () => {
  test("begin with the first words and become the model's after the first answer, once", async () => {
    const { service, generator, announced } = await makeChat()
    const id = await newConversation(service)
    generator.map = answering('"A visit to Rome."\n')
    await exchange(service, id, 'Tell me about\nRome')
    await service.idle()
    expect(value(await service.list())[0]).toMatchObject({ title: 'A visit to Rome', titledBy: 'model' })
    const titles = announced
      .filter(({ topic }) => topic === 'chat.conversation-changed')
      .map(({ value: it }) => (it as { title: string }).title) // as: the topic says it is a conversation
    expect(titles.slice(0, 2)).toEqual(['', 'Tell me about Rome'])
    expect(titles.at(-1)).toBe('A visit to Rome')
    expect(generator.requests[1]).toEqual({
      lane: { kind: 'map' },
      turns: [{ role: 'person', text: 'Title for:\nPerson: Tell me about\nRome\n\nAssistant: Certainly.' }],
      maxTokens: 32,
      temperature: 0,
      seed: 0,
    })
    await exchange(service, id, 'More')
    await service.idle()
    expect(generator.requests.length).toBe(3)
  })

  test('stay the first words with a model that only chooses sentences, or one that fails', async () => {
    const { service, generator, logger } = await makeChat()
    const id = await newConversation(service)
    generator.model = { ...generator.model, summaryMode: 'extractive' }
    await exchange(service, id, 'First words')
    await service.idle()
    generator.model = { ...generator.model, summaryMode: 'free' }
    generator.map = () => Promise.resolve(fail('engine-crashed', {}))
    await exchange(service, id, 'Second words')
    await service.idle()
    expect(value(await service.list())[0]).toMatchObject({ title: 'First words', titledBy: 'start' })
    expect(logger.lines).toEqual([
      { level: 'info', event: 'chat-title-failed', fields: { conversation: id, code: 'engine-crashed' } },
    ])
  })

  test('never replace one the person gave meanwhile', async () => {
    const { service, generator } = await makeChat()
    const id = await newConversation(service)
    generator.map = async (request, listener) => {
      await service.rename(id, 'Mine')
      return answering('A model title')(request, listener)
    }
    await exchange(service, id, 'Hello')
    await service.idle()
    expect(value(await service.list())[0]).toMatchObject({ title: 'Mine', titledBy: 'person' })
  })
})

describe('preload', () => {
  test('reads what the turn will be, and nothing when it does not fit or an answer is being written', async () => {
    const { service, id, generator, documents } = await nearlyFull()
    documents['d1'] = { name: 'a.txt', segments: ['Read me.'] }
    const preload = (text: string) => service.preload({ conversationId: id, text, documentIds: ['d1'] }, never)
    expect(await preload('Dra')).toEqual(ok(undefined))
    expect(generator.preloads.length).toBe(1)
    expect(generator.preloads[0]?.turns.at(-1)?.text).toBe('<document name="a.txt">\nRead me.\n</document>\n\nDra')
    expect(await preload(wordy(200))).toEqual(ok(undefined))
    generator.hold()
    const sent = exchange(service, id, 'Go')
    const held = await generator.heldAt(0)
    expect(await preload('Dra')).toEqual(ok(undefined))
    expect(generator.preloads.length).toBe(1)
    held.finish('stopped')
    await sent
  })

  test('a later one, or sending, ends an earlier one', async () => {
    const { service, id, generator } = await nearlyFull()
    const signals: AbortSignal[] = []
    const begun = Promise.withResolvers<void>()
    generator.preload = (_, __, signal) => {
      signals.push(signal)
      begun.resolve()
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(fail('engine-crashed', {}))))
    }
    const first = service.preload({ conversationId: id, text: 'a', documentIds: [] }, never)
    await begun.promise
    await exchange(service, id, 'b')
    expect(await first).toEqual(ok(undefined))
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })
})

test('a conversation of 2,000 messages costs as many statements as a short one, counts it once, and is removed', async () => {
  const real = await openMemoryStorage()
  let statements = 0
  const count = <T>(work: T): T => {
    statements += 1
    return work
  }
  const storage: Storage = {
    all: (sql, parameters) => count(real.all(sql, parameters)),
    get: (sql, parameters) => count(real.get(sql, parameters)),
    run: (sql, parameters) => count(real.run(sql, parameters)),
    transaction: (list) => count(real.transaction(list)),
    check: () => real.check(),
    close: () => real.close(),
  }
  const { service, generator } = await makeChat({ storage })
  const id = await newConversation(service, 'Long')
  statements = 0
  await exchange(service, id, 'Hello')
  await service.idle()
  const short = statements
  const last = value(await service.messages(id)).at(-1)?.id ?? null
  const rows = Array.from({ length: 1998 }, (_, index) => ({
    sql: `INSERT INTO messages (id, conversation_id, parent_id, position, role, text, state, created_at)
          VALUES (?, ?, ?, ?, ?, ?, 'complete', '2026-11-20T10:00:00.000Z')`,
    parameters: [
      `m${index}`,
      id,
      index === 0 ? last : `m${index - 1}`,
      index + 2,
      index % 2 === 0 ? 'person' : 'assistant',
      wordy(12),
    ],
  }))
  value(await real.transaction(rows))
  value(await real.run('UPDATE conversations SET active_message_id = ? WHERE id = ?', ['m1997', id]))
  generator.countedTexts = 0
  statements = 0
  const { items } = await exchange(service, id, 'Go on', { overflow: 'leave-out-oldest' })
  await service.idle()
  expect(items.at(-1)).toMatchObject({ reason: 'complete' })
  expect(statements).toBe(short)
  expect(generator.countedTexts).toBeGreaterThan(1998)
  generator.countedTexts = 0
  await exchange(service, id, 'And on')
  expect(generator.countedTexts).toBeLessThan(6)
  expect(value(await service.messages(id)).length).toBe(2004)
  expect(await service.remove(id)).toEqual(ok(undefined))
  expect(value(await real.all('SELECT id FROM messages'))).toEqual([])
  await service.close()
  await real.close()
})
