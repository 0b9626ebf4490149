// Waits until what was added to the library is read, with its progress in words.
import type { Output } from '#contract/index.ts'
import type { LibraryFile, LibraryFolder, StateCounts } from '#contract/library.ts'
import { ok, type Result } from '#contract/result.ts'
import type { CommandContext } from './command.ts'

/** What was added, as it stands now, with the files of the folders that could not be read. */
export type Read = { readonly folders: readonly LibraryFolder[]; readonly files: readonly LibraryFile[] }

/** Ends when nothing waits any more, when a folder's drive does not answer, or with the signal. */
export async function waitUntilRead(
  context: CommandContext,
  added: readonly Output<'library.add'>[],
): Promise<Result<Read>> {
  const { client, signal, terminal, translator } = context
  const folderIds = new Set(added.flatMap((one) => (one.type === 'folder' ? [one.folder.id] : [])))
  const fileIds = added.flatMap((one) => (one.type === 'file' ? [one.file.id] : []))
  const news = new News()
  const deaf = client.on('library.progress', () => news.arrive())
  const stop = () => news.arrive()
  signal.addEventListener('abort', stop)
  try {
    for (;;) {
      const heard = news.next()
      const now = await look(context, folderIds, fileIds)
      if (!now.ok || signal.aborted || isOver(now.value)) return now
      terminal.progress(translator.say('cli.library.progress', progressOf(now.value)))
      await heard
    }
  } finally {
    signal.removeEventListener('abort', stop)
    deaf()
    terminal.clearProgress()
  }
}

async function look(
  { client }: CommandContext,
  folderIds: ReadonlySet<string>,
  fileIds: readonly string[],
): Promise<Result<Read>> {
  const all = await client.call('library.folders', {})
  if (!all.ok) return all
  const folders = all.value.filter(({ id }) => folderIds.has(id))
  const files: LibraryFile[] = []
  for (const fileId of fileIds) {
    const file = await client.call('library.file', { fileId })
    if (!file.ok) return file
    files.push(file.value)
  }
  for (const folder of folders.filter((each) => each.files.failed > 0)) {
    const unread = await client.call('library.list', { folderId: folder.id, state: 'failed', count: 500 })
    if (!unread.ok) return unread
    files.push(...unread.value.files)
  }
  return ok({ folders, files })
}

function isOver({ folders, files }: Read): boolean {
  const settled = folders.every(
    (folder) => folder.state === 'unreachable' || (folder.state !== 'scanning' && waiting(folder.files) === 0),
  )
  return settled && files.every(({ state }) => state !== 'waiting' && state !== 'reading' && state !== 'changed')
}

function progressOf({ folders, files }: Read): { readonly read: number; readonly total: number } {
  const counts = folders.map((folder) => folder.files)
  const total = files.length + counts.reduce((sum, count) => sum + allOf(count), 0)
  const left = counts.reduce((sum, count) => sum + waiting(count), 0)
  return { read: Math.max(0, total - left), total }
}

function waiting({ waiting: first, reading, changed }: StateCounts): number {
  return first + reading + changed
}

function allOf(counts: StateCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** News that came while nobody waited is not lost. */
class News {
  #arrived = Promise.withResolvers<void>()

  arrive(): void {
    this.#arrived.resolve()
  }

  next(): Promise<void> {
    this.#arrived = Promise.withResolvers<void>()
    return this.#arrived.promise
  }
}
