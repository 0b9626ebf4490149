// A document's segments as numbered sentences that know exactly where they stand.
import type { Locator, Segment } from '#contract/document.ts'
import { narrowLocator } from './narrowLocator.ts'
import { cutRange, sentenceRanges, type Range } from './sentenceBreaks.ts'
import { atOnce, mapInSteps, type StepCount, type Steps } from './steps.ts'

/** A slice of one segment's text: `segments[segment].text.slice(start, end)`. */
export type Span = Range & { readonly segment: number }

/**
 * One sentence (or heading, table row, piece of code). `text` is its spans' slices joined, white space collapsed.
 * `heading` is the index of the heading it stands under. `opensParagraph` marks the first of its segment.
 */
export type Sentence = {
  readonly index: number
  readonly text: string
  readonly kind: 'sentence' | 'list-item' | 'heading' | 'row' | 'code'
  readonly spans: readonly Span[]
  readonly locators: readonly Locator[]
  readonly heading: number | null
  readonly opensParagraph: boolean
}

type Draft = { readonly kind: Sentence['kind']; readonly spans: readonly Span[]; readonly opensParagraph: boolean }

/** Segments split, and sentences placed, between two steps. */
const stride = 32

/** Splits a document into sentences in reading order. One that runs over a page break has a span and locator per page. */
export function splitSentences(segments: readonly Segment[]): Sentence[] {
  return atOnce(sentencesInSteps(segments))
}

/** The same in steps, for documents of any length. */
export function* sentencesInSteps(segments: readonly Segment[]): Steps<StepCount, Sentence[]> {
  const drafts: Draft[] = []
  yield* mapInSteps(segments, stride, (segment, position) => {
    const fresh = draftsOf(segment, position)
    const [head, ...rest] = fresh
    const last = drafts.at(-1)
    if (head !== undefined && last !== undefined && continues(segments, last, head)) {
      drafts[drafts.length - 1] = { ...last, spans: [...last.spans, ...head.spans] }
      drafts.push(...rest)
    } else drafts.push(...fresh)
  })
  return yield* numbered(segments, drafts)
}

/** The sentence cut into sentences of at most `limit` characters, numbered like the original; for small contexts. */
export function cutSentence(segments: readonly Segment[], sentence: Sentence, limit: number): Sentence[] {
  const spans = sentence.spans.flatMap((span) =>
    cutRange(segments[span.segment]?.text ?? '', span, limit).map((range) => ({ ...range, segment: span.segment })),
  )
  return spans.map((span, position) => ({
    ...sentence,
    ...placed(segments, [span]),
    opensParagraph: sentence.opensParagraph && position === 0,
  }))
}

/** The same sentences with indexes and headings numbered again after some were cut. */
export function renumber(segments: readonly Segment[], sentences: readonly Sentence[]): Sentence[] {
  return atOnce(numbered(segments, sentences))
}

function draftsOf(segment: Segment, position: number): Draft[] {
  const ranges =
    segment.kind === 'table' || segment.kind === 'code' ? lineRanges(segment.text) : sentenceRanges(segment.text)
  const kind = kindOf(segment, ranges)
  return ranges.map((range, at) => ({ kind, spans: [{ ...range, segment: position }], opensParagraph: at === 0 }))
}

function kindOf(segment: Segment, ranges: readonly Range[]): Sentence['kind'] {
  switch (segment.kind) {
    case 'heading':
      return 'heading'
    case 'list-item':
      return 'list-item'
    case 'table':
      return 'row'
    case 'code':
      return 'code'
    case 'paragraph':
    case undefined:
      return looksLikeHeading(segment, ranges) ? 'heading' : 'sentence'
  }
}

/** One short line without an end: a heading in a text that marks none. */
function looksLikeHeading(segment: Segment, ranges: readonly Range[]): boolean {
  const text = segment.text.trim()
  if (ranges.length !== 1 || text.length > 80 || /[\r\n]/.test(text)) return false
  return !/[.!?…:;,]["'”’»)\]]*$/.test(text) && text.split(/\s+/).length <= 12 && /^[\p{Lu}\p{N}#]/u.test(text)
}

function lineRanges(text: string): Range[] {
  return [...text.matchAll(/[^\r\n]+/g)]
    .filter(([line]) => /[\p{L}\p{N}]/u.test(line))
    .flatMap((match) => cutRange(text, { start: match.index, end: match.index + match[0].length }, 1200))
}

/** True when `head` goes on with `last` on the same or the next page: no end before, a small letter after. */
function continues(segments: readonly Segment[], last: Draft, head: Draft): boolean {
  const before = segmentOf(segments, last.spans.at(-1))
  const after = segmentOf(segments, head.spans[0])
  if (before?.locator.kind !== 'page' || after?.locator.kind !== 'page') return false
  if (last.kind !== 'sentence' || head.kind !== 'sentence') return false
  const step = after.locator.page - before.locator.page
  if (step !== 0 && step !== 1) return false
  const end = sliceOf(segments, last.spans.at(-1))
  return !/[.!?…:;]["'”’»)\]]*$/.test(end) && /^\p{Ll}/u.test(sliceOf(segments, head.spans[0]))
}

function* numbered(segments: readonly Segment[], drafts: readonly Draft[]): Steps<StepCount, Sentence[]> {
  let heading: number | null = null
  return yield* mapInSteps(drafts, stride, (draft, index) => {
    if (draft.kind === 'heading') heading = index
    const { kind, opensParagraph } = draft
    return {
      index,
      kind,
      opensParagraph,
      heading: draft.kind === 'heading' ? null : heading,
      ...placed(segments, draft.spans),
    }
  })
}

function placed(segments: readonly Segment[], spans: readonly Span[]): Pick<Sentence, 'text' | 'spans' | 'locators'> {
  const texts = spans.map((span) => sliceOf(segments, span))
  return {
    text: texts.reduce(joinedOver).replace(/\s+/g, ' '),
    spans,
    locators: spans.flatMap((span) => {
      const segment = segmentOf(segments, span)
      return segment === undefined ? [] : [narrowLocator(segment, span)]
    }),
  }
}

/** Joins what a page break parted; a hyphen at the end stays, without a space after it. */
function joinedOver(before: string, after: string): string {
  return /\p{L}-$/u.test(before) ? before + after : `${before} ${after}`
}

function segmentOf(segments: readonly Segment[], span: Span | undefined): Segment | undefined {
  return span === undefined ? undefined : segments[span.segment]
}

function sliceOf(segments: readonly Segment[], span: Span | undefined): string {
  return span === undefined ? '' : (segmentOf(segments, span)?.text ?? '').slice(span.start, span.end)
}
