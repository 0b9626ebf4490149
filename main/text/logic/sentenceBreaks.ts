// Where the sentences of one piece of text begin and end, as exact character offsets.
import { belongTogether } from './abbreviations.ts'

/** Character offsets, end exclusive. */
export type Range = { readonly start: number; readonly end: number }

/** A run of text without punctuation is cut so that no sentence is longer than this many characters. */
export const maxSentenceCharacters = 1200

const bullet = /^[ \t]*(?:[-*+•‣▪–—·][ \t]+(?:\[[ xX]\][ \t]+)?|(?:\(?\d{1,3}[.)]|\(?[a-zA-Z]\))[ \t]+)/
const tableRow = /^\s*\|.*\|\s*$|\S(?:\t+| {3,})\S.*(?:\t| {3})\S/
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/**
 * The sentences of a text in order, white space around them and list markers left out. Line breaks inside a paragraph do
 * not end a sentence; list items and table rows do. Ranges never overlap; what lies between holds no letter or digit
 * except list markers.
 */
export function sentenceRanges(text: string): Range[] {
  return blockRanges(text).flatMap((block) => sentencesOfBlock(text, block))
}

/** Ranges of the same text cut at white space (or anywhere where there is none) to at most `limit` characters each. */
export function cutRange(text: string, range: Range, limit: number): Range[] {
  const parts: Range[] = []
  let start = range.start
  while (range.end - start > limit) {
    const end = cutBefore(text, start, start + limit)
    pushTrimmed(parts, text, start, end)
    start = end
  }
  pushTrimmed(parts, text, start, range.end)
  return parts
}

/** Lines grouped into paragraphs, list items and table rows; a blank line ends a group. */
function blockRanges(text: string): Range[] {
  const blocks: Range[] = []
  let previous: { readonly line: string; readonly end: number } | undefined
  for (const match of text.matchAll(/[^\r\n\u2028\u2029]+/g)) {
    const [line] = match
    if (!/\S/.test(line)) continue
    const end = match.index + line.length
    const last = blocks.at(-1)
    const marker = bullet.exec(line)?.[0] ?? ''
    const item = marker !== '' && mayStartItem(line, previous?.line ?? '')
    const gap = previous === undefined ? '' : text.slice(previous.end, match.index)
    const apart = item || tableRow.test(line) || tableRow.test(previous?.line ?? '') || isBlankLine(gap)
    if (last === undefined || apart) blocks.push({ start: match.index + (item ? marker.length : 0), end })
    else blocks[blocks.length - 1] = { start: last.start, end }
    previous = { line, end }
  }
  return blocks
}

function isBlankLine(gap: string): boolean {
  return (gap.match(/\r\n|\n|\r|\u2028|\u2029/g)?.length ?? 0) > 1
}

/** A number or letter that wrapped onto a new line (`in room\n3. Then`) is no list marker. */
function mayStartItem(line: string, previous: string): boolean {
  if (/^[ \t]*[-*+•‣▪–—·]/.test(line)) return true
  return previous === '' || /[.:;!?]["'”’)\]]*\s*$/.test(previous) || bullet.test(previous)
}

function sentencesOfBlock(text: string, block: Range): Range[] {
  const flat = text.slice(block.start, block.end).replace(/[\r\n\u0085\u2028\u2029]/g, ' ')
  const ranges: Range[] = []
  let start = 0
  let end = 0
  for (const { segment, index } of segmenter.segment(flat)) {
    if (end > start && !belongTogether(flat.slice(start, end).trim(), segment.trim())) {
      pushCut(ranges, text, block.start + start, block.start + end)
      start = index
    }
    end = index + segment.length
  }
  pushCut(ranges, text, block.start + start, block.start + end)
  return ranges
}

function pushCut(ranges: Range[], text: string, start: number, end: number): void {
  if (!/[\p{L}\p{N}]/u.test(text.slice(start, end))) return
  ranges.push(...cutRange(text, { start, end }, maxSentenceCharacters))
}

function pushTrimmed(ranges: Range[], text: string, start: number, end: number): void {
  const slice = text.slice(start, end)
  const from = start + slice.length - slice.trimStart().length
  const to = end - (slice.length - slice.trimEnd().length)
  if (to > from) ranges.push({ start: from, end: to })
}

/** The best place to cut at or before `limit`: after a semicolon or comma, else at white space, else between characters. */
function cutBefore(text: string, start: number, limit: number): number {
  const window = text.slice(start, limit)
  for (const mark of [/[;:]\s(?=[^;:]*$)/, /,\s(?=[^,]*$)/, /\s(?=\S*$)/]) {
    const found = mark.exec(window)
    if (found !== null && found.index > window.length / 2) return start + found.index + 1
  }
  const pair = /[\uD800-\uDBFF]$/.test(window) && window.length > 1
  return pair ? limit - 1 : limit
}
