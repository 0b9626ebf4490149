// One folder of the library while the app runs: its child, what the child tells, and trying again when its drive is gone.
import path from 'node:path'
import type { Failure } from '#contract/failures.ts'
import type { LibraryFolder } from '#contract/library.ts'
import { assertNever, failureOf, type Result } from '#contract/result.ts'
import type { Host, Logger } from '../../host.ts'

import type { WatchMessage } from '../watchProtocol.ts'
import type { FileStore } from './fileStore.ts'
import { FolderChild, type FolderEvent } from './folderChild.ts'
import type { FolderStore } from './folderStore.ts'

/** How a folder is looked after. Milliseconds; the defaults are `folderPatience`. */
export type FolderPatience = {
  readonly silence: number
  readonly alive: number
  readonly rescan: number
  readonly retry: number
  /** Asks the system for no changes and looks again every `rescan` instead. */
  readonly isPolled: boolean
}

/** A minute of silence, a sign of life every five seconds, ten minutes between looks and a minute between tries. */
export const folderPatience: FolderPatience = {
  silence: 60_000,
  alive: 5_000,
  rescan: 600_000,
  retry: 60_000,
  isPolled: false,
}

/** What a folder works with. */
export type WatchedFolderNeeds = {
  readonly id: string
  readonly path: string
  readonly spawn: Host['spawn']
  readonly logger: Logger
  readonly now: () => Date
  readonly files: FileStore
  readonly folders: FolderStore
  readonly limitBytes: number
  readonly patience: FolderPatience
  /** Something about this folder or its files is new; files that waited before may be readable now. */
  readonly changed: (gone: readonly string[]) => void
}

/** Made for one folder; `close` must be called. */
export class WatchedFolder {
  readonly #needs: WatchedFolderNeeds
  #child: FolderChild | null = null
  #retry: NodeJS.Timeout | undefined
  #state: LibraryFolder['state'] = 'scanning'
  #how: 'watched' | 'rescanned' = 'rescanned'
  #failure: Failure | null = null
  #scan = 0
  #isAnswering = false
  #isClosed = false

  constructor(needs: WatchedFolderNeeds) {
    this.#needs = needs
  }

  get state(): LibraryFolder['state'] {
    return this.#state
  }

  get failure(): Failure | null {
    return this.#failure
  }

  /** The drive has answered, so its files can be read. */
  get isAnswering(): boolean {
    return this.#isAnswering
  }

  open(): void {
    const { spawn, path: folder, patience, limitBytes } = this.#needs
    this.#child = new FolderChild(
      { spawn, path: folder, silenceMilliseconds: patience.silence },
      {
        type: 'watch',
        path: folder,
        limitBytes,
        aliveMilliseconds: patience.alive,
        rescanMilliseconds: patience.rescan,
        isPolled: patience.isPolled,
      },
      (event) => this.#handle(event),
    ) // ended in `close`, or over by itself
  }

  /** Looks through the folder again, at once where it was given up. */
  rescan(): void {
    if (this.#state === 'unreachable') this.#tryAgain()
    else this.#child?.post({ type: 'scan' })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    await this.#child?.end()
  }

  async #handle(event: FolderEvent): Promise<void> {
    if (this.#isClosed) return
    this.#isAnswering = true
    const done = await this.#take(event)
    if (done !== null && !done.ok) {
      this.#needs.logger.warn('library.folder', { folderId: this.#needs.id, code: done.failure.code })
      this.#giveUp(done.failure)
    }
  }

  /** Answers null where nothing had to be written. */
  async #take(event: FolderEvent): Promise<Result<unknown> | null> {
    const name = path.basename(this.#needs.path)
    switch (event.type) {
      case 'alive':
      case 'looked':
        return null
      case 'watching':
        this.#how = event.how
        if (this.#state !== 'scanning') this.#settle(event.how, null)
        return null
      case 'scanning':
        return this.#beginScan()
      case 'entries':
        return this.#note(event)
      case 'gone': {
        const lost = await this.#needs.folders.lose(event.path)
        return lost.ok ? this.#follow() : lost
      }
      case 'scanned':
        return this.#endScan(event)
      case 'failed':
        return this.#giveUp(failureOf('folder-unreadable', { name, reason: event.reason }))
      case 'silent':
        return this.#giveUp(failureOf('folder-unreachable', { name, seconds: this.#needs.patience.silence / 1000 }))
      case 'ended':
        return this.#giveUp(failureOf('reader-crashed', { name }))
      default:
        return assertNever(event)
    }
  }

  async #beginScan(): Promise<Result<unknown>> {
    const scan = await this.#needs.folders.nextScan()
    if (!scan.ok) return scan
    this.#scan = scan.value
    this.#settle('scanning', null)
    return scan
  }

  async #note({ files }: Extract<WatchMessage, { type: 'entries' }>): Promise<Result<unknown>> {
    const noted = await this.#needs.folders.note(files, this.#place())
    this.#child?.post({ type: 'more' })
    return noted.ok ? this.#follow() : noted
  }

  async #endScan(scanned: Extract<WatchMessage, { type: 'scanned' }>): Promise<Result<unknown>> {
    const ended = await this.#needs.folders.endScan(this.#place(), scanned)
    if (!ended.ok) return ended
    const followed = await this.#follow()
    this.#settle(this.#how, null)
    return followed
  }

  /** Renamed files keep their records, and shared texts their one first file. */
  async #follow(): Promise<Result<unknown>> {
    const gone = await this.#needs.files.followMoves()
    if (!gone.ok) return gone
    const tidied = await this.#needs.files.tidyShared()
    this.#needs.changed(gone.value)
    return tidied
  }

  #place() {
    return { folderId: this.#needs.id, scan: this.#scan, at: this.#needs.now().toISOString() }
  }

  #settle(state: LibraryFolder['state'], failure: Failure | null): void {
    this.#state = state
    this.#failure = failure
    this.#needs.changed([])
  }

  #giveUp(failure: Failure): null {
    this.#isAnswering = false
    this.#settle('unreachable', failure)
    void this.#child?.end()
    this.#child = null
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#tryAgain(), this.#needs.patience.retry)
    this.#retry.unref()
    return null
  }

  #tryAgain(): void {
    clearTimeout(this.#retry)
    if (this.#isClosed) return
    this.#settle('scanning', null)
    this.open()
  }
}
