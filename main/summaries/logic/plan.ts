// How a document is cut into chunks that fit what the model can read at once.
import type { Coverage, Segment } from '#contract/document.ts'
import { unitsAt } from '#contract/documentUnits.ts'
import type { Sentence } from '../../text/logic/sentences.ts'
import { cutByContent, runSize } from './borders.ts'

/** Sentences `from` to `to` (exclusive) and the tokens they take. */
export type Chunk = { readonly index: number; readonly from: number; readonly to: number; readonly tokens: number }

/** First and last unit of a chunk, for progress; what the unit is says the document's coverage. */
export type Units = { readonly from: number; readonly to: number }

/** Tokens a context leaves for the document's text. `prompt` is the empty prompt with the chat wrapper. */
export function textBudget(tokens: { context: number; prompt: number; output: number; share: number }): number {
  const spare = 16
  return Math.max(
    32,
    Math.floor(Math.min(tokens.context - tokens.prompt - tokens.output - spare, tokens.context * tokens.share)),
  )
}

/**
 * Chunks in reading order; together they hold every sentence once and none is over `budget` unless a single sentence is
 * (cut those first). There are at least `minChunks` where there are as many sentences. A chunk begins at a heading, else
 * at a paragraph, where there is one in reach, and which one follows from the text around it: a change in one place
 * leaves the chunks elsewhere as they were.
 */
export function planChunks(input: {
  readonly sentences: readonly Pick<Sentence, 'opensParagraph' | 'kind' | 'text'>[]
  readonly tokens: readonly number[]
  readonly budget: number
  readonly minChunks: number
}): Chunk[] {
  const { sentences, budget } = input
  const pieces = sentences.map((sentence, at) => ({
    tokens: input.tokens[at] ?? 0,
    rank: sentence.kind === 'heading' ? 2 : sentence.opensParagraph ? 1 : 0,
    text: sentence.text,
  }))
  const total = pieces.reduce((sum, { tokens }) => sum + tokens, 0)
  const wanted = Math.min(input.minChunks, sentences.length)
  return cutByContent(pieces, runSize(budget, total, wanted)).map(({ from, to }, index) => {
    const tokens = pieces.slice(from, to).reduce((sum, piece) => sum + piece.tokens, 0)
    return { index, from, to, tokens }
  })
}

/** First and last unit the segments of these sentences stand in; null where no locator tells one. */
export function unitsOf(
  sentences: readonly Sentence[],
  segments: readonly Segment[],
  coverage: Coverage,
): Units | null {
  let from = Infinity
  let to = 0
  for (const sentence of sentences) {
    for (const span of sentence.spans) {
      const locator = segments[span.segment]?.locator
      const units = locator === undefined ? null : unitsAt(locator, coverage)
      if (units !== null) [from, to] = [Math.min(from, units[0]), Math.max(to, units[1])]
    }
  }
  return to === 0 ? null : { from, to }
}

/** True when some of these sentences stand in this unit. */
export function includesUnit(
  sentences: readonly Sentence[],
  segments: readonly Segment[],
  coverage: Coverage,
  unit: number,
): boolean {
  return sentences.some((sentence) =>
    sentence.spans.some((span) => {
      const locator = segments[span.segment]?.locator
      const units = locator === undefined ? null : unitsAt(locator, coverage)
      return units !== null && units[0] <= unit && unit <= units[1]
    }),
  )
}
