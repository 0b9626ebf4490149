// Tells what stands at a path, asked by a child, because a drive that hangs must not hang the app.
import path from 'node:path'
import { assertNever, fail, failureOf, ok, type Result } from '#contract/result.ts'
import type { Host } from '../../host.ts'
import type { FoundFile } from '../watchProtocol.ts'
import { FolderChild, type FolderEvent } from './folderChild.ts'

/** A folder that can be opened, or a regular file. */
export type Looked =
  { readonly kind: 'folder'; readonly path: string } | { readonly kind: 'file'; readonly file: FoundFile }

/** Failures: `file-missing`, `file-not-regular` (links too), `folder-unreadable`, `folder-unreachable`. */
export async function lookAt(
  spawn: Host['spawn'],
  place: string,
  silenceMilliseconds: number,
  signal: AbortSignal,
): Promise<Result<Looked>> {
  const { promise, resolve } = Promise.withResolvers<FolderEvent>()
  const stop = () => resolve({ type: 'silent' })
  signal.addEventListener('abort', stop)
  const child = new FolderChild(
    { spawn, path: place, silenceMilliseconds },
    { type: 'look', path: place },
    async (event) => resolve(event),
  ) // ended below
  try {
    return resultOf(await promise, place, silenceMilliseconds)
  } finally {
    signal.removeEventListener('abort', stop)
    void child.end()
  }
}

function resultOf(event: FolderEvent, place: string, silenceMilliseconds: number): Result<Looked> {
  const name = path.basename(place)
  if (event.type === 'silent') return fail('folder-unreachable', { name, seconds: silenceMilliseconds / 1000 })
  if (event.type !== 'looked') return { ok: false, failure: failureOf('reader-crashed', { name }) }
  switch (event.kind) {
    case 'folder':
      return ok({ kind: 'folder', path: event.path })
    case 'file':
      return event.file === null ? fail('file-not-regular', { name }) : ok({ kind: 'file', file: event.file })
    case 'other':
      return fail('file-not-regular', { name })
    case 'missing':
      return fail('file-missing', { name })
    case 'unreadable':
      return fail('folder-unreadable', { name, reason: event.reason })
    default:
      return assertNever(event.kind)
  }
}
