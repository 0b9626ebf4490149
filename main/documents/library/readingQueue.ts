// Reads the files that wait, two at a time and behind everything else, and writes down what became of each.
import type { Failure } from '#contract/failures.ts'
import type { LibraryFile } from '#contract/library.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Logger } from '../../host.ts'
import type { DocumentService } from '../documentService.ts'
import type { FileStore } from './fileStore.ts'

/** What the queue works with. */
export type ReadingQueueNeeds = {
  readonly files: FileStore
  readonly documents: Pick<DocumentService, 'index' | 'forget'>
  readonly logger: Logger
  /** Folders whose drive answers; files elsewhere are left alone. */
  readonly openFolders: () => readonly string[]
  /** True while a person waits for a model or a job: then one reader works, not two. */
  readonly isBusy: () => boolean
  readonly changed: (fileIds: readonly string[]) => void
}

/** A file in hand; `ended` comes true when it no longer is. */
type Hand = {
  readonly file: LibraryFile
  readonly controller: AbortController
  readonly ended: PromiseWithResolvers<void>
}

const READERS = 2
/** A file that changes while it is read is tried again so often, by the next one who has time. */
const ATTEMPTS = 3

/** The background work of the library. `wake` starts it, `rest` ends it; both are safe to repeat. */
export class ReadingQueue {
  readonly #needs: ReadingQueueNeeds
  readonly #inHand = new Map<string, Hand>()
  readonly #attempts = new Map<string, number>()
  readonly #readers = new Set<Promise<void>>()
  #taking: Promise<unknown> = Promise.resolve()
  #isResting = true

  constructor(needs: ReadingQueueNeeds) {
    this.#needs = needs
  }

  /** The files being read now. */
  get inHand(): readonly LibraryFile[] {
    return [...this.#inHand.values()].map(({ file }) => file)
  }

  get isResting(): boolean {
    return this.#isResting
  }

  /** Begins, or looks again for files that wait. */
  wake(): void {
    this.#isResting = false
    this.#fill()
  }

  /** Stops; what was in hand waits again. Answers when nothing is in hand any more. */
  async rest(): Promise<Result<void>> {
    this.#isResting = true
    for (const { controller } of this.#inHand.values()) controller.abort('resting')
    await Promise.all(this.#readers)
    return this.#needs.files.putBack()
  }

  /** Lets go of a file in hand, because it is being removed. */
  async drop(belongs: (file: LibraryFile) => boolean): Promise<void> {
    const dropped = [...this.#inHand.values()].filter(({ file }) => belongs(file))
    for (const { controller } of dropped) controller.abort('dropped')
    await Promise.all(dropped.map(({ ended }) => ended.promise))
  }

  #fill(): void {
    if (this.#isResting) return
    const wanted = this.#needs.isBusy() ? 1 : READERS
    for (let missing = wanted - this.#readers.size; missing > 0; missing -= 1) {
      const reader = this.#readOn().finally(() => this.#readers.delete(reader))
      this.#readers.add(reader)
    }
  }

  /** One reader: file after file until none waits. The second one leaves while somebody else needs the machine. */
  async #readOn(): Promise<void> {
    for (;;) {
      if (this.#isResting || (this.#needs.isBusy() && this.#readers.size > 1)) return
      const taken = await this.#take()
      if (taken === null) return
      const { file, controller, ended } = taken
      const written = await this.#read(file, controller.signal)
      this.#inHand.delete(file.id)
      ended.resolve()
      this.#needs.changed([file.id])
      if (!written.ok) {
        this.#needs.logger.warn('library.stopped', { code: written.failure.code })
        return
      }
      this.#fill()
    }
  }

  /** One after the other, so that no file is taken twice. */
  #take(): Promise<Hand | null> {
    const taken = this.#taking.then(async () => {
      if (this.#isResting) return null
      const next = await this.#needs.files.takeNext(this.#needs.openFolders())
      if (!next.ok || next.value === undefined) return null
      const hand: Hand = { file: next.value, controller: new AbortController(), ended: Promise.withResolvers() }
      this.#inHand.set(next.value.id, hand)
      this.#needs.changed([next.value.id])
      return hand
    })
    this.#taking = taken.catch(() => undefined)
    return taken
  }

  async #read(file: LibraryFile, signal: AbortSignal): Promise<Result<void>> {
    const { files, documents } = this.#needs
    const read = await documents.index(file.path, signal)
    if (!read.ok) return this.#failed(file, read.failure)
    this.#attempts.delete(file.id)
    if (read.value === null) return files.setState(file.id, file.documentId === null ? 'waiting' : 'changed', null)
    const linked = await files.link(file, read.value.id)
    if (!linked.ok) return linked
    if (linked.value && file.documentId === null) return ok(undefined)
    const unheld = await files.unheld()
    return unheld.ok ? documents.forget(unheld.value, signal) : unheld
  }

  async #failed(file: LibraryFile, failure: Failure): Promise<Result<void>> {
    const { files, logger } = this.#needs
    logger.info('library.unread', { fileId: file.id, code: failure.code })
    if (isOfTheFolder(failure)) return { ok: false, failure }
    if (failure.code === 'file-missing') {
      return files.setState(file.id, file.documentId === null ? 'failed' : 'missing', failure)
    }
    const attempts = (this.#attempts.get(file.id) ?? 0) + 1
    this.#attempts.set(file.id, attempts)
    const again = failure.code === 'document-changed' && attempts < ATTEMPTS
    if (!again) this.#attempts.delete(file.id)
    return again
      ? files.setState(file.id, file.documentId === null ? 'waiting' : 'changed', null)
      : files.setState(file.id, 'failed', failure)
  }
}

/** Failures of our own data folder: no other file would fare better. */
function isOfTheFolder({ code }: Failure): boolean {
  return ['data-read-only', 'data-corrupt', 'data-unreachable', 'disk-full'].includes(code)
}
