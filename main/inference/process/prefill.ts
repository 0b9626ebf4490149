// Evaluates a prompt in slices of our own, so that Stop works within a slice and progress is true.
import type { LlamaContextSequence, Token } from 'node-llama-cpp'

/** How far a prompt is to be read and what to do on the way. `between` runs before each slice. */
export type Reading = {
  readonly sequence: LlamaContextSequence
  readonly tokens: readonly Token[]
  readonly sliceTokens: number
  readonly signal: AbortSignal
  readonly between: () => Promise<void>
  readonly report: (evaluated: number, total: number) => void
}

/**
 * Brings a sequence to hold all of `tokens` but the last (which generation evaluates to get its first token). What the
 * sequence already holds is kept. Answers false when stopped; what was read then stays for the next attempt.
 */
export async function readPrompt(reading: Reading): Promise<boolean> {
  const { sequence, signal, sliceTokens } = reading
  const target = reading.tokens.slice(0, -1)
  await sequence.adaptStateToTokens(target, false)
  const start = sequence.nextTokenIndex
  const total = Math.max(0, target.length - start)
  if (total > 0) reading.report(0, total)
  for (let at = start; at < target.length; at += sliceTokens) {
    await reading.between()
    if (signal.aborted) return false
    const slice = target.slice(at, at + sliceTokens)
    await sequence.evaluateWithoutGeneratingNewTokens(slice)
    reading.report(at + slice.length - start, total)
  }
  if (total > 0 && sequence.needsCheckpoints) await sequence.takeCheckpoint()
  return !signal.aborted
}
