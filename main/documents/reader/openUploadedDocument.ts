// Opens a document whose bytes the parent holds: the same random access as a file, asked for range by range.
import { fail, ok, type Result } from '#contract/result.ts'
import { maxRangeBytes, type ReaderFailure, type ReadSource } from '../protocol.ts'
import type { DocumentSource } from './formatReader.ts'
import type { DocumentFile } from './openDocumentFile.ts'

/** Asks the parent for up to `maxRangeBytes` bytes from `offset`; all of them lie within the document. */
export type FetchRange = (offset: number, length: number) => Promise<Uint8Array>

/** Failures: `file-empty`, `file-too-large`. What the parent holds cannot change under the reader. */
export function openUploadedDocument(
  from: Extract<ReadSource, { kind: 'bytes' }>,
  limitBytes: number,
  fetchRange: FetchRange,
): Result<DocumentFile> {
  const { name, size } = from
  if (size === 0) return fail('file-empty', { name })
  if (size > limitBytes) return fail('file-too-large', { name, bytes: size, limitBytes })
  return ok({
    name,
    source: new UploadSource(name, size, fetchRange),
    checkUnchanged: async () => ok(undefined),
    close: async () => undefined,
  })
}

class UploadSource implements DocumentSource {
  readonly size: number
  readonly #name: string
  readonly #fetchRange: FetchRange
  #failure: ReaderFailure | null = null

  constructor(name: string, size: number, fetchRange: FetchRange) {
    this.#name = name
    this.size = size
    this.#fetchRange = fetchRange
  }

  get failure(): ReaderFailure | null {
    return this.#failure
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    // As with a file, bytes beyond the end are zeros, and asking for them is told.
    const held = Math.max(0, Math.min(length, this.size - offset))
    if (held < length) this.#failure = { code: 'document-changed', details: { name: this.#name } }
    for (let done = 0; done < held; done += maxRangeBytes) {
      const range = await this.#fetchRange(offset + done, Math.min(maxRangeBytes, held - done))
      // Copied, because a message's bytes may lie anywhere in a larger buffer.
      bytes.set(range, done)
    }
    return bytes
  }
}
