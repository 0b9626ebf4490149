// What a server does with frames no proper client sends, over every transport.
import { describe, expect, test } from 'vitest'
import { maxFrameCharacters } from '#contract/protocol.ts'
import { ok } from '#contract/result.ts'
import { disconnected } from '../../main/rpc/connection.ts'
import { aborted, rawFrames, useLine } from './line.ts'
import { transportsHere, type Transport } from './transports.ts'

describe.each(await transportsHere())('over $name', (transport: Transport) => {
  const line = useLine(transport)

  test('a frame over the cap is refused on its call, by the client before it leaves and by the server', async () => {
    const text = 'x'.repeat(maxFrameCharacters)
    const refusal = { code: 'invalid-input', details: { issues: [`longer than ${maxFrameCharacters} characters`] } }
    const client = await line.connect()
    expect(await client.call('chat.preload', { conversationId: 'c', text })).toEqual({ ok: false, failure: refusal })
    const port = await line.port()
    const frames = rawFrames(port, 2)
    port.post(JSON.stringify({ type: 'call', id: 4, method: 'chat.preload', input: { text } }))
    expect((await frames)[1]).toEqual({ type: 'fail', id: 4, failure: refusal })
  })

  test('a frame with an id that is no proper call is refused on it', async () => {
    const port = await line.port()
    const frames = rawFrames(port, 2)
    port.post(JSON.stringify({ type: 'call', id: 9, method: 'documents.list', input: {}, extra: true }))
    expect((await frames)[1]).toEqual({
      type: 'fail',
      id: 9,
      failure: { code: 'invalid-input', details: { issues: ['input: unrecognized_keys'] } },
    })
  })

  test.each(['no json', '[]', '{"type":"burn"}', '{"type":"call","id":-1,"method":"x","input":{}}'])(
    'nonsense ends the connection: %s',
    async (text) => {
      const port = await line.port()
      const closed = new Promise<string>((resolve) => port.onClose(() => resolve('closed')))
      port.post(text)
      expect(await closed).toBe('closed')
      expect(line.logger.lines.map((entry) => entry.event)).toContain('rpc-nonsense')
    },
  )

  test('an id in use is refused by ending the connection, and its call is aborted', async () => {
    const reason = Promise.withResolvers<unknown>()
    line.handlers = { 'documents.list': async (_, { signal }) => (reason.resolve(await aborted(signal)), ok([])) }
    const port = await line.port()
    const frame = JSON.stringify({ type: 'call', id: 1, method: 'documents.list', input: {} })
    port.post(frame)
    port.post(frame)
    expect(await reason.promise).toBe(disconnected)
    expect(line.logger.lines.map((entry) => entry.event)).toContain('rpc-duplicate-id')
  })

  test('cancelling what is not running changes nothing', async () => {
    line.handlers = { 'documents.list': async () => ok([]) }
    const port = await line.port()
    const frames = rawFrames(port, 2)
    port.post(JSON.stringify({ type: 'cancel', id: 77 }))
    port.post(JSON.stringify({ type: 'call', id: 1, method: 'documents.list', input: {} }))
    expect((await frames)[1]).toEqual({ type: 'done', id: 1, value: [] })
  })
})
