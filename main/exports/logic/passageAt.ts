// The words of a document at a place: what a citation shows verbatim.
import type { Locator, Segment } from '#contract/document.ts'
import { align } from '../../text/logic/alignment.ts'
import { sentenceRanges } from '../../text/logic/sentenceBreaks.ts'
import { indexSources } from '../../text/logic/sourceIndex.ts'

/** A passage longer than this is narrowed to the sentences the statement rests on. */
const longestPassage = 700
/** And cut here at the latest. */
const longestSentence = 1200

/** The text at a place, narrowed by the statement that cites it; empty where the document has nothing there. */
export function passageAt(segments: readonly Segment[], locator: Locator, statement: string): string {
  const text = segments
    .map((segment) => pieceAt(segment, locator))
    .filter((piece) => piece !== '')
    .join('\n')
  return text.length <= longestPassage ? text : narrowed(text, statement)
}

function pieceAt({ text, locator: own }: Segment, wanted: Locator): string {
  switch (wanted.kind) {
    case 'page': {
      if (own.kind !== 'page' || own.page !== wanted.page) return ''
      if (own.start >= wanted.end || wanted.start >= own.end) return ''
      if (text.length !== own.end - own.start) return text
      return text.slice(Math.max(0, wanted.start - own.start), wanted.end - own.start).trim()
    }
    case 'lines': {
      if (own.kind !== 'lines' || own.from > wanted.to || wanted.from > own.to) return ''
      const lines = text.split(/\r\n|\n|\r/)
      if (lines.length !== own.to - own.from + 1) return text
      return lines.slice(Math.max(0, wanted.from - own.from), wanted.to - own.from + 1).join('\n')
    }
    case 'section':
      return own.kind === 'section' && own.paragraph === wanted.paragraph ? text : ''
    case 'slide':
      return own.kind === 'slide' && own.slide === wanted.slide && own.part === wanted.part ? text : ''
    case 'cells':
      return own.kind === 'cells' && own.sheet === wanted.sheet && own.range === wanted.range ? text : ''
    case 'message':
      return own.kind === 'message' && own.index === wanted.index && own.part === wanted.part ? text : ''
  }
}

function narrowed(text: string, statement: string): string {
  const sentences = sentenceRanges(text).map(({ start, end }) => text.slice(start, end))
  const { positions } = align(indexSources(sentences), statement)
  const chosen = positions.length === 0 ? [0] : positions
  const passage = chosen.flatMap((at) => sentences[at] ?? []).join(' … ')
  return passage.length <= longestSentence ? passage : `${passage.slice(0, longestSentence)}…`
}
