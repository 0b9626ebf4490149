// Counts what a whole file's bytes say about its encoding and its lines, in one pass.

/**
 * What was counted. `brokenUtf8` counts bytes no UTF-8 has at their place; surrogates written as UTF-8 count apart.
 * `lineBreaks` counts LF, CRLF and CR once each; `endsInBreak` says whether the last byte belongs to one.
 */
export type Census = {
  readonly bytes: number
  readonly multibyte: number
  readonly brokenUtf8: number
  readonly encodedSurrogates: number
  readonly lineBreaks: number
  readonly endsInBreak: boolean
  /** Offset of the first byte above 0x7f, or null. */
  readonly firstHighByte: number | null
}

const LF = 0x0a
const CR = 0x0d

/** Takes a file's bytes in order. */
export class ByteCensus {
  readonly #lowByteFirst: boolean
  readonly #wide: boolean
  #bytes = 0
  #multibyte = 0
  #broken = 0
  #surrogates = 0
  #lineBreaks = 0
  #last = 0
  #firstHigh: number | null = null
  /** Continuation bytes still expected, and the range the next one must be in. */
  #expected = 0
  #lowest = 0x80
  #highest = 0xbf
  #surrogate = false
  #half: number | null = null

  constructor(encoding: 'bytes' | 'utf-16le' | 'utf-16be') {
    this.#wide = encoding !== 'bytes'
    this.#lowByteFirst = encoding === 'utf-16le'
  }

  push(bytes: Uint8Array): void {
    if (this.#wide) this.#pushWide(bytes)
    else this.#pushNarrow(bytes)
    this.#bytes += bytes.length
  }

  finish(): Census {
    if (this.#expected > 0) this.#broken += 1
    return {
      bytes: this.#bytes,
      multibyte: this.#multibyte,
      brokenUtf8: this.#broken,
      encodedSurrogates: this.#surrogates,
      lineBreaks: this.#lineBreaks,
      endsInBreak: this.#last === LF || this.#last === CR,
      firstHighByte: this.#firstHigh,
    }
  }

  #pushNarrow(bytes: Uint8Array): void {
    // By index: `for…of` over a typed array is several times slower, and this runs over every byte of a file.
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte < 0x80 && this.#expected === 0) {
        if (byte === LF ? this.#last !== CR : byte === CR) this.#lineBreaks += 1
        this.#last = byte
        continue
      }
      this.#firstHigh ??= this.#bytes + at
      this.#pushHigh(byte)
      this.#countBreak(byte)
    }
  }

  #pushWide(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0
      if (this.#half === null) {
        this.#half = byte
        continue
      }
      this.#countBreak(this.#lowByteFirst ? this.#half | (byte << 8) : (this.#half << 8) | byte)
      this.#half = null
    }
  }

  #countBreak(unit: number): void {
    if (unit === LF ? this.#last !== CR : unit === CR) this.#lineBreaks += 1
    this.#last = unit
  }

  /** One step of a strict UTF-8 automaton (Unicode 16, table 3-7). */
  #pushHigh(byte: number): void {
    if (this.#expected > 0) {
      if (byte >= this.#lowest && byte <= this.#highest) return this.#continue(byte)
      this.#broken += 1
      this.#expected = 0
      this.#surrogate = false
      if (byte < 0x80) return
    }
    this.#lead(byte)
  }

  #continue(byte: number): void {
    if (this.#expected === 2 && this.#leadByte === 0xed && byte > 0x9f) this.#surrogate = true
    this.#expected -= 1
    this.#lowest = 0x80
    this.#highest = 0xbf
    if (this.#expected > 0) return
    if (this.#surrogate) this.#surrogates += 1
    else this.#multibyte += 1
    this.#surrogate = false
  }

  #leadByte = 0

  #lead(byte: number): void {
    this.#leadByte = byte
    this.#lowest = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    this.#highest = byte === 0xf4 ? 0x8f : 0xbf
    if (byte >= 0xc2 && byte <= 0xdf) this.#expected = 1
    else if (byte >= 0xe0 && byte <= 0xef) this.#expected = 2
    else if (byte >= 0xf0 && byte <= 0xf4) this.#expected = 3
    else this.#broken += 1
  }
}
