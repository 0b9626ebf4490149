// Looks through a folder once, in a child, for whoever wants its files without keeping them.
import path from 'node:path'
import type { WalkItem } from '#contract/library.ts'
import { fail, failureOf, ok, type Stream } from '#contract/result.ts'
import type { Host } from '../../host.ts'
import { FolderChild, type FolderEvent } from './folderChild.ts'
import { lookAt } from './lookAt.ts'
import type { FolderPatience } from './watchedFolder.ts'

/** Where to look, and up to which size a file counts. `path` is absolute. */
export type Walk = { readonly spawn: Host['spawn']; readonly path: string; readonly limitBytes: number }

/** Yields paths as they are found; a file yields itself. Failures: those of `lookAt`. */
export async function* walkPath(walk: Walk, patience: FolderPatience, signal: AbortSignal): Stream<WalkItem> {
  const looked = await lookAt(walk.spawn, walk.path, patience.silence, signal)
  if (signal.aborted) return yield* stopped()
  if (!looked.ok) return looked
  if (looked.value.kind === 'file') {
    yield { type: 'files', paths: [walk.path] }
    yield { type: 'finished', reason: 'complete', ignored: [], closed: [] }
    return ok(undefined)
  }
  return yield* walkFolder({ ...walk, path: looked.value.path }, patience, signal)
}

async function* walkFolder(walk: Walk, patience: FolderPatience, signal: AbortSignal): Stream<WalkItem> {
  const { spawn, path: folder, limitBytes } = walk
  const events = new EventLine()
  const stop = () => void events.put(null)
  signal.addEventListener('abort', stop)
  const child = new FolderChild(
    { spawn, path: folder, silenceMilliseconds: patience.silence },
    {
      type: 'watch',
      path: folder,
      limitBytes,
      aliveMilliseconds: patience.alive,
      rescanMilliseconds: patience.rescan,
      isPolled: true,
    },
    (event) => events.put(event),
  ) // ended in `finally`
  const name = path.basename(folder)
  try {
    for (;;) {
      const event = await events.take()
      if (event === null) return yield* stopped()
      if (event.type === 'entries') yield { type: 'files', paths: event.files.map((file) => file.path) }
      if (event.type === 'entries') child.post({ type: 'more' })
      if (event.type === 'scanned') {
        yield { type: 'finished', reason: 'complete', ignored: event.ignored, closed: event.closed }
        return ok(undefined)
      }
      if (event.type === 'failed') return fail('folder-unreadable', { name, reason: event.reason })
      if (event.type === 'silent') return fail('folder-unreachable', { name, seconds: patience.silence / 1000 })
      if (event.type === 'ended') return { ok: false, failure: failureOf('reader-crashed', { name }) }
    }
  } finally {
    signal.removeEventListener('abort', stop)
    void child.end()
  }
}

async function* stopped(): Stream<WalkItem> {
  yield { type: 'finished', reason: 'stopped', ignored: [], closed: [] }
  return ok(undefined)
}

/** Events in the order they came; null ends them at once. */
class EventLine {
  readonly #events: (FolderEvent | null)[] = []
  #wake: (() => void) | null = null

  async put(event: FolderEvent | null): Promise<void> {
    if (event === null) this.#events.unshift(event)
    else this.#events.push(event)
    this.#wake?.()
  }

  async take(): Promise<FolderEvent | null> {
    while (this.#events.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
    return this.#events.shift() ?? null
  }
}
