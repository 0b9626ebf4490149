// The files of the view that is shown, in windows loaded as they are looked at and kept in step with the library's news.
import type { DocumentFormat } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { LibraryFile, LibraryFileState } from '#contract/library.ts'
import type { SliceTools } from '../slice.ts'

/** Which files are listed; null does not restrict. */
export type FileFilter = {
  readonly folderId: string | null
  readonly format: DocumentFormat | null
  readonly state: LibraryFileState | null
}

/** A list of files. `windows` hold 100 files each, by their number; `total` is null before the first answer. */
export type FileList = {
  readonly filter: FileFilter
  readonly total: number | null
  readonly windows: Readonly<Record<number, readonly LibraryFile[]>>
  readonly failure: Failure | null
}

/** The list and what can be done with it. */
export type LibraryFilesPart = {
  readonly fileList: FileList
  /** Makes this the list that is shown, from its beginning. */
  listFiles(filter: FileFilter): Promise<void>
  /** Says which windows are in sight; loads those that are not there. */
  lookAtFiles(first: number, last: number): Promise<void>
  /** Reads what is in sight anew. */
  reloadFiles(): Promise<void>
}

/** Files of one window. */
export const windowFiles = 100

/** A list of all files that nobody has asked for yet. */
export const noFiles: FileList = {
  filter: { folderId: null, format: null, state: null },
  total: null,
  windows: {},
  failure: null,
}

/** Loads on demand; answers for a list no longer shown are dropped. */
export function createLibraryFiles({ set, get, client }: SliceTools): LibraryFilesPart {
  let inSight = { first: 0, last: 0 }
  const loading = new Set<number>()

  async function load(index: number): Promise<void> {
    const { filter } = get().fileList
    const { folderId, format, state } = filter
    loading.add(index)
    const listed = await client.call('library.list', {
      ...(folderId === null ? {} : { folderId }),
      ...(format === null ? {} : { format }),
      ...(state === null ? {} : { state }),
      from: index * windowFiles,
      count: windowFiles,
    })
    if (get().fileList.filter !== filter) return
    loading.delete(index)
    const { fileList } = get()
    if (!listed.ok) return set({ fileList: { ...fileList, failure: listed.failure } })
    const windows = { ...fileList.windows, [index]: listed.value.files }
    set({ fileList: { ...fileList, windows, total: listed.value.total, failure: null } })
  }

  /** Reads what is in sight anew and forgets the rest, whose order may be another by now. */
  async function reloadFiles(): Promise<void> {
    const { windows } = get().fileList
    const kept = Object.entries(windows).filter(
      ([index]) => Number(index) >= inSight.first && Number(index) <= inSight.last,
    )
    set({ fileList: { ...get().fileList, windows: Object.fromEntries(kept) } })
    for (let index = inSight.first; index <= inSight.last; index += 1) await load(index)
  }

  client.on('library.changed', () => {
    if (get().fileList.total !== null) void reloadFiles()
  })

  return {
    fileList: noFiles,
    reloadFiles,
    async listFiles(filter) {
      inSight = { first: 0, last: 0 }
      loading.clear()
      set({ fileList: { ...noFiles, filter } })
      await load(0)
    },
    async lookAtFiles(first, last) {
      inSight = { first, last }
      const { windows, total } = get().fileList
      if (total === null) return
      for (let index = first; index <= last; index += 1) {
        if (windows[index] === undefined && !loading.has(index)) await load(index)
      }
    },
  }
}
