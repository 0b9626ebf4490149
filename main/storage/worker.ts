// The storage worker: the thread that alone drives SQLite; entry of the worker started by the storage client.
import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import { ok, type Result } from '#contract/result.ts'
import { writeDurably } from './durableFile.ts'
import { enterFolder, keysFile } from './enterFolder.ts'
import type { FolderLock } from './folderLock.ts'
import { storageFailure } from './logic/storageFailure.ts'
import { openBeside, openInMemory, openOwned, type OpenedDatabase } from './openDatabase.ts'
import { Statements } from './statements.ts'
import {
  storageAction,
  storageRequest,
  type Entrance,
  type FolderMode,
  type OpenReport,
  type StorageAction,
  type StorageReply,
} from './storageProtocol.ts'

type OpenAction = Extract<StorageAction, { type: 'open' }>

/** One database and one lock, and the actions on them. */
class StorageWorker {
  #folder = ''
  #lock: FolderLock | null = null
  #database: OpenedDatabase | null = null
  #statements: Statements | null = null

  /** Does one action; throws the driver's and the file system's errors. */
  perform(action: StorageAction): Result<unknown> {
    switch (action.type) {
      case 'enter':
        return this.#enter(action.folder, action.mode)
      case 'keep-keys':
        return ok(writeDurably(keysFile(this.#owned()), action.text, 0o600))
      case 'open':
        return this.#open(action)
      case 'all':
      case 'get':
      case 'run':
        return ok(this.#opened()[action.type](action.sql, action.parameters))
      case 'transaction':
        return ok(this.#opened().transaction(action.statements))
      case 'check':
        return ok(this.#opened().check())
      case 'close':
        return ok(this.#close())
    }
  }

  /** The folder failures name. */
  get folder(): string {
    return this.#folder
  }

  #enter(folder: string, mode: FolderMode): Result<Entrance> {
    this.#folder = folder
    const entered = enterFolder(folder, mode)
    if (!entered.ok) return entered
    this.#lock = entered.value.lock
    return ok(entered.value.entrance)
  }

  #open({ location, migrations, now }: OpenAction): Result<OpenReport> {
    if (location.kind === 'memory') return this.#keep(ok(openInMemory(migrations, now, 'open')))
    this.#folder = location.folder
    const options = { folder: location.folder, key: location.key, migrations, now }
    try {
      if (location.mode === 'beside') return this.#keep(openBeside(options))
      this.#owned()
      return this.#keep(openOwned(options, this.#lock?.unclean ?? false))
    } finally {
      location.key.fill(0)
    }
  }

  #keep(database: Result<OpenedDatabase>): Result<OpenReport> {
    if (!database.ok) return database
    this.#database = database.value
    this.#statements = new Statements(database.value.connection)
    return ok(database.value.report)
  }

  #owned(): string {
    if (this.#lock === null) throw new Error('the folder is locked before it is written to')
    return this.#folder
  }

  #opened(): Statements {
    if (this.#statements === null) throw new Error('no database is open')
    return this.#statements
  }

  #close(): void {
    const database = this.#database
    this.#database = null
    this.#statements = null
    try {
      if (database !== null && !database.connection.readonly && !database.connection.memory) {
        database.connection.pragma('wal_checkpoint(TRUNCATE)')
      }
    } finally {
      // Whatever the checkpoint could not move is safe in the WAL; the lock goes in any case.
      database?.dispose()
      this.#lock?.release()
      this.#lock = null
    }
  }
}

function answer(worker: StorageWorker, id: number, action: StorageAction): StorageReply {
  try {
    const result = worker.perform(action)
    if (result.ok) return { type: 'value', id, value: result.value }
    return { type: 'failure', id, failure: result.failure as never } // as: the client parses it against the list of codes
  } catch (error) {
    const { code, message } = describe(error)
    const failure = storageFailure(code, worker.folder)
    if (failure === null) return { type: 'bug', id, code, message }
    return { type: 'failure', id, failure: failure as never } // as: see above
  }
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: 'unknown', message: 'not an error' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return { code, message: error.message }
}

function serve(): void {
  if (parentPort === null) throw new Error('runs as a worker thread only')
  const port = parentPort
  const worker = new StorageWorker()
  port.on('message', (message: unknown) => {
    const { id, action } = storageRequest.parse(message)
    const parsed = storageAction.safeParse(action)
    if (!parsed.success) {
      const reply: StorageReply = { type: 'bug', id, code: 'invalid-action', message: z.prettifyError(parsed.error) }
      port.postMessage(reply)
      return
    }
    port.postMessage(answer(worker, id, parsed.data))
    if (parsed.data.type === 'close') port.close()
  })
}

serve()
