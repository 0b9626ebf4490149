// Blocks of a slide to segments that know their slide.
import type { Segment } from '#contract/document.ts'
import { cutRanges } from '../cutPoint.ts'
import { indentAt } from '../listMarks.ts'
import { SEGMENT_CHARACTERS } from '../lineBuffer.ts'
import { cleanText, grouped, rowText } from '../sectionWriter.ts'
import type { Block } from './blocks.ts'
import type { SlidePart } from './pptxSlide.ts'

/** Segments of one slide's body or notes; `slide` counts from 1. */
export function slideSegments(blocks: readonly Block[], slide: number, part: SlidePart): readonly Segment[] {
  return blocks.flatMap((block) => {
    const texts = block.kind === 'table' ? grouped(block.rows.map(rowText)) : [cleanText(block.text)]
    const indent = block.kind === 'list-item' ? indentAt(block.depth) : ''
    return texts.flatMap((text) =>
      cutRanges(text, SEGMENT_CHARACTERS).flatMap(({ start, end }): Segment[] => {
        const piece = text.slice(start, end).trim()
        return piece === ''
          ? []
          : [{ text: `${indent}${piece}`, locator: { kind: 'slide', slide, part }, kind: block.kind }]
      }),
    )
  })
}
