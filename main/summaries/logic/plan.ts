// How a document is cut into chunks that fit what the model can read at once.
import type { Coverage, Segment } from '#contract/document.ts'
import { unitsAt } from '#contract/documentUnits.ts'
import type { Sentence } from '../../text/logic/sentences.ts'

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
 * (cut those first). Sizes are even, at least `minChunks` where there are as many sentences, and a chunk ends at the end
 * of a paragraph where one is near.
 */
export function planChunks(input: {
  readonly sentences: readonly Pick<Sentence, 'opensParagraph'>[]
  readonly tokens: readonly number[]
  readonly budget: number
  readonly minChunks: number
}): Chunk[] {
  const { sentences, tokens, budget } = input
  const total = tokens.reduce((sum, each) => sum + each, 0)
  const wanted = Math.max(Math.ceil(total / (budget * 0.92)), Math.min(input.minChunks, sentences.length), 1)
  const target = total / wanted
  const chunks: Chunk[] = []
  let from = 0
  let size = 0
  sentences.forEach((sentence, at) => {
    const next = tokens[at] ?? 0
    const full = size + next > budget
    const near = size >= target * 0.88 && sentence.opensParagraph
    const enough = size + next / 2 >= target && !opensSoon(input, at, budget - size, target * 0.12)
    if (at > from && (full || near || enough)) {
      chunks.push({ index: chunks.length, from, to: at, tokens: size })
      from = at
      size = 0
    }
    size += next
  })
  if (sentences.length > from) chunks.push({ index: chunks.length, from, to: sentences.length, tokens: size })
  return chunks
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

/** True when a paragraph opens a few sentences on, within the room left: then the chunk may run on to there. */
function opensSoon(
  input: { readonly sentences: readonly Pick<Sentence, 'opensParagraph'>[]; readonly tokens: readonly number[] },
  at: number,
  room: number,
  reach: number,
): boolean {
  let size = 0
  for (let next = at; next < input.sentences.length; next += 1) {
    if (input.sentences[next]?.opensParagraph && next > at) return true
    size += input.tokens[next] ?? 0
    if (size > reach || size > room) return false
  }
  return false
}
