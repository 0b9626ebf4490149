// Server-sent events from bytes: lines, limits, data. Follows the event stream format of the HTML standard.

/** Characters one line may have; a longer one is no answer but an attack or a fault. */
export const lineLimit = 10 * 1024 * 1024

/** What came of some bytes: the data of whole events, or that a line is too long. */
export type Decoded =
  { readonly ok: true; readonly events: readonly string[] } | { readonly ok: false; readonly reason: 'line-too-long' }

/**
 * Takes decoded text piece by piece and gives the `data` of each event that is complete. Comments and the other fields
 * are passed over; line ends may be LF, CR LF or CR.
 */
export class EventDecoder {
  /** The line that has not ended yet, in the pieces it came in: looking at all of it again each time would take ever longer. */
  #pieces: string[] = []
  #length = 0
  /** A carriage return at the very end, which may be the first half of a pair. */
  #held = ''
  #data: string[] = []
  #size = 0

  /** Takes some text. After `line-too-long` nothing more may be given. */
  push(given: string): Decoded {
    const whole = this.#held + given
    this.#held = whole.endsWith('\r') ? '\r' : ''
    const text = whole.slice(0, whole.length - this.#held.length)
    const events: string[] = []
    let from = 0
    for (let end = nextLineEnd(text, 0); end !== null; end = nextLineEnd(text, from)) {
      const line = this.#pieces.join('') + text.slice(from, end.at)
      this.#pieces = []
      this.#length = 0
      from = end.next
      const event = line.length > lineLimit ? null : this.#line(line)
      if (event === null) return { ok: false, reason: 'line-too-long' }
      if (event !== '') events.push(event)
    }
    if (from < text.length) {
      this.#pieces.push(text.slice(from))
      this.#length += text.length - from
    }
    return this.#length > lineLimit ? { ok: false, reason: 'line-too-long' } : { ok: true, events }
  }

  /** An event's data when this line ended one, empty when not, null when it grew too long. */
  #line(line: string): string | null {
    if (line === '') {
      const data = this.#data.join('\n')
      this.#data = []
      this.#size = 0
      return data
    }
    if (line.startsWith('data:')) {
      const value = line.slice(line.startsWith('data: ') ? 6 : 5)
      this.#size += value.length
      if (this.#size > lineLimit) return null
      this.#data.push(value)
    }
    return ''
  }
}

const lineEnd = /\r\n|\n|\r/g

function nextLineEnd(text: string, from: number): { readonly at: number; readonly next: number } | null {
  lineEnd.lastIndex = from
  const found = lineEnd.exec(text)
  return found === null ? null : { at: found.index, next: found.index + found[0].length }
}
