// Tries every way out it knows, with nothing worth sending and to no real host, and says who refused it.
import type { SelfTestWay } from '#contract/cloud.ts'
import type { Parsed } from '#contract/index.ts'
import type { Result } from '#contract/result.ts'
import type { EgressGate } from '../egress/egressGate.ts'
import type { GrantBook, GrantOrder } from '../egress/grant.ts'
import { type ContentRequest, requestDigest } from '../egress/requestDigest.ts'

type SelfTestDeps = {
  readonly gate: Pick<EgressGate, 'send' | 'fetchPublic'>
  readonly grants: GrantBook
  readonly approve: (input: Parsed<'cloud.approve'>) => Promise<Result<unknown>>
}

/** A host that exists nowhere (RFC 2606), so that even a way that gave out would reach nobody. */
const nowhere = 'sotto-self-test.invalid'

const request: ContentRequest = {
  method: 'POST',
  url: `https://${nowhere}/`,
  headers: [{ name: 'content-type', value: 'text/plain' }],
  body: 'self-test',
}

/**
 * Each way with how it went. Orders that claim other bytes, another host or no encryption are minted on purpose: it is
 * the door that must refuse them. While the way out is closed every way is refused for that reason.
 */
export async function tryEveryWayOut(deps: SelfTestDeps): Promise<SelfTestWay[]> {
  const { gate, grants, approve } = deps
  const never = new AbortController().signal
  const send = async (grantId: string) => (await gate.send(grantId, never)).result
  const sendOrder = (change: Partial<GrantOrder>) => send(grants.mint({ ...order(), ...change }).id)
  const asPublic = async (address: string, method: 'GET' | 'HEAD' = 'GET') =>
    gate.fetchPublic('model-download', address, { method, signal: never })
  const dropped = async () => {
    const { id } = grants.mint(order())
    grants.drop([id])
    return send(id)
  }
  const http = { ...request, url: `http://${nowhere}/` }
  const ways: readonly (readonly [SelfTestWay['way'], () => Promise<Result<unknown>>])[] = [
    ['send-without-grant', () => send('no-such-grant')],
    ['send-with-used-grant', dropped],
    ['send-altered-bytes', () => sendOrder({ request: { ...request, body: 'self-tesT' } })],
    ['send-to-other-host', () => sendOrder({ host: `other.${nowhere}` })],
    ['send-unencrypted', () => sendOrder({ request: http, digest: requestDigest(http) })],
    ['approve-unknown-draft', () => approve(approval('no-such-draft'))],
    ['public-unknown-host', () => asPublic(`https://${nowhere}/model.gguf`)],
    ['public-plain-http', () => asPublic('http://huggingface.co/model.gguf')],
    ['public-address-with-name', () => asPublic('https://name:word@huggingface.co/model.gguf')],
    ['public-long-address', () => asPublic(`https://huggingface.co/${'x'.repeat(5000)}`)],
  ]
  const tried: SelfTestWay[] = []
  for (const [way, attempt] of ways) {
    const result = await attempt()
    tried.push(
      result.ok ? { way, outcome: 'got-out', code: '' } : { way, outcome: 'refused', code: result.failure.code },
    )
  }
  return tried
}

function order(): GrantOrder {
  return { digest: requestDigest(request), host: nowhere, model: 'self-test', request, secret: null }
}

function approval(draftId: string): Parsed<'cloud.approve'> {
  return { draftId, digest: '0'.repeat(64), scope: 'once', fallback: null }
}
