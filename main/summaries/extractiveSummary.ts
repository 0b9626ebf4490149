// Summaries by choosing sentences: the model copies, what it copied is replaced by the source, and a tree picks the best.
import { ok, type Result } from '#contract/result.ts'
import type { SummaryPreset } from '#contract/summary.ts'
import { actionItems } from './logic/actionCues.ts'
import { alignCopy } from '../text/logic/alignment.ts'
import { scoreSentences } from '../text/logic/centrality.ts'
import { claimsOfChosen, type Chosen } from '../text/logic/claims.ts'
import { composeText } from './logic/compose.ts'
import { bestFirst } from '../text/logic/diversity.ts'
import { focusScores } from '../text/logic/focus.ts'
import { outputSentences } from '../text/logic/outputSentences.ts'
import { planChunks, textBudget, unitsOf, type Chunk } from './logic/plan.ts'
import { chunksFor, estimateReduceSteps, extractiveLevel, keptPerStep, targetSentences } from './logic/reduceTree.ts'
import type { Sentence } from '../text/logic/sentences.ts'
import { shownOrder } from './logic/shownOrder.ts'
import { asParagraph } from './logic/shownText.ts'
import { indexSources } from '../text/logic/sourceIndex.ts'
import { countWords, type WordStatistics } from '../text/logic/wordStatistics.ts'
import type { ModelStep } from './modelSteps.ts'
import { againFor, fitSentences, promptTokens, type SummaryDraft, type SummaryWork } from './summaryWork.ts'

/** A model that copies is shown no more than this share of its context: beyond it the starter was not measured. */
const shownShare = 0.7
/** More than this from one step is a list copied to its end, not a choice. */
const mostPerStep = 5
/** A context so small that this many levels do not suffice leaves the rest to the ranking. */
const mostLevels = 8
/** Named in provenance where no prompt decided. */
const cuePrompt = { id: 'action-cues', version: '1' }

type Ranked = {
  readonly sentences: readonly Sentence[]
  readonly tokens: readonly number[]
  readonly statistics: WordStatistics
  readonly scores: readonly number[]
  readonly budget: number
  readonly outputTokens: number
}

/** What copying gave: chosen sentences in reading order, what the model wrote, and how much of it aligned to nothing. */
type Copied = { readonly chosen: readonly Chosen[]; readonly raw: readonly string[]; readonly dropped: number }

/**
 * Summarizes by copying; null when stopped. Action items need no model: cues decide (a model that copies the first
 * sentences would lose the rest). An answer with no sentence of the document in it is an empty draft.
 */
export async function summarizeByCopying(work: SummaryWork): Promise<Result<SummaryDraft | null>> {
  const { sentences, input } = work
  const shown = new Set(work.segments.keys())
  if (input.preset === 'actions') {
    const items = actionItems(sentences, targetSentences('actions', sentences.length))
    const chosen = items.map(({ index }) => ({ index, score: 1 }))
    return ok({ ...draftOf(sentences, 'actions', { chosen, raw: [], dropped: 0 }), shown, prompt: cuePrompt })
  }
  const ranked = await rank(work)
  if (!ranked.ok) return ranked
  const copied = await copyTree(work, ranked.value)
  if (!copied.ok || copied.value === null) return copied.ok ? ok(null) : copied
  const { id, version } = work.prompts.get('summary-extractive')
  const draft = draftOf(ranked.value.sentences, input.preset, copied.value)
  return ok({ ...draft, shown, prompt: { id, version } })
}

async function rank(work: SummaryWork): Promise<Result<Ranked>> {
  const { model, generator, prompts, input } = work
  const prompt = await promptTokens(generator, prompts.get('summary-extractive'), {})
  if (!prompt.ok) return prompt
  const outputTokens = Math.min(400, Math.floor(model.mapContextTokens / 5))
  const context = model.mapContextTokens
  const budget = textBudget({ context, prompt: prompt.value, output: outputTokens, share: shownShare })
  const fitted = await fitSentences(work, budget)
  if (!fitted.ok) return fitted
  const { sentences, tokens } = fitted.value
  const statistics = countWords(sentences)
  const central = scoreSentences(sentences, statistics)
  const scores = input.instruction === null ? central : focusScores(input.instruction, central, statistics)
  return ok({ sentences, tokens, statistics, scores, budget, outputTokens })
}

/** Map over chunks, then levels of reduce until few enough are left, then the best of those. */
async function copyTree(work: SummaryWork, ranked: Ranked): Promise<Result<Copied | null>> {
  const { input, job, progress } = work
  const target = targetSentences(input.preset, ranked.sentences.length)
  const first = await copyChunks(work, ranked, target)
  if (!first.ok || first.value === null) return first
  let copied: Copied = first.value
  for (let level = 1; level <= mostLevels; level += 1) {
    const groups = extractiveLevel(
      copied.chosen.map(({ index }) => ({
        tokens: ranked.tokens[index] ?? 0,
        text: ranked.sentences[index]?.text ?? '',
      })),
      ranked.budget,
      target,
    )
    if (groups === null) break
    const members = groups.map(({ from, to }) => copied.chosen.slice(from, to))
    const asked = members.filter((group) => group.length > keptPerStep)
    const kept = members.filter((group) => group.length <= keptPerStep).flat()
    if (asked.length === 0) break
    progress.plan(progress.doneSteps + asked.length)
    job.plan(progress.doneSteps + asked.length)
    progress.enter('combining')
    const next = await copyGroups(work, ranked, asked, `reduce-${level}`)
    if (!next.ok || next.value === null) return next
    const before: Copied = copied
    const left = merged({ chosen: kept, raw: [], dropped: before.dropped }, next.value)
    copied = { ...left, chosen: filledUp(left.chosen, before.chosen, ranked, target) }
    if (copied.chosen.length >= before.chosen.length) break
  }
  progress.plan(progress.doneSteps)
  job.plan(progress.doneSteps)
  progress.enter('checking')
  return ok({ ...copied, chosen: bestOf(copied.chosen, ranked, mostOf(input.preset, target)) })
}

async function copyChunks(work: SummaryWork, ranked: Ranked, target: number): Promise<Result<Copied | null>> {
  const { board, job, progress, segments, steps } = work
  const { coverage } = work.document
  const { sentences, tokens, budget } = ranked
  const chunks = planChunks({ sentences, tokens, budget, minChunks: chunksFor(target) })
  const indexes = chunks.map((chunk) => indexesOf(chunk))
  const prompts = indexes.map((each, position) => stepFor(work, ranked, each, 'map', position))
  const stored = await steps.countStored(prompts)
  if (!stored.ok) return stored
  const average = tokens.reduce((sum, each) => sum + each, 0) / Math.max(1, tokens.length)
  const total = chunks.length + estimateReduceSteps(chunks.length, Math.floor(budget / Math.max(1, average)), target)
  board.planned({ chunks: chunks.length, steps: total, reused: stored.value, preset: work.input.preset })
  job.plan(total)
  progress.plan(total)
  const results: Copied[] = []
  const texts = await steps.runAll(prompts, {
    begun: (at) =>
      progress.enter('reading', unitsOf(sentences.slice(chunks[at]?.from, chunks[at]?.to), segments, coverage)),
    done: (at, text) => {
      const copied = copiedFrom(sentences, indexes[at] ?? [], text)
      results[at] = copied
      board.partial(at, copied.chosen.map(({ index }) => sentences[index]?.text ?? '').join(' '))
    },
  })
  if (!texts.ok || texts.value === null) return texts.ok ? ok(null) : texts
  return ok(results.reduce(merged))
}

async function copyGroups(
  work: SummaryWork,
  ranked: Ranked,
  groups: readonly (readonly Chosen[])[],
  stage: string,
): Promise<Result<Copied | null>> {
  const indexes = groups.map((group) => group.map(({ index }) => index))
  const prompts = indexes.map((each, position) => stepFor(work, ranked, each, stage, position))
  const results: Copied[] = []
  const texts = await work.steps.runAll(prompts, {
    done: (at, text) => (results[at] = copiedFrom(ranked.sentences, indexes[at] ?? [], text)),
  })
  if (!texts.ok || texts.value === null) return texts.ok ? ok(null) : texts
  return ok(results.reduce(merged))
}

/** The prompt over these sentences: best first, because the model copies how its text begins. */
function stepFor(
  work: SummaryWork,
  ranked: Ranked,
  indexes: readonly number[],
  stage: string,
  position: number,
): ModelStep {
  const shown = indexes.flatMap((index) => ranked.sentences[index] ?? [])
  const document = asParagraph(shownOrder(shown, work.input.instruction))
  const prompt = work.prompts.get('summary-extractive')
  const again = againFor(work, stage === 'map' ? shown : [])
  return { prompt, values: { document }, stage, position, maxTokens: ranked.outputTokens, again }
}

/** What the model wrote, each sentence replaced by the shown sentence it was copied from. */
function copiedFrom(sentences: readonly Sentence[], shown: readonly number[], text: string): Copied {
  const source = indexSources(shown.map((index) => sentences[index]?.text ?? ''))
  const scores = new Map<number, number>()
  const most = Math.min(mostPerStep, Math.ceil(shown.length / 2))
  let dropped = 0
  for (const statement of outputSentences(text)) {
    const found = alignCopy(source, statement)
    const index = found === null ? undefined : shown[found.position]
    if (found === null || index === undefined) dropped += 1
    else if (scores.size < most || scores.has(index)) scores.set(index, Math.max(scores.get(index) ?? 0, found.score))
  }
  const chosen = [...scores].map(([index, score]) => ({ index, score })).sort((a, b) => a.index - b.index)
  return { chosen, raw: text === '' ? [] : [text], dropped }
}

function merged(a: Copied, b: Copied): Copied {
  const chosen = [...a.chosen, ...b.chosen].sort((one, other) => one.index - other.index)
  return { chosen, raw: [...a.raw, ...b.raw], dropped: a.dropped + b.dropped }
}

/** A level that kept fewer than `target` is filled with the best of what it was shown: the model chose those before. */
function filledUp(left: readonly Chosen[], shown: readonly Chosen[], ranked: Ranked, target: number): Chosen[] {
  const kept = new Set(left.map(({ index }) => index))
  const order = bestFirst(
    shown.map(({ index }) => index),
    ranked.scores,
    ranked.statistics,
  )
  const missing = order.filter((index) => !kept.has(index)).slice(0, Math.max(0, target - left.length))
  const added = shown.filter(({ index }) => missing.includes(index))
  return [...left, ...added].sort((one, other) => one.index - other.index)
}

function bestOf(all: readonly Chosen[], ranked: Ranked, most: number): Chosen[] {
  // A document may say the same again and again; once is enough.
  const texts = all.map(({ index }) => ranked.sentences[index]?.text)
  const chosen = all.filter((_, at) => texts.indexOf(texts[at]) === at)
  const order = bestFirst(
    chosen.map(({ index }) => index),
    ranked.scores,
    ranked.statistics,
    most,
  )
  const kept = new Set(order.slice(0, most))
  return chosen.filter(({ index }) => kept.has(index))
}

function mostOf(preset: SummaryPreset, target: number): number {
  return preset === 'brief' ? target : target + 2
}

function draftOf(
  sentences: readonly Sentence[],
  preset: SummaryPreset,
  copied: Copied,
): Omit<SummaryDraft, 'shown' | 'prompt'> {
  return {
    text: composeText(
      preset,
      copied.chosen.flatMap(({ index }) => sentences[index] ?? []),
    ),
    rawText: copied.raw.join('\n\n'),
    claims: claimsOfChosen(sentences, copied.chosen),
    droppedSentences: copied.dropped,
  }
}

function indexesOf(chunk: Chunk): number[] {
  return Array.from({ length: chunk.to - chunk.from }, (_, at) => chunk.from + at)
}
