// Which characters of a segment a passage covers.
import type { Locator, Segment } from '#contract/document.ts'

/** Character offsets in a segment's text, end exclusive. */
export type Mark = { readonly start: number; readonly end: number }

const lineBreak = /\r\n|\n|\r/g

/** Marks in order, not overlapping. `text` is what the passage says, used where lines alone would mark too much. */
export function passageMarks(segment: Segment, locators: readonly Locator[], text: string | null): readonly Mark[] {
  const marks = locators.flatMap((locator) => markOf(segment, locator, text) ?? [])
  const sorted = marks.toSorted((one, other) => one.start - other.start)
  const joined: Mark[] = []
  for (const mark of sorted) {
    const last = joined.at(-1)
    if (last === undefined || mark.start > last.end) joined.push(mark)
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, mark.end) }
  }
  return joined
}

function markOf(segment: Segment, place: Locator, text: string | null): Mark | null {
  const own = segment.locator
  if (own.kind === 'page' && place.kind === 'page') return pageMark(segment, own, place)
  if (own.kind === 'lines' && place.kind === 'lines') return lineMark(segment, own, place, text)
  return own.kind === place.kind && JSON.stringify(own) === JSON.stringify(place) ? whole(segment) : null
}

function whole({ text }: Segment): Mark {
  return { start: 0, end: text.length }
}

type Page = Extract<Locator, { kind: 'page' }>
type Lines = Extract<Locator, { kind: 'lines' }>

function pageMark(segment: Segment, own: Page, place: Page): Mark | null {
  if (own.page !== place.page || place.end <= own.start || place.start >= own.end) return null
  // Where the segment's text does not stand one to one on the page, its offsets say nothing.
  if (segment.text.length !== own.end - own.start) return whole(segment)
  return { start: Math.max(0, place.start - own.start), end: Math.min(segment.text.length, place.end - own.start) }
}

function lineMark(segment: Segment, own: Lines, place: Lines, text: string | null): Mark | null {
  if (place.to < own.from || place.from > own.to) return null
  const starts = [0, ...[...segment.text.matchAll(lineBreak)].map((match) => match.index + match[0].length)]
  const oneToOne = starts.length - 1 === own.to - own.from
  const from = oneToOne ? (starts[Math.max(0, place.from - own.from)] ?? 0) : 0
  const next = oneToOne ? starts[place.to - own.from + 1] : undefined
  const end = next === undefined ? segment.text.length : segment.text.slice(0, next).trimEnd().length
  return exactMark(segment.text, { start: from, end }, text) ?? { start: from, end }
}

/** The words themselves inside a range, whatever white space stands between them. */
function exactMark(text: string, range: Mark, words: string | null): Mark | null {
  const parts = words?.trim().split(/\s+/) ?? []
  if (parts.length === 0 || parts[0] === '') return null
  const pattern = new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'))
  const found = pattern.exec(text.slice(range.start, range.end))
  return found === null ? null : { start: range.start + found.index, end: range.start + found.index + found[0].length }
}

/** A stretch of text in one tone. */
export type Piece = Mark & { readonly tone: 'plain' | 'light' | 'strong' }

/** All of a text in pieces; where marks overlap the strong one wins. */
export function paintedPieces(length: number, strong: readonly Mark[], light: readonly Mark[]): readonly Piece[] {
  const edges = new Set([0, length])
  for (const { start, end } of [...strong, ...light]) edges.add(start).add(end)
  const bounds = [...edges].filter((edge) => edge >= 0 && edge <= length).toSorted((one, other) => one - other)
  const inside = (marks: readonly Mark[], at: number) => marks.some(({ start, end }) => start <= at && at < end)
  return bounds.slice(0, -1).map((start, index) => {
    const tone = inside(strong, start) ? 'strong' : inside(light, start) ? 'light' : 'plain'
    return { start, end: bounds[index + 1] ?? length, tone }
  })
}

/** The stretches of `text` from `start` to `end` between matches of a global pattern, empty ones too. */
export function stretches(text: string, start: number, end: number, separator: RegExp): readonly Mark[] {
  const found: Mark[] = []
  let at = start
  for (const match of text.slice(start, end).matchAll(separator)) {
    found.push({ start: at, end: start + match.index })
    at = start + match.index + match[0].length
  }
  return [...found, { start: at, end }]
}

/** Where any of these words stands in a text, upper or lower case, not overlapping. */
export function wordMarks(text: string, words: readonly string[]): readonly Mark[] {
  const wanted = words.filter((word) => word.trim() !== '').toSorted((one, other) => other.length - one.length)
  if (wanted.length === 0) return []
  const pattern = wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')).join('|')
  return [...text.matchAll(new RegExp(pattern, 'giu'))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}
