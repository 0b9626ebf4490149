// From where a paragraph stands to where one sentence of it stands.
import type { Locator, Segment } from '#contract/document.ts'
import type { Range } from './sentenceBreaks.ts'

const lineBreak = /\r\n|\n|\r/g

/**
 * The locator of a range of a segment's text: `lines` narrowed to the range's own lines, `page` to its offsets. Where the
 * segment's text does not map one to one (a reader joined lines or dropped characters) the segment's own locator stands.
 */
export function narrowLocator(segment: Segment, range: Range): Locator {
  const { locator, text } = segment
  switch (locator.kind) {
    case 'lines': {
      if (countBreaks(text) !== locator.to - locator.from) return locator
      const from = locator.from + countBreaks(text.slice(0, range.start))
      return { kind: 'lines', from, to: from + countBreaks(text.slice(range.start, range.end)) }
    }
    case 'page': {
      if (text.length !== locator.end - locator.start) return locator
      return { ...locator, start: locator.start + range.start, end: locator.start + range.end }
    }
    case 'slide':
    case 'cells':
    case 'section':
    case 'message':
      return locator
  }
}

function countBreaks(text: string): number {
  return text.match(lineBreak)?.length ?? 0
}
