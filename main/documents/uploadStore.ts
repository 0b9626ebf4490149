// Files on their way in from windows that know no paths: in memory, a few at a time, not for long.
import { fail, ok, type Result } from '#contract/result.ts'
import { UploadedFile } from './uploadedFile.ts'

/** One piece of an upload, as the contract has it; `base64` is its bytes. */
export type UploadPiece = {
  readonly uploadId: string | null
  readonly name: string
  readonly base64: string
  readonly last: boolean
}

/** Runs something later, unless the answer is called first. */
export type Schedule = (then: () => void, milliseconds: number) => () => void

/** `limitBytes` holds for one file and for all that one connection has on its way. */
export type UploadStoreNeeds = {
  readonly limitBytes: number
  readonly newId: () => string
  readonly schedule: Schedule
}

type Upload = {
  readonly file: UploadedFile
  readonly connectionId: string
  whole: boolean
  cancelExpiry: () => void
}

/** How long an upload that nobody goes on with is kept, in milliseconds. */
const keptMilliseconds = 10 * 60_000

/** Takes pieces and hands over whole files, each once. `close` forgets everything. */
export class UploadStore {
  readonly #needs: UploadStoreNeeds
  /** In order of their beginning. */
  readonly #uploads = new Map<string, Upload>()

  constructor(needs: UploadStoreNeeds) {
    this.#needs = needs
  }

  /**
   * Adds a piece; the first has no id and gets one. Failures: `file-too-large` (the upload is dropped), `not-found` for
   * an upload that is unknown, whole or dropped.
   */
  receive(piece: UploadPiece, connectionId: string): Result<{ uploadId: string; receivedBytes: number }> {
    const uploadId = piece.uploadId ?? this.#begin(piece.name, connectionId)
    const upload = this.#uploads.get(uploadId)
    if (upload === undefined || upload.whole) return fail('not-found', { what: 'upload', id: uploadId })
    const bytes = Buffer.from(piece.base64, 'base64')
    const size = upload.file.size + bytes.length
    const { limitBytes } = this.#needs
    if (size > limitBytes) {
      this.#drop(uploadId)
      return fail('file-too-large', { name: upload.file.name, bytes: size, limitBytes })
    }
    this.#makeRoom(uploadId, connectionId, bytes.length)
    upload.file.append(bytes)
    upload.whole = piece.last
    this.#keepAWhile(uploadId, upload)
    return ok({ uploadId, receivedBytes: size })
  }

  /** Hands over a whole upload and forgets it. Failure: `not-found`, also while pieces are missing. */
  take(uploadId: string): Result<UploadedFile> {
    const upload = this.#uploads.get(uploadId)
    if (upload === undefined || !upload.whole) return fail('not-found', { what: 'upload', id: uploadId })
    this.#drop(uploadId)
    return ok(upload.file)
  }

  /** Forgets every upload. */
  close(): void {
    for (const uploadId of [...this.#uploads.keys()]) this.#drop(uploadId)
  }

  #begin(name: string, connectionId: string): string {
    const uploadId = this.#needs.newId()
    const file = new UploadedFile(name)
    this.#uploads.set(uploadId, { file, connectionId, whole: false, cancelExpiry: () => undefined })
    return uploadId
  }

  #keepAWhile(uploadId: string, upload: Upload): void {
    upload.cancelExpiry()
    upload.cancelExpiry = this.#needs.schedule(() => this.#drop(uploadId), keptMilliseconds)
  }

  /** Drops a connection's other uploads, oldest first, until so many more bytes fit. */
  #makeRoom(uploadId: string, connectionId: string, bytes: number): void {
    const own = [...this.#uploads].filter(([, upload]) => upload.connectionId === connectionId)
    let held = own.reduce((sum, [, { file }]) => sum + file.size, bytes)
    for (const [id, { file }] of own) {
      if (held <= this.#needs.limitBytes) return
      if (id === uploadId) continue
      this.#drop(id)
      held -= file.size
    }
  }

  #drop(uploadId: string): void {
    this.#uploads.get(uploadId)?.cancelExpiry()
    this.#uploads.delete(uploadId)
  }
}

/** A timer that does not keep the process alive. */
export function scheduleUnref(then: () => void, milliseconds: number): () => void {
  const timer = setTimeout(then, milliseconds)
  timer.unref()
  return () => clearTimeout(timer)
}
