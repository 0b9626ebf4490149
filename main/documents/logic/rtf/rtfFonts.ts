// Which code page the bytes of an RTF text are in: the font's, else the document's.

import { isFontSign, signOf, symbolFontOf } from '../symbolFonts.ts'

/** Text of bytes in a Windows code page by its number; bytes that are none come as U+FFFD. */
export type DecodeBytes = (bytes: Uint8Array, codePage: number) => string

const LONGEST_NAME = 100

/** The font table as it is read, and the decoding by it. */
export class RtfFonts {
  readonly #decode: DecodeBytes
  readonly #codePages = new Map<number, number>()
  readonly #names = new Map<number, string>()
  readonly #symbolic = new Set<number>()
  #default = 1252
  #defaultFont: number | null = null
  #current: number | null = null

  constructor(decode: DecodeBytes) {
    this.#decode = decode
  }

  /** Begins an entry of the font table. */
  begin(): void {
    this.#current = null
  }

  /** The number of the entry, or of the font in use. */
  name(font: number): void {
    this.#current = font
  }

  /** The code page of the entry; null where its character set names none. */
  setCodePage(codePage: number | null): void {
    if (this.#current !== null && codePage !== null) this.#codePages.set(this.#current, codePage)
  }

  /** Says that the entry's font is one of signs (`\\fcharset2`). */
  setSymbolic(): void {
    if (this.#current !== null) this.#symbolic.add(this.#current)
  }

  /** A piece of the entry's name, in plain letters. */
  addName(bytes: Uint8Array): void {
    if (this.#current === null) return
    const name = this.#names.get(this.#current) ?? ''
    if (name.length < LONGEST_NAME)
      this.#names.set(this.#current, name + String.fromCharCode(...bytes.subarray(0, LONGEST_NAME)))
  }

  /** A character given by its number: a font of signs uses some for its own. */
  character(code: number, font: number | null): string {
    return isFontSign(code) ? signOf(code, this.#signsOf(font) ?? 'other') : String.fromCharCode(code)
  }

  setDefault(codePage: number): void {
    this.#default = codePage
  }

  setDefaultFont(font: number): void {
    this.#defaultFont = font
  }

  /** Bytes of names and properties, which have no font. */
  decodePlain(bytes: Uint8Array): string {
    return this.#decode(bytes, this.#default)
  }

  /** `font` null stands for the document's own. */
  decode(bytes: Uint8Array, font: number | null): string {
    const signs = this.#signsOf(font)
    if (signs !== null) return [...bytes].map((byte) => signOf(byte, signs)).join('')
    const number = font ?? this.#defaultFont
    const codePage = number === null ? undefined : this.#codePages.get(number)
    return this.#decode(bytes, codePage ?? this.#default)
  }

  #signsOf(font: number | null): ReturnType<typeof symbolFontOf> {
    const number = font ?? this.#defaultFont
    if (number === null) return null
    return symbolFontOf((this.#names.get(number) ?? '').replace(/;.*$/s, ''), this.#symbolic.has(number))
  }
}
