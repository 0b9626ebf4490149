// A library over a real database and real reader processes, in a folder of its own.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import type { LibraryFile, LibraryStatus } from '#contract/library.ts'
import type { Result } from '#contract/result.ts'
import { DocumentService } from '../../main/documents/documentService.ts'
import { LibraryService } from '../../main/documents/library/libraryService.ts'
import type { FolderPatience } from '../../main/documents/library/watchedFolder.ts'
import type { Host } from '../../main/host.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import type { Storage } from '../../main/storage/storage.ts'
import { createFakeLogger } from './fakeLogger.ts'
import { openMemoryStorage } from './memoryStorage.ts'

/** What a test can replace. */
export type RigOptions = {
  readonly storage?: Storage
  readonly spawn?: Host['spawn']
  readonly patience?: Partial<FolderPatience>
  readonly folder?: string
  readonly readerSilenceSeconds?: number
}

const root = path.resolve(import.meta.dirname, '../..')

/** Processes as the product starts them. */
export const realSpawn: Host['spawn'] = createSpawn({ root, environment: process.env })

/** One library; `close` ends its processes and removes its folder, unless that was given. */
export class LibraryRig {
  readonly folder: string
  readonly storage: Storage
  readonly documents: DocumentService
  library: LibraryService
  readonly logger = createFakeLogger()
  readonly #makeLibrary: () => LibraryService
  readonly #ownsFolder: boolean
  readonly #ownsStorage: boolean
  readonly #told: (() => void)[] = []
  busy = false

  private constructor(storage: Storage, options: RigOptions) {
    this.#ownsFolder = options.folder === undefined
    this.#ownsStorage = options.storage === undefined
    this.folder = options.folder ?? realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sotto-library-')))
    this.storage = storage
    const base = {
      storage,
      spawn: options.spawn ?? realSpawn,
      logger: this.logger,
      now: () => new Date(),
      newId: randomUUID,
    }
    const silenceSeconds = options.readerSilenceSeconds ?? 60
    this.documents = new DocumentService({ ...base, samplesFolder: '', reader: { silenceSeconds } })
    this.#makeLibrary = () =>
      new LibraryService({
        ...base,
        documents: this.documents,
        announce: () => this.#told.splice(0).forEach((tell) => tell()),
        isBusy: () => this.busy,
        ...(options.patience === undefined ? {} : { patience: options.patience }),
      })
    this.library = this.#makeLibrary() // closed in `close` and `restart`
  }

  /** Opens one; close it after the test. */
  static async open(options: RigOptions = {}): Promise<LibraryRig> {
    return new LibraryRig(options.storage ?? (await openMemoryStorage()), options)
  }

  /** Closes the library and opens it again, as a new process would; `between` is what happens meanwhile. */
  async restart(between: () => void): Promise<void> {
    await this.library.close()
    between()
    this.library = this.#makeLibrary()
    valueOf(await this.library.recover())
    valueOf(await this.library.start())
  }

  async close(): Promise<void> {
    await this.library.close()
    if (this.#ownsStorage) await this.storage.close()
    if (this.#ownsFolder) rmSync(this.folder, { recursive: true, force: true })
  }

  /** Writes a file below the folder and answers its path. */
  write(name: string, text: string | Uint8Array): string {
    const file = path.join(this.folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }

  /** Adds the folder, or a place below it. */
  async add(place = ''): Promise<string> {
    const added = valueOf(await this.library.add(path.join(this.folder, place), new AbortController().signal))
    return added.type === 'folder' ? added.folder.id : added.file.id
  }

  /** Waits, by what the library tells, until the condition holds; the test's own time limit ends a wait in vain. */
  async until(
    holds: (files: readonly LibraryFile[], status: LibraryStatus) => boolean,
  ): Promise<readonly LibraryFile[]> {
    for (;;) {
      const told = new Promise<void>((resolve) => this.#told.push(resolve))
      const { files } = valueOf(await this.library.list({ from: 0, count: 500 }))
      const status = valueOf(await this.library.status())
      if (holds(files, status)) return files
      await told
    }
  }

  /** Waits until so many files are there and none waits, is read or is looked for. */
  async untilRead(count: number): Promise<readonly LibraryFile[]> {
    return this.until(
      (files, { state, files: counts }) =>
        files.length === count && state === 'idle' && counts.waiting + counts.reading + counts.changed === 0,
    )
  }

  /** State by path below the folder. */
  states(files: readonly LibraryFile[]): Readonly<Record<string, string>> {
    return Object.fromEntries(
      files.map(({ path: place, state, failure }) => [
        path.relative(this.folder, place).replaceAll(path.sep, '/'),
        failure === null ? state : failure.code,
      ]),
    )
  }

  /** Names of the documents found. */
  async find(
    query: string,
    filters: Partial<Parameters<LibraryService['search']>[0]> = {},
  ): Promise<readonly string[]> {
    const found = await this.library.search({ query, limit: 30, cursor: null, ...filters })
    return valueOf(found).hits.map(({ name }) => name)
  }
}

/** The value of a result that must be one. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${JSON.stringify(result.failure.details)}`)
  return result.value
}
