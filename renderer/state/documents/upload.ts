// Hands one file over to the app piece by piece, or names its path where that is known.
import type { Client } from '#client'
import type { DocumentOrigin } from '#contract/document.ts'
import type { Input } from '#contract/index.ts'
import { ok, type Result } from '#contract/result.ts'
import { encodeBase64, pieceBytes, readFailure, type Incoming } from './incoming.ts'

/** Where the app can read this; null when stopped. `told` hears bytes sent and bytes in all. */
export async function originOf(
  client: Client,
  incoming: Incoming,
  signal: AbortSignal,
  told: (done: number, total: number) => void,
): Promise<Result<DocumentOrigin> | null> {
  if (incoming.kind === 'folder') return ok({ path: '' })
  const { name, password } = incoming
  const unlocked = password === undefined ? {} : { password }
  if (incoming.kind === 'path') return ok({ path: incoming.path, ...unlocked })
  const { content } = incoming
  const known = knownPath(content)
  if (known !== null) return ok({ path: known, ...unlocked })
  let uploadId: string | null = null
  for (let from = 0; !signal.aborted; from += pieceBytes) {
    const bytes = await bytesOf(content.slice(from, from + pieceBytes), name)
    if (!bytes.ok) return bytes
    const last = from + pieceBytes >= content.size
    const piece: Input<'documents.receive'> = { uploadId, name, base64: encodeBase64(bytes.value), last }
    const sent = await client.call('documents.receive', piece)
    if (!sent.ok) return sent
    uploadId = sent.value.uploadId
    told(sent.value.receivedBytes, content.size)
    if (last) return ok({ uploadId, ...unlocked })
  }
  return null
}

/** The path of a file from this computer, where the host can tell it; what was pasted has none. */
function knownPath(content: Blob): string | null {
  return content instanceof File ? window.sotto.pathOf?.(content) || null : null
}

async function bytesOf(content: Blob, name: string): Promise<Result<Uint8Array>> {
  try {
    return ok(new Uint8Array(await content.arrayBuffer()))
  } catch (error) {
    return { ok: false, failure: readFailure(error, name) }
  }
}
