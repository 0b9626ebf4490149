// Gives the zip library its bytes: ranges of a document source, read in windows, with what went wrong kept.
import { Readable } from 'node:stream'
import yauzl from 'yauzl'
import type { DocumentSource } from '../formatReader.ts'
import { Refusal } from './refusal.ts'

const WINDOW_BYTES = 65_536

/** Random access for yauzl over a `DocumentSource`. Small reads near each other cost one read of the source. */
export class SourceRanges extends yauzl.RandomAccessReader {
  readonly #source: DocumentSource
  #window: { readonly start: number; readonly bytes: Uint8Array } = { start: 0, bytes: new Uint8Array(0) }

  constructor(source: DocumentSource) {
    super()
    this.#source = source
  }

  /** Bytes from `position`; fewer at the end of the source. Throws `Refusal` where the source fails. */
  take(position: number, length: number): Promise<Uint8Array> {
    return this.#range(position, length)
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#range(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset)
        done(null, bytes.length)
      },
      (error: unknown) => done(error as Error), // as: only refusals and range errors arise here
    )
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false })
  }

  override close(done: (error: Error | null) => void): void {
    done(null)
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Uint8Array, void, void> {
    for (let at = start; at < end; at += WINDOW_BYTES) yield await this.#read(at, Math.min(WINDOW_BYTES, end - at))
  }

  async #range(position: number, length: number): Promise<Uint8Array> {
    if (length > WINDOW_BYTES) return this.#read(position, length)
    const { start, bytes } = this.#window
    if (position < start || position + length > start + bytes.length) {
      const end = Math.min(this.#source.size, Math.max(position + WINDOW_BYTES, position + length))
      this.#window = { start: position, bytes: await this.#read(position, Math.max(0, end - position)) }
    }
    const from = position - this.#window.start
    return this.#window.bytes.subarray(from, from + length)
  }

  async #read(position: number, length: number): Promise<Uint8Array> {
    const room = Math.max(0, Math.min(length, this.#source.size - position))
    if (room === 0) return new Uint8Array(0)
    const bytes = await this.#source.read(position, room)
    if (this.#source.failure !== null) throw new Refusal(this.#source.failure)
    return bytes
  }
}
