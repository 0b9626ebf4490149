// Downloads of models: one at a time, each durable, in sight, and stopped or continued at will.
import { rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Failure } from '#contract/failures.ts'
import type { Announce } from '#contract/index.ts'
import type { ModelDownload, ModelRecord } from '#contract/model.ts'
import { fail, failureOf, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../../egress/egressGate.ts'
import type { Logger } from '../../host.ts'
import type { Storage } from '../../storage/storage.ts'
import { DownloadRows, type StoredDownload } from './downloadRows.ts'
import { DownloadRun, type DownloadWorld } from './downloadRun.ts'
import { checkFile, stampOfStatus, type CheckedFile } from '../ggufFile.ts'
import { rateOf, withSample, type RateSample } from '../logic/downloadRate.ts'
import type { HeaderFacts } from '../logic/ggufHeader.ts'
import { addressOf, fileNameOf } from '../logic/modelSource.ts'
import { PinRows } from './pinRows.ts'
import { isTaken, nameDurably, PartFile } from './partFile.ts'

/** What may be asked for once its source, licence and size were looked at. */
export type DownloadWish = {
  readonly name: string
  readonly repository: string
  readonly file: string
  readonly catalogueId: string | null
  readonly exactBytes: number | null
  readonly expectedSha256: string | null
  readonly anyway: boolean
}

/** `folder` is where models lie, null where nothing is kept; `base` the hub or the mirror, asked at every start. */
export type DownloadDependencies = {
  readonly storage: Storage
  readonly gate: Pick<EgressGate, 'fetchPublic'>
  readonly folder: string | null
  readonly base: () => string
  readonly announce: Announce
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
  /** Refuses a model by its header. */
  readonly judge: (name: string, facts: HeaderFacts, totalBytes: number) => Result<void>
  /** Makes a downloaded file an installed model. */
  readonly link: (file: string, checked: CheckedFile, catalogueId: string | null) => Promise<Result<ModelRecord>>
  readonly freeBytes?: (folder: string) => Promise<number>
  readonly wait?: DownloadWorld['wait']
  readonly blockBytes?: number
}

type Running = {
  readonly id: string
  readonly controller: AbortController
  readonly done: Promise<void>
  samples: readonly RateSample[]
  receivedBytes: number
  totalBytes: number | null
  announcedAt: number
}

const defaultBlock = 8 * 1024 * 1024
/** Never the last of a disk: other programs, and the database, need some. */
const reserveBytes = 512 * 1024 * 1024
const announceEveryMs = 250
const stillThere = new AbortController().signal

/** The downloads of a data folder. */
export class DownloadService {
  readonly #dependencies: DownloadDependencies
  readonly #rows: DownloadRows
  readonly #pins: PinRows
  #running: Running | null = null
  #starting: Promise<void> = Promise.resolve()
  #closed = false

  constructor(dependencies: DownloadDependencies) {
    this.#dependencies = dependencies
    this.#rows = new DownloadRows(dependencies.storage)
    this.#pins = new PinRows(dependencies.storage)
  }

  /** Oldest first. */
  async list(): Promise<Result<readonly ModelDownload[]>> {
    const rows = await this.#rows.all()
    return rows.ok ? ok(rows.value.map((row) => this.#view(row))) : rows
  }

  /** Queues a download, or resumes the one of the same file. Fails with `download-failed` where there is no folder. */
  async start(wish: DownloadWish): Promise<Result<ModelDownload>> {
    const { name } = wish
    if (this.#dependencies.folder === null) return fail('download-failed', { name, reason: 'no-folder' })
    if (fileNameOf(wish.file) === null) return fail('download-failed', { name, reason: 'bad-source' })
    const rows = await this.#rows.all()
    if (!rows.ok) return rows
    const pin = wish.anyway || wish.expectedSha256 !== null ? ok(null) : await this.#pins.get(wish)
    if (!pin.ok) return pin
    const same = rows.value.find(({ repository, file }) => repository === wish.repository && file === wish.file)
    if (same !== undefined && same.state !== 'complete') {
      return this.#queue({ ...same, ...wish, pinnedSha256: pin.value })
    }
    const fresh = {
      pinnedSha256: pin.value,
      keptBytes: 0,
      totalBytes: null,
      tag: null,
      failure: null,
      modelId: null,
      sha256: null,
    }
    const id = same?.id ?? this.#dependencies.newId()
    return this.#queue({ id, ...wish, ...fresh, state: 'queued' })
  }

  /** Stops it and keeps what came. */
  async pause(id: string): Promise<Result<ModelDownload>> {
    await this.#stop(id)
    return this.#change(id, (row) => (row.state === 'complete' ? row : { ...row, state: 'paused', failure: null }))
  }

  /** Puts a paused or failed download back into the queue. */
  async resume(id: string): Promise<Result<ModelDownload>> {
    const row = await this.#row(id)
    if (!row.ok) return row
    const goesOn = row.value.state === 'paused' || row.value.state === 'failed'
    return goesOn ? this.#queue(row.value) : ok(this.#view(row.value))
  }

  /** Ends it and deletes what came; a complete one is only forgotten. */
  async cancel(id: string): Promise<Result<void>> {
    await this.#stop(id)
    const row = await this.#row(id)
    if (!row.ok) return row
    if (row.value.state !== 'complete') await rm(this.#partOf(row.value), { force: true })
    return this.#rows.remove(id)
  }

  /** After a start: what ran goes on by itself, or waits for a person when `goOn` is false. */
  async recover(goOn: boolean): Promise<Result<void>> {
    const rows = await this.#rows.all()
    if (!rows.ok) return rows
    for (const row of rows.value.filter(({ state }) => state === 'running' || state === 'queued')) {
      const put = await this.#rows.put({ ...row, state: goOn ? 'queued' : 'paused' })
      if (!put.ok) return put
    }
    if (goOn) this.#pump()
    return ok(undefined)
  }

  /** Stops what runs, keeping it; it goes on at the next start. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#starting
    this.#running?.controller.abort()
    await this.#running?.done
  }

  async #queue(row: StoredDownload): Promise<Result<ModelDownload>> {
    if (this.#running?.id === row.id) return ok(this.#view(row))
    const queued: StoredDownload = { ...row, state: 'queued', failure: null }
    const put = await this.#rows.put(queued)
    if (!put.ok) return put
    this.#tell(queued)
    this.#pump()
    return ok(this.#view(queued))
  }

  /** Starts the next one when none runs. */
  #pump(): void {
    this.#starting = this.#starting.then(async () => {
      if (this.#running !== null || this.#closed) return
      const rows = await this.#rows.all()
      const next = rows.ok ? rows.value.find(({ state }) => state === 'queued') : undefined
      if (next === undefined) return
      const controller = new AbortController()
      const begun = Promise.withResolvers<void>()
      const done = begun.promise.then(() => this.#run(next, controller.signal))
      const live = { samples: [], receivedBytes: next.keptBytes, totalBytes: next.totalBytes, announcedAt: 0 }
      this.#running = { id: next.id, controller, done, ...live }
      begun.resolve()
    })
  }

  async #run(row: StoredDownload, signal: AbortSignal): Promise<void> {
    const { logger } = this.#dependencies
    const started: StoredDownload = { ...row, state: 'running' }
    const put = await this.#rows.put(started)
    if (put.ok) this.#tell(started)
    const result = put.ok ? await this.#fetch(started, signal) : put
    const last = await this.#row(row.id)
    const known = last.ok ? last.value : started
    const ended = endOf(known, result, this.#closed)
    await this.#rows.put(ended)
    this.#running = null
    logger.info('download.ended', { id: row.id, state: ended.state, code: ended.failure?.code ?? null })
    this.#tell(ended)
    this.#pump()
  }

  /** The download and what follows it; null when it was stopped. */
  async #fetch(row: StoredDownload, signal: AbortSignal): Promise<Result<ModelRecord | null>> {
    const file = this.#partOf(row)
    try {
      const known = await this.#alreadyNamed(row)
      if (known !== null) return known
      const part = await PartFile.open(file, row.keptBytes)
      try {
        const order = { ...row, address: addressOf(this.#dependencies.base(), row) }
        const kept = part.position < row.keptBytes ? { totalBytes: null, tag: null } : {}
        const run = await new DownloadRun({ ...order, ...kept }, part, this.#world(row)).run(signal)
        if (!run.ok) return run
        if (run.value === null) return ok(null)
        return await this.#install(row, file, run.value.facts, run.value.sha256)
      } finally {
        await part.close()
      }
    } catch (error) {
      const failure = diskFailure(error, row.name, path.dirname(file))
      if (failure !== null) return { ok: false, failure }
      const id = this.#dependencies.newId()
      this.#dependencies.logger.error('download.fault', { id, kind: error instanceof Error ? error.name : 'unknown' })
      return fail('internal', { id })
    }
  }

  #world(row: StoredDownload): DownloadWorld {
    const { gate, now, wait = waitFor, blockBytes = defaultBlock, judge } = this.#dependencies
    let latest = row
    return {
      gate,
      wait,
      blockBytes,
      now: () => now().getTime(),
      room: (moreBytes) => this.#room(moreBytes),
      keep: async (kept) => {
        latest = { ...latest, ...kept, state: 'running' }
        return this.#rows.put(latest)
      },
      judge: (facts, totalBytes) => (row.anyway ? ok(undefined) : judge(row.name, facts, totalBytes)),
      onProgress: (receivedBytes, totalBytes) => this.#progress(latest, receivedBytes, totalBytes),
    }
  }

  async #room(moreBytes: number): Promise<Result<void>> {
    const folder = this.#folder()
    const free = await (this.#dependencies.freeBytes ?? freeBytesOf)(folder)
    return free - moreBytes >= reserveBytes ? ok(undefined) : fail('disk-full', { folder: path.basename(folder) })
  }

  #progress(row: StoredDownload, receivedBytes: number, totalBytes: number): void {
    const live = this.#running
    if (live === null) return
    const at = performance.now()
    live.receivedBytes = receivedBytes
    live.totalBytes = totalBytes
    if (at - live.announcedAt < announceEveryMs) return
    live.samples = withSample(live.samples, { at, bytes: receivedBytes })
    live.announcedAt = at
    this.#tell(row)
  }

  /** The process may have died between naming the file and saying so. */
  async #alreadyNamed(row: StoredDownload): Promise<Result<ModelRecord> | null> {
    if (row.sha256 === null || row.totalBytes === null || row.keptBytes !== row.totalBytes) return null
    for (const file of this.#namesOf(row, row.sha256)) {
      const status = await stat(file).catch(() => null)
      if (status?.size !== row.totalBytes) continue
      const checked = await checkFile(file, stillThere)
      if (checked.ok && checked.value?.sha256 === row.sha256) {
        return this.#dependencies.link(file, checked.value, row.catalogueId)
      }
    }
    return null
  }

  async #install(row: StoredDownload, part: string, facts: HeaderFacts, sha256: string): Promise<Result<ModelRecord>> {
    const latest = await this.#row(row.id)
    if (!latest.ok) return latest
    // What it will be called is known before it is called so.
    const put = await this.#rows.put({ ...latest.value, sha256 })
    if (!put.ok) return put
    const pinned = row.expectedSha256 === null ? await this.#pins.put(row, sha256, this.#dependencies.now()) : ok(null)
    if (!pinned.ok) return pinned
    const names = this.#namesOf(row, sha256)
    let file: string | undefined
    for (const name of names) if (file === undefined && !(await isTaken(name))) file = name
    if (file === undefined) return fail('download-failed', { name: row.name, reason: 'part-file' })
    await nameDurably(part, file)
    const stamp = stampOfStatus(await stat(file, { bigint: true }))
    return this.#dependencies.link(file, { stamp, facts, sha256 }, row.catalogueId)
  }

  #namesOf(row: StoredDownload, sha256: string): readonly string[] {
    const name = fileNameOf(row.file) ?? `${row.id}.gguf`
    const other = name.replace(/\.gguf$/i, `-${sha256.slice(0, 8)}.gguf`)
    return [path.join(this.#folder(), name), path.join(this.#folder(), other)]
  }

  #partOf(row: StoredDownload): string {
    return path.join(this.#folder(), `${row.id}.part`)
  }

  #folder(): string {
    return this.#dependencies.folder ?? '.'
  }

  async #stop(id: string): Promise<void> {
    await this.#starting
    if (this.#running?.id !== id) return
    this.#running.controller.abort()
    await this.#running.done
  }

  async #row(id: string): Promise<Result<StoredDownload>> {
    const rows = await this.#rows.all()
    if (!rows.ok) return rows
    const row = rows.value.find((each) => each.id === id)
    return row === undefined ? fail('not-found', { what: 'download', id }) : ok(row)
  }

  async #change(id: string, change: (row: StoredDownload) => StoredDownload): Promise<Result<ModelDownload>> {
    const row = await this.#row(id)
    if (!row.ok) return row
    const changed = change(row.value)
    const put = await this.#rows.put(changed)
    if (!put.ok) return put
    this.#tell(changed)
    return ok(this.#view(changed))
  }

  #tell(row: StoredDownload): void {
    this.#dependencies.announce('models.download-changed', this.#view(row))
  }

  #view(row: StoredDownload): ModelDownload {
    const { id, name, repository, file, state, failure, modelId, sha256 } = row
    const live = this.#running?.id === id ? this.#running : null
    const totalBytes = live?.totalBytes ?? row.totalBytes
    return {
      id,
      name,
      repository,
      file,
      state,
      receivedBytes: live?.receivedBytes ?? row.keptBytes,
      totalBytes,
      ...rateOf(live?.samples ?? [], totalBytes),
      failure,
      modelId,
      sha256,
      pinned: sha256 !== null && row.expectedSha256 === null,
    }
  }
}

function endOf(row: StoredDownload, result: Result<ModelRecord | null>, closing: boolean): StoredDownload {
  if (!result.ok) return { ...row, state: 'failed', failure: result.failure }
  if (result.value === null) return { ...row, state: closing ? 'queued' : 'paused' }
  const { id: modelId, sha256 } = result.value
  return { ...row, state: 'complete', failure: null, modelId, sha256 }
}

function diskFailure(error: unknown, name: string, folder: string): Failure | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') return failureOf('disk-full', { folder: path.basename(folder) })
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return failureOf('data-read-only', { folder: path.basename(folder) })
  }
  return typeof code === 'string' ? failureOf('download-failed', { name, reason: 'part-file' }) : null
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined)
}
