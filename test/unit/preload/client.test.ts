// The client against a server that is not what it should be.
import { expect, test } from 'vitest'
import { createClient } from '#client'
import type { FramePort } from '#contract/frames.ts'
import { protocolVersion } from '#contract/protocol.ts'

function fakePort() {
  let frame: (text: string) => void = () => undefined
  let close: () => void = () => undefined
  const sent: unknown[] = []
  const state = { closed: false }
  const port: FramePort = {
    post: (text) => void sent.push(JSON.parse(text)),
    onFrame: (listener) => void (frame = listener),
    onClose: (listener) => void (close = listener),
    close: () => void (state.closed = true),
  }
  return { port, sent, state, say: (value: unknown) => frame(JSON.stringify(value)), cut: () => close() }
}

test('nothing is sent before hello, then everything in order', () => {
  const { port, sent, say } = fakePort()
  const client = createClient(port)
  void client.call('documents.list', {})
  client.stream('chat.follow', { messageId: 'm' })
  expect(sent).toEqual([])
  say({ type: 'hello', protocolVersion })
  expect(sent).toEqual([
    { type: 'call', id: 0, method: 'documents.list', input: {} },
    { type: 'call', id: 1, method: 'chat.follow', input: { messageId: 'm' } },
  ])
})

test('another version fails every call, before and after, and hangs up', async () => {
  const { port, say, state, sent } = fakePort()
  const client = createClient(port)
  const failure = {
    ok: false,
    failure: { code: 'protocol-mismatch', details: { expected: protocolVersion, found: 99 } },
  }
  const pending = client.call('documents.list', {})
  const stream = client.stream('chat.follow', { messageId: 'm' })
  say({ type: 'hello', protocolVersion: 99 })
  expect(await pending).toEqual(failure)
  expect(await stream.next()).toEqual({ done: true, value: failure })
  expect(await client.call('documents.list', {})).toEqual(failure)
  expect({ state, sent }).toEqual({ state: { closed: true }, sent: [] })
})

test('a port that closes before hello fails what waits', async () => {
  const { port, cut } = fakePort()
  const client = createClient(port)
  const pending = client.call('documents.list', {})
  cut()
  expect(await pending).toEqual({ ok: false, failure: { code: 'disconnected', details: {} } })
})

test('a stream left while a read is pending ends that read and cancels once', async () => {
  const { port, sent, say } = fakePort()
  const client = createClient(port)
  say({ type: 'hello', protocolVersion })
  const stream = client.stream('chat.follow', { messageId: 'm' })
  const read = stream.next()
  await stream.return({ ok: true, value: undefined })
  await stream.return({ ok: true, value: undefined })
  expect(await read).toEqual({ done: true, value: { ok: true, value: undefined } })
  expect(sent.slice(1)).toEqual([{ type: 'cancel', id: 0 }])
})

test('a signal aborted after the end sends nothing', async () => {
  const { port, sent, say } = fakePort()
  const client = createClient(port)
  say({ type: 'hello', protocolVersion })
  const controller = new AbortController()
  const pending = client.call('documents.list', {}, { signal: controller.signal })
  say({ type: 'done', id: 0, value: [] })
  expect(await pending).toEqual({ ok: true, value: [] })
  controller.abort()
  expect(sent).toHaveLength(1)
})
