// Where an over-long piece of text may be cut: after a sentence, a line, a word, or, if nothing else, anywhere.

const SENTENCE_END = /[.!?…][)"'”’»\]]*(?=\s)/g
const CJK_SENTENCE_END = /[。！？]/g
const LINE_END = /\r\n|\r|\n/g
const SPACE = /\s/g

/**
 * The offset (1 to `limit`) at which `text`, longer than `limit` characters, is best cut in two: the last sentence end
 * in the second half of the window, else the last line end there, else the last space, else `limit`. Never inside a
 * surrogate pair.
 */
export function cutPoint(text: string, limit: number): number {
  const window = text.slice(0, limit + 1)
  const earliest = Math.floor(limit / 2)
  for (const pattern of [SENTENCE_END, CJK_SENTENCE_END, LINE_END, SPACE]) {
    const end = lastEnd(window, pattern, earliest, limit)
    if (end !== undefined) return end
  }
  return isLowSurrogate(text.charCodeAt(limit)) ? limit - 1 : limit
}

/** Cuts a text into pieces of at most `limit` characters; answers their offsets in `text`, without gaps. */
export function cutRanges(text: string, limit: number): readonly { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = []
  let start = 0
  while (text.length - start > limit) {
    const end = start + cutPoint(text.slice(start, start + limit + 2), limit)
    ranges.push({ start, end })
    start = end
  }
  ranges.push({ start, end: text.length })
  return ranges
}

function lastEnd(window: string, pattern: RegExp, earliest: number, limit: number): number | undefined {
  let found: number | undefined
  for (const match of window.matchAll(pattern)) {
    const end = match.index + match[0].length
    if (end > earliest && end <= limit) found = end
  }
  return found
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
