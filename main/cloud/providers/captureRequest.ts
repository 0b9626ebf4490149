// Runs a provider's client against a fetch that never connects, and keeps the request it would have made.
import type { ContentRequest } from '../../egress/requestDigest.ts'

/** A request as the client wrote it, without its secret: where the key goes is named, the key is added at the door. */
export type CapturedRequest = {
  readonly request: ContentRequest
  readonly secret: { readonly name: string; readonly prefix: string } | null
}

/** What the clients take as their fetch. */
export type CapturingFetch = (url: unknown, init?: { method?: unknown; headers?: unknown; body?: unknown }) => never

/** Stands where the key will; a client is never given the key itself. */
export const keyStandIn = 'key-is-added-at-the-door'

/**
 * Headers that are kept. Everything else a client adds tells about this computer (system, versions, what the environment
 * holds) or about its own retrying, and does not leave.
 */
const kept: readonly string[] = ['accept', 'anthropic-version', 'content-type']

/**
 * The request that `run` makes of the fetch it is given. Throws (a bug, or a client that changed its ways) when there
 * was none or another number than one, when it is no POST of text, and when the key's stand-in is anywhere but in one header.
 */
export async function captureRequest(run: (fetch: CapturingFetch) => Promise<unknown>): Promise<CapturedRequest> {
  const seen: { url: string; method: string; headers: Headers; body: unknown }[] = []
  const capture: CapturingFetch = (url, init) => {
    const headers = new Headers(init?.headers as ConstructorParameters<typeof Headers>[0]) // as: whatever fetch takes
    seen.push({ url: String(url), method: String(init?.method), headers, body: init?.body })
    throw new Error('captured')
  }
  await run(capture).catch((error: unknown) => {
    if (seen.length === 0) throw error
  })
  const [only] = seen
  if (
    only === undefined ||
    seen.length !== 1 ||
    only.method.toUpperCase() !== 'POST' ||
    typeof only.body !== 'string'
  ) {
    throw new Error('the client did not make exactly one request of text')
  }
  const secrets = [...only.headers].filter(([, value]) => value.includes(keyStandIn))
  const [secret] = secrets
  if (secrets.length > 1 || only.url.includes(keyStandIn) || only.body.includes(keyStandIn)) {
    throw new Error('the client put the key where it does not belong')
  }
  const headers = [...only.headers].filter(([name]) => kept.includes(name)).map(([name, value]) => ({ name, value }))
  return {
    request: {
      method: 'POST',
      url: only.url,
      headers: [...headers, { name: 'user-agent', value: 'Sotto' }],
      body: only.body,
    },
    secret:
      secret === undefined ? null : { name: secret[0], prefix: secret[1].slice(0, secret[1].indexOf(keyStandIn)) },
  }
}
