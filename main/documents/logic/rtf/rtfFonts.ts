// Which code page the bytes of an RTF text are in: the font's, else the document's.

/** Text of bytes in a Windows code page by its number; bytes that are none come as U+FFFD. */
export type DecodeBytes = (bytes: Uint8Array, codePage: number) => string

/** The font table as it is read, and the decoding by it. */
export class RtfFonts {
  readonly #decode: DecodeBytes
  readonly #codePages = new Map<number, number>()
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
    const number = font ?? this.#defaultFont
    const codePage = number === null ? undefined : this.#codePages.get(number)
    return this.#decode(bytes, codePage ?? this.#default)
  }
}
