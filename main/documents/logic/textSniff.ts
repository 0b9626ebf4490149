// Tells text from other bytes by a sample of them, and which encoding its opening shows.

/** What a sample looks like. `maybe-legacy` is text in some 8-bit or East Asian encoding, or junk that hides well. */
export type Sniffed =
  | { readonly kind: 'utf-16'; readonly encoding: 'utf-16le' | 'utf-16be'; readonly mark: number }
  | { readonly kind: 'utf-32'; readonly encoding: 'utf-32le' | 'utf-32be' }
  | { readonly kind: 'utf-8'; readonly mark: number }
  | { readonly kind: 'maybe-legacy' }
  | { readonly kind: 'binary' }

/** Tab, line feed, vertical tab, form feed, carriage return, the old end-of-file mark and escape. */
const TEXT_CONTROLS = new Set([0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b])
/** Of a thousand bytes of text, so many may be other control characters. */
const CONTROLS_PER_THOUSAND = 2

/** Classifies the opening of a file. `complete` says whether the sample is the whole file. */
export function sniffText(sample: Uint8Array, complete: boolean): Sniffed {
  if (startsWith(sample, [0xef, 0xbb, 0xbf])) return { kind: 'utf-8', mark: 3 }
  if (startsWith(sample, [0xff, 0xfe, 0, 0])) return { kind: 'utf-32', encoding: 'utf-32le' }
  if (startsWith(sample, [0, 0, 0xfe, 0xff])) return { kind: 'utf-32', encoding: 'utf-32be' }
  if (startsWith(sample, [0xff, 0xfe])) return { kind: 'utf-16', encoding: 'utf-16le', mark: 2 }
  if (startsWith(sample, [0xfe, 0xff])) return { kind: 'utf-16', encoding: 'utf-16be', mark: 2 }
  if (sample.includes(0)) return sniffWidest(sample) ?? sniffWide(sample)
  const controls = sample.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0)
  if (controls * 1000 > sample.length * CONTROLS_PER_THOUSAND) return { kind: 'binary' }
  return isUtf8(sample, complete) ? { kind: 'utf-8', mark: 0 } : { kind: 'maybe-legacy' }
}

/** UTF-32 without a mark: every unit is a character, so two bytes of each are zero or nearly. */
function sniffWidest(sample: Uint8Array): Sniffed | null {
  const units = Math.floor(sample.length / 4)
  if (units < 2) return null
  for (const encoding of ['utf-32le', 'utf-32be'] as const) {
    const isText = Array.from({ length: units }, (_, unit) => unit * 4).every((at) => {
      const bytes = [sample[at] ?? 0, sample[at + 1] ?? 0, sample[at + 2] ?? 0, sample[at + 3] ?? 0] as const
      const [low, next, plane, top] = encoding === 'utf-32le' ? bytes : [bytes[3], bytes[2], bytes[1], bytes[0]]
      return top === 0 && plane <= 2 && (plane > 0 || next > 0 || low >= 0x20 || TEXT_CONTROLS.has(low))
    })
    if (isText) return { kind: 'utf-32', encoding }
  }
  return null
}

/** UTF-16 without a mark: every unit must be sound, and white space must stand where text has it. */
function sniffWide(sample: Uint8Array): Sniffed {
  const little = wideSpaces(sample, true)
  const big = wideSpaces(sample, false)
  if (little === 0 && big === 0) return { kind: 'binary' }
  return { kind: 'utf-16', encoding: little >= big ? 'utf-16le' : 'utf-16be', mark: 0 }
}

/** How many spaces and line breaks a sample has when read as UTF-16; 0 when it cannot be text in that order. */
function wideSpaces(sample: Uint8Array, lowByteFirst: boolean): number {
  let text = ''
  for (let at = 0; at + 1 < sample.length; at += 2) {
    const [first, second] = [sample[at] ?? 0, sample[at + 1] ?? 0]
    text += String.fromCharCode(lowByteFirst ? first | (second << 8) : (first << 8) | second)
  }
  // The sample may end inside a pair.
  if (/[\ud800-\udbff]$/.test(text)) text = text.slice(0, -1)
  if (text.length < 2 || !text.isWellFormed() || /[\p{Cn}\p{Co}]|[^\P{Cc}\t\n\v\f\r]/u.test(text)) return 0
  return text.match(/[ \n\u3000-\u3002]/g)?.length ?? 0
}

function isUtf8(sample: Uint8Array, complete: boolean): boolean {
  const ending = complete ? 0 : 3
  for (let at = 0; at < sample.length - ending;) {
    const length = utf8Length(sample, at)
    if (length === 0) return false
    at += length
  }
  return true
}

/** Length of the UTF-8 character at an offset; 0 when there is none. */
function utf8Length(sample: Uint8Array, at: number): number {
  const lead = sample[at] ?? 0
  if (lead < 0x80) return 1
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0
  for (let next = 1; next < length; next += 1) {
    if (((sample[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && !TEXT_CONTROLS.has(byte)) || byte === 0x7f
}

function startsWith(sample: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => sample[index] === byte)
}
