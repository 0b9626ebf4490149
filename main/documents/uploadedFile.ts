// A file received in pieces and held in memory, read like a file.

/** The bytes of one file in the order they came. */
export class UploadedFile {
  readonly name: string
  readonly #pieces: { readonly start: number; readonly bytes: Uint8Array }[] = []
  #size = 0

  constructor(name: string) {
    this.name = name
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size
  }

  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#pieces.push({ start: this.#size, bytes })
    this.#size += bytes.length
  }

  /** The bytes from `offset`; fewer than `length` only where the file ends. */
  read(offset: number, length: number): Uint8Array {
    const end = Math.min(this.#size, offset + length)
    const range = new Uint8Array(Math.max(0, end - offset))
    for (let at = this.#pieceAt(offset); at < this.#pieces.length; at += 1) {
      const piece = this.#pieces[at]
      if (piece === undefined || piece.start >= end) break
      const from = Math.max(0, offset - piece.start)
      range.set(piece.bytes.subarray(from, end - piece.start), Math.max(0, piece.start - offset))
    }
    return range
  }

  /** The piece an offset lies in, by halving. */
  #pieceAt(offset: number): number {
    let [low, high] = [0, this.#pieces.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#pieces[middle]?.start ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}
