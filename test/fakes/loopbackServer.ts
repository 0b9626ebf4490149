// A real HTTP server on 127.0.0.1 that records what reached it: connections, requests and their raw headers.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A request as it came over the wire; `headers` are name and value in turn, spelled as sent. */
export type SeenRequest = { readonly method: string; readonly path: string; readonly headers: readonly string[] }

/** A running server. `connections` counts sockets ever opened; `closed` resolves when the given socket number has gone. */
export type LoopbackServer = {
  readonly host: string
  readonly address: string
  readonly requests: SeenRequest[]
  readonly connections: number
  /** Resolves when every socket opened so far is closed at this end too. */
  allClosed(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts a server that answers with `answer`. Whoever starts it disposes it; open sockets are destroyed then. */
export async function startLoopbackServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  onConnect?: (request: IncomingMessage, socket: Socket) => void,
): Promise<LoopbackServer> {
  const requests: SeenRequest[] = []
  const closings: Promise<void>[] = []
  const see = (request: IncomingMessage): void => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.rawHeaders })
  }
  const server = createServer((request, response) => {
    see(request)
    answer(request, response)
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    see(request)
    onConnect?.(request, socket)
  })
  server.on('connection', (socket: Socket) => {
    closings.push(new Promise((resolve) => socket.once('close', () => resolve())))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // as: a TCP server has an address of this kind
  return {
    host: `127.0.0.1:${port}`,
    address: `http://127.0.0.1:${port}`,
    requests,
    get connections() {
      return closings.length
    },
    async allClosed() {
      await Promise.all(closings)
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
