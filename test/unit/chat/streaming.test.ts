// Answers while they are written: pace, stop, windows that go and come back, engines that die, processes that died.
import { describe, expect, test } from 'vitest'
import type { AnswerItem } from '#contract/chat.ts'
import { fail, ok, type Stream } from '#contract/result.ts'
import { drain, exchange, makeChat, newConversation, sending, shown, value } from './chatFixture.ts'

const never = new AbortController().signal

/** The answer's id, once the stream says so. */
async function acceptedOf(stream: Stream<AnswerItem>): Promise<string> {
  const { value: item } = await stream.next()
  if (item === undefined || !('type' in item) || item.type !== 'accepted') throw new Error('not accepted')
  return item.answerMessageId
}

async function texts(storage: Awaited<ReturnType<typeof makeChat>>['storage']) {
  return value(await storage.all(`SELECT text, state FROM messages WHERE role = 'assistant' ORDER BY position`))
}

describe('pace', () => {
  test('the first delta comes at once, later ones joined after a thirtieth of a second, none is lost', async () => {
    const { service, generator, timers } = await makeChat()
    generator.hold()
    const stream = service.send(sending(await newConversation(service), 'Go'), never)
    await acceptedOf(stream)
    const held = await generator.heldAt(0)
    held.write('a')
    expect((await stream.next()).value).toEqual({ type: 'text', text: 'a' })
    held.write('b')
    held.write('c')
    const second = stream.next()
    let arrived = false
    void second.then(() => (arrived = true))
    timers.advance(30)
    await new Promise((resolve) => setImmediate(resolve))
    expect(arrived).toBe(false)
    held.write('d')
    timers.advance(4)
    expect((await second).value).toEqual({ type: 'text', text: 'bcd' })
    held.write('e')
    held.finish('complete')
    expect((await drain(stream)).items).toEqual([
      { type: 'text', text: 'e' },
      { type: 'finished', reason: 'complete', evaluatedTokens: 7, generatedTokens: 1, leftOutMessages: 0 },
    ])
  })

  test('reading is told until the first word', async () => {
    const { service, generator, timers } = await makeChat()
    generator.hold()
    const stream = service.send(sending(await newConversation(service), 'Go'), never)
    await acceptedOf(stream)
    const held = await generator.heldAt(0)
    held.listener.onReading?.(128, 300)
    expect((await stream.next()).value).toEqual({ type: 'reading', evaluatedTokens: 128, totalTokens: 300 })
    held.listener.onReading?.(256, 300)
    held.listener.onReading?.(300, 300)
    timers.advance(34)
    expect((await stream.next()).value).toEqual({ type: 'reading', evaluatedTokens: 300, totalTokens: 300 })
    held.write('Hi')
    held.finish('complete')
    expect((await drain(stream)).items.map(({ type }) => type)).toEqual(['text', 'finished'])
  })
})

describe('stop', () => {
  test('by the call: the partial text stays, the stream ends as stopped, and so it is when asked again', async () => {
    const { service, generator } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const stream = service.send(sending(id, 'Go'), never)
    const answer = await acceptedOf(stream)
    ;(await generator.heldAt(0)).write('Half an ans')
    expect(await service.stop(answer)).toEqual(ok(undefined))
    expect(await shown(service, id)).toEqual([
      'person: Go (complete, 1 of 1)',
      'assistant: Half an ans (partial, 1 of 1)',
    ])
    const { items, ending } = await drain(stream)
    expect(items.map((item) => (item.type === 'finished' ? item.reason : item.type))).toEqual(['text', 'stopped'])
    expect(ending).toEqual(ok(undefined))
    expect(await service.stop(answer)).toEqual(ok(undefined))
  })

  test('by cancelling the stream', async () => {
    const { service, generator } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const controller = new AbortController()
    const stream = service.send(sending(id, 'Go'), controller.signal)
    await acceptedOf(stream)
    ;(await generator.heldAt(0)).write('Half')
    controller.abort('cancelled')
    expect((await drain(stream)).items.at(-1)).toMatchObject({ type: 'finished', reason: 'stopped' })
    expect(await shown(service, id)).toEqual(['person: Go (complete, 1 of 1)', 'assistant: Half (partial, 1 of 1)'])
  })

  test('before the turn is stored: nothing is, and the caller hears only that it was stopped', async () => {
    const { service, storage } = await makeChat()
    const id = await newConversation(service)
    const { items, ending } = await drain(service.send(sending(id, 'Go'), AbortSignal.abort('cancelled')))
    expect({ items, ending }).toEqual({
      items: [{ type: 'finished', reason: 'stopped', evaluatedTokens: 0, generatedTokens: 0, leftOutMessages: 0 }],
      ending: ok(undefined),
    })
    expect(value(await storage.all('SELECT id FROM messages'))).toEqual([])
  })

  test('a further message stops the answer before it, which keeps its text, and goes on from there', async () => {
    const { service, generator } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const first = service.send(sending(id, 'One'), never)
    await acceptedOf(first)
    ;(await generator.heldAt(0)).write('Half')
    const rest = drain(first)
    const second = service.send(sending(id, 'Two'), never)
    await acceptedOf(second)
    expect((await rest).items.at(-1)).toMatchObject({ reason: 'stopped' })
    const held = await generator.heldAt(1)
    held.write('Whole')
    held.finish('complete')
    await drain(second)
    expect(await shown(service, id)).toEqual([
      'person: One (complete, 1 of 1)',
      'assistant: Half (partial, 1 of 1)',
      'person: Two (complete, 1 of 1)',
      'assistant: Whole (complete, 1 of 1)',
    ])
  })

  test('three messages at once are all kept, in order', async () => {
    const { service, generator } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const all = ['One', 'Two', 'Three'].map((text) => drain(service.send(sending(id, text), never)))
    const held = await generator.heldAt(0)
    expect(held.request.turns.at(-1)?.text).toBe('One\n\nTwo\n\nThree')
    held.write('Done')
    held.finish('complete')
    expect((await Promise.all(all)).map(({ items }) => items.at(-1))).toMatchObject([
      { reason: 'stopped' },
      { reason: 'stopped' },
      { reason: 'complete' },
    ])
    expect(await shown(service, id)).toEqual([
      'person: One (complete, 1 of 1)',
      'assistant:  (partial, 1 of 1)',
      'person: Two (complete, 1 of 1)',
      'assistant:  (partial, 1 of 1)',
      'person: Three (complete, 1 of 1)',
      'assistant: Done (complete, 1 of 1)',
    ])
  })

  test('removing a conversation and closing the service stop what is being written', async () => {
    const { service, generator, storage } = await makeChat()
    generator.hold()
    const [one, two] = [await newConversation(service), await newConversation(service)]
    const streams = [one, two].map((id) => service.send(sending(id, 'Go'), never))
    for (const stream of streams) await acceptedOf(stream)
    for (const index of [0, 1]) (await generator.heldAt(index)).write('Half')
    expect(await service.remove(one)).toEqual(ok(undefined))
    expect(await texts(storage)).toEqual([{ text: '', state: 'streaming' }])
    await service.close()
    expect(await texts(storage)).toEqual([{ text: 'Half', state: 'partial' }])
  })
})

describe('windows', () => {
  test('an answer goes on when its window is gone and is followed from the beginning by the next', async () => {
    const { service, generator, timers } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const window = new AbortController()
    const stream = service.send(sending(id, 'Go'), window.signal)
    const answer = await acceptedOf(stream)
    const held = await generator.heldAt(0)
    held.write('One ')
    window.abort('disconnected')
    expect((await drain(stream)).ending).toEqual(fail('disconnected', {}))
    timers.advance(29_000)
    held.write('two ')
    expect(await shown(service, id)).toContain('assistant: One two  (streaming, 1 of 1)')
    const again = service.follow(answer, never)
    expect((await again.next()).value).toEqual({ type: 'text', text: 'One two ' })
    timers.advance(60_000)
    held.write('three')
    expect((await again.next()).value).toEqual({ type: 'text', text: 'three' })
    held.finish('complete')
    expect((await drain(again)).items).toMatchObject([{ type: 'finished', reason: 'complete' }])
    expect(await shown(service, id)).toContain('assistant: One two three (complete, 1 of 1)')
  })

  test('with nobody back after thirty seconds it stops and keeps what it has', async () => {
    const { service, generator, timers } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const window = new AbortController()
    const stream = service.send(sending(id, 'Go'), window.signal)
    await acceptedOf(stream)
    ;(await generator.heldAt(0)).write('Half')
    window.abort('disconnected')
    await drain(stream)
    timers.advance(30_000)
    await service.idle()
    expect(await shown(service, id)).toEqual(['person: Go (complete, 1 of 1)', 'assistant: Half (partial, 1 of 1)'])
    expect(timers.waiting).toBe(0)
  })

  test('a stream nobody reads on counts as a window that is gone', async () => {
    const { service, generator, timers } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const stream = service.send(sending(id, 'Go'), never)
    await acceptedOf(stream)
    ;(await generator.heldAt(0)).write('Half')
    await stream.return(ok(undefined))
    timers.advance(30_000)
    await service.idle()
    expect(await shown(service, id)).toContain('assistant: Half (partial, 1 of 1)')
  })

  test('looking away does not stop an answer; a follower hears nothing yet as an empty text', async () => {
    const { service, generator, timers } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const window = new AbortController()
    const stream = service.send(sending(id, 'Go'), window.signal)
    const answer = await acceptedOf(stream)
    const held = await generator.heldAt(0)
    window.abort('disconnected')
    await drain(stream)
    const looking = new AbortController()
    const follower = service.follow(answer, looking.signal)
    expect((await follower.next()).value).toEqual({ type: 'text', text: '' })
    looking.abort('cancelled')
    expect(await drain(follower)).toEqual({ items: [], ending: ok(undefined) })
    timers.advance(60_000)
    held.write('Whole')
    held.finish('complete')
    await service.idle()
    expect(await shown(service, id)).toContain('assistant: Whole (complete, 1 of 1)')
  })

  test('a window that goes before the turn is stored loses nothing', async () => {
    const { service } = await makeChat()
    const id = await newConversation(service)
    const { ending } = await drain(service.send(sending(id, 'Go'), AbortSignal.abort('disconnected')))
    expect(ending).toEqual(fail('disconnected', {}))
    await service.idle()
    expect(await shown(service, id)).toEqual([
      'person: Go (complete, 1 of 1)',
      'assistant: Certainly. (complete, 1 of 1)',
    ])
  })

  test('following an answer that is over gives its text and its ending', async () => {
    const { service, generator } = await makeChat()
    const id = await newConversation(service)
    const whole = await exchange(service, id, 'Go')
    expect(await drain(service.follow(whole.answer, never))).toEqual({
      items: [
        { type: 'text', text: 'Certainly.' },
        { type: 'finished', reason: 'complete', evaluatedTokens: 0, generatedTokens: 0, leftOutMessages: 0 },
      ],
      ending: ok(undefined),
    })
    generator.chat = () => Promise.resolve(fail('engine-crashed', {}))
    const failed = await exchange(service, id, 'Again')
    expect(await drain(service.follow(failed.answer, never))).toEqual({
      items: [{ type: 'text', text: '' }],
      ending: fail('engine-crashed', {}),
    })
    expect((await drain(service.follow(whole.person, never))).ending).toMatchObject({ ok: false })
  })
})

describe('faults', () => {
  test('an engine that dies keeps the partial text and its failure; regenerating works', async () => {
    const { service, generator } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const stream = service.send(sending(id, 'Go'), never)
    const answer = await acceptedOf(stream)
    const held = await generator.heldAt(0)
    held.write('Half')
    held.fail(fail('engine-crashed', {}))
    expect(await drain(stream)).toEqual({ items: [{ type: 'text', text: 'Half' }], ending: fail('engine-crashed', {}) })
    expect(value(await service.messages(id)).at(-1)).toMatchObject({
      text: 'Half',
      state: 'failed',
      failure: { code: 'engine-crashed', details: {} },
    })
    const again = service.regenerate({ conversationId: id, messageId: answer, overflow: 'ask' }, never)
    await acceptedOf(again)
    const second = await generator.heldAt(1)
    second.write('Whole')
    second.finish('complete')
    await drain(again)
    expect(await shown(service, id)).toEqual(['person: Go (complete, 1 of 1)', 'assistant: Whole (complete, 2 of 2)'])
  })

  test('a growing answer is saved within a second, so a dead process loses no more', async () => {
    const { service, generator, timers, storage } = await makeChat()
    generator.hold()
    const id = await newConversation(service)
    const stream = service.send(sending(id, 'Go'), never)
    await acceptedOf(stream)
    const held = await generator.heldAt(0)
    held.write('One ')
    timers.advance(999)
    expect(await texts(storage)).toEqual([{ text: '', state: 'streaming' }])
    timers.advance(1)
    expect(await texts(storage)).toEqual([{ text: 'One ', state: 'streaming' }])
    held.write('two')
    const later = await makeChat({ storage })
    expect(await later.service.recover()).toEqual(ok(undefined))
    expect(later.logger.lines).toEqual([{ level: 'info', event: 'chat-recovered', fields: { answers: 1 } }])
    expect(await shown(later.service, id)).toEqual([
      'person: Go (complete, 1 of 1)',
      'assistant: One  (partial, 1 of 1)',
    ])
    expect((await exchange(later.service, id, 'Go on')).ending).toEqual(ok(undefined))
  })

  test('a row left streaming reads as partial even before recovery', async () => {
    const { service, storage } = await makeChat()
    const id = await newConversation(service)
    const { answer } = await exchange(service, id, 'Go')
    value(await storage.run(`UPDATE messages SET state = 'streaming' WHERE role = 'assistant'`))
    expect(await shown(service, id)).toContain('assistant: Certainly. (partial, 1 of 1)')
    expect((await drain(service.follow(answer, never))).items.at(-1)).toMatchObject({ reason: 'stopped' })
  })

  test('a full disk before the turn is stored leaves nothing; at the end of an answer it is the ending', async () => {
    const { storage } = await makeChat()
    let full = false
    const later = await makeChat({
      storage: {
        all: (sql, parameters) => storage.all(sql, parameters),
        get: (sql, parameters) => storage.get(sql, parameters),
        run: (sql, parameters) => storage.run(sql, parameters),
        transaction: (statements) =>
          full ? Promise.resolve(fail('disk-full', { folder: 'x' })) : storage.transaction(statements),
        check: () => storage.check(),
        close: () => storage.close(),
      },
    })
    const id = await newConversation(later.service)
    full = true
    expect(await drain(later.service.send(sending(id, 'Go'), never))).toEqual({
      items: [],
      ending: fail('disk-full', { folder: 'x' }),
    })
    full = false
    later.generator.chat = (_, listener) => {
      listener.onText?.('Seen')
      full = true
      const meter = { promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1 }
      return Promise.resolve(ok({ text: 'Seen', reason: 'complete', meter }))
    }
    const { items, ending } = await drain(later.service.send(sending(id, 'Go'), never))
    expect(items.map(({ type }) => type)).toEqual(['accepted', 'text'])
    expect(ending).toEqual(fail('disk-full', { folder: 'x' }))
    expect(await shown(later.service, id)).toEqual(['person: Go (complete, 1 of 1)', 'assistant:  (partial, 1 of 1)'])
  })
})
