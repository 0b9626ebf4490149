// Cuts a mailbox into its messages at the lines that begin them, holding no more than one message at a time.

/** A message's bytes without the line that begins it; `cut` when there were more than are kept. */
export type MailboxMessage = { readonly bytes: Uint8Array; readonly cut: boolean }

const LF = 0x0a
const CR = 0x0d
const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20]
const QUOTE = 0x3e

/** Takes a mailbox's bytes in order; a message keeps at most `limit` bytes. */
export class MboxMessages {
  readonly #limit: number
  #line: Uint8Array[] = []
  #lineLength = 0
  #parts: Uint8Array[] = []
  #kept = 0
  #cut = false
  #afterBlank = true
  #begun = false

  constructor(limit: number) {
    this.#limit = limit
  }

  /** The messages this slice completes. */
  push(slice: Uint8Array): readonly MailboxMessage[] {
    const done: MailboxMessage[] = []
    let start = 0
    for (let end = slice.indexOf(LF); end >= 0; end = slice.indexOf(LF, start)) {
      const message = this.#endLine(slice.subarray(start, end + 1))
      if (message !== null) done.push(message)
      start = end + 1
    }
    this.#hold(slice.subarray(start))
    return done
  }

  /** The last message. */
  finish(): readonly MailboxMessage[] {
    const before = this.#lineLength > 0 ? this.#endLine(new Uint8Array(0)) : null
    const last = this.#take()
    return [before, last].filter((message) => message !== null)
  }

  /** Keeps the beginning of a line whose end is in a later slice; an endless one becomes several. */
  #hold(part: Uint8Array): void {
    if (part.length === 0) return
    this.#line.push(part.slice())
    this.#lineLength += part.length
    if (this.#lineLength > this.#limit) this.#endLine(new Uint8Array(0))
  }

  #endLine(rest: Uint8Array): MailboxMessage | null {
    const line = this.#line.length === 0 ? rest : joined([...this.#line, rest])
    this.#line = []
    this.#lineLength = 0
    const begins = this.#afterBlank && beginsMessage(line)
    this.#afterBlank = line[0] === LF || (line[0] === CR && line[1] === LF)
    if (begins) {
      const message = this.#take()
      this.#begun = true
      return message
    }
    if (this.#begun) this.#keep(unquoted(line))
    return null
  }

  #keep(line: Uint8Array): void {
    if (this.#kept + line.length > this.#limit) {
      this.#cut = true
      return
    }
    this.#parts.push(line.slice())
    this.#kept += line.length
  }

  #take(): MailboxMessage | null {
    const message = { bytes: joined(this.#parts), cut: this.#cut }
    this.#parts = []
    this.#kept = 0
    this.#cut = false
    return message.bytes.length === 0 ? null : message
  }
}

/** `From `, an address and a date with a time of day. */
function beginsMessage(line: Uint8Array): boolean {
  if (!FROM.every((byte, index) => line[index] === byte)) return false
  const text = String.fromCharCode(...line.subarray(5, 160))
  return /\d{1,2}:\d{2}/.test(text) && /\d{4}/.test(text)
}

/** A line that was written as `>From ` so that it begins no message. */
function unquoted(line: Uint8Array): Uint8Array {
  if (line[0] !== QUOTE) return line
  let quotes = 1
  while (line[quotes] === QUOTE) quotes += 1
  return FROM.every((byte, index) => line[quotes + index] === byte) ? line.subarray(1) : line
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
