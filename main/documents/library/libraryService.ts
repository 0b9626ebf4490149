// The library as windows and commands use it: folders and files by path, kept in step with the disk, and searchable.
import path from 'node:path'
import type { Announce, Output, Parsed } from '#contract/index.ts'
import type { LibraryFile, LibraryFolder, LibraryStatus, WalkItem } from '#contract/library.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { Host, Logger } from '../../host.ts'
import type { Storage } from '../../storage/storage.ts'
import type { DocumentService } from '../documentService.ts'
import { readerDefaults } from '../readerClient.ts'
import { FileStore } from './fileStore.ts'
import { FolderStore, insideOf } from './folderStore.ts'
import { LibraryNews } from './libraryNews.ts'
import { countsOf, type StoredFolder } from './libraryRows.ts'
import { LibrarySearch } from './librarySearch.ts'
import { lookAt } from './lookAt.ts'
import { PassageFinder, type FindOrder, type FoundSegments } from './passageFinder.ts'
import { ReadingQueue } from './readingQueue.ts'
import { walkPath } from './walkPath.ts'
import { folderPatience, WatchedFolder, type FolderPatience } from './watchedFolder.ts'

/** What the service needs. `isBusy` says that a person waits for a model or a job. */
export type LibraryServiceNeeds = {
  readonly storage: Storage
  readonly documents: Pick<DocumentService, 'index' | 'forget' | 'removeLeftovers'>
  readonly spawn: Host['spawn']
  readonly logger: Logger
  readonly announce: Announce
  readonly now: () => Date
  readonly newId: () => string
  readonly isBusy: () => boolean
  readonly patience?: Partial<FolderPatience>
}

type Target = Parsed<'library.remove'>

/**
 * The one library of a data folder. Nothing runs until `start` (all folders) or `add` (that one). Every method fails with
 * `Storage`'s codes or as said.
 */
export class LibraryService {
  readonly #needs: LibraryServiceNeeds
  readonly #patience: FolderPatience
  readonly #files: FileStore
  readonly #folders: FolderStore
  readonly #search: LibrarySearch
  readonly #finder: PassageFinder
  readonly #queue: ReadingQueue
  readonly #news: LibraryNews
  readonly #watched = new Map<string, WatchedFolder>()
  readonly #closing = new AbortController()
  #clearing: Promise<unknown> = Promise.resolve()

  constructor(needs: LibraryServiceNeeds) {
    this.#needs = needs
    this.#patience = { ...folderPatience, ...needs.patience }
    this.#files = new FileStore(needs.storage)
    this.#folders = new FolderStore(needs.storage, needs.newId)
    this.#search = new LibrarySearch(needs.storage)
    this.#finder = new PassageFinder(needs.storage)
    this.#queue = new ReadingQueue({
      files: this.#files,
      documents: needs.documents,
      logger: needs.logger,
      isBusy: needs.isBusy,
      openFolders: () => [...this.#watched].filter(([, folder]) => folder.isAnswering).map(([id]) => id),
      changed: (ids) => this.#news.files(ids),
    })
    this.#news = new LibraryNews({
      announce: needs.announce,
      status: () => this.status(),
      folders: () => this.folders(),
      files: (ids) => this.#files.some(ids),
    })
  }

  /** What a process that died had in hand waits again, also where nobody goes on reading by himself. Once, before all else. */
  recover(): Promise<Result<void>> {
    return this.#files.putBack()
  }

  /** Goes on where the last process stopped, after `recover`: every folder is watched and what waits is read. */
  async start(): Promise<Result<void>> {
    // A large text takes minutes to be forgotten, and nobody has to wait for it.
    this.#clearing = this.#needs.documents.removeLeftovers(this.#closing.signal)
    const folders = await this.#folders.all()
    if (!folders.ok) return folders
    for (const folder of folders.value) this.#watch(folder)
    return this.#wake()
  }

  /** Adds a file or folder by absolute path. Failures: see the contract. */
  async add(place: string, signal: AbortSignal): Promise<Result<Output<'library.add'>>> {
    if (!path.isAbsolute(place)) return fail('invalid-input', { issues: ['path: not absolute'] })
    const asked = withoutEndSeparator(path.normalize(place))
    const looked = await lookAt(this.#needs.spawn, asked, this.#patience.silence, signal)
    if (!looked.ok) return looked
    const wanted = looked.value.kind === 'folder' ? looked.value.path : asked
    const folders = await this.#folders.all()
    if (!folders.ok) return folders
    const around = folders.value.find(({ path: known }) => wanted === known || wanted.startsWith(insideOf(known)))
    if (looked.value.kind === 'file') {
      const scan = { folderId: around?.id ?? null, scan: 0, at: this.#needs.now().toISOString() }
      const noted = await this.#folders.note([looked.value.file], scan)
      return noted.ok ? this.#addedFile(wanted) : noted
    }
    return around === undefined ? this.#addFolder(wanted, folders.value) : this.#addedFolder(around)
  }

  /** Removes a folder or file with text, summaries and index. Failure: `not-found`. */
  async remove(target: Target): Promise<Result<{ documents: number }>> {
    const removed =
      'fileId' in target ? await this.#removeFile(target.fileId) : await this.#removeFolder(target.folderId)
    if (!removed.ok) return removed
    const forgotten = await this.#needs.documents.forget(removed.value)
    if (!forgotten.ok) return forgotten
    this.#needs.logger.info('library.removed', { documents: removed.value.length })
    return ok({ documents: removed.value.length })
  }

  async folders(): Promise<Result<readonly LibraryFolder[]>> {
    const folders = await this.#folders.all()
    if (!folders.ok) return folders
    const counts = await this.#files.countsByFolder()
    if (!counts.ok) return counts
    return ok(folders.value.map((folder) => this.#folderNow(folder, counts.value.get(folder.id) ?? countsOf([]))))
  }

  list(input: Parsed<'library.list'>): Promise<Result<{ files: readonly LibraryFile[]; total: number }>> {
    return this.#files.list(input, input.from, input.count)
  }

  /** One file. Failure: `not-found`. */
  file(fileId: string): Promise<Result<LibraryFile>> {
    return this.#file(fileId)
  }

  /** The files of a folder that may be documents; nothing is added. Failures: see the contract. */
  async *walk(place: string, signal: AbortSignal): Stream<WalkItem> {
    if (!path.isAbsolute(place)) return fail('invalid-input', { issues: ['path: not absolute'] })
    const limitBytes = readerDefaults.limits.fileBytes
    return yield* walkPath(
      { spawn: this.#needs.spawn, path: path.normalize(place), limitBytes },
      this.#patience,
      signal,
    )
  }

  search(input: Parsed<'library.search'>): ReturnType<LibrarySearch['find']> {
    return this.#search.find(input)
  }

  /** Passages that may answer a question, for whoever ranks them, and the files of the scope still to be read. */
  async near(order: FindOrder): Promise<Result<FoundSegments & { readonly waiting: number }>> {
    if (order.folderId !== null) {
      const folder = await this.#folder(order.folderId)
      if (!folder.ok) return folder
    }
    const counts = await this.#files.counts(order.folderId)
    if (!counts.ok) return counts
    const found = await this.#finder.find(order)
    return found.ok ? ok({ ...found.value, waiting: counts.value.waiting + counts.value.reading }) : found
  }

  async status(): Promise<Result<LibraryStatus>> {
    const files = await this.#files.counts(null)
    if (!files.ok) return files
    const segments = await this.#files.segments()
    if (!segments.ok) return segments
    const paused = await this.#files.isPaused()
    if (!paused.ok) return paused
    const reading = this.#queue.inHand.map(({ id, name }) => ({ fileId: id, name }))
    const isScanning = [...this.#watched.values()].some(({ state }) => state === 'scanning')
    const working = reading.length > 0 ? 'reading' : isScanning ? 'scanning' : 'idle'
    return ok({ state: paused.value ? 'paused' : working, files: files.value, segments: segments.value, reading })
  }

  async pause(): Promise<Result<LibraryStatus>> {
    const paused = await this.#files.setPaused(true)
    if (!paused.ok) return paused
    const rested = await this.#queue.rest()
    this.#news.files('many')
    return rested.ok ? this.status() : rested
  }

  async resume(): Promise<Result<LibraryStatus>> {
    const resumed = await this.#files.setPaused(false)
    if (!resumed.ok) return resumed
    this.#queue.wake()
    this.#news.files('many')
    return this.status()
  }

  /** Reads a file again, or looks through a folder again. Failure: `not-found`. */
  async reread(target: Target): Promise<Result<void>> {
    if ('folderId' in target) {
      const folder = this.#watched.get(target.folderId)
      const found = await this.#folder(target.folderId)
      if (!found.ok) return found
      if (folder === undefined) this.#watch(found.value)
      else folder.rescan()
    } else {
      const file = await this.#file(target.fileId)
      if (!file.ok) return file
    }
    const wanted = await this.#files.wantAgain(target)
    if (!wanted.ok) return wanted
    this.#news.files('fileId' in target ? [target.fileId] : 'many')
    return this.#wake()
  }

  /** Ends every child; what was in hand waits for the next start. */
  async close(): Promise<void> {
    this.#news.close()
    this.#closing.abort()
    await this.#clearing
    await Promise.all([...this.#watched.values()].map((folder) => folder.close()))
    this.#watched.clear()
    if (!this.#queue.isResting) await this.#queue.rest()
  }

  async #addFolder(wanted: string, known: readonly StoredFolder[]): Promise<Result<Output<'library.add'>>> {
    const inside = known.filter((folder) => folder.path.startsWith(insideOf(wanted)))
    await Promise.all(inside.map(({ id }) => this.#unwatch(id)))
    const id = this.#needs.newId()
    const added = await this.#folders.add({ id, path: wanted, at: this.#needs.now().toISOString() })
    if (!added.ok) return added
    this.#news.removed({ folderIds: inside.map((folder) => folder.id) })
    const stored = await this.#folder(id)
    return stored.ok ? this.#addedFolder(stored.value) : stored
  }

  async #addedFolder(stored: StoredFolder): Promise<Result<Output<'library.add'>>> {
    this.#watch(stored)
    const woken = await this.#wake()
    if (!woken.ok) return woken
    this.#news.folders()
    const counts = await this.#files.counts(stored.id)
    return counts.ok ? ok({ type: 'folder', folder: this.#folderNow(stored, counts.value) }) : counts
  }

  async #addedFile(place: string): Promise<Result<Output<'library.add'>>> {
    const file = await this.#files.atPath(place)
    if (!file.ok) return file
    if (file.value === undefined) return fail('not-found', { what: 'file', id: '' })
    if (file.value.state === 'excluded') {
      const taken = await this.#files.setState(file.value.id, 'waiting', null)
      if (!taken.ok) return taken
    }
    const { folderId } = file.value
    const folder = folderId === null ? null : await this.#folder(folderId)
    if (folder?.ok === true) this.#watch(folder.value)
    const woken = await this.#wake()
    if (!woken.ok) return woken
    this.#news.files([file.value.id])
    const now = await this.#file(file.value.id)
    return now.ok ? ok({ type: 'file', file: now.value }) : now
  }

  async #removeFile(fileId: string): Promise<Result<readonly string[]>> {
    const found = await this.#file(fileId)
    if (!found.ok) return found
    await this.#queue.drop((file) => file.id === fileId)
    const exclude = found.value.folderId !== null && found.value.state !== 'missing'
    const forgotten = await this.#files.forget({ fileId, exclude })
    if (exclude) this.#news.files([fileId])
    else this.#news.removed({ fileIds: [fileId] })
    return forgotten
  }

  async #removeFolder(folderId: string): Promise<Result<readonly string[]>> {
    const found = await this.#folder(folderId)
    if (!found.ok) return found
    await this.#unwatch(folderId)
    await this.#queue.drop((file) => file.folderId === folderId)
    const forgotten = await this.#files.forget({ folderId, path: found.value.path })
    this.#news.removed({ folderIds: [folderId] })
    this.#news.files('many')
    return forgotten
  }

  #watch({ id, path: place }: StoredFolder): void {
    if (this.#watched.has(id)) return
    const folder = new WatchedFolder({
      id,
      path: place,
      spawn: this.#needs.spawn,
      logger: this.#needs.logger,
      now: this.#needs.now,
      files: this.#files,
      folders: this.#folders,
      limitBytes: readerDefaults.limits.fileBytes,
      patience: this.#patience,
      changed: (gone) => this.#heard(gone),
    }) // closed in `#unwatch` or `close`
    this.#watched.set(id, folder)
    folder.open()
  }

  async #unwatch(folderId: string): Promise<void> {
    const folder = this.#watched.get(folderId)
    this.#watched.delete(folderId)
    await folder?.close()
  }

  #heard(gone: readonly string[]): void {
    this.#news.removed({ fileIds: gone })
    this.#news.folders()
    this.#news.files('many')
    if (!this.#queue.isResting) this.#queue.wake()
  }

  async #wake(): Promise<Result<void>> {
    const paused = await this.#files.isPaused()
    if (!paused.ok) return paused
    if (!paused.value) this.#queue.wake()
    return ok(undefined)
  }

  async #file(fileId: string): Promise<Result<LibraryFile>> {
    const found = await this.#files.get(fileId)
    if (!found.ok) return found
    return found.value === undefined ? fail('not-found', { what: 'file', id: fileId }) : ok(found.value)
  }

  async #folder(folderId: string): Promise<Result<StoredFolder>> {
    const folders = await this.#folders.all()
    if (!folders.ok) return folders
    const found = folders.value.find(({ id }) => id === folderId)
    return found === undefined ? fail('not-found', { what: 'folder', id: folderId }) : ok(found)
  }

  #folderNow(folder: StoredFolder, files: LibraryFolder['files']): LibraryFolder {
    const watched = this.#watched.get(folder.id)
    return {
      ...folder,
      name: path.basename(folder.path) || folder.path,
      state: watched?.state ?? 'unwatched',
      failure: watched?.failure ?? null,
      files,
      ignored: [...folder.ignored],
      closed: [...folder.closed],
    }
  }
}

function withoutEndSeparator(place: string): string {
  const root = path.parse(place).root
  return place.length > root.length && place.endsWith(path.sep) ? place.slice(0, -1) : place
}
