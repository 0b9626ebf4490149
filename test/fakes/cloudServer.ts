// A provider on loopback that speaks both wire formats over TLS and records every byte that reaches it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { makeSelfSigned } from './selfSigned.ts'

// Made from the published references: "Messages" and "Streaming messages" of platform.claude.com/docs (events
// message_start, content_block_start, content_block_delta, content_block_stop, message_delta, message_stop, ping, error)
// and "Create chat completion" with its streaming objects of platform.openai.com/docs (chat.completion.chunk, [DONE]).

/** A request as it came over the wire, its body byte for byte; `headers` are lower-case. */
export type ReceivedRequest = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What the provider does with one request. `text` answers in the wire of the path that was asked. */
export type ProviderAct =
  | { readonly kind: 'text'; readonly deltas: readonly string[]; readonly stop?: 'complete' | 'length' | 'refused' }
  | { readonly kind: 'answer'; readonly act: (request: IncomingMessage, response: ServerResponse) => void }

/** A running provider. `next` queues an act; without one it answers with `Fine.`; `echo` sends the last text back. */
export type CloudServer = {
  readonly baseUrl: string
  readonly host: string
  /** Its certificate, PEM, for other processes to trust; null without TLS. */
  readonly certificate: string | null
  readonly requests: ReceivedRequest[]
  readonly connections: () => number
  next(act: ProviderAct): void
  echo(on: boolean): void
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts one: over TLS with a certificate this process then trusts, or plain (private endpoints on loopback). Null: no openssl here. */
export async function startCloudServer(options: { readonly tls: boolean }): Promise<CloudServer | null> {
  const certificate = options.tls ? makeSelfSigned() : null
  if (options.tls && certificate === null) return null
  const requests: ReceivedRequest[] = []
  const acts: ProviderAct[] = []
  const state = { connections: 0, echo: false }
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    void bodyOf(request).then((body) => {
      requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
      const deltas = state.echo ? [lastTextOf(body)] : ['Fi', 'ne.']
      const act = acts.shift() ?? { kind: 'text' as const, deltas }
      if (act.kind === 'answer') act.act(request, response)
      else speak(request.url ?? '', response, act.deltas, act.stop ?? 'complete')
    })
  }
  const server = certificate === null ? createServer(answer) : createTlsServer(certificate, answer)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    state.connections += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  if (certificate !== null) setDefaultCACertificates([...getCACertificates('default'), certificate.cert])
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // as: a TCP server has an address of this kind
  const host = `127.0.0.1:${port}`
  return {
    baseUrl: `${certificate === null ? 'http' : 'https'}://${host}`,
    host,
    certificate: certificate?.cert ?? null,
    requests,
    connections: () => state.connections,
    next: (act) => void acts.push(act),
    echo: (on) => (state.echo = on),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** An answer's events in the wire of a path. */
export function speak(
  path: string,
  response: ServerResponse,
  deltas: readonly string[],
  stop: 'complete' | 'length' | 'refused',
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const events = path.includes('/messages') ? messageEvents(deltas, stop) : chatEvents(deltas, stop)
  response.end(events.join(''))
}

/** Events of the Messages API. */
export function messageEvents(deltas: readonly string[], stop: 'complete' | 'length' | 'refused'): string[] {
  const reason = { complete: 'end_turn', length: 'max_tokens', refused: 'refusal' }[stop]
  const event = (type: string, fields: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
  return [
    event('message_start', {
      message: { id: 'm', type: 'message', role: 'assistant', usage: { input_tokens: 100, output_tokens: 1 } },
    }),
    event('ping', {}),
    event('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '' } }),
    event('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: 'not shown' } }),
    event('content_block_stop', { index: 0 }),
    event('content_block_start', { index: 1, content_block: { type: 'text', text: '' } }),
    ...deltas.map((text) => event('content_block_delta', { index: 1, delta: { type: 'text_delta', text } })),
    event('content_block_stop', { index: 1 }),
    event('message_delta', { delta: { stop_reason: reason }, usage: { output_tokens: 20 } }),
    event('message_stop', {}),
  ]
}

/** Chunks of the Chat Completions API. */
export function chatEvents(deltas: readonly string[], stop: 'complete' | 'length' | 'refused'): string[] {
  const reason = { complete: 'stop', length: 'length', refused: 'content_filter' }[stop]
  const chunk = (fields: object) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', ...fields })}\n\n`
  return [
    chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }),
    ...deltas.map((content) => chunk({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })),
    chunk({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }),
    chunk({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } }),
    'data: [DONE]\n\n',
  ]
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // as: no encoding is set, so these are buffers
  return Buffer.concat(chunks).toString('utf8')
}

type Spoken = { readonly messages: readonly { readonly content: string | readonly { readonly text: string }[] }[] }

/** The last message's text of a request in either wire. */
export function lastTextOf(body: string): string {
  const { messages } = JSON.parse(body) as Spoken // as: both wires write messages like this
  const content = messages.at(-1)?.content ?? ''
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n\n')
}
