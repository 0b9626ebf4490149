// A part of a draft as runs of plain text and marks, in blocks short enough to lay out alone; nothing added or lost.
import type { DraftPart, Redaction } from '#contract/cloudDraft.ts'

/** A run of text; `redactionId` null: plain. The runs of all blocks joined are the part's text. */
export type Segment = { readonly text: string; readonly redactionId: string | null }

/** Blocks longer than this end at the next line break. */
const blockCharacters = 1500

/** Cuts the text at its marks. Marks that overlap or lie outside are left to the text, so that it stays whole. */
export function draftSegments({ text, marks }: Pick<DraftPart, 'text' | 'marks'>): readonly Segment[] {
  const segments: Segment[] = []
  let at = 0
  for (const { start, end, redactionId } of marks) {
    if (start < at || end <= start || end > text.length) continue
    if (start > at) segments.push({ text: text.slice(at, start), redactionId: null })
    segments.push({ text: text.slice(start, end), redactionId })
    at = end
  }
  if (at < text.length) segments.push({ text: text.slice(at), redactionId: null })
  return segments
}

/** Groups segments into blocks that end after a line break, so that a long document is laid out piece by piece. */
export function draftBlocks(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const blocks: Segment[][] = []
  let block: Segment[] = []
  let length = 0
  function put(segment: Segment): void {
    if (segment.text === '') return
    block.push(segment)
    length += segment.text.length
  }
  for (const segment of segments) {
    let rest = segment.text
    while (segment.redactionId === null && length + rest.length > blockCharacters) {
      const cut = rest.indexOf('\n', Math.max(0, blockCharacters - length))
      if (cut < 0) break
      put({ text: rest.slice(0, cut + 1), redactionId: null })
      rest = rest.slice(cut + 1)
      blocks.push(block)
      block = []
      length = 0
    }
    put({ text: rest, redactionId: segment.redactionId })
  }
  if (block.length > 0) blocks.push(block)
  return blocks
}

/** How many things of each class are hidden, most first, and how many go out in the clear. */
export function countRedactions(redactions: readonly Redaction[]): {
  readonly hidden: number
  readonly clear: number
  readonly byClass: readonly (readonly [Redaction['class'], number])[]
} {
  const hidden = redactions.filter(({ on }) => on)
  const counts = new Map<Redaction['class'], number>()
  for (const { class: kind } of hidden) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return {
    hidden: hidden.length,
    clear: redactions.length - hidden.length,
    byClass: [...counts].sort(([, one], [, other]) => other - one),
  }
}
