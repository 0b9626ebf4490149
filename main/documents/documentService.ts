// Documents as features use them: read a file and keep its text, or only read it; list, look inside, forget.
import path from 'node:path'
import type { DocumentOrigin, DocumentRecord, ReadItem, SampleDocument, Segment } from '#contract/document.ts'
import { maxDocumentBytes } from '#contract/protocol.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { Host, Logger } from '../host.ts'
import type { Storage } from '../storage/storage.ts'
import { DocumentStore } from './documentStore.ts'
import { readDocument, type ReaderItem, type ReaderOptions } from './readerClient.ts'
import { readSamples } from './samples.ts'
import { renewUnit, type RenewedText } from './unitReading.ts'
import type { UploadedFile } from './uploadedFile.ts'
import { scheduleUnref, UploadStore, type UploadPiece } from './uploadStore.ts'

/**
 * What the service needs. `reader` overrides the reader's limits; `samplesFolder` holds the documents that come along;
 * `onForgotten` hears of documents whose text was taken out, before the answer to whoever asked for it.
 */
export type DocumentServiceNeeds = {
  readonly storage: Storage
  readonly spawn: Host['spawn']
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
  readonly samplesFolder: string
  readonly reader?: Partial<ReaderOptions>
  readonly onForgotten?: (documentId: string) => Promise<void>
}

/** Who wants a file read. */
type Reader = 'person' | 'library'
type Order = { readonly id: string; readonly file: string; readonly reader: Reader }
type Finished = Extract<ReaderItem, { type: 'finished' }>
type Opened = Extract<ReaderItem, { type: 'opened' }>

/** The library of documents and the way files get in. */
export class DocumentService {
  readonly #needs: DocumentServiceNeeds
  readonly #store: DocumentStore
  readonly #uploads: UploadStore
  readonly #beingRead = new Set<string>()

  constructor(needs: DocumentServiceNeeds) {
    this.#needs = needs
    this.#store = new DocumentStore(needs.storage)
    const { newId } = needs
    this.#uploads = new UploadStore({ limitBytes: maxDocumentBytes, newId, schedule: scheduleUnref })
  }

  /** Takes a piece of a file from a window that knows no paths. Failures: `file-too-large`, `not-found`. */
  async receive(
    piece: UploadPiece,
    connectionId: string,
  ): Promise<Result<{ uploadId: string; receivedBytes: number }>> {
    return this.#uploads.receive(piece, connectionId)
  }

  /**
   * Reads a document and keeps its text. One known by hash, path and name is not read again: its record is answered with
   * a new `openedAt`. A stopped or failed reading leaves nothing behind. Failures: those of `readDocument` and of
   * `Storage`, `invalid-input` for a relative path, `not-found` for an unknown upload.
   */
  async *add(origin: DocumentOrigin, signal: AbortSignal): Stream<ReadItem> {
    const place = 'uploadId' in origin ? this.#uploads.take(origin.uploadId) : absolute(origin.path)
    if (!place.ok) return place
    const { password } = origin
    const cleared = await this.#store.removeLeftovers([...this.#beingRead])
    if (!cleared.ok) return cleared
    return yield* this.#logged('documents.add', this.#addFrom(place.value, signal, 'person', password))
  }

  /**
   * Reads a file for the library: in the background, at a low priority, and keeps its text unless one with the same bytes
   * is there, whatever its place; then that one's record is answered. Null when stopped. Failures as `add`.
   */
  async index(file: string, signal: AbortSignal): Promise<Result<DocumentRecord | null>> {
    const items = this.#addFrom(file, signal, 'library')
    let document: DocumentRecord | null = null
    for (;;) {
      const step = await items.next()
      if (step.done === true) return step.value.ok ? ok(document) : step.value
      if (step.value.type === 'added') document = step.value.document
    }
  }

  /** Clears away what a process that died left half read. */
  removeLeftovers(signal: AbortSignal): Promise<Result<void>> {
    return this.#store.removeLeftovers([...this.#beingRead], signal)
  }

  /** Reads a file by absolute path and yields its segments; keeps nothing. Failures as `add`, without storage's. */
  async *extract(file: string, signal: AbortSignal, password?: string): Stream<ReadItem> {
    const place = absolute(file)
    if (!place.ok) return place
    return yield* this.#logged('documents.extract', itemsOf(this.#read(place.value, signal, 'person', password)))
  }

  /** The documents that come with the app, the one to begin with first. */
  async samples(): Promise<Result<readonly SampleDocument[]>> {
    return ok(await readSamples(this.#needs.samplesFolder))
  }

  /** Every known document, last opened first. */
  list(): Promise<Result<readonly DocumentRecord[]>> {
    return this.#store.list()
  }

  /** Failure: `not-found`. */
  async get(documentId: string): Promise<Result<DocumentRecord>> {
    const found = await this.#store.get(documentId)
    if (!found.ok) return found
    return found.value === undefined ? unknownDocument(documentId) : ok(found.value)
  }

  /** The record, marked as opened now. Failure: `not-found`. */
  async open(documentId: string): Promise<Result<DocumentRecord>> {
    const touched = await this.#store.touch(documentId, this.#needs.now().toISOString())
    return touched.ok ? this.get(documentId) : touched
  }

  /** Up to `count` segments from position `from` (0 is the first). Failure: `not-found`. */
  async segments(documentId: string, from: number, count: number): Promise<Result<readonly Segment[]>> {
    const found = await this.get(documentId)
    return found.ok ? this.#store.segments(documentId, from, count) : found
  }

  /** The whole document. Failure: `not-found`. */
  allSegments(documentId: string): Promise<Result<readonly Segment[]>> {
    return this.segments(documentId, 0, -1)
  }

  /**
   * Reads one unit again from the document's file and keeps what came in place of what was there; null when stopped.
   * Failures: those of `renewUnit`, `not-found`, `document-file-unknown` for what came without a path.
   */
  async rereadUnit(documentId: string, unit: number, signal: AbortSignal): Promise<Result<RenewedText | null>> {
    const found = await this.get(documentId)
    if (!found.ok) return found
    const { path: file, name } = found.value
    if (file === '') return fail('document-file-unknown', { name })
    const kept = await this.#store.segments(documentId, 0, -1)
    if (!kept.ok) return kept
    const reading = this.#read(file, signal, 'person', undefined) // ended by renewUnit, with its process
    const renewed = await renewUnit(found.value, kept.value, unit, reading)
    if (!renewed.ok || renewed.value === null || !renewed.value.changed) return renewed
    const replaced = await this.#store.replace(documentId, renewed.value.segments, renewed.value.coverage)
    return replaced.ok ? renewed : replaced
  }

  /** Forgets a document's text and its summaries; the file is never touched. Failure: `not-found`. */
  async remove(documentId: string): Promise<Result<void>> {
    if (this.#beingRead.has(documentId)) return unknownDocument(documentId)
    const found = await this.get(documentId)
    return found.ok ? this.forget([documentId]) : found
  }

  /** Forgets the texts of many documents, as `remove`; ids that are unknown are passed over. */
  async forget(documentIds: readonly string[], signal?: AbortSignal): Promise<Result<void>> {
    const ids = documentIds.filter((id) => !this.#beingRead.has(id))
    const forgotten = await this.#store.forget(ids, signal)
    if (forgotten.ok) for (const id of ids) await this.#needs.onForgotten?.(id)
    return forgotten
  }

  #read(
    file: string | UploadedFile,
    signal: AbortSignal,
    reader: Reader,
    password: string | undefined,
  ): Stream<ReaderItem> {
    const isBackground = reader === 'library'
    return readDocument(this.#needs.spawn, file, signal, { ...this.#needs.reader, isBackground, password })
  }

  async *#addFrom(
    file: string | UploadedFile,
    signal: AbortSignal,
    reader: Reader,
    password?: string,
  ): Stream<ReadItem> {
    const id = this.#needs.newId()
    const reading = this.#read(file, signal, reader, password) // ended in `finally`, with its process
    this.#beingRead.add(id)
    let kept = false
    try {
      const adding = this.#keep({ id, file: typeof file === 'string' ? file : '', reader }, reading)
      let step = await adding.next()
      for (; step.done !== true; step = await adding.next()) {
        kept ||= step.value.type === 'added' && step.value.document.id === id
        yield step.value
      }
      return step.value
    } finally {
      await reading.return(ok(undefined))
      if (!kept) await this.#store.remove(id)
      this.#beingRead.delete(id)
    }
  }

  async *#keep(order: Order, reading: Stream<ReaderItem>): Stream<ReadItem> {
    const { id } = order
    let [characters, segments] = [0, 0]
    let source: Opened | null = null
    for (;;) {
      const step = await reading.next()
      if (step.done === true) return step.value
      const item = step.value
      if (item.type === 'opened') {
        source = item
        yield item
        const known = await this.#known(order, item)
        if (!known.ok) return known
        if (known.value !== undefined) return yield* this.#reopen(known.value, order)
        const begun = await this.#begin(order, item)
        if (!begun.ok) return begun
      } else if (item.type === 'segments') {
        const appended = await this.#store.append(id, segments, item.segments)
        if (!appended.ok) return appended
        segments += item.segments.length
        characters += item.segments.reduce((sum, segment) => sum + segment.text.length, 0)
      } else if (item.type === 'finished') {
        const ended = yield* this.#finish(id, item, { characters, segments })
        if (!ended.ok || ended.value || source === null) return ended.ok ? ok(undefined) : ended
        // Somebody else added the same file while this reading went on: theirs stays.
        const twin = await this.#known(order, source)
        if (!twin.ok) return twin
        return twin.value === undefined ? unknownDocument(id) : yield* this.#reopen(twin.value, order)
      } else {
        yield item
      }
    }
  }

  /** The library keeps one text for the same bytes wherever they lie; a person's own copies stay apart by name. */
  async #known({ file, reader }: Order, { sha256, name }: Opened): Promise<Result<DocumentRecord | undefined>> {
    if (reader === 'library') return this.#store.findBytes(sha256)
    const adopted = await this.#store.adopt(sha256, file, name)
    return adopted.ok ? this.#store.find(sha256, file, name) : adopted
  }

  #begin({ id, file, reader }: Order, { name, sha256, format, bytes }: Opened): Promise<Result<void>> {
    const addedAt = this.#needs.now().toISOString()
    return this.#store.begin({ id, name, path: file, sha256, format, bytes, addedAt, unopened: reader === 'library' })
  }

  async *#reopen(known: DocumentRecord, { reader }: Order): Stream<ReadItem> {
    const openedAt = reader === 'library' ? known.openedAt : this.#needs.now().toISOString()
    if (reader === 'person') {
      const touched = await this.#store.touch(known.id, openedAt)
      if (!touched.ok) return touched
    }
    yield { type: 'added', document: { ...known, openedAt } }
    yield { type: 'finished', reason: 'complete', coverage: known.coverage }
    return ok(undefined)
  }

  /** Answers false, having told nothing, when the document is in the library already. */
  async *#finish(
    id: string,
    finished: Finished,
    counts: { characters: number; segments: number },
  ): AsyncGenerator<ReadItem, Result<boolean>, void> {
    const { title, coverage, reason, type } = finished
    if (reason === 'complete') {
      const completed = await this.#store.complete(id, { ...counts, title, coverage })
      if (!completed.ok || !completed.value) return completed
      const document = await this.get(id)
      if (!document.ok) return document
      yield { type: 'added', document: document.value }
    }
    yield { type, reason, coverage }
    return ok(true)
  }

  async *#logged(event: string, items: Stream<ReadItem>): Stream<ReadItem> {
    const started = this.#needs.now().getTime()
    const ended = yield* items
    const milliseconds = this.#needs.now().getTime() - started
    if (ended.ok) this.#needs.logger.info(event, { milliseconds })
    else this.#needs.logger.warn(event, { milliseconds, code: ended.failure.code })
    return ended
  }
}

/** The contract's items, without the title that only the library keeps. */
async function* itemsOf(reading: Stream<ReaderItem>): Stream<ReadItem> {
  try {
    for (;;) {
      const step = await reading.next()
      if (step.done === true) return step.value
      const item = step.value
      yield item.type === 'finished' ? { type: item.type, reason: item.reason, coverage: item.coverage } : item
    }
  } finally {
    await reading.return(ok(undefined))
  }
}

function absolute(file: string): Result<string> {
  return path.isAbsolute(file) ? ok(path.normalize(file)) : fail('invalid-input', { issues: ['path: not absolute'] })
}

function unknownDocument(id: string): Result<never> {
  return fail('not-found', { what: 'document', id })
}
