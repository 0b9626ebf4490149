// Summaries in the model's own words: map over chunks, reduce as a tree, every sentence tied to its sources.
import { ok, type Result } from '#contract/result.ts'
import type { SummaryPreset } from '#contract/summary.ts'
import type { Prompt } from '../prompts/promptLibrary.ts'
import { claimsOfText } from '../text/logic/claims.ts'
import { outputSentences, saysNone, withoutRepeats } from '../text/logic/outputSentences.ts'
import { planChunks, textBudget, unitsOf } from './logic/plan.ts'
import { freeLevel } from './logic/reduceTree.ts'
import { asDocument } from './logic/shownText.ts'
import { indexSources } from '../text/logic/sourceIndex.ts'
import type { ModelStep } from './modelSteps.ts'
import {
  againFor,
  countTokens,
  fitSentences,
  promptTokens,
  type SummaryDraft,
  type SummaryWork,
} from './summaryWork.ts'

/** Tokens the last step may write, by preset; never more than a third of the context. */
const longest: Readonly<Record<SummaryPreset, number>> = {
  brief: 250,
  detailed: 1000,
  bullets: 600,
  actions: 800,
  own: 800,
}
/** A model that reads well may use nearly its whole context. */
const shownShare = 0.9

type Plan = {
  readonly map: Prompt
  readonly last: Prompt
  readonly values: Readonly<Record<string, string>>
  readonly mapTokens: number
  readonly lastTokens: number
  readonly mapBudget: number
  readonly lastBudget: number
}

/** Summarizes in the model's words; null when stopped. An answer of nothing is an empty draft. */
export async function summarizeFreely(work: SummaryWork): Promise<Result<SummaryDraft | null>> {
  const plan = await planPrompts(work)
  if (!plan.ok) return plan
  const parts = await readParts(work, plan.value)
  if (!parts.ok || parts.value === null) return parts.ok ? ok(null) : parts
  const material = await combine(work, plan.value, parts.value)
  if (!material.ok || material.value === null) return material.ok ? ok(null) : material
  const raw = await lastStep(work, plan.value, material.value)
  if (!raw.ok || raw.value === null) return raw.ok ? ok(null) : raw
  work.progress.enter('checking')
  return ok(draftOf(work, plan.value.last, raw.value))
}

async function planPrompts(work: SummaryWork): Promise<Result<Plan>> {
  const { prompts, generator, model, input } = work
  const variant = input.preset === 'actions' || input.preset === 'own' ? `-${input.preset}` : ''
  const map = prompts.get(`summary-map${variant}`)
  const last = prompts.get(`summary-reduce-${input.preset}`)
  const values: Readonly<Record<string, string>> =
    input.preset === 'own' ? { instruction: input.instruction ?? '' } : {}
  const mapPrompt = await promptTokens(generator, map, values)
  if (!mapPrompt.ok) return mapPrompt
  const lastPrompt = await promptTokens(generator, last, values)
  if (!lastPrompt.ok) return lastPrompt
  const context = model.mapContextTokens
  const mapTokens = Math.min(400, Math.floor(context / 5))
  const lastTokens = Math.min(longest[input.preset], Math.floor(context / 3))
  const mapBudget = textBudget({ context, prompt: mapPrompt.value, output: mapTokens, share: shownShare })
  const lastBudget = textBudget({ context, prompt: lastPrompt.value, output: lastTokens, share: shownShare })
  return ok({ map, last, values, mapTokens, lastTokens, mapBudget, lastBudget })
}

/** The whole text when the last step can read it at once, else what the model wrote about each chunk. */
async function readParts(work: SummaryWork, plan: Plan): Promise<Result<readonly string[] | null>> {
  const { board, job, progress, segments, steps } = work
  const { coverage } = work.document
  const fitted = await fitSentences(work, Math.min(plan.mapBudget, plan.lastBudget))
  if (!fitted.ok) return fitted
  const { sentences, tokens } = fitted.value
  const total = tokens.reduce((sum, each) => sum + each, 0)
  const whole = total <= plan.lastBudget
  const chunks = whole ? [] : planChunks({ sentences, tokens, budget: plan.mapBudget, minChunks: 2 })
  const prompts = chunks.map((chunk, position) => ({
    ...mapStep(plan, asDocument(sentences.slice(chunk.from, chunk.to)), 'map', position),
    again: againFor(work, sentences.slice(chunk.from, chunk.to)),
  }))
  const stored = await steps.countStored(prompts)
  if (!stored.ok) return stored
  const planned = chunks.length + 1
  const { preset } = work.input
  board.planned({ chunks: Math.max(1, chunks.length), steps: planned, reused: stored.value, preset })
  job.plan(planned)
  progress.plan(planned)
  if (whole) {
    progress.enter('reading', unitsOf(sentences, segments, coverage))
    return ok([asDocument(sentences)])
  }
  return steps.runAll(prompts, {
    begun: (at) =>
      progress.enter('reading', unitsOf(sentences.slice(chunks[at]?.from, chunks[at]?.to), segments, coverage)),
    done: (at, text) => board.partial(at, saysNone(text) ? '' : text),
  })
}

/** Combines partial texts level by level until the last step can read them all. */
async function combine(work: SummaryWork, plan: Plan, parts: readonly string[]): Promise<Result<string | null>> {
  let left = parts.map(tidied).filter((part) => part !== '')
  for (let depth = 1; ; depth += 1) {
    const counted = await countTokens(work.generator, left)
    if (!counted.ok) return counted
    const tokens = counted.value.map((count) => count + 2)
    const level = left.map((text, at) => ({ text, tokens: tokens[at] ?? 0 }))
    const groups = freeLevel(level, plan.mapBudget, plan.lastBudget)
    if (groups === null) return ok(left.join('\n\n'))
    const prompts = groups.map(({ from, to }, position) =>
      mapStep(plan, left.slice(from, to).join('\n\n'), `reduce-${depth}`, position),
    )
    work.progress.plan(work.progress.doneSteps + prompts.length + 1)
    work.job.plan(work.progress.doneSteps + prompts.length + 1)
    work.progress.enter('combining')
    const texts = await work.steps.runAll(prompts, { done: () => undefined })
    if (!texts.ok || texts.value === null) return texts.ok ? ok(null) : texts
    left = texts.value.map(tidied).filter((part) => part !== '')
  }
}

async function lastStep(work: SummaryWork, plan: Plan, document: string): Promise<Result<string | null>> {
  if (document === '') return ok('')
  const values = { ...plan.values, document }
  // What is shown whole shows the unit read again too.
  const again = document === asDocument(work.sentences) ? againFor(work, work.sentences) : undefined
  const step: ModelStep = { prompt: plan.last, values, stage: 'last', position: 0, maxTokens: plan.lastTokens, again }
  const texts = await work.steps.runAll([step], { done: () => undefined })
  if (!texts.ok || texts.value === null) return texts.ok ? ok(null) : texts
  return ok(texts.value[0] ?? '')
}

function mapStep(plan: Plan, document: string, stage: string, position: number): ModelStep {
  return { prompt: plan.map, values: { ...plan.values, document }, stage, position, maxTokens: plan.mapTokens }
}

function draftOf(work: SummaryWork, prompt: Prompt, raw: string): SummaryDraft {
  const text = saysNone(raw) ? '' : raw.trim()
  const index = indexSources(work.sentences.map((sentence) => sentence.text))
  return {
    text,
    rawText: raw,
    claims: claimsOfText(work.sentences, index, outputSentences(text)),
    droppedSentences: 0,
    shown: new Set(work.segments.keys()),
    prompt: { id: prompt.id, version: prompt.version },
  }
}

/** A partial text without the statements it repeats; empty when it says there is nothing. */
function tidied(text: string): string {
  return saysNone(text) ? '' : withoutRepeats(outputSentences(text)).join('\n')
}
