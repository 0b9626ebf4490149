// One generation on one lane: the prompt in slices, then the answer token by token, never past the context.
import type { ChatHistoryItem, LlamaChatResponse, LlamaGrammar, Token } from 'node-llama-cpp'
import { fail, ok, type Result } from '#contract/result.ts'
import type { TokenMeter } from '../localGenerator.ts'
import { DeltaStream } from './deltaStream.ts'
import { readPrompt } from './prefill.ts'
import type { Lane } from './sequences.ts'

/** What to generate. `tokens` is `history` as the wrapper writes it. `grammar` binds the output. */
export type Prompt = {
  readonly history: ChatHistoryItem[]
  readonly tokens: readonly Token[]
  readonly maxTokens: number
  readonly temperature: number
  readonly seed: number
  readonly grammar: LlamaGrammar | null
}

/** When a lane may read its prompt and when it may write its answer; each runs its work then. */
export type Pace = {
  read<T>(work: () => Promise<T>): Promise<T>
  write<T>(work: () => Promise<T>): Promise<T>
}

/** How the work meets the rest of the process. */
export type Conduct = {
  readonly contextTokens: number
  readonly sliceTokens: number
  readonly signal: AbortSignal
  readonly between: () => Promise<void>
  readonly pace: Pace
  readonly onReading: (evaluated: number, total: number) => void
  readonly onText: (delta: string) => void
}

/** How it ended; the text went out through `onText`. */
export type Ending = { readonly reason: 'complete' | 'stopped' | 'length'; readonly meter: TokenMeter }

/** The engine keeps a token or two of a sequence to itself. */
const spareTokens = 2

/**
 * Generates. A prompt that leaves no room for `maxTokens` fails with `context-full` before anything is evaluated;
 * nothing is ever shifted out or cut. Stopping is an ending, with the text written so far.
 */
export async function generate(lane: Lane, prompt: Prompt, conduct: Conduct): Promise<Result<Ending>> {
  const { sequence } = lane
  const promptTokens = prompt.tokens.length
  const room = Math.min(prompt.maxTokens, sequence.contextSize - promptTokens - spareTokens)
  const neededTokens = promptTokens + prompt.maxTokens
  if (neededTokens > conduct.contextTokens || room < 1) {
    return fail('context-full', {
      neededTokens,
      contextTokens: conduct.contextTokens,
      reservedTokens: prompt.maxTokens,
    })
  }
  const before = sequence.tokenMeter.getState()
  const end = (reason: Ending['reason']): Result<Ending> => {
    const used = sequence.tokenMeter.diff(before)
    // The prompt's last token is metered as output: the engine asks it for the first token of the answer.
    const evaluatedTokens = used.usedInputTokens + Math.min(1, used.usedOutputTokens)
    return ok({ reason, meter: { promptTokens, evaluatedTokens, generatedTokens: used.usedOutputTokens } })
  }
  const { pace, onReading: report } = conduct
  const read = await pace.read(() => readPrompt({ ...conduct, sequence, tokens: prompt.tokens, report }))
  if (!read) return end('stopped')
  return end(await pace.write(() => write(lane, prompt, conduct, room)))
}

async function write(lane: Lane, prompt: Prompt, conduct: Conduct, maxTokens: number): Promise<Ending['reason']> {
  const deltas = new DeltaStream(conduct.onText)
  const overflow = new AbortController()
  try {
    const response = await lane.chat.generateResponse(prompt.history, {
      maxTokens,
      temperature: prompt.temperature,
      seed: prompt.seed,
      topK: 40,
      topP: 0.95,
      minP: 0.05,
      repeatPenalty: false,
      ...(prompt.grammar === null ? {} : { grammar: prompt.grammar }),
      signal: AbortSignal.any([conduct.signal, overflow.signal]),
      stopOnAbortSignal: true,
      onTextChunk: (text) => deltas.push(text),
      contextShift: { strategy: () => refuseShift(overflow) },
    })
    return overflow.signal.aborted ? 'length' : reasonOf(response)
  } catch (error) {
    // The engine throws when it is stopped before the first token; that is an ending too.
    if (overflow.signal.aborted) return 'length'
    if (conduct.signal.aborted) return 'stopped'
    throw error
  } finally {
    deltas.end()
  }
}

/** The room for the answer is reckoned so that the engine never has to shift; should it want to, the answer ends there. */
function refuseShift(overflow: AbortController): never {
  overflow.abort()
  throw new Error('the context is full')
}

function reasonOf(response: LlamaChatResponse): Ending['reason'] {
  switch (response.metadata.stopReason) {
    case 'abort':
      return 'stopped'
    case 'maxTokens':
      return 'length'
    case 'eogToken':
    case 'stopGenerationTrigger':
    case 'customStopTrigger':
    case 'functionCalls':
      return 'complete'
  }
}
