// Lines of a page to blocks in reading order: paragraphs, headings, list items and tables, told apart by place and size.
import type { Segment } from '#contract/document.ts'
import { inReadingOrder } from './readingOrder.ts'
import { lineText, type TextLine } from './pdfText.ts'

/** Neighbouring lines that belong together. */
export type TextBlock = { readonly kind: Segment['kind'] & string; readonly lines: readonly TextLine[] }

const BULLET = /^(?:[•‣▪●◦○■□–—*·-]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S/u
const BULLET_ALONE = /^[•‣▪●◦○■□·]$/u
/** Lines further apart than this many times the usual pitch begin a new block. */
const PARAGRAPH_GAP = 1.35
/** Text this many times the body's size is a heading. */
const HEADING_SIZE = 1.12
const HEADING_CHARACTERS = 240
/** The dots that lead to a page number in a table of contents. */
const LEADER = /(?:\.\s?){5}/

/**
 * Groups lines into blocks. `bodySize` is the document's usual font size; `isListed` knows the titles of its outline,
 * which are headings whatever their size.
 */
export function blocksOf(
  lines: readonly TextLine[],
  bodySize: number,
  isListed: (text: string) => boolean = () => false,
): readonly TextBlock[] {
  const pitch = usualPitch(lines)
  const groups: TextLine[][] = []
  for (const [index, line] of lines.entries()) {
    const group = groups.at(-1)
    const last = lines[index - 1]
    if (group === undefined || last === undefined || isNewBlock(group, last, line, pitch)) groups.push([line])
    else group.push(line)
  }
  const blocks = groups.map((group) => ({ kind: kindOf(group, bodySize, isListed), lines: group }))
  return inReadingOrder(blocks)
}

function isNewBlock(group: readonly TextLine[], last: TextLine, line: TextLine, pitch: number): boolean {
  const gap = line.y - last.y
  const size = Math.max(last.size, line.size)
  if (isRow(last) || isRow(line))
    return !(isRow(last) && isRow(line) && gap > 0 && gap < 3 * size && isAligned(last, line))
  if (gap < 0.3 * size || Math.abs(last.size - line.size) > 0.08 * size) return true
  if (gap > Math.max(PARAGRAPH_GAP * (pitch || 1.2 * size), 1.05 * size)) return true
  if (gap > 2.2 * size || line.left > last.right || line.right < last.left) return true
  if (BULLET.test(lineText(line, ' '))) return true
  return isIndented(group, last, line) || endsShort(group, last, line)
}

/** A first line set in from the lines above begins a paragraph; a list item's own lines hang to the right instead. */
function isIndented(group: readonly TextLine[], last: TextLine, line: TextLine): boolean {
  const first = group[0] ?? last
  if (BULLET.test(lineText(first, ' ')) && group.length === 1) return false
  return line.left - last.left > 0.8 * line.size && line.left - last.left < 4 * line.size && isEnded(last)
}

/** A line that ends its sentence far from the right margin ends the paragraph too. */
function endsShort(group: readonly TextLine[], last: TextLine, line: TextLine): boolean {
  const left = Math.min(...group.map((one) => one.left))
  const right = Math.max(line.right, ...group.map((one) => one.right))
  return isEnded(last) && (last.right - left) / (right - left) < 0.65
}

function isEnded(line: TextLine): boolean {
  return /[.!?:…][)"'”’»\]]*$/.test(lineText(line, ' '))
}

function isRow(line: TextLine): boolean {
  return (
    line.cells.length > 1 &&
    !BULLET_ALONE.test(line.cells[0]?.text ?? '') &&
    !/^\(?\d{1,3}[.)]$/.test(line.cells[0]?.text ?? '')
  )
}

/** Two rows of one table share at least the left or the right border of a column. */
function isAligned(one: TextLine, other: TextLine): boolean {
  const near = 0.6 * one.size
  return one.cells
    .slice(1)
    .some((cell) =>
      other.cells
        .slice(1)
        .some((that) => Math.abs(cell.left - that.left) < near || Math.abs(cell.right - that.right) < near),
    )
}

function kindOf(lines: readonly TextLine[], bodySize: number, isListed: (text: string) => boolean): TextBlock['kind'] {
  const [first] = lines
  if (first === undefined) return 'paragraph'
  if (lines.length > 1 && lines.every(isRow)) return 'table'
  const text = lines.map((line) => lineText(line, ' ')).join(' ')
  if (LEADER.test(text)) return 'paragraph'
  if (lines.length <= 4 && text.length <= HEADING_CHARACTERS && isListed(text)) return 'heading'
  const isLarge = first.size >= HEADING_SIZE * bodySize
  if (isLarge && lines.length <= 4 && text.length <= HEADING_CHARACTERS && /\p{L}/u.test(text)) return 'heading'
  return BULLET.test(text) ? 'list-item' : 'paragraph'
}

/** The distance most neighbouring lines have, 0 when there are too few to tell. */
function usualPitch(lines: readonly TextLine[]): number {
  const counts = new Map<number, number>()
  for (const [index, line] of lines.entries()) {
    const last = lines[index - 1]
    if (last === undefined || Math.abs(last.size - line.size) > 0.5) continue
    const gap = Math.round((line.y - last.y) * 2) / 2
    if (gap > 0.8 * line.size && gap < 2 * line.size) counts.set(gap, (counts.get(gap) ?? 0) + 1)
  }
  const best = [...counts].toSorted((one, other) => other[1] - one[1] || one[0] - other[0])[0]
  return best !== undefined && best[1] > 1 ? best[0] : 0
}
