// What features may ask of the model on this computer. Titles, gists, embeddings and redaction take this type and nothing wider.
import type { EngineState } from '#contract/model.ts'
import type { Result } from '#contract/result.ts'
import type { SummaryMode } from '#contract/summary.ts'
import type { SequenceSpeed } from './logic/mapSequences.ts'

export type { SequenceSpeed } from './logic/mapSequences.ts'

/** One turn as the model sees it. */
export type Turn = { readonly role: 'system' | 'person' | 'assistant'; readonly text: string }

/** The model in use. `sha256` of the whole file; `contextTokens` is what one sequence holds. */
export type LoadedModel = {
  readonly modelId: string
  readonly name: string
  readonly sha256: string
  readonly contextTokens: number
  readonly mapContextTokens: number
  /** How many map steps it does side by side; more would wait. */
  readonly mapSequences: number
  readonly summaryMode: SummaryMode
  readonly languages: readonly string[]
}

/** Which sequences serve a request: a conversation's own (kept for reuse), or any of the map sequences. */
export type Lane = { readonly kind: 'chat'; readonly conversationId: string } | { readonly kind: 'map' }

/**
 * One generation. The last turn is the person's, or the beginning of the answer that is to go on from there. `maxTokens`
 * is always set; temperature 0 is greedy.
 */
export type GenerationRequest = {
  readonly lane: Lane
  readonly turns: readonly Turn[]
  readonly maxTokens: number
  readonly temperature: number
  readonly seed: number
  /** The model that must answer although another is chosen; `model-missing` where it is gone. */
  readonly modelId?: string
  /** A JSON schema the output must follow. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>
}

/** Counts of one generation: tokens of the prompt, of them evaluated now (the rest was reused), and generated. */
export type TokenMeter = {
  readonly promptTokens: number
  readonly evaluatedTokens: number
  readonly generatedTokens: number
}

/** How a generation ended. Stopping is an outcome: `text` is what was written until then. */
export type Generation = {
  readonly text: string
  readonly reason: 'complete' | 'stopped' | 'length'
  readonly meter: TokenMeter
}

/** Called as things move. `onText` gets deltas; `onReading` gets prompt tokens evaluated so far of those needed. */
export type GenerationListener = {
  readonly signal: AbortSignal
  readonly onText?: (delta: string) => void
  readonly onReading?: (evaluatedTokens: number, totalTokens: number) => void
}

/**
 * The model on this computer. Every method loads the chosen model first if need be, or the one named by `modelId`. Failures: `model-not-installed`,
 * `model-missing`, `model-invalid`, `model-load-failed`, `engine-crashed`, `engine-hung`, `engine-unavailable`,
 * `engine-out-of-memory`, `context-full`, `unsupported-by-model`. After any of them the next request works again
 * unless the cause persists.
 */
export type LocalGenerator = {
  /** Loads the model. */
  load(signal: AbortSignal, modelId?: string): Promise<Result<LoadedModel>>
  generate(request: GenerationRequest, listener: GenerationListener): Promise<Result<Generation>>
  /** Evaluates turns into a conversation's sequence without generating; nothing is returned but the meter. */
  preload(conversationId: string, turns: readonly Turn[], signal: AbortSignal): Promise<Result<TokenMeter>>
  /** Token counts of plain texts, in order. */
  countTokens(texts: readonly string[], modelId?: string): Promise<Result<readonly number[]>>
  /** Tokens the turns take with the model's chat wrapper, opening of the answer included. */
  countTurnTokens(turns: readonly Turn[], modelId?: string): Promise<Result<number>>
  /** One vector per text, from a model that can embed. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Result<readonly Float32Array[]>>
}

/** The engine as models and diagnostics see it. */
export type EngineControl = {
  state(): EngineState
  unload(): Promise<void>
}

/** How turns become the model's own format: our template, one of the engine's own wrappers, or the file's template. */
export type WrapperSpec =
  | { readonly kind: 'jinja'; readonly template: string }
  | { readonly kind: 'builtin'; readonly name: string }
  /** Only after the person allowed it: the file's template is code of whoever made the file. */
  | { readonly kind: 'embedded' }

/**
 * A validated model file and how to load it. `threads` 0: measured or computed, never the library's default;
 * `calibratedThreads` is what the catalogue measured. `gpu` `unused` means the model gains nothing from one; a backend
 * means that one or the processor.
 */
export type ModelToLoad = {
  readonly modelId: string
  readonly name: string
  readonly path: string
  readonly sha256: string
  readonly contextTokens: number
  /** The largest context this model could have here; absent where nobody reckoned it. */
  readonly largestContextTokens?: number
  readonly mapContextTokens: number
  readonly summaryMode: SummaryMode
  readonly languages: readonly string[]
  readonly wrapper: WrapperSpec
  readonly threads: number
  readonly calibratedThreads: number | null
  readonly gpu: 'auto' | 'off' | 'cuda' | 'vulkan' | 'metal' | 'unused'
  readonly totalLayers: number
}

/** Asks the engine whether a chat template equals one of its own wrappers. */
export type WrapperMatcher = {
  /** The name of the engine's wrapper that writes the same as `template` would, or null. Failures: `engine-crashed`, `engine-hung`, `engine-unavailable`. */
  matchWrapper(template: string, architecture: string): Promise<Result<string | null>>
}

/** Measured thread counts by model and computer; failures of the store are its own to log. */
export type Calibrations = {
  get(modelSha256: string, machine: string): Promise<number | null>
  set(modelSha256: string, machine: string, threads: number, tokensPerSecond: number): Promise<void>
}

/** Speeds by model and conditions (computer, device, threads, versions); failures of the store are its own to log. */
export type SequenceSpeeds = {
  get(modelSha256: string, conditions: string): Promise<readonly SequenceSpeed[] | null>
  set(modelSha256: string, conditions: string, speeds: readonly SequenceSpeed[]): Promise<void>
}
