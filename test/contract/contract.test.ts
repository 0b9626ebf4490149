// One suite over every transport: what a call, a stream, a cancel, a throw and a cut connection mean.
import { describe, expect, test } from 'vitest'
import type { AnswerItem } from '#contract/chat.ts'
import { protocolVersion } from '#contract/protocol.ts'
import { fail, ok, type Stream } from '#contract/result.ts'
import { cancelled, disconnected } from '../../main/rpc/connection.ts'
import type { CallContext } from '../../main/rpc/handler.ts'
import { aborted, rawFrames, readAll, textOf, useLine } from './line.ts'
import { transportsHere, type Transport } from './transports.ts'

const turn = { conversationId: 'c', text: 'hello' }
const finished: AnswerItem = {
  type: 'finished',
  reason: 'complete',
  evaluatedTokens: 1,
  generatedTokens: 2,
  leftOutMessages: 0,
}
const stopped: AnswerItem = { ...finished, reason: 'stopped' }
const accepted: AnswerItem = { type: 'accepted', personMessageId: 'p', answerMessageId: 'a' }

describe.each(await transportsHere())('over $name', (transport: Transport) => {
  const line = useLine(transport)
  const { connect, logger } = line

  test('hello comes first and names the protocol', async () => {
    const frames = await rawFrames(await line.port(), 1)
    expect(frames).toEqual([{ type: 'hello', protocolVersion }])
  })

  test('a call gets its parsed input with defaults, and its answer comes back', async () => {
    const seen: unknown[] = []
    line.handlers = { 'ledger.list': async (input) => (seen.push(input), ok([])) }
    const client = await connect()
    expect(await client.call('ledger.list', {})).toEqual({ ok: true, value: [] })
    expect(seen).toEqual([{ limit: 100 }])
  })

  test('a failure comes back as its code and details', async () => {
    line.handlers = {
      'documents.get': async ({ documentId }) => fail('not-found', { what: 'document', id: documentId }),
    }
    const client = await connect()
    expect(await client.call('documents.get', { documentId: 'd' })).toEqual({
      ok: false,
      failure: { code: 'not-found', details: { what: 'document', id: 'd' } },
    })
  })

  test('bad input is refused with the place and never the value', async () => {
    const client = await connect()
    const input = { documentId: 'd', from: 'secret text', count: 1 } as never // as: wrong on purpose
    expect(await client.call('documents.segments', input)).toEqual({
      ok: false,
      failure: { code: 'invalid-input', details: { issues: ['from: invalid_type'] } },
    })
  })

  test('an unknown method is named', async () => {
    const client = await connect()
    const input = {} as never // as: no input fits a method that does not exist
    for (const method of ['documents.burn', 'constructor', '__proto__']) {
      const unknown = method as never // as: not in the contract, on purpose
      expect(await client.call(unknown, input)).toEqual({
        ok: false,
        failure: { code: 'unknown-method', details: { method } },
      })
    }
  })

  test('a throw becomes internal with the id under which it was logged, and says nothing else', async () => {
    line.handlers = {
      'documents.list': () => {
        throw new TypeError('the secret text of a document')
      },
    }
    const client = await connect()
    const result = await client.call('documents.list', {})
    const id = logger.lines.find((entry) => entry.event === 'rpc-internal')?.fields['id']
    expect(result).toEqual({ ok: false, failure: { code: 'internal', details: { id } } })
    expect(JSON.stringify(logger.lines)).not.toContain('secret')
    expect(logger.lines.find((entry) => entry.event === 'rpc-internal')?.fields).toMatchObject({
      error: 'TypeError',
      at: expect.stringMatching(/^contract\.test\.ts:\d+$/) as string, // as: vitest types matchers as any
    })
  })

  test('a rejected promise and a throw in the middle of a stream are internal too; items before it stay', async () => {
    line.handlers = {
      'documents.list': async () => Promise.reject(new Error('no')),
      'chat.send': async function* () {
        yield accepted
        yield { type: 'text', text: 'one' }
        throw new Error('no')
      },
    }
    const client = await connect()
    expect(await client.call('documents.list', {})).toMatchObject({ ok: false, failure: { code: 'internal' } })
    const read = await readAll(client.stream('chat.send', turn))
    expect(read.items).toEqual([accepted, { type: 'text', text: 'one' }])
    expect(read.ending).toMatchObject({ ok: false, failure: { code: 'internal' } })
  })

  test('an output of the wrong shape is internal where outputs are checked', async () => {
    const wrong = [{ id: 1 }] as never // as: wrong on purpose
    line.handlers = { 'documents.list': async () => ok(wrong) }
    const client = await connect()
    expect(await client.call('documents.list', {})).toMatchObject({ ok: false, failure: { code: 'internal' } })
  })

  test('a stream keeps its order, text joined around what is not text', async () => {
    line.handlers = {
      'chat.send': async function* () {
        yield accepted
        yield { type: 'text', text: 'a' }
        yield { type: 'text', text: 'b' }
        yield { type: 'reading', evaluatedTokens: 1, totalTokens: 2 }
        yield { type: 'text', text: 'c' }
        yield finished
        return ok(undefined)
      },
    }
    const client = await connect()
    const { items, ending } = await readAll(client.stream('chat.send', turn))
    expect(items.filter((item) => item.type !== 'text')).toEqual([
      accepted,
      { type: 'reading', evaluatedTokens: 1, totalTokens: 2 },
      finished,
    ])
    const reading = items.findIndex((item) => item.type === 'reading')
    expect([textOf(items.slice(0, reading)), textOf(items.slice(reading))]).toEqual(['ab', 'c'])
    expect(ending).toEqual(ok(undefined))
  })

  test('a stream that fails says so after its items', async () => {
    line.handlers = {
      'chat.send': async function* () {
        yield { type: 'text', text: 'half' }
        return fail('engine-crashed', {})
      },
    }
    const client = await connect()
    expect(await readAll(client.stream('chat.send', turn))).toEqual({
      items: [{ type: 'text', text: 'half' }],
      ending: { ok: false, failure: { code: 'engine-crashed', details: {} } },
    })
  })

  test('ten thousand tiny items come complete, in few frames', async () => {
    line.handlers = {
      'chat.send': async function* () {
        for (let index = 0; index < 10_000; index += 1) yield { type: 'text', text: `${index},` }
        yield finished
        return ok(undefined)
      },
    }
    const client = await connect()
    const startedAt = performance.now()
    const { items } = await readAll(client.stream('chat.send', turn))
    const frames = items.length - 1
    expect(textOf(items)).toEqual(Array.from({ length: 10_000 }, (_, index) => `${index},`).join(''))
    expect(items.at(-1)).toEqual(finished)
    expect(frames).toBeLessThanOrEqual(2 + Math.ceil(((performance.now() - startedAt) / 1000) * 30))
  })

  test('stopping in the middle is an outcome: the partial text and the ending still come', async () => {
    line.handlers = { 'chat.send': untilAborted }
    const client = await connect()
    const controller = new AbortController()
    const stream = client.stream('chat.send', turn, { signal: controller.signal })
    expect(await stream.next()).toEqual({ done: false, value: { type: 'text', text: 'so far' } })
    controller.abort()
    expect(await readAll(stream)).toEqual({
      items: [{ type: 'text', text: cancelled }, stopped],
      ending: ok(undefined),
    })
  })

  test('a call asked to stop before it was sent is cancelled and still answered', async () => {
    line.handlers = {
      'system.doctor': async (_, { signal }) => {
        await aborted(signal)
        return fail('engine-hung', { seconds: 1 })
      },
    }
    const client = await connect()
    expect(await client.call('system.doctor', {}, { signal: AbortSignal.abort() })).toEqual({
      ok: false,
      failure: { code: 'engine-hung', details: { seconds: 1 } },
    })
  })

  test('leaving a stream early cancels it', async () => {
    const reason = Promise.withResolvers<unknown>()
    line.handlers = {
      'chat.send': async function* (_, { signal }) {
        yield { type: 'text', text: 'so far' }
        reason.resolve(await aborted(signal))
        return ok(undefined)
      },
    }
    const client = await connect()
    for await (const item of client.stream('chat.send', turn)) {
      expect(item).toEqual({ type: 'text', text: 'so far' })
      break
    }
    expect(await reason.promise).toBe(cancelled)
  })

  test('a stream that floods still hears a cancel', async () => {
    line.handlers = {
      'chat.send': async function* (_, { signal }) {
        yield accepted
        while (!signal.aborted) yield { type: 'text', text: '.' }
        yield stopped
        return ok(undefined)
      },
    }
    const client = await connect()
    const controller = new AbortController()
    const stream = client.stream('chat.send', turn, { signal: controller.signal })
    await stream.next()
    controller.abort()
    expect((await readAll(stream)).items.at(-1)).toEqual(stopped)
  })

  test('closing while streaming aborts the work, closes its generator, and ends the reader', async () => {
    const reason = Promise.withResolvers<unknown>()
    const cleaned = Promise.withResolvers<string>()
    line.handlers = {
      'chat.send': async function* (_, { signal }) {
        try {
          yield { type: 'text', text: 'so far' }
          reason.resolve(await aborted(signal))
          for (;;) yield { type: 'text', text: 'nobody hears this' }
        } finally {
          cleaned.resolve('cleaned up')
        }
      },
    }
    const client = await connect()
    const stream = client.stream('chat.send', turn)
    await stream.next()
    const rest = readAll(stream)
    client.close()
    expect(await rest).toEqual({ items: [], ending: { ok: false, failure: { code: 'disconnected', details: {} } } })
    expect(await reason.promise).toBe(disconnected)
    expect(await cleaned.promise).toBe('cleaned up')
    await client.closed
    expect(await client.call('documents.list', {})).toEqual({
      ok: false,
      failure: { code: 'disconnected', details: {} },
    })
  })

  test('a server that goes away fails what is pending', async () => {
    const begun = Promise.withResolvers<void>()
    line.handlers = {
      'documents.list': async (_, { signal }) => {
        begun.resolve()
        await aborted(signal)
        return ok([])
      },
    }
    const client = await connect()
    const pending = client.call('documents.list', {})
    await begun.promise
    line.server.close()
    expect(await pending).toEqual({ ok: false, failure: { code: 'disconnected', details: {} } })
    await client.closed
  })

  test('events reach every client that listens, and none that stopped', async () => {
    const [first, second] = [await connect(), await connect()]
    line.handlers = { 'documents.list': async () => ok([]) }
    await first.call('documents.list', {})
    await second.call('documents.list', {})
    const heard = Promise.withResolvers<unknown>()
    const unheard: unknown[] = []
    first.on('chat.conversation-removed', heard.resolve)
    second.on('chat.conversation-removed', (value) => unheard.push(value))()
    line.server.announce('chat.conversation-removed', { conversationId: 'c' })
    expect(await heard.promise).toEqual({ conversationId: 'c' })
    await second.call('documents.list', {})
    expect(unheard).toEqual([])
  })

  test('calls run side by side and find their own answers', async () => {
    const gates = new Map<string, PromiseWithResolvers<void>>()
    const ids = Array.from({ length: 50 }, (_, index) => `d${index}`)
    for (const id of ids) gates.set(id, Promise.withResolvers<void>())
    line.handlers = {
      'documents.get': async ({ documentId }) => {
        await gates.get(documentId)?.promise
        return fail('not-found', { what: 'document', id: documentId })
      },
    }
    const client = await connect()
    const answers = ids.map((documentId) => client.call('documents.get', { documentId }))
    for (const id of ids.toReversed()) gates.get(id)?.resolve()
    expect((await Promise.all(answers)).map((answer) => (answer.ok ? null : answer.failure.details))).toEqual(
      ids.map((id) => ({ what: 'document', id })),
    )
  })
})

async function* untilAborted(_: unknown, { signal }: CallContext): Stream<AnswerItem> {
  yield { type: 'text', text: 'so far' }
  yield { type: 'text', text: String(await aborted(signal)) }
  yield stopped
  return ok(undefined)
}
