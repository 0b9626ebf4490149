// What the library is made of and what it is doing: its folders, its progress, adding, pausing and removing.
import type { Failure } from '#contract/failures.ts'
import type { LibraryFolder, LibraryStatus } from '#contract/library.ts'
import type { SliceTools } from '../slice.ts'
import { placeOfRoute, routeOfPlace } from './libraryPlaces.ts'

/** A folder or a file of the library. */
export type LibraryTarget = { readonly folderId: string } | { readonly fileId: string }

/** What goes for good when the time for Undo is over; `files` counts them, and a lone file may stay in its folder. */
export type LibraryRemoval = {
  readonly target: LibraryTarget
  readonly name: string
  readonly files: number
  readonly excluded: boolean
}

/** The question for a folder's path. `name` is what was dropped where its path is not known. */
export type AddQuestion = { readonly busy: boolean; readonly name: string | null; readonly failure: Failure | null }

/** Folders and progress. */
export type LibraryFoldersPart = {
  /** By name; one whose removal can still be undone is not among them. */
  readonly libraryFolders: readonly LibraryFolder[]
  readonly libraryStatus: LibraryStatus | null
  readonly libraryFailure: Failure | null
  readonly libraryRemoval: LibraryRemoval | null
  /** Null while nobody is asked. */
  readonly addQuestion: AddQuestion | null
  refreshLibrary(): Promise<void>
  askForFolder(name?: string): void
  leaveAddQuestion(): void
  /** Adds a file or folder by absolute path and shows it; a failure stays in the question, which opens if need be. */
  addToLibrary(path: string): Promise<void>
  pauseLibrary(paused: boolean): Promise<void>
  rereadInLibrary(target: LibraryTarget): Promise<void>
  removeFromLibrary(removal: LibraryRemoval): void
  undoLibraryRemoval(): void
}

/** Milliseconds in which a removal can be undone. */
export const undoMilliseconds = 8000

/** Follows the library's own news. `onRemoved` is told when something has gone for good. */
export function createLibraryFolders(tools: SliceTools, onRemoved: () => void): LibraryFoldersPart {
  const { set, get, client } = tools

  function keepFolders(folders: readonly LibraryFolder[]): void {
    const target = get().libraryRemoval?.target
    const leaving = target !== undefined && 'folderId' in target ? target.folderId : null
    const shown = folders.filter(({ id }) => id !== leaving)
    set({ libraryFolders: shown.toSorted((one, other) => one.name.localeCompare(other.name)) })
  }

  async function refreshLibrary(): Promise<void> {
    const [folders, status] = await Promise.all([client.call('library.folders', {}), client.call('library.status', {})])
    if (folders.ok) keepFolders(folders.value)
    if (status.ok) set({ libraryStatus: status.value })
    const failed = [folders, status].find((one) => !one.ok)
    set({ libraryFailure: failed?.ok === false ? failed.failure : null })
  }

  client.on('library.progress', (libraryStatus) => set({ libraryStatus }))
  client.on('library.changed', ({ folders, removedFolderIds }) => {
    const gone = new Set([...removedFolderIds, ...folders.map(({ id }) => id)])
    keepFolders([...get().libraryFolders.filter(({ id }) => !gone.has(id)), ...folders])
  })

  return {
    libraryFolders: [],
    libraryStatus: null,
    libraryFailure: null,
    addQuestion: null,
    refreshLibrary,
    askForFolder: (name) => set({ addQuestion: { busy: false, name: name ?? null, failure: null } }),
    leaveAddQuestion: () => set({ addQuestion: null }),
    async addToLibrary(path) {
      const name = get().addQuestion?.name ?? null
      set({ addQuestion: { busy: true, name, failure: null } })
      const added = await client.call('library.add', { path })
      if (!added.ok) return set({ addQuestion: { busy: false, name, failure: added.failure } })
      set({ addQuestion: null })
      const { value } = added
      const folderId = value.type === 'folder' ? value.folder.id : value.file.folderId
      await refreshLibrary()
      get().navigate('documents', routeOfPlace(folderId === null ? { kind: 'all' } : { kind: 'folder', folderId }))
    },
    async pauseLibrary(paused) {
      const status = await client.call(paused ? 'library.pause' : 'library.resume', {})
      set(status.ok ? { libraryStatus: status.value } : { libraryFailure: status.failure })
    },
    async rereadInLibrary(target) {
      const wanted = await client.call('library.reread', target)
      if (!wanted.ok) set({ libraryFailure: wanted.failure })
    },
    ...createRemoval(tools, { refreshLibrary, onRemoved }),
  }
}

type RemovalPart = Pick<LibraryFoldersPart, 'libraryRemoval' | 'removeFromLibrary' | 'undoLibraryRemoval'>

function createRemoval(
  { set, get, client }: SliceTools,
  told: { refreshLibrary(): Promise<void>; onRemoved(): void },
): RemovalPart {
  let timer: ReturnType<typeof setTimeout> | undefined

  async function commit(): Promise<void> {
    clearTimeout(timer)
    const removal = get().libraryRemoval
    if (removal === null) return
    set({ libraryRemoval: null })
    const removed = await client.call('library.remove', removal.target)
    // Gone already is what was wanted; anything else brings it back into sight with the reason.
    const failure = removed.ok || removed.failure.code === 'not-found' ? null : removed.failure
    await told.refreshLibrary()
    if (failure !== null) set({ libraryFailure: failure })
    told.onRemoved()
  }

  return {
    libraryRemoval: null,
    removeFromLibrary(removal) {
      void commit()
      const { target } = removal
      set({ libraryRemoval: removal })
      if ('folderId' in target) {
        set({ libraryFolders: get().libraryFolders.filter(({ id }) => id !== target.folderId) })
        const place = placeOfRoute(get().route.id)
        if (place?.kind === 'folder' && place.folderId === target.folderId) get().navigate('documents', 'library')
      }
      timer = setTimeout(() => void commit(), undoMilliseconds)
    },
    undoLibraryRemoval() {
      clearTimeout(timer)
      set({ libraryRemoval: null })
      void told.refreshLibrary()
    },
  }
}
