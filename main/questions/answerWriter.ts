// From passages to an answer: refused when they do not carry it, given as they are, or written by the model and checked.
import type { Passage, QuestionAnswer, QuestionItem } from '#contract/question.ts'
import { ok, type Result } from '#contract/result.ts'
import type { GenerationRequest, LoadedModel, LocalGenerator } from '../inference/localGenerator.ts'
import { claimsOfPassages, claimsOfStatements } from './logic/answerClaims.ts'
import { saysAbsent, statementsOf } from './logic/modelAnswer.ts'
import type { Found } from './logic/passages.ts'
import { asNumbered } from './logic/shownPassages.ts'
import type { SearchedTexts } from './textGatherer.ts'
import { modelWriting } from './modelWriting.ts'

/** A versioned prompt; `render` takes every placeholder by name. */
export type QuestionPrompt = {
  readonly id: string
  readonly version: string
  render(values: Readonly<Record<string, string>>): string
}

/** What is asked, and what was found for it. */
export type AnswerWork = {
  readonly texts: SearchedTexts
  readonly found: readonly Found[]
  readonly seed: number
}

/** What an answer says and who said it. */
export type Written = Pick<QuestionAnswer, 'outcome' | 'absentBecause' | 'mode' | 'reason' | 'text' | 'claims'> & {
  readonly passages: readonly Passage[]
  readonly model: { readonly name: string; readonly sha256: string } | null
  readonly prompt: { readonly id: string; readonly version: string } | null
}

type Writing = AsyncGenerator<QuestionItem, Result<Written>, void>

/** Sentences given where a model does not write. */
const sentencesGiven = 3
/** Tokens an answer may take; never more than a quarter of the context. */
const answerTokens = 320
/** Left free beside prompt and answer: chat wrappers add a few tokens of their own. */
const spareTokens = 32

/** What the passages say, without a model. */
export function givenAsPassages(found: readonly Found[]): Written {
  const claims = claimsOfPassages(found.slice(0, sentencesGiven))
  return {
    outcome: 'passages',
    absentBecause: null,
    mode: 'extractive',
    reason: 'complete',
    text: claims.map(({ text }) => text).join('\n'),
    claims,
    passages: found.map(({ passage }) => passage),
    model: null,
    prompt: null,
  }
}

/** That nothing found carries an answer; the passages are what came nearest. */
export function notThere(
  found: readonly Found[],
  absentBecause: NonNullable<QuestionAnswer['absentBecause']>,
  mode: QuestionAnswer['mode'],
): Written {
  return { ...givenAsPassages(found), outcome: 'absent', absentBecause, mode, text: '', claims: [] }
}

/** Has the model answer from the passages. Failures are the generator's; stopping keeps what was written. */
export async function* writtenByModel(
  { generator, prompt, model }: { generator: LocalGenerator; prompt: QuestionPrompt; model: LoadedModel },
  work: AnswerWork,
  signal: AbortSignal,
): Writing {
  const maxTokens = Math.min(answerTokens, Math.floor(model.mapContextTokens / 4))
  const fitting = await fit({ generator, prompt, room: model.mapContextTokens - maxTokens - spareTokens }, work)
  if (!fitting.ok) return fitting
  const { found, text } = fitting.value
  const passages = found.map(({ passage }) => passage)
  yield { type: 'passages', passages }
  const request: GenerationRequest = {
    lane: { kind: 'map' },
    turns: [{ role: 'person', text }],
    maxTokens,
    temperature: 0,
    seed: work.seed,
  }
  const generated = yield* modelWriting(generator, request, signal)
  if (!generated.ok) return generated
  const { text: raw, reason } = generated.value
  const by = {
    mode: 'free' as const,
    reason,
    model: { name: model.name, sha256: model.sha256 },
    prompt: { id: prompt.id, version: prompt.version },
  }
  if (reason === 'complete' && saysAbsent(raw)) return ok({ ...notThere(found, 'model', 'free'), ...by })
  const statements = statementsOf(raw)
  const claims = claimsOfStatements(work.texts.index, found, statements, work.texts.question.text)
  const answer = statements.map((statement) => statement.text).join(' ')
  return ok({ outcome: 'answered', absentBecause: null, text: answer, claims, passages, ...by })
}

type Room = { readonly generator: LocalGenerator; readonly prompt: QuestionPrompt; readonly room: number }

/** As many of the passages as there is room for, the best first; at least one, and then the model says whether it fits. */
async function fit(
  { generator, prompt, room }: Room,
  { texts, found }: AnswerWork,
): Promise<Result<{ readonly found: readonly Found[]; readonly text: string }>> {
  for (let count = found.length; ; count -= 1) {
    const shown = found.slice(0, count)
    const passages = asNumbered(shown.map(({ passage }) => passage))
    const text = prompt.render({ passages, question: texts.question.text })
    if (count <= 1) return ok({ found: shown, text })
    const tokens = await generator.countTurnTokens([{ role: 'person', text }])
    if (!tokens.ok) return tokens
    if (tokens.value <= room) return ok({ found: shown, text })
  }
}
