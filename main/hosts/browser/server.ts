// The loopback server: the window's files and one WebSocket, both behind the door.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { maxFrameCharacters, type FramePort } from '#contract/frames.ts'
import { WebSocketServer } from 'ws'
import { Door } from './door.ts'
import { pageFile, pageHeaders, pageHtml } from './page.ts'
import { webSocketPort } from './webSocketPort.ts'

/** The running server. `windows` counts open connections; `onWindows` hears every change. */
export type BrowserServer = {
  readonly door: Door
  readonly origin: string
  close(): Promise<void>
}

type ServerOptions = {
  /** The built window, absolute. */
  readonly pageRoot: string
  readonly attach: (port: FramePort) => void
  readonly onWindows: (open: number) => void
  readonly now: () => number
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...pageHeaders('none'), 'content-type': 'text/plain; charset=utf-8' })
  response.end()
}

async function sendPage(response: ServerResponse, file: { file: string; type: string }, head: boolean): Promise<void> {
  const nonce = randomBytes(16).toString('base64')
  const bytes = await readFile(file.file).catch(() => null)
  if (bytes === null) return refuse(response, 404)
  const body = file.type.startsWith('text/html') ? Buffer.from(pageHtml(bytes.toString('utf8'), nonce)) : bytes
  response.writeHead(200, { ...pageHeaders(nonce), 'content-type': file.type, 'content-length': body.length })
  response.end(head ? undefined : body)
}

async function answer(
  door: Door,
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!door.hostMatches(request.headers.host)) return refuse(response, 421)
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
  const url = new URL(request.url ?? '/', door.origin)
  if (url.pathname === '/start') {
    const cookie = door.exchangeCode(url.searchParams.get('code') ?? '')
    if (cookie === null) return refuse(response, 403)
    response.writeHead(303, { ...pageHeaders('none'), 'set-cookie': cookie, location: '/' })
    response.end()
    return
  }
  if (!door.cookieMatches(request.headers.cookie)) return refuse(response, 403)
  const file = pageFile(options.pageRoot, url.pathname)
  if (file === null) return refuse(response, 404)
  await sendPage(response, file, request.method === 'HEAD')
}

function acceptSockets(server: Server, door: Door, options: ServerOptions): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameCharacters * 4, perMessageDeflate: false })
  server.on('upgrade', (request, socket, head) => {
    const welcome =
      request.url === '/frames' &&
      door.hostMatches(request.headers.host) &&
      door.originMatches(request.headers.origin) &&
      door.cookieMatches(request.headers.cookie)
    if (!welcome) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.on('close', () => options.onWindows(sockets.clients.size))
      options.attach(webSocketPort(connection))
      options.onWindows(sockets.clients.size)
    })
  })
  return sockets
}

/** Listens on 127.0.0.1 at a port the system chooses; rejects only if no loopback port can be had. */
export async function startServer(options: ServerOptions): Promise<BrowserServer> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // as: a listening TCP server has this address shape
  const door = new Door({ port, now: options.now })
  server.on('request', (request, response) => {
    answer(door, options, request, response).catch(() => refuse(response, 500))
  })
  const sockets = acceptSockets(server, door, options)
  return {
    door,
    origin: door.origin,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
