// Reads a model's header at its server by ranges, growing until our validator is satisfied.
import { fail, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../../egress/egressGate.ts'
import { tagOf, totalOf } from '../logic/downloadAnswer.ts'
import { refusedHeader } from '../logic/leftOut.ts'
import { parseGgufHeader, type HeaderFacts } from '../logic/ggufHeader.ts'

/** A header read from afar and the size of the whole file as the server states it. */
export type RemoteHeader = { readonly facts: HeaderFacts; readonly bytes: number }

const firstWindow = 256 * 1024
const largestHeader = 128 * 1024 * 1024

/**
 * Fetches only what the header needs, each byte once. Failures: `download-failed`, `model-invalid`, those of the way out.
 * A server that knows no ranges is read until the header is there and then left.
 */
export async function fetchHeader(
  gate: Pick<EgressGate, 'fetchPublic'>,
  order: { readonly name: string; readonly address: string },
  signal: AbortSignal,
): Promise<Result<RemoteHeader>> {
  const { name, address } = order
  let here: Uint8Array = new Uint8Array(0)
  let upTo = firstWindow
  let tag: string | null = null
  for (;;) {
    const range = { from: here.length, to: upTo - 1 }
    const fetched = await gate.fetchPublic('model-header', address, { method: 'GET', range, signal })
    if (!fetched.ok) return fetched
    if (fetched.value.outcome === 'stopped') return fail('download-failed', { name, reason: 'busy' })
    const { status, headers, body } = fetched.value
    const total = status === 206 ? totalOf(headers['content-range'], here.length) : wholeLength(status, headers)
    if (total === null || (here.length > 0 && (status === 200 || tagOf(headers) !== tag))) {
      await body.return(ok({ reason: 'stopped', receivedBytes: 0 }))
      return fail('download-failed', { name, reason: reasonOfStatus(status) })
    }
    tag = tagOf(headers)
    const pieces = [here]
    let length = here.length
    const wanted = Math.min(upTo, total)
    for await (const chunk of body) {
      pieces.push(chunk.subarray(0, wanted - length))
      length = Math.min(wanted, length + chunk.length)
      if (length === wanted) break
    }
    here = Buffer.concat(pieces)
    if (here.length < wanted) return fail('download-failed', { name, reason: 'bad-length' })
    const outcome = parseGgufHeader(here, total)
    if (outcome.state === 'valid') return ok({ facts: outcome.facts, bytes: total })
    if (outcome.state === 'invalid') return refusedHeader(name, outcome.reason)
    if (outcome.upTo > largestHeader) return fail('model-invalid', { name, reason: 'header-too-large' })
    upTo = Math.min(largestHeader, Math.max(outcome.upTo, here.length * 2))
    if (here.length >= total) return fail('model-invalid', { name, reason: 'truncated' })
  }
}

function wholeLength(status: number, headers: Readonly<Record<string, string>>): number | null {
  const length = Number(headers['content-length'])
  return status === 200 && Number.isSafeInteger(length) && length > 0 ? length : null
}

/** What a status without a header in it means. */
export function reasonOfStatus(status: number): 'bad-range' | 'busy' | 'forbidden' | 'not-found' | 'refused' {
  if (status === 404 || status === 410) return 'not-found'
  if (status === 401 || status === 403) return 'forbidden'
  if (status === 429 || status >= 500) return 'busy'
  return status === 200 || status === 206 ? 'bad-range' : 'refused'
}
