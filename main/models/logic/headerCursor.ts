// Reads little-endian values from a window on a file's beginning; stops instead of throwing, and says how many bytes it lacks.
import { decodeUtf8 } from './utf8.ts'

/** Why reading ended early: more of the file is needed, or the file is not one we accept (kebab-case reason). */
export type HeaderStop =
  { readonly state: 'more'; readonly upTo: number } | { readonly state: 'invalid'; readonly reason: string }

const maxStringBytes = 16 * 1024 * 1024

/**
 * A cursor over `window`, the first bytes of a file of `fileBytes`. After the first stop every read answers zero or
 * empty and `stop` says why, so that callers check once per loop instead of once per read.
 */
export class HeaderCursor {
  readonly fileBytes: number
  readonly #view: DataView
  readonly #window: Uint8Array
  #offset = 0
  #stop: HeaderStop | null = null

  constructor(window: Uint8Array, fileBytes: number) {
    this.fileBytes = fileBytes
    this.#window = window
    this.#view = new DataView(window.buffer, window.byteOffset, window.byteLength)
  }

  get offset(): number {
    return this.#offset
  }

  get stop(): HeaderStop | null {
    return this.#stop
  }

  get remaining(): number {
    return this.fileBytes - this.#offset
  }

  /** Refuses the file; the first reason stays. */
  refuse(reason: string): void {
    this.#stop ??= { state: 'invalid', reason }
  }

  /** Steps over bytes without reading them; null after a stop, else where they began. */
  take(bytes: number): number | null {
    if (this.#stop !== null) return null
    if (bytes > this.remaining) {
      this.refuse('truncated')
      return null
    }
    const end = this.#offset + bytes
    if (end > this.#window.byteLength) {
      this.#stop = { state: 'more', upTo: end }
      return null
    }
    const start = this.#offset
    this.#offset = end
    return start
  }

  unsigned8(): number {
    const at = this.take(1)
    return at === null ? 0 : this.#view.getUint8(at)
  }

  unsigned16(): number {
    const at = this.take(2)
    return at === null ? 0 : this.#view.getUint16(at, true)
  }

  unsigned32(): number {
    const at = this.take(4)
    return at === null ? 0 : this.#view.getUint32(at, true)
  }

  signed8(): number {
    const at = this.take(1)
    return at === null ? 0 : this.#view.getInt8(at)
  }

  signed16(): number {
    const at = this.take(2)
    return at === null ? 0 : this.#view.getInt16(at, true)
  }

  signed32(): number {
    const at = this.take(4)
    return at === null ? 0 : this.#view.getInt32(at, true)
  }

  float32(): number {
    const at = this.take(4)
    return at === null ? 0 : this.#view.getFloat32(at, true)
  }

  float64(): number {
    const at = this.take(8)
    return at === null ? 0 : this.#view.getFloat64(at, true)
  }

  /** A 64-bit count or offset; more than a double holds exactly is refused, no file is that large. */
  unsigned64(): number {
    return this.#exact(this.take(8), (at) => this.#view.getBigUint64(at, true))
  }

  signed64(): number {
    return this.#exact(this.take(8), (at) => this.#view.getBigInt64(at, true))
  }

  /** A length-prefixed UTF-8 string of at most 16 MiB. */
  text(): string {
    const at = this.#textStart()
    return at === null ? '' : decodeUtf8(this.#window.subarray(at, this.#offset))
  }

  /** The length of a string in bytes, and its text when it has exactly `bytes`; cheaper than decoding every one. */
  textOfLength(bytes: number): string | null {
    const at = this.#textStart()
    if (at === null || this.#offset - at !== bytes) return null
    return decodeUtf8(this.#window.subarray(at, this.#offset))
  }

  #textStart(): number | null {
    const bytes = this.unsigned64()
    if (bytes > maxStringBytes) this.refuse('string-too-long')
    return this.take(bytes)
  }

  #exact(at: number | null, read: (at: number) => bigint): number {
    if (at === null) return 0
    const value = Number(read(at))
    if (Number.isSafeInteger(value)) return value
    this.refuse('number-too-large')
    return 0
  }
}
