// `app://sotto/`: from an address to a response, out of the built window and nowhere else.
import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { pageFile, pageHeaders, withNonce } from '../node/windowPage.ts'
import { isOurAddress } from './address.ts'

/** What the answer is made from. `read` answers null for what is not there or leads out of the root by a link. */
export type PageSource = {
  /** The built window, absolute. */
  readonly root: string
  read(file: string): Promise<Uint8Array<ArrayBuffer> | null>
  newNonce(): string
}

/** Files below a root, links followed and then held against it. */
export function filesBelow(root: string): PageSource {
  return {
    root,
    async read(file) {
      try {
        const [whole, real] = await Promise.all([realpath(root), realpath(file)])
        return real.startsWith(whole + path.sep) ? new Uint8Array(await readFile(real)) : null
      } catch {
        return null // not there, or not for us: the window is told 404 either way
      }
    },
    newNonce: () => randomBytes(16).toString('base64'),
  }
}

/**
 * Answers one request by its address as it was written: parsers tidy up paths, and what lies below the root is decided
 * here. Only GET of a plain name of a known type is answered; every response carries the one policy.
 */
export async function answerPage(source: PageSource, method: string, address: string): Promise<Response> {
  const nonce = source.newNonce()
  if (method !== 'GET') return refusal(405, nonce)
  const asked = /^app:\/\/sotto(\/[^?#]*)(?:[?#].*)?$/.exec(address)?.[1]
  if (asked === undefined || !isOurAddress(address)) return refusal(404, nonce)
  const found = pageFile(source.root, asked)
  if (found === null) return refusal(404, nonce)
  const bytes = await source.read(found.file)
  if (bytes === null) return refusal(404, nonce)
  const body = found.type.startsWith('text/html') ? withNonce(new TextDecoder().decode(bytes), nonce) : bytes
  return new Response(body, { status: 200, headers: { ...electronHeaders(nonce), 'content-type': found.type } })
}

/** Headers of every response of this host: the window may connect to nobody. */
export function electronHeaders(nonce: string): Readonly<Record<string, string>> {
  return pageHeaders({ connect: "'none'", nonce })
}

function refusal(status: 404 | 405, nonce: string): Response {
  return new Response(null, { status, headers: electronHeaders(nonce) })
}
