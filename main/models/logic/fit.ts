// How much memory a model needs, and the largest context that fits; from the header alone, before anything is loaded.
import type { HeaderFacts } from './ggufHeader.ts'

/** Facts of a header that decide its memory. */
export type MemoryFacts = Pick<
  HeaderFacts,
  'blockCount' | 'keyValueHeads' | 'keyLength' | 'valueLength' | 'vocabularySize' | 'embeddingLength'
>

/** The context a model gets: tokens per chat sequence and per map sequence, and the bytes needed with the chat context open. */
export type Fit = { readonly contextTokens: number; readonly mapContextTokens: number; readonly neededBytes: number }

/** Conversations whose state the engine keeps at a time. */
export const keptConversations = 2
/** Map steps side by side. */
const mapSequences = 4

/** Bytes of the engine itself, seen without any model. */
export const engineBytes = 160 * 1024 * 1024
const batchTokens = 128
const steps = [
  131_072, 98_304, 65_536, 49_152, 32_768, 24_576, 16_384, 12_288, 8192, 6144, 4096, 3072, 2048, 1536, 1024, 512,
]
const largestMapContext = 4096

/** Bytes of key-value state per token and sequence: keys and values of every layer as 16-bit floats. */
export function stateBytesPerToken(facts: MemoryFacts): number {
  return facts.blockCount * facts.keyValueHeads * (facts.keyLength + facts.valueLength) * 2
}

/**
 * Bytes needed with `contextTokens` in each chat sequence: weights, state, the engine itself and its compute buffer
 * (logits of one batch, and eight activations per token). For the starter 220 MB, where the process was seen at 217 to
 * 226 MB on 2026-11-20.
 */
export function neededBytes(weightBytes: number, facts: MemoryFacts, contextTokens: number): number {
  const state = stateBytesPerToken(facts) * contextTokens * keptConversations
  return Math.ceil(weightBytes + state + computeBytes(facts) + engineBytes)
}

/** Bytes of the compute buffer: logits of one batch, and eight activations per token. */
export function computeBytes(facts: MemoryFacts): number {
  return batchTokens * (facts.vocabularySize + 8 * facts.embeddingLength) * 4
}

/**
 * The largest context up to `limitTokens` whose memory is available; when none is, the smallest with what it would
 * need. Map sequences come on demand and get what the chat context leaves.
 */
export function fitContext(
  weightBytes: number,
  facts: MemoryFacts,
  limitTokens: number,
  availableBytes: number,
): Fit & { readonly fits: boolean } {
  const candidates = [...new Set([limitTokens, ...steps.filter((tokens) => tokens < limitTokens)])]
  const smallest = candidates.at(-1) ?? limitTokens
  const chosen = candidates.find((tokens) => neededBytes(weightBytes, facts, tokens) <= availableBytes)
  const contextTokens = chosen ?? smallest
  const needed = neededBytes(weightBytes, facts, contextTokens)
  return {
    contextTokens,
    mapContextTokens: mapContext(facts, contextTokens, availableBytes - needed),
    neededBytes: needed,
    fits: chosen !== undefined,
  }
}

function mapContext(facts: MemoryFacts, contextTokens: number, leftBytes: number): number {
  const largest = Math.min(contextTokens, largestMapContext)
  const candidates = [largest, ...steps.filter((tokens) => tokens < largest)]
  const each = stateBytesPerToken(facts) * mapSequences
  return candidates.find((tokens) => tokens * each <= leftBytes) ?? candidates.at(-1) ?? largest
}
