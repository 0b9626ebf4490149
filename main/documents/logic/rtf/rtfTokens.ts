// Cuts RTF bytes into its five kinds of token, across the borders of slices.

/** Takes tokens in order. `hex` is a `\'hh` byte, `text` any other byte of text; a control symbol is a word of one sign. */
export type RtfTaker = {
  open(): void
  close(): void
  word(name: string, value: number | null): void
  text(byte: number): void
  hex(byte: number): void
}

type Mode = 'text' | 'escape' | 'word' | 'number' | 'hex-first' | 'hex-second' | 'binary'

/** Control words are at most so long (RTF 1.9.1); longer ones are cut. */
const LONGEST_WORD = 32
const LONGEST_NUMBER = 11

/** Takes the file's bytes in order. */
export class RtfTokens {
  readonly #taker: RtfTaker
  #mode: Mode = 'text'
  #word = ''
  #number = ''
  #high = 0
  #binary = 0

  constructor(taker: RtfTaker) {
    this.#taker = taker
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#mode === 'binary') {
        const skipped = Math.min(this.#binary, bytes.length - at)
        this.#binary -= skipped
        at += skipped
        if (this.#binary > 0 || at >= bytes.length) {
          if (this.#binary === 0) this.#mode = 'text'
          return
        }
        this.#mode = 'text'
      }
      this.#take(bytes[at] ?? 0)
    }
  }

  /** Ends a control word the file ends with. */
  finish(): void {
    if (this.#mode === 'word' || this.#mode === 'number') this.#endWord()
  }

  #take(byte: number): void {
    switch (this.#mode) {
      case 'text':
      case 'binary':
        return this.#takeText(byte)
      case 'escape':
        return this.#takeEscape(byte)
      case 'word':
      case 'number':
        return this.#takeWord(byte)
      case 'hex-first':
      case 'hex-second':
        return this.#takeHex(byte)
    }
  }

  #takeText(byte: number): void {
    if (byte === 0x5c) this.#mode = 'escape'
    else if (byte === 0x7b) this.#taker.open()
    else if (byte === 0x7d) this.#taker.close()
    else if (byte !== 0x0a && byte !== 0x0d && byte !== 0) this.#taker.text(byte)
  }

  #takeEscape(byte: number): void {
    if (isLetter(byte)) {
      this.#word = String.fromCharCode(byte)
      this.#number = ''
      this.#mode = 'word'
    } else if (byte === 0x27) {
      this.#mode = 'hex-first'
    } else {
      this.#mode = 'text'
      if (byte === 0x5c || byte === 0x7b || byte === 0x7d) this.#taker.text(byte)
      else this.#taker.word(byte === 0x0a || byte === 0x0d ? 'par' : String.fromCharCode(byte), null)
    }
  }

  #takeWord(byte: number): void {
    if (this.#mode === 'word' && isLetter(byte)) {
      if (this.#word.length < LONGEST_WORD) this.#word += String.fromCharCode(byte)
      return
    }
    const startsNumber = this.#mode === 'word' && byte === 0x2d
    if (startsNumber || (byte >= 0x30 && byte <= 0x39)) {
      this.#mode = 'number'
      if (this.#number.length < LONGEST_NUMBER) this.#number += String.fromCharCode(byte)
      return
    }
    this.#endWord()
    // One space belongs to the word; everything else is read for itself.
    if (byte === 0x20) return
    if (this.#mode !== 'binary') return this.#takeText(byte)
    this.#binary -= 1
    if (this.#binary === 0) this.#mode = 'text'
  }

  #endWord(): void {
    const value = this.#number === '' || this.#number === '-' ? null : Number(this.#number)
    this.#mode = 'text'
    if (this.#word === 'bin' && value !== null && value > 0) {
      this.#mode = 'binary'
      this.#binary = value
    } else {
      this.#taker.word(this.#word, value)
    }
  }

  #takeHex(byte: number): void {
    const digit = hexDigit(byte)
    if (digit < 0) {
      this.#mode = 'text'
      return this.#takeText(byte)
    }
    if (this.#mode === 'hex-first') {
      this.#high = digit
      this.#mode = 'hex-second'
    } else {
      this.#mode = 'text'
      this.#taker.hex((this.#high << 4) | digit)
    }
  }
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
