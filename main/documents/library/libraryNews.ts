// Tells windows what changed in the library: gathered, and at most four times a second.
import type { Announce } from '#contract/index.ts'
import type { LibraryFile, LibraryFolder, LibraryStatus } from '#contract/library.ts'
import type { Result } from '#contract/result.ts'

/** Where the news get what they tell. */
export type LibraryNewsNeeds = {
  readonly announce: Announce
  readonly status: () => Promise<Result<LibraryStatus>>
  readonly folders: () => Promise<Result<readonly LibraryFolder[]>>
  readonly files: (ids: readonly string[]) => Promise<Result<readonly LibraryFile[]>>
}

const PAUSE_MILLISECONDS = 250
const FILES_AT_MOST = 100

/** Gathers ids and tells records. `close` tells nothing more. */
export class LibraryNews {
  readonly #needs: LibraryNewsNeeds
  readonly #files = new Set<string>()
  readonly #removedFiles = new Set<string>()
  readonly #removedFolders = new Set<string>()
  #areFoldersNew = false
  #isMore = false
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(needs: LibraryNewsNeeds) {
    this.#needs = needs
  }

  /** Files that changed; `many` when they are too many to name. */
  files(ids: readonly string[] | 'many'): void {
    if (ids === 'many') this.#isMore = true
    else for (const id of ids) this.#files.add(id)
    this.#soon()
  }

  folders(): void {
    this.#areFoldersNew = true
    this.#soon()
  }

  removed(gone: { readonly fileIds?: readonly string[]; readonly folderIds?: readonly string[] }): void {
    for (const id of gone.fileIds ?? []) this.#removedFiles.add(id)
    for (const id of gone.folderIds ?? []) this.#removedFolders.add(id)
    this.#soon()
  }

  close(): void {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #soon(): void {
    if (this.#timer !== null || this.#isClosed) return
    this.#timer = setTimeout(() => void this.#tell(), PAUSE_MILLISECONDS)
    this.#timer.unref()
  }

  async #tell(): Promise<void> {
    const ids = [...this.#files]
    const gone = { files: [...this.#removedFiles], folders: [...this.#removedFolders] }
    const [more, withFolders] = [this.#isMore || ids.length > FILES_AT_MOST, this.#areFoldersNew]
    for (const set of [this.#files, this.#removedFiles, this.#removedFolders]) set.clear()
    this.#isMore = false
    this.#areFoldersNew = false
    const files = await this.#needs.files(ids.slice(0, FILES_AT_MOST))
    const folders = await this.#needs.folders()
    const status = await this.#needs.status()
    this.#timer = null
    if (this.#isClosed || !files.ok || !folders.ok || !status.ok) return
    this.#needs.announce('library.changed', {
      folders: withFolders || ids.length > 0 || more ? [...folders.value] : [],
      files: [...files.value],
      removedFolderIds: gone.folders,
      removedFileIds: gone.files,
      more,
    })
    this.#needs.announce('library.progress', status.value)
    const left = this.#files.size + this.#removedFiles.size + this.#removedFolders.size
    if (left > 0 || this.#isMore || this.#areFoldersNew) this.#soon()
  }
}
