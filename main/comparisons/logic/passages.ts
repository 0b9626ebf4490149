// A document as the passages that are compared: its sentences, headings and rows with clause number and place.
import type { Locator, Segment } from '#contract/document.ts'
import { sentencesInSteps, type Sentence } from '../../text/logic/sentences.ts'
import { mapInSteps, type StepCount, type Steps } from '../../text/logic/steps.ts'
import { withoutNumber } from './clauseNumber.ts'
import { plainText, tokensOf, type Token } from './tokens.ts'

/**
 * One passage. `text` is without the clause number; `plain` is what two passages share when they are the same; `own` the
 * number it carries, `number` that or the one it stands under. `group` is the segment it begins in.
 */
export type Passage = {
  readonly index: number
  readonly text: string
  readonly plain: string
  readonly tokens: readonly Token[]
  readonly own: string | null
  readonly number: string | null
  readonly path: readonly string[]
  readonly locators: readonly Locator[]
  readonly group: number
  readonly heading: boolean
}

/** Sentences looked at between two steps. */
const stride = 32

/** The passages of a document in reading order, in steps; what holds no word is none. */
export function* passagesOf(segments: readonly Segment[]): Steps<StepCount, Passage[]> {
  const sentences = yield* sentencesInSteps(segments)
  const passages: Passage[] = []
  let number: string | null = null
  yield* mapInSteps(sentences, stride, (sentence) => {
    const { own, body } = numberedBody(segments, sentence)
    if (own !== null) number = own
    const tokens = tokensOf(body)
    if (tokens.length === 0) return
    passages.push({
      index: passages.length,
      text: body,
      plain: plainText(body),
      tokens,
      own,
      number,
      path: pathOf(sentences, sentence),
      locators: sentence.locators,
      group: sentence.spans[0]?.segment ?? 0,
      heading: sentence.kind === 'heading',
    })
  })
  return passages
}

/** The number stands in the sentence, or before it where the split took it for a list mark. */
function numberedBody(segments: readonly Segment[], sentence: Sentence): { own: string | null; body: string } {
  const within = withoutNumber(sentence.text)
  if (within.number !== null) return { own: within.number, body: within.body }
  const [span] = sentence.spans
  const before = span === undefined ? '' : (segments[span.segment]?.text ?? '').slice(0, span.start)
  const mark = /(?:^|[\r\n])[ \t]*([^\r\n]*)$/.exec(before)?.[1] ?? ''
  const own = mark.length > 12 ? null : withoutNumber(`${mark.trim()} x`).number
  return { own, body: within.body }
}

function pathOf(sentences: readonly Sentence[], sentence: Sentence): readonly string[] {
  const [locator] = sentence.locators
  if (locator?.kind === 'section') return locator.path
  const heading = sentence.heading === null ? undefined : sentences[sentence.heading]
  return heading === undefined ? [] : [heading.text]
}
