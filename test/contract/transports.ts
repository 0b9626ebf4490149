// Every way frames may travel, as pairs of ports: the window's end and the server's.
import { EventEmitter, once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import type { FramePort } from '#contract/frames.ts'
import { createMemoryPorts } from '../../main/hosts/node/memoryPorts.ts'

/** A way to connect. `connect` calls `attach` with the server's end in the turn it exists, and gives the window's. */
export type Transport = {
  readonly name: string
  open(attach: (port: FramePort) => void): Promise<{ connect(): Promise<FramePort>; close(): Promise<void> }>
}

const memory: Transport = {
  name: 'memory',
  open: async (attach) => ({
    connect: async () => {
      const [near, far] = createMemoryPorts()
      attach(far)
      return near
    },
    close: async () => undefined,
  }),
}

/** As Electron delivers: event objects around structured clones, on emitters that are not the sender's. */
const ipc: Transport = {
  name: 'ipc double',
  open: async (attach) => ({
    connect: async () => {
      const near = new EventEmitter()
      const far = new EventEmitter()
      attach(ipcPort(far, near))
      return ipcPort(near, far)
    },
    close: async () => undefined,
  }),
}

function ipcPort(own: EventEmitter, other: EventEmitter): FramePort {
  let open = true
  own.once('destroyed', () => {
    open = false
  })
  return {
    post: (text) => {
      if (!open) return
      const message = structuredClone({ channel: 'sotto', text })
      setImmediate(() => other.emit('message', { sender: own }, message))
    },
    onFrame: (listener) => {
      own.on('message', (_event: unknown, message: { readonly text: string }) => {
        if (open) listener(message.text)
      })
    },
    onClose: (listener) => void own.once('destroyed', listener),
    close: () => {
      if (!open) return
      open = false
      setImmediate(() => {
        own.emit('destroyed')
        other.emit('destroyed')
      })
    },
  }
}

const webSocket: Transport = {
  name: 'web socket on loopback',
  open: async (attach) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 64 * 1024 * 1024 })
    await once(server, 'listening')
    server.on('connection', (socket) => attach(socketPort(socket)))
    const { port } = server.address() as AddressInfo // as: a listening TCP server has an AddressInfo
    return {
      connect: async () => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}`)
        const early = bufferUntilListened(socket)
        await once(socket, 'open')
        return early
      },
      close: () => new Promise((resolve) => server.close(() => resolve())),
    }
  },
}

function socketPort(socket: WebSocket): FramePort {
  return {
    post: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    onFrame: (listener) => void socket.on('message', (data: Buffer) => listener(data.toString('utf8'))),
    onClose: (listener) => void socket.on('close', () => listener()),
    close: () => socket.close(),
  }
}

/** `hello` may come in the same packet as the handshake, before anyone could listen. */
function bufferUntilListened(socket: WebSocket): FramePort {
  const port = socketPort(socket)
  const early: string[] = []
  let listener: (text: string) => void = (text) => void early.push(text)
  port.onFrame((text) => listener(text))
  return {
    ...port,
    onFrame: (given) => {
      listener = given
      for (const text of early.splice(0)) given(text)
    },
  }
}

/** All of them; the web socket only where a loopback port can be opened. */
export async function transportsHere(): Promise<readonly Transport[]> {
  if (await loopbackWorks()) return [memory, ipc, webSocket]
  console.warn('contract suite: no loopback address in this namespace, so the web socket is left out')
  return [memory, ipc]
}

async function loopbackWorks(): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
