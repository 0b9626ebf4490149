// Measures how fast the loaded model writes on several sequences side by side.
import { freemem } from 'node:os'
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp'
import type { SequenceSpeed } from '../logic/mapSequences.ts'
import type { Library } from './library.ts'

const contextTokens = 256
/** So many sequences have their memory reckoned in whenever a model is chosen. */
const alwaysAffordable = 4
/** More than those may take this share of the memory that is free. */
const shareOfFreeMemory = 1 / 4
const fewestRounds = 2
const mostRounds = 8
/** A batch that would take longer than this is not tried: a person who asks something meanwhile waits for one batch. */
const longestBatchMilliseconds = 2000

/** As many of the wanted sequences of a context as memory allows, halved until they fit. */
export async function affordableSequences(model: LlamaModel, wanted: number, contextSize: number): Promise<number> {
  let sequences = wanted
  while (sequences > alwaysAffordable) {
    const need = await model.fileInsights.estimateContextResourceRequirementsV2({
      contextSize,
      sequences,
      batchSize: 128,
      modelGpuLayers: model.gpuLayers,
    })
    const vram = await model.llama.getVramState().catch(() => null)
    const fitsVram = need.gpuVram === 0 || (vram !== null && need.gpuVram < vram.free * shareOfFreeMemory)
    if (fitsVram && need.cpuRam < freemem() * shareOfFreeMemory) break
    sequences = Math.floor(sequences / 2)
  }
  return sequences
}

/**
 * Writes a token on so many sequences at once, for each of `candidates`, in rounds until `budgetMilliseconds` are spent,
 * at least two; answers the medians, fewest first. Tokens are fed and sampled as in an answer, and thrown away. Aborting
 * ends it within a batch and answers nothing. Needs memory for a small context; lacking it, it answers nothing too.
 */
export async function sequenceSpeeds(
  { library, model, threads }: { readonly library: Library; readonly model: LlamaModel; readonly threads: number },
  candidates: readonly number[],
  budgetMilliseconds: number,
  signal: AbortSignal,
): Promise<readonly SequenceSpeed[]> {
  try {
    const most = await affordableSequences(model, Math.max(...candidates), contextTokens)
    const context = await model.createContext({
      sequences: most,
      contextSize: contextTokens,
      batchSize: 128,
      threads,
      failedCreationRemedy: false,
    })
    try {
      const sequences = Array.from({ length: most }, () => context.getSequence())
      const within = candidates.filter((count) => count <= most)
      return await measure(sequences, tokensOf(model), within, budgetMilliseconds, signal)
    } finally {
      await context.dispose()
    }
  } catch (error) {
    if (error instanceof library.InsufficientMemoryError) return []
    throw error
  }
}

async function measure(
  sequences: readonly LlamaContextSequence[],
  tokens: readonly Token[],
  candidates: readonly number[],
  budgetMilliseconds: number,
  signal: AbortSignal,
): Promise<readonly SequenceSpeed[]> {
  let tried = candidates.toSorted((a, b) => a - b)
  const times = new Map<number, number[]>(tried.map((count) => [count, []]))
  const begun = performance.now()
  // The first batch warms up and is not counted.
  await step(sequences.slice(0, 1), tokens[0])
  for (let round = 0; round < mostRounds; round++) {
    if (round >= fewestRounds && performance.now() - begun > budgetMilliseconds) break
    for (const count of tried) {
      if (signal.aborted) return []
      const milliseconds = await step(sequences.slice(0, count), tokens[(round + count) % tokens.length])
      times.get(count)?.push(milliseconds)
      if (milliseconds * 2 <= longestBatchMilliseconds) continue
      tried = tried.filter((other) => other <= count)
      break
    }
  }
  return tried.map((count) => ({ sequences: count, tokensPerSecond: (count * 1000) / median(times.get(count) ?? []) }))
}

/** One token on each sequence, in one batch; milliseconds. */
async function step(sequences: readonly LlamaContextSequence[], token: Token | undefined): Promise<number> {
  if (token === undefined) throw new Error('a text without tokens')
  const begun = performance.now()
  const next = { generateNext: { token: true, options: { temperature: 0 } } }
  await Promise.all(sequences.map((sequence) => sequence.controlledEvaluate([[token, next]])))
  return performance.now() - begun
}

function tokensOf(model: LlamaModel): readonly Token[] {
  return model.tokenize('The report describes what was measured, where, and why.').slice(0, 8)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.max(0.001, sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.POSITIVE_INFINITY)
}
