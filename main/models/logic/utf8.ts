// Decodes UTF-8 without the platform's decoder, which pure logic may not use.

const replacement = 0xfffd

/** The text of UTF-8 `bytes`; malformed sequences become U+FFFD, nothing throws. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = []
  let index = 0
  while (index < bytes.length) {
    const first = bytes[index] ?? 0
    const length = first < 0x80 ? 1 : first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : 2
    const point = first < 0x80 ? first : first < 0xc2 || first > 0xf4 ? replacement : pointAt(bytes, index, length)
    parts.push(String.fromCodePoint(point))
    index += point === replacement ? 1 : length
  }
  return parts.join('')
}

function pointAt(bytes: Uint8Array, start: number, length: number): number {
  let point = (bytes[start] ?? 0) & (0x7f >> length)
  for (let index = start + 1; index < start + length; index++) {
    const next = bytes[index] ?? 0
    if ((next & 0xc0) !== 0x80) return replacement
    point = (point << 6) | (next & 0x3f)
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000
  return point < least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? replacement : point
}
