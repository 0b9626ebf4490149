// One channel, senders checked, nonsense answered by hanging up.
import { expect, test } from 'vitest'
import type { FramePort } from '#contract/frames.ts'
import { framesChannel, maxFrameCharacters, protocolVersion } from '#contract/protocol.ts'
import { IpcPorts } from '../../../../main/hosts/electron/ipcPorts.ts'
import { RpcServer } from '../../../../main/rpc/rpcServer.ts'
import { createFakeElectron } from '../../../fakes/fakeElectron.ts'
import { FakeContents } from '../../../fakes/fakeElectronPage.ts'
import { createFakeHandlers } from '../../../fakes/fakeHandlers.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'
import { seededRandom } from '../../../acceptance/seededRandom.ts'

function setUp() {
  const fake = createFakeElectron()
  const page = new FakeContents()
  const refused: string[] = []
  const heard: string[] = []
  const ended: string[] = []
  const state = { talking: 0 }
  const ports = new IpcPorts({
    ipcMain: fake.electron.ipcMain,
    isOurs: (contents) => contents === page.real,
    refused: (why) => void refused.push(why),
    onTalking: () => (state.talking += 1),
  })
  const attached: FramePort[] = []
  const attach = (port: FramePort) => {
    attached.push(port)
    port.onFrame((text) => heard.push(text))
    port.onClose(() => ended.push('closed'))
  }
  const say = (message: unknown, sender: object = page.sender()) => fake.ipcMain.emit(framesChannel, sender, message)
  return { fake, page, ports, attach, attached, refused, heard, ended, state, say }
}

test('frames go both ways between a page and its port', () => {
  const { page, ports, attach, attached, heard, say, state } = setUp()
  ports.serve(attach)
  say(null)
  attached[0]?.post('hello')
  say('a call')
  say('another')
  expect({ sent: page.sent, heard, talking: state.talking }).toEqual({
    sent: [[framesChannel, 'hello']],
    heard: ['a call', 'another'],
    talking: 1,
  })
})

test('a page that comes before the app is open gets its port then', () => {
  const { ports, attach, attached, say } = setUp()
  say(null)
  expect(attached).toHaveLength(0)
  ports.serve(attach)
  expect(attached).toHaveLength(1)
})

test('a page loaded anew gets a new port, and the old one is closed', () => {
  const { ports, attach, attached, ended, page, say } = setUp()
  ports.serve(attach)
  say(null)
  say(null)
  attached[0]?.post('to a page that is gone')
  expect({ ports: attached.length, ended, sent: page.sent }).toEqual({ ports: 2, ended: ['closed'], sent: [] })
})

test('a dead page ends its port; a port that is closed tells its page', () => {
  const { ports, attach, attached, ended, page, say } = setUp()
  ports.serve(attach)
  say(null)
  ports.drop(page.real)
  say(null)
  attached[1]?.close()
  say('too late')
  expect({ ended, sent: page.sent, talking: ports.talking }).toEqual({
    ended: ['closed', 'closed'],
    sent: [[framesChannel, null]],
    talking: false,
  })
})

const elsewhere = [
  ['a frame that is gone', (page: FakeContents) => page.sender(null)],
  ['a destroyed frame', (page: FakeContents) => page.sender({ ...page.frame, isDestroyed: () => true })],
  ['a frame inside the page', (page: FakeContents) => page.sender({ ...page.frame, parent: page.frame })],
  ['another origin', (page: FakeContents) => page.sender({ ...page.frame, origin: 'https://example.org' })],
  ['a look-alike host', (page: FakeContents) => page.sender({ ...page.frame, url: 'app://sotto.evil/' })],
  ['an opaque origin', (page: FakeContents) => page.sender({ ...page.frame, origin: 'null' })],
  ['a page Sotto did not make', () => new FakeContents().sender()],
  [
    'a page that is gone',
    (page: FakeContents) => {
      page.destroyed = true
      return page.sender()
    },
  ],
] as const

test.each(elsewhere)('S9: %s is not heard', (_who, senderOf) => {
  const { page, ports, attach, attached, heard, refused, say } = setUp()
  ports.serve(attach)
  say(null)
  const sender = senderOf(page)
  say('a call', sender)
  say(null, sender)
  expect({ heard, ports: attached.length, refused }).toEqual({ heard: [], ports: 1, refused: ['sender', 'sender'] })
})

test.each([[1], [{}], [undefined], [['frame']], [new Uint8Array(3)], ['x'.repeat(maxFrameCharacters + 1)]])(
  'S9: what is no frame ends the connection',
  (message) => {
    const { ports, attach, heard, refused, ended, say } = setUp()
    ports.serve(attach)
    say(null)
    say(message)
    expect({ heard, refused, ended }).toEqual({ heard: [], refused: ['shape'], ended: ['closed'] })
  },
)

/** A frame that should not be: nonsense, a wrong shape, an unknown method, or an input of the wrong kind. */
function badFrame(random: () => number, id: number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T // as: the index is inside
  const inputs = [
    null,
    1,
    [],
    'text',
    { path: 7 },
    { __proto__: { path: 'x' } },
    { conversationId: {} },
    { extra: true },
  ]
  const methods = [
    'documents.burn',
    '__proto__',
    'constructor',
    'toString',
    '',
    'jobs.stop',
    'settings.set',
    'chat.send',
  ]
  return pick([
    () => JSON.stringify({ type: 'call', id, method: pick(methods), input: pick(inputs) }),
    () => JSON.stringify({ type: pick(['Call', 'event', 'done', 7]), id, method: 'jobs.list', input: {} }),
    () => JSON.stringify({ type: 'call', id: pick([-1, 1.5, '1', null]), method: 'jobs.list', input: {} }),
    () => String.fromCharCode(...Array.from({ length: 20 }, () => Math.floor(random() * 65_536))),
    () => '{"type":"call","id":'.repeat(Math.ceil(random() * 3)),
    () => '['.repeat(10_000),
  ])()
}

test('S9: a thousand bad frames do nothing, and each that has an id gets a coded failure', () => {
  const seed = Number(process.env['SOTTO_SEED'] ?? 4711)
  const random = seededRandom(seed)
  const { page, ports, say } = setUp()
  let done = 0
  const handlers = createFakeHandlers({})
  for (const name of Object.keys(handlers)) Object.defineProperty(handlers, name, { value: () => void (done += 1) })
  const logger = createFakeLogger()
  const server = new RpcServer({ handlers, logger, now: () => new Date(0) })
  ports.serve((port) => server.attach(port))
  for (let id = 0; id < 1000; id += 1) {
    // Nonsense is hung up on, and the page comes anew.
    if (!ports.connected) say(null)
    say(badFrame(random, id))
  }
  const replies = page.sent.flatMap((sent) => {
    const text = (sent as readonly unknown[])[1] // as: a channel and a message, see FakeContents
    return typeof text === 'string' ? [JSON.parse(text) as { type: string; failure?: { code: string } }] : [] // as: our own frames
  })
  const codes = new Set(replies.flatMap(({ failure }) => (failure === undefined ? [] : [failure.code])))
  expect(replies[0]).toEqual({ type: 'hello', protocolVersion })
  expect({ done, codes: [...codes].sort(), seed }).toEqual({
    done: 0,
    codes: ['invalid-input', 'unknown-method'],
    seed,
  })
  expect(logger.lines.some(({ event }) => event === 'rpc-internal')).toBe(false)
})
