// A local model that answers from a script: copies like the starter, or says what the test gives it.
import { fail, ok, type Result } from '#contract/result.ts'
import type {
  Generation,
  GenerationListener,
  GenerationRequest,
  LoadedModel,
  LocalGenerator,
  TokenMeter,
  Turn,
} from '../../main/inference/localGenerator.ts'

/** The model most tests pretend to have. */
export const fakeModel: LoadedModel = {
  modelId: 'fake',
  name: 'Fake',
  sha256: 'f'.repeat(64),
  contextTokens: 2048,
  mapContextTokens: 2048,
  mapSequences: 4,
  summaryMode: 'extractive',
  languages: ['en'],
}

/** What a script answers for a request: a text, or how the generation failed or ended. Deltas go to `listener.onText`. */
export type Script = (
  request: GenerationRequest,
  listener: GenerationListener,
) => string | Result<Generation> | Promise<string | Result<Generation>>

/** A generator and the requests it was given, in order of their start. */
export type FakeGenerator = LocalGenerator & {
  readonly requests: GenerationRequest[]
  /** How many generations ran at once at most. */
  readonly mostAtOnce: () => number
}

/** Makes one. A token is four characters; an aborted generation ends as `stopped` with no text. */
export function createFakeGenerator(script: Script = copyOpening, model: LoadedModel = fakeModel): FakeGenerator {
  const requests: GenerationRequest[] = []
  let running = 0
  let most = 0
  return {
    requests,
    mostAtOnce: () => most,
    load: () => Promise.resolve(ok(model)),
    generate: async (request, listener) => {
      requests.push(request)
      most = Math.max(most, (running += 1))
      const answer = await script(request, listener)
      running -= 1
      if (typeof answer !== 'string') return answer
      if (listener.signal.aborted) return ok({ text: '', reason: 'stopped', meter: meterOf(request, '') })
      listener.onText?.(answer)
      return ok({ text: answer, reason: 'complete', meter: meterOf(request, answer) })
    },
    preload: (_, turns) => Promise.resolve(ok(meterOf({ turns }, ''))),
    countTokens: (texts) => Promise.resolve(ok(texts.map(tokensOf))),
    countTurnTokens: (turns) => Promise.resolve(ok(turns.reduce((sum, turn) => sum + tokensOf(turn.text) + 4, 4))),
    embed: () => Promise.resolve(fail('unsupported-by-model', { feature: 'embedding' })),
  }
}

/** Answers like the starter model: the first three sentences of the fenced text, word for word. */
export function copyOpening(request: GenerationRequest): string {
  const sentences = fencedText(request).match(/[^.!?\n]+(?:[.!?]+|\n|$)/g) ?? []
  return sentences
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .slice(0, 3)
    .join(' ')
}

/** What stands between the document fences of the last turn. */
export function fencedText(request: GenerationRequest): string {
  return /<document>\n([\s\S]*)\n<\/document>/.exec(request.turns.at(-1)?.text ?? '')?.[1] ?? ''
}

/** Tokens the fake counts for a text. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / 4)
}

function meterOf(request: { readonly turns: readonly Turn[] }, answer: string): TokenMeter {
  const promptTokens = request.turns.reduce((sum, turn) => sum + tokensOf(turn.text) + 4, 4)
  return { promptTokens, evaluatedTokens: promptTokens, generatedTokens: tokensOf(answer) }
}
