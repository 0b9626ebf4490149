// Conversations and answers as the contract promises them.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { conversation, message } from '#contract/chat.ts'
import { drain, exchange, lines, makeChat, newConversation, sending, shown, value } from './chatFixture.ts'
import { answering } from './scriptedGenerator.ts'

const never = new AbortController().signal

describe('an exchange', () => {
  test('streams accepted, reading, text, finished, and keeps both messages with provenance', async () => {
    const { service, generator } = await makeChat()
    const id = await newConversation(service)
    const { items, ending } = await drain(service.send(sending(id, 'Hello there'), never))
    expect(ending).toEqual(ok(undefined))
    expect(items).toEqual([
      { type: 'accepted', personMessageId: 'id-2', answerMessageId: 'id-3' },
      { type: 'text', text: 'Certainly.' },
      { type: 'finished', reason: 'complete', evaluatedTokens: 7, generatedTokens: 1, leftOutMessages: 0 },
    ])
    expect(value(await service.messages(id))).toEqual([
      {
        id: 'id-2',
        conversationId: id,
        parentId: null,
        role: 'person',
        text: 'Hello there',
        state: 'complete',
        failure: null,
        documentIds: [],
        provenance: null,
        branch: { index: 0, count: 1 },
        siblingIds: ['id-2'],
        createdAt: '2026-11-20T10:00:02.000Z',
      },
      {
        id: 'id-3',
        conversationId: id,
        parentId: 'id-2',
        role: 'assistant',
        text: 'Certainly.',
        state: 'complete',
        failure: null,
        documentIds: [],
        provenance: {
          documentSha256: null,
          model: { name: 'Fake 1B', sha256: 'f'.repeat(64) },
          prompt: { id: 'chat-system', version: '1' },
          mode: 'free',
          seed: 77,
          createdAt: '2026-11-20T10:00:03.000Z',
        },
        branch: { index: 0, count: 1 },
        siblingIds: ['id-3'],
        createdAt: '2026-11-20T10:00:03.000Z',
      },
    ])
    expect(generator.requests[0]).toEqual({
      lane: { kind: 'chat', conversationId: id },
      turns: [
        { role: 'system', text: 'Be kind.' },
        { role: 'person', text: 'Hello there' },
      ],
      maxTokens: 100,
      temperature: 0.7,
      seed: 77,
    })
  })

  test('a choosing model answers greedily with seed 0; a given seed is used and kept', async () => {
    const { service, generator } = await makeChat()
    generator.model = { ...generator.model, summaryMode: 'extractive' }
    const id = await newConversation(service)
    await exchange(service, id, 'one')
    await exchange(service, id, 'two', { seed: 5 })
    expect(generator.requests.map(({ temperature, seed }) => ({ temperature, seed }))).toEqual([
      { temperature: 0, seed: 0 },
      { temperature: 0, seed: 5 },
    ])
    expect(
      value(await service.messages(id)).map(({ provenance }) => provenance && [provenance.mode, provenance.seed]),
    ).toEqual([null, ['extractive', 0], null, ['extractive', 5]])
  })

  test('what is announced fits the contract, and the streaming answer is announced without its growth', async () => {
    const { service, announced } = await makeChat()
    const id = await newConversation(service)
    await exchange(service, id, 'Hello')
    await service.idle()
    for (const { topic, value: announcement } of announced) {
      expect((topic === 'chat.message-changed' ? message : conversation).safeParse(announcement).error).toBeUndefined()
    }
    const messages = announced
      .filter(({ topic }) => topic === 'chat.message-changed')
      .map(({ value: it }) => message.parse(it))
    expect(messages.map(({ role, state, text }) => [role, state, text])).toEqual([
      ['person', 'complete', 'Hello'],
      ['assistant', 'streaming', ''],
      ['assistant', 'complete', 'Certainly.'],
    ])
  })

  test("the person's message is stored before the model is asked", async () => {
    const { service, generator, storage } = await makeChat()
    const id = await newConversation(service)
    let rows: unknown
    generator.chat = async (request, listener) => {
      rows = value(await storage.all('SELECT role, text, state FROM messages ORDER BY position'))
      return answering('Yes.')(request, listener)
    }
    await exchange(service, id, 'Kept first')
    expect(rows).toEqual([
      { role: 'person', text: 'Kept first', state: 'complete' },
      { role: 'assistant', text: '', state: 'streaming' },
    ])
  })

  test('an answer cut by its length is partial; one without a word has failed', async () => {
    const { service, generator } = await makeChat()
    const id = await newConversation(service)
    generator.chat = answering('Half of', 'length')
    const cut = await exchange(service, id, 'one')
    expect(cut.items.at(-1)).toMatchObject({ type: 'finished', reason: 'length' })
    generator.chat = answering('  ')
    const empty = await exchange(service, id, 'two')
    expect(empty.ending).toEqual(fail('generation-empty', {}))
    expect(await shown(service, id)).toEqual([
      'person: one (complete, 1 of 1)',
      'assistant: Half of (partial, 1 of 1)',
      'person: two (complete, 1 of 1)',
      'assistant:    (failed, 1 of 1)',
    ])
  })

  test('unknown conversations, parents and messages, and blanks, are refused and nothing is stored', async () => {
    const { service, storage } = await makeChat()
    const id = await newConversation(service)
    expect((await exchange(service, 'gone', 'x')).ending).toEqual(
      fail('not-found', { what: 'conversation', id: 'gone' }),
    )
    expect((await exchange(service, id, 'x', { parentId: 'gone' })).ending).toEqual(
      fail('not-found', { what: 'message', id: 'gone' }),
    )
    expect((await exchange(service, id, 'x', { documentIds: ['gone'] })).ending).toEqual(
      fail('not-found', { what: 'document', id: 'gone' }),
    )
    expect((await exchange(service, id, ' \n')).ending).toEqual(fail('invalid-input', { issues: ['text'] }))
    expect(await service.messages('gone')).toEqual(fail('not-found', { what: 'conversation', id: 'gone' }))
    expect(await service.select('gone')).toEqual(fail('not-found', { what: 'message', id: 'gone' }))
    expect(await service.stop('gone')).toEqual(fail('not-found', { what: 'message', id: 'gone' }))
    expect(await service.rename('gone', 'x')).toEqual(fail('not-found', { what: 'conversation', id: 'gone' }))
    expect(await service.remove('gone')).toEqual(fail('not-found', { what: 'conversation', id: 'gone' }))
    expect((await drain(service.follow('gone', never))).ending).toEqual(
      fail('not-found', { what: 'message', id: 'gone' }),
    )
    expect(value(await storage.all('SELECT id FROM messages'))).toEqual([])
  })

  test('with no model nothing is stored and the failure says so', async () => {
    const { service, generator } = await makeChat()
    generator.loading = fail('model-not-installed', {})
    const id = await newConversation(service)
    const { items, ending } = await drain(service.send(sending(id, 'Hello'), never))
    expect({ items, ending }).toEqual({ items: [], ending: fail('model-not-installed', {}) })
    expect(await shown(service, id)).toEqual([])
  })
})

describe('branches', () => {
  test('regenerate adds a sibling answer, edit a sibling question, select shows the newest leaf below', async () => {
    const { service, generator } = await makeChat()
    const id = await newConversation(service)
    const first = await exchange(service, id, 'Question')
    generator.chat = answering('Otherwise.')
    const again = await drain(
      service.regenerate({ conversationId: id, messageId: first.answer, overflow: 'ask' }, never),
    )
    expect(again.items[0]).toMatchObject({ type: 'accepted', personMessageId: null })
    expect(await shown(service, id)).toEqual([
      'person: Question (complete, 1 of 1)',
      'assistant: Otherwise. (complete, 2 of 2)',
    ])
    await exchange(service, id, 'More')
    await exchange(service, id, 'Edited', { parentId: null })
    expect(await shown(service, id)).toEqual([
      'person: Edited (complete, 2 of 2)',
      'assistant: Otherwise. (complete, 1 of 1)',
    ])
    const selected = value(await service.select(first.person))
    expect(lines(selected)).toEqual([
      'person: Question (complete, 1 of 2)',
      'assistant: Otherwise. (complete, 2 of 2)',
      'person: More (complete, 1 of 1)',
      'assistant: Otherwise. (complete, 1 of 1)',
    ])
    expect(value(await service.messages(id))).toEqual(selected)
    expect(lines(value(await service.select(first.answer)))).toEqual([
      'person: Question (complete, 1 of 2)',
      'assistant: Certainly. (complete, 1 of 2)',
    ])
  })

  test('the model sees the branch it answers in and nothing else', async () => {
    const { service, generator } = await makeChat()
    const id = await newConversation(service)
    const first = await exchange(service, id, 'One')
    await exchange(service, id, 'Two')
    await exchange(service, id, 'Two edited', { parentId: first.answer })
    expect(generator.requests.filter(({ lane }) => lane.kind === 'chat').at(-1)?.turns).toEqual([
      { role: 'system', text: 'Be kind.' },
      { role: 'person', text: 'One' },
      { role: 'assistant', text: 'Certainly.' },
      { role: 'person', text: 'Two edited' },
    ])
  })
})

describe('documents', () => {
  test('stand fenced ahead of the question; one document is in the provenance, two are not', async () => {
    const { service, generator, documents } = await makeChat()
    documents['d1'] = { name: 'a.txt', segments: ['First.', 'Second.'] }
    documents['d2'] = { name: 'b.txt', segments: ['Third.'] }
    const id = await newConversation(service)
    await exchange(service, id, 'What is it?', { documentIds: ['d1', 'd1'] })
    expect(generator.requests[0]?.turns.at(-1)?.text).toBe(
      '<document name="a.txt">\nFirst.\n\nSecond.\n</document>\n\nWhat is it?',
    )
    await exchange(service, id, 'And this?', { documentIds: ['d2'] })
    expect(value(await service.messages(id)).map(({ provenance }) => provenance?.documentSha256)).toEqual([
      undefined,
      'sha-of-d1',
      undefined,
      null,
    ])
  })

  test('one removed since is gone from the turns that follow, which still work', async () => {
    const { service, generator, documents } = await makeChat()
    documents['d1'] = { name: 'a.txt', segments: ['First.'] }
    const id = await newConversation(service)
    await exchange(service, id, 'What is it?', { documentIds: ['d1'] })
    delete documents['d1']
    expect((await exchange(service, id, 'And now?')).ending).toEqual(ok(undefined))
    expect(generator.requests.filter(({ lane }) => lane.kind === 'chat').at(-1)?.turns[1]?.text).toBe('What is it?')
  })
})

describe('conversations', () => {
  test('are listed last changed first, renamed, and removed with all their messages', async () => {
    const { service, storage, announced } = await makeChat()
    const one = await newConversation(service, 'Mine')
    const two = await newConversation(service)
    await exchange(service, one, 'Hello')
    await service.idle()
    expect(value(await service.list()).map(({ id, title, titledBy }) => [id, title, titledBy])).toEqual([
      [one, 'Mine', 'person'],
      [two, '', 'start'],
    ])
    expect(value(await service.rename(two, '  Second ')).title).toBe('Second')
    expect(await service.rename(two, '  ')).toEqual(fail('invalid-input', { issues: ['title'] }))
    expect(await service.remove(one)).toEqual(ok(undefined))
    expect(announced.at(-1)).toEqual({ topic: 'chat.conversation-removed', value: { conversationId: one } })
    expect(value(await storage.all('SELECT id FROM messages'))).toEqual([])
    expect(value(await service.list()).map(({ title }) => title)).toEqual(['Second'])
  })
})

test('no text, title or prompt reaches the log, whatever goes wrong', async () => {
  const { service, generator, logger, storage, documents } = await makeChat()
  const canary = 'canary-7f3a'
  documents['d1'] = { name: `${canary}.txt`, segments: [canary] }
  const id = await newConversation(service, canary)
  generator.chat = answering(canary)
  await exchange(service, id, canary, { documentIds: ['d1'] })
  generator.chat = () => Promise.reject(new Error(canary))
  expect((await exchange(service, id, canary)).ending).toMatchObject({ ok: false, failure: { code: 'internal' } })
  value(await storage.run(`UPDATE messages SET provenance = '{${canary}' WHERE role = 'assistant'`))
  await shown(service, id)
  await service.idle()
  expect(logger.lines.map(({ event }) => event)).toEqual([
    'chat-fault',
    'chat-column-unreadable',
    'chat-column-unreadable',
  ])
  expect(JSON.stringify(logger.lines)).not.toContain(canary)
})
