// A mirror on loopback that serves one file and misbehaves as told, request by request.
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startLoopbackServer, type LoopbackServer } from './loopbackServer.ts'

/** One misdeed, used up by one request for a file; `after` counts bytes of the body. Without one the mirror is honest. */
export type Misdeed =
  | { readonly kind: 'drop'; readonly after: number }
  | { readonly kind: 'stall'; readonly after: number }
  | { readonly kind: 'truncate'; readonly after: number }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'redirect'; readonly to: string }
  /** Answers the whole file to a request for a range. */
  | { readonly kind: 'ignore-range' }
  /** Names another range than the one asked for, or another total. */
  | { readonly kind: 'other-range' }
  | { readonly kind: 'other-total' }
  /** A body longer than the range it names. */
  | { readonly kind: 'too-long' }
  | { readonly kind: 'no-length' }
  | { readonly kind: 'corrupt'; readonly at: number }

/** A mirror. `misdeeds` are taken from the front; `content` and `etag` may be changed at any time. */
export type ModelMirror = {
  content: Buffer
  etag: string | null
  /** Other things it has, by path and query; all else is the model. */
  readonly files: Map<string, Buffer | string>
  readonly misdeeds: Misdeed[]
  readonly server: LoopbackServer
  /** The first byte of every request, in order. */
  readonly asked: number[]
  /** Resolves when a stalled answer has sent what it will. */
  stalled(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts a mirror; whoever starts it disposes it. */
export async function startModelMirror(content: Buffer): Promise<ModelMirror> {
  const waiting: (() => void)[] = []
  const mirror: ModelMirror = {
    content,
    etag: `"${sha256Of(content)}"`,
    files: new Map(),
    misdeeds: [],
    asked: [],
    server: await startLoopbackServer((request, response) => answer(mirror, request, response, waiting)), // disposed below
    stalled: () => new Promise((resolve) => waiting.push(resolve)),
    [Symbol.asyncDispose]: () => mirror.server[Symbol.asyncDispose](),
  }
  return mirror
}

/** SHA-256, hex. */
export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function answer(
  mirror: ModelMirror,
  request: IncomingMessage,
  response: ServerResponse,
  waiting: (() => void)[],
): void {
  const file = mirror.files.get(request.url ?? '')
  if (file !== undefined) {
    response.end(file)
    return
  }
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  const from = Number(asked?.[1] ?? 0)
  mirror.asked.push(from)
  const misdeed = mirror.misdeeds.shift()
  if (misdeed?.kind === 'status') {
    response.writeHead(misdeed.status, misdeed.retryAfter === undefined ? {} : { 'retry-after': misdeed.retryAfter })
    response.end('busy')
    return
  }
  if (misdeed?.kind === 'redirect') {
    response.writeHead(302, { location: misdeed.to }).end()
    return
  }
  const ranged = asked !== null && misdeed?.kind !== 'ignore-range'
  const to = ranged && asked[2] !== '' ? Number(asked[2]) + 1 : mirror.content.length
  const body = Buffer.from(mirror.content.subarray(ranged ? from : 0, to))
  if (misdeed?.kind === 'corrupt') body[misdeed.at] = (body[misdeed.at] ?? 0) ^ 1
  const total = mirror.content.length + (misdeed?.kind === 'other-total' ? 1 : 0)
  const first = from + (misdeed?.kind === 'other-range' ? 1 : 0)
  const range = { 'content-range': `bytes ${first}-${Math.min(to, total) - 1}/${total}` }
  const free = misdeed?.kind === 'no-length' || misdeed?.kind === 'too-long' || misdeed?.kind === 'truncate'
  response.writeHead(ranged ? 206 : 200, {
    ...(mirror.etag === null ? {} : { etag: mirror.etag }),
    ...(ranged ? range : {}),
    ...(free ? {} : { 'content-length': String(body.length) }),
  })
  send(response, body, misdeed, waiting)
}

function send(response: ServerResponse, body: Buffer, misdeed: Misdeed | undefined, waiting: (() => void)[]): void {
  if (misdeed?.kind === 'drop') response.write(body.subarray(0, misdeed.after), () => response.destroy())
  else if (misdeed?.kind === 'stall') {
    response.write(body.subarray(0, misdeed.after), () => waiting.splice(0).forEach((resolve) => resolve()))
  } else if (misdeed?.kind === 'truncate') response.end(body.subarray(0, misdeed.after))
  else response.end(misdeed?.kind === 'too-long' ? Buffer.concat([body, Buffer.alloc(1000)]) : body)
}
