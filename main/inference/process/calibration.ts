// Measures the loaded model at several numbers of threads.
import { bestThreads } from '../logic/threads.ts'
import type { LoadedModel } from './loadedModel.ts'

const promptTokens = 64
const generatedTokens = 24

/**
 * Generates a few tokens at each number of threads, fewest first, and answers the one that pays. `onStep` tells how
 * many are done. Aborting ends early with the best so far.
 */
export async function calibrate(
  loaded: LoadedModel,
  candidates: readonly number[],
  signal: AbortSignal,
  onStep: (done: number) => void,
): Promise<{ readonly threads: number; readonly tokensPerSecond: number }> {
  const measured: { threads: number; tokensPerSecond: number }[] = []
  const before = loaded.parts.llama.maxThreads
  for (const threads of candidates.toSorted((a, b) => a - b)) {
    if (signal.aborted) break
    measured.push({ threads, tokensPerSecond: await speedAt(loaded, threads) })
    onStep(measured.length)
  }
  loaded.parts.llama.maxThreads = before
  return bestThreads(measured)
}

async function speedAt(loaded: LoadedModel, threads: number): Promise<number> {
  const { llama, model } = loaded.parts
  llama.maxThreads = threads
  const context = await model.createContext({ contextSize: 256, batchSize: promptTokens, threads })
  try {
    const text = model.tokenize('The report describes what was measured and why. '.repeat(12)).slice(0, promptTokens)
    const tokens = context.getSequence().evaluate(text, { temperature: 0 })
    await tokens.next()
    const begun = performance.now()
    let generated = 0
    while (generated < generatedTokens && !(await tokens.next()).done) generated++
    return (generated * 1000) / Math.max(1, performance.now() - begun)
  } finally {
    await context.dispose()
  }
}
