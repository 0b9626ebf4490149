// What a person brings: files, folders, text, paths. Decides what each is, and cuts bytes into pieces for the wire.
import type { Failure } from '#contract/failures.ts'
import { maxDocumentBytes } from '#contract/protocol.ts'
import { failureOf } from '#contract/result.ts'

/** One thing brought to the window. A `path` is known to the app; a `file` has to be handed over. */
export type Incoming =
  | { readonly kind: 'file'; readonly name: string; readonly content: Blob; readonly password?: string }
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'path'; readonly name: string; readonly path: string; readonly password?: string }

/** Bytes of one piece: under the wire's limit as Base64, and short enough to encode within a frame. */
export const pieceBytes = 786_432

/** Text as a file of that name. */
export function textAsFile(name: string, text: string): Incoming {
  return { kind: 'file', name, content: new Blob([text], { type: 'text/plain' }) }
}

/** Why this cannot be brought at all, before a byte of it moved; null when it can. */
export function refusalOf(incoming: Incoming): Failure | null {
  const { name } = incoming
  if (incoming.kind === 'folder') return failureOf('file-not-regular', { name })
  if (incoming.kind === 'path' || incoming.content.size <= maxDocumentBytes) return null
  return failureOf('file-too-large', { name, bytes: incoming.content.size, limitBytes: maxDocumentBytes })
}

/** Base64 of bytes, encoded in slices that fit on the stack. */
export function encodeBase64(bytes: Uint8Array): string {
  const sliceBytes = 24_576
  let text = ''
  for (let from = 0; from < bytes.length; from += sliceBytes) {
    text += btoa(String.fromCharCode(...bytes.subarray(from, from + sliceBytes)))
  }
  return text
}

/** What a browser says when a file cannot be read, as a coded failure. */
export function readFailure(error: unknown, name: string): Failure {
  const reason = error instanceof DOMException ? error.name : 'unknown'
  return reason === 'NotFoundError'
    ? failureOf('file-missing', { name })
    : failureOf('file-unreadable', { name, reason })
}
