// What exactly a request with content is, and the digest a consent is bound to.
import { createHash } from 'node:crypto'
import { canonicalJson } from './logic/canonicalJson.ts'

/** A request as it leaves, but for the header that carries the key. Header names are lower-case; the body is UTF-8. */
export type ContentRequest = {
  readonly method: 'POST'
  readonly url: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly body: string
}

/** Bytes of a body as it leaves. */
export function bodyBytes(body: string): number {
  return Buffer.byteLength(body, 'utf8')
}

/**
 * The SHA-256, lower-case hex, over method, URL and headers (as canonical JSON, one line) and every byte of the body.
 * Whoever holds the ledger and a draft can compute it again.
 */
export function requestDigest(request: ContentRequest): string {
  const { method, url, headers, body } = request
  const head = canonicalJson({ method, url, headers: headers.map(({ name, value }) => [name, value]) })
  return createHash('sha256').update(`${head}\n`, 'utf8').update(body, 'utf8').digest('hex')
}
