// A server under test at the end of a transport, and how to read what comes from it.
import { afterEach, beforeEach } from 'vitest'
import { createClient, type Client } from '#client'
import type { AnswerItem } from '#contract/chat.ts'
import type { FramePort } from '#contract/frames.ts'
import type { Stream } from '#contract/result.ts'
import type { Handlers } from '../../main/rpc/handler.ts'
import { RpcServer } from '../../main/rpc/rpcServer.ts'
import { createFakeHandlers } from '../fakes/fakeHandlers.ts'
import { createFakeLogger, type FakeLogger } from '../fakes/fakeLogger.ts'
import type { Transport } from './transports.ts'

/** The server of the running test; `handlers` may be set at any time. */
export type Line = {
  handlers: Partial<Handlers>
  readonly server: RpcServer
  readonly logger: FakeLogger
  readonly connect: () => Promise<Client>
  readonly port: () => Promise<FramePort>
}

/** Opens a fresh server before each test of the suite and closes it after. */
export function useLine(transport: Transport): Line {
  const logger = createFakeLogger()
  let server: RpcServer
  let opened: Awaited<ReturnType<Transport['open']>>
  const line = {
    handlers: {} as Partial<Handlers>, // as: starts empty
    logger,
    get server() {
      return server
    },
    connect: async () => createClient(await opened.connect()),
    port: () => opened.connect(),
  }
  beforeEach(async () => {
    line.handlers = {}
    logger.lines.length = 0
    const handlers = new Proxy(createFakeHandlers({}), {
      get: (all, method: keyof Handlers) => line.handlers[method] ?? all[method],
    })
    let ids = 0
    server = new RpcServer({
      handlers,
      logger,
      now: () => new Date(),
      newId: () => `id-${++ids}`,
      checkOutputs: true,
    })
    opened = await transport.open((port) => server.attach(port))
  })
  afterEach(async () => {
    server.close()
    await opened.close()
  })
  return line
}

/** Resolves with the reason once the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) return Promise.resolve(signal.reason)
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)))
}

/** Every item left in a stream, and how it ended. */
export async function readAll<T>(stream: Stream<T>): Promise<{ items: T[]; ending: unknown }> {
  const items: T[] = []
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return { items, ending: step.value }
    items.push(step.value)
  }
}

/** All text of an answer's items. */
export function textOf(items: readonly AnswerItem[]): string {
  return items.map((item) => (item.type === 'text' ? item.text : '')).join('')
}

/** The first frames to arrive at a port, parsed. */
export function rawFrames(port: FramePort, count: number): Promise<unknown[]> {
  const frames: unknown[] = []
  return new Promise((resolve) => {
    port.onFrame((text) => {
      frames.push(JSON.parse(text))
      if (frames.length === count) resolve(frames)
    })
  })
}
