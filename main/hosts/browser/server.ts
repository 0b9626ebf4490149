// The loopback server: the window's files and one WebSocket, both behind the door.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { maxFrameCharacters, type FramePort } from '#contract/frames.ts'
import { WebSocketServer } from 'ws'
import { pageFile } from '../node/windowPage.ts'
import { Door } from './door.ts'
import { browserHeaders, leadingPage, pageHtml } from './page.ts'
import { webSocketPort } from './webSocketPort.ts'

/** The running server. */
export type BrowserServer = {
  readonly door: Door
  readonly origin: string
  close(): Promise<void>
}

/** What the server is made from. */
export type ServerOptions = {
  /** The built window, absolute. */
  readonly pageRoot: string
  /** Serves a connection; called in the turn it opens. */
  readonly attach: (port: FramePort) => void
  /** Hears the number of open connections at every change. */
  readonly onWindows: (open: number) => void
  readonly now: () => number
  /** What a person reads who comes with a spent address or none. */
  readonly refusal: string
}

function refuse(response: ServerResponse, status: number, sentence = ''): void {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, { ...browserHeaders('none'), 'content-type': 'text/plain; charset=utf-8' })
  response.end(sentence)
}

async function sendPage(response: ServerResponse, file: { file: string; type: string }, head: boolean): Promise<void> {
  const nonce = randomBytes(16).toString('base64')
  const bytes = await readFile(file.file).catch(() => null)
  if (bytes === null) return refuse(response, 404)
  const body = file.type.startsWith('text/html') ? Buffer.from(pageHtml(bytes.toString('utf8'), nonce)) : bytes
  response.writeHead(200, { ...browserHeaders(nonce), 'content-type': file.type, 'content-length': body.length })
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
  // As it stands: a parser that tidies up paths would decide here what lies below the root.
  const [asked = '', query] = (request.url ?? '').split('?', 2)
  if (asked === '/start') {
    // A preview that looks ahead must not spend the code.
    if (request.method === 'HEAD' || request.headers['sec-purpose'] !== undefined) return refuse(response, 403)
    const cookie = door.exchangeCode(new URLSearchParams(query).get('code') ?? '')
    if (cookie === null) return refuse(response, 403, options.refusal)
    const type = 'text/html; charset=utf-8'
    response.writeHead(200, { ...browserHeaders('none'), 'set-cookie': cookie, 'content-type': type })
    response.end(leadingPage('/'))
    return
  }
  if (!door.cookieMatches(request.headers.cookie)) return refuse(response, 403, options.refusal)
  const file = pageFile(options.pageRoot, asked)
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
    if (!welcome) return refuseSocket(socket, '403 Forbidden')
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.on('close', () => options.onWindows(sockets.clients.size))
      options.attach(webSocketPort(connection))
      options.onWindows(sockets.clients.size)
    })
  })
  return sockets
}

/** An answer to what never became a request or is no page: the same headers, no body, and the connection ends. */
function refuseSocket(socket: Duplex, status: '400 Bad Request' | '403 Forbidden'): void {
  const headers = { ...browserHeaders('none'), 'content-length': '0', connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  // A peer that has gone makes writing fail, and without a listener that would end the process.
  socket.on('error', () => undefined)
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`)
  else socket.destroy()
}

/** Listens on 127.0.0.1 at a port the system chooses; rejects only if no loopback port can be had. */
export async function startServer(options: ServerOptions): Promise<BrowserServer> {
  // A request without Host is refused by us, with our headers.
  const server = createServer({ requireHostHeader: false })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // as: a listening TCP server has this address shape
  const door = new Door({ port, now: options.now })
  server.on('request', (request, response) => {
    answer(door, options, request, response).catch(() => refuse(response, 500))
  })
  // Also what a browser sends through us as its proxy.
  server.on('connect', (_request, socket) => refuseSocket(socket, '403 Forbidden'))
  server.on('clientError', (_error, socket) => refuseSocket(socket, '400 Bad Request'))
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
