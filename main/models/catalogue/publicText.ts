// Reads something short through the door: a signed catalogue, its signature, the list of a repository's files.
import { fail, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../../egress/egressGate.ts'
import { reasonOfStatus } from './remoteHeader.ts'

/** What to ask for. `name` is what people know it by. */
export type TextOrder = { readonly name: string; readonly address: string; readonly limitBytes: number }

/** The whole body of a 200 answer. Failures: `download-failed` (`bad-length` when longer than allowed), the way out's. */
export async function fetchText(
  gate: Pick<EgressGate, 'fetchPublic'>,
  { name, address, limitBytes }: TextOrder,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  const fetched = await gate.fetchPublic('model-header', address, { method: 'GET', signal })
  if (!fetched.ok) return fetched
  if (fetched.value.outcome === 'stopped') return fail('download-failed', { name, reason: 'busy' })
  const { status, body } = fetched.value
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    const refused = status !== 200 || length > limitBytes
    const next = refused ? await body.return(ok({ reason: 'stopped', receivedBytes: 0 })) : await body.next()
    if (status !== 200) return fail('download-failed', { name, reason: reasonOfStatus(status) })
    if (length > limitBytes) return fail('download-failed', { name, reason: 'bad-length' })
    if (next.done === true) {
      if (!next.value.ok) return next.value
      return next.value.value.reason === 'complete'
        ? ok(Buffer.concat(pieces))
        : fail('download-failed', { name, reason: 'busy' })
    }
    pieces.push(next.value)
    length += next.value.length
  }
}
