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
  #rest = ''
  #data: string[] = []
  #size = 0

  /** Takes some text. After `line-too-long` nothing more may be given. */
  push(text: string): Decoded {
    this.#rest += text
    const events: string[] = []
    let from = 0
    for (;;) {
      const end = nextLineEnd(this.#rest, from)
      if (end === null) break
      const line = this.#rest.slice(from, end.at)
      from = end.next
      if (line.length > lineLimit) return { ok: false, reason: 'line-too-long' }
      const event = this.#line(line)
      if (event === null) return { ok: false, reason: 'line-too-long' }
      if (event !== '') events.push(event)
    }
    this.#rest = this.#rest.slice(from)
    return this.#rest.length > lineLimit ? { ok: false, reason: 'line-too-long' } : { ok: true, events }
  }

  /** True when something is left that no blank line ended. */
  get unfinished(): boolean {
    return this.#rest !== '' || this.#data.length > 0
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

function nextLineEnd(text: string, from: number): { readonly at: number; readonly next: number } | null {
  const feed = text.indexOf('\n', from)
  const carriage = text.indexOf('\r', from)
  if (carriage !== -1 && (feed === -1 || carriage < feed)) {
    // A carriage return at the very end may be the first half of a pair.
    if (carriage === text.length - 1) return null
    return { at: carriage, next: text[carriage + 1] === '\n' ? carriage + 2 : carriage + 1 }
  }
  return feed === -1 ? null : { at: feed, next: feed + 1 }
}
