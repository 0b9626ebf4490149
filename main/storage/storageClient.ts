// The storage worker's client: `Storage` over numbered messages.
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Failure } from '#contract/failures.ts'
import { failureOf, ok, type Result } from '#contract/result.ts'
import type { SqlValue, Statement, Storage, Written } from './storage.ts'
import {
  entrance,
  openReport,
  row,
  storageReply,
  written,
  type DatabaseLocation,
  type Entrance,
  type FolderMode,
  type Migration,
  type OpenReport,
  type StorageAction,
  type StorageReply,
} from './storageProtocol.ts'

type Pending = { resolve(reply: StorageReply): void }

/** A statement the database cannot run, or a call after `close`: a mistake in the calling code. `code` is the driver's. */
export class StorageMisuse extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'StorageMisuse'
    this.code = code
  }
}

/**
 * Owns one worker thread. When the thread dies, what is pending and what comes later answers `data-unreachable`. The
 * thread holds the process alive only while a call is pending. Whoever makes a client closes it.
 */
export class StorageClient implements Storage {
  readonly #folder: string
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #gone: Promise<void>
  #nextId = 0
  #alive = true
  #closing: Promise<void> | null = null

  /** `folder` is what failures name. */
  constructor({ folder, entry }: { readonly folder: string; readonly entry?: URL }) {
    this.#folder = folder
    // The worker gets nothing of the environment; it needs nothing of it.
    this.#worker = new Worker(entry ?? new URL('./worker.ts', import.meta.url), { env: {}, name: 'storage' })
    this.#worker.on('message', (message: unknown) => this.#settle(storageReply.parse(message)))
    this.#worker.on('error', () => this.#die())
    this.#gone = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#die()
        resolve()
      })
    })
    this.#worker.unref()
  }

  /** Enters a folder; as its owner it makes the folder and takes the lock (`data-in-use`). Fails with the folder's codes. */
  enter(folder: string, mode: FolderMode): Promise<Result<Entrance>> {
    return this.#ask({ type: 'enter', folder, mode }, entrance)
  }

  /** Writes `keys.json` of the entered folder, whole or not at all. */
  keepKeys(text: string): Promise<Result<void>> {
    return this.#ask({ type: 'keep-keys', text }, z.undefined())
  }

  /** Opens a database; one per client. Fails with the data folder's codes; see `OpenReport`. */
  open(location: DatabaseLocation, migrations: readonly Migration[], now: Date): Promise<Result<OpenReport>> {
    return this.#ask({ type: 'open', location, migrations, now: now.toISOString() }, openReport)
  }

  all<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Result<readonly Row[]>> {
    const rows = z.array(row)
    return this.#ask({ type: 'all', sql, parameters: [...parameters] }, rows as never) // as: Row is the caller's claim
  }

  get<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Result<Row | undefined>> {
    const first = row.optional()
    return this.#ask({ type: 'get', sql, parameters: [...parameters] }, first as never) // as: Row is the caller's claim
  }

  run(sql: string, parameters: readonly SqlValue[] = []): Promise<Result<Written>> {
    return this.#ask({ type: 'run', sql, parameters: [...parameters] }, written)
  }

  transaction(statements: readonly Statement[]): Promise<Result<readonly Written[]>> {
    const all = statements.map(({ sql, parameters }) => ({ sql, parameters: [...(parameters ?? [])] }))
    return this.#ask({ type: 'transaction', statements: all }, z.array(written))
  }

  check(): Promise<Result<readonly string[]>> {
    return this.#ask({ type: 'check' }, z.array(z.string()))
  }

  close(): Promise<void> {
    this.#closing ??= this.#end()
    return this.#closing
  }

  async #end(): Promise<void> {
    // What the checkpoint could not move stays safe in the WAL, so a failure to close cleanly loses nothing.
    if (this.#alive) await this.#send({ type: 'close' })
    await this.#gone
  }

  async #ask<T>(action: StorageAction, shape: z.ZodType<T>): Promise<Result<T>> {
    if (this.#closing !== null) throw new StorageMisuse('closed', 'the storage was closed')
    const reply = await this.#send(action)
    switch (reply.type) {
      case 'value':
        return ok(shape.parse(reply.value))
      case 'failure':
        return { ok: false, failure: reply.failure as Failure } // as: the schema holds the codes, not each code's details
      case 'bug':
        throw new StorageMisuse(reply.code, reply.message)
    }
  }

  #send(action: StorageAction): Promise<StorageReply> {
    const id = this.#nextId++
    if (!this.#alive) return Promise.resolve(this.#unreachable(id))
    return new Promise((resolve) => {
      this.#worker.postMessage({ id, action })
      this.#pending.set(id, { resolve })
      this.#worker.ref()
    })
  }

  #settle(reply: StorageReply): void {
    const pending = this.#pending.get(reply.id)
    this.#pending.delete(reply.id)
    if (this.#pending.size === 0 && this.#closing === null) this.#worker.unref()
    pending?.resolve(reply)
  }

  #die(): void {
    this.#alive = false
    for (const id of [...this.#pending.keys()]) this.#settle(this.#unreachable(id))
  }

  #unreachable(id: number): StorageReply {
    const failure = failureOf('data-unreachable', { folder: this.#folder, reason: 'worker-ended' })
    return { type: 'failure', id, failure: failure as never } // as: the reply's schema knows the code
  }
}
