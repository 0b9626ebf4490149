// Text that is gathered piece by piece up to a length.

/** Gathers text; what goes beyond `most` characters is dropped, and `isCut` says so. */
export class BoundedText {
  readonly #most: number
  #text = ''
  #isCut = false

  constructor(most: number) {
    this.#most = most
  }

  get text(): string {
    return this.#text
  }

  /** Whether anything but white space was dropped. */
  get isCut(): boolean {
    return this.#isCut
  }

  add(text: string): void {
    const room = this.#most - this.#text.length
    if (text.slice(room).trim() !== '') this.#isCut = true
    this.#text += text.slice(0, room)
  }
}
