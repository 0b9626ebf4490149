// Every message between the app and its inference process, parsed at both ends.
import { z } from 'zod'
import { storedFailure } from '#contract/job.ts'
import { gpuTest } from '#contract/model.ts'

const count = z.number().int().nonnegative()
const id = z.number().int().positive()

/** GPU backends the engine can be built for. */
export const gpuBackend = z.enum(['cuda', 'vulkan', 'metal'])
export type GpuBackend = z.infer<typeof gpuBackend>

/** What runs on the GPU: nothing, as many layers as fit beside the context, or a stated number. */
export const gpuChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('auto'), backend: gpuBackend }),
  z.strictObject({ kind: z.literal('layers'), backend: gpuBackend, layers: count }),
])
export type GpuChoice = z.infer<typeof gpuChoice>

const wrapper = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('jinja'), template: z.string() }),
  z.strictObject({ kind: z.literal('builtin'), name: z.string() }),
  z.strictObject({ kind: z.literal('embedded') }),
])

const turn = z.strictObject({ role: z.enum(['system', 'person', 'assistant']), text: z.string() })
const lane = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('chat'), conversationId: z.string() }),
  /** One of so many sequences that write side by side. */
  z.strictObject({ kind: z.literal('map'), sequences: z.number().int().min(1).max(16) }),
])

/** Tokens of a generation: see `TokenMeter`. */
export const tokenMeter = z.strictObject({ promptTokens: count, evaluatedTokens: count, generatedTokens: count })

/** From the app. Every message has its own `id`; replies repeat it. `threads` is always set. */
export const inferenceRequest = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('load'),
    id,
    path: z.string(),
    gpu: gpuChoice,
    contextTokens: z.number().int().min(64),
    mapContextTokens: z.number().int().min(64),
    threads: z.number().int().min(1).max(256),
    sequences: z.strictObject({ chat: z.number().int().min(1).max(16) }),
    wrapper,
  }),
  z.strictObject({ type: z.literal('unload'), id }),
  z.strictObject({
    type: z.literal('generate'),
    id,
    lane,
    turns: z.array(turn).min(1),
    maxTokens: z.number().int().min(1),
    temperature: z.number().min(0),
    seed: count,
    jsonSchema: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({ type: z.literal('preload'), id, conversationId: z.string(), turns: z.array(turn).min(1) }),
  z.strictObject({ type: z.literal('count-tokens'), id, texts: z.array(z.string()) }),
  z.strictObject({ type: z.literal('count-turn-tokens'), id, turns: z.array(turn) }),
  z.strictObject({ type: z.literal('embed'), id, texts: z.array(z.string()) }),
  /** Evaluates with at most so many threads from now on; more than it was loaded with change nothing. */
  z.strictObject({ type: z.literal('limit-threads'), id, threads: z.number().int().min(1).max(256) }),
  /** Ends the request `target` early; it still answers. */
  z.strictObject({ type: z.literal('abort'), id, target: id }),
  z.strictObject({ type: z.literal('ping'), id }),
  /** Loads the backend, and with `modelPath` a layer of that model, and runs it. */
  z.strictObject({
    type: z.literal('test-gpu'),
    id,
    backend: z.enum(['cuda', 'vulkan', 'metal', 'cpu']),
    modelPath: z.string().nullable(),
  }),
  /** Measures the loaded model at each number of threads and keeps the best. */
  z.strictObject({ type: z.literal('calibrate'), id, candidates: z.array(z.number().int().min(1)).min(1) }),
  /** Measures the loaded model on each number of sequences side by side, for about so long. */
  z.strictObject({
    type: z.literal('measure-sequences'),
    id,
    candidates: z.array(z.number().int().min(1).max(16)).min(1),
    budgetMilliseconds: count,
  }),
  z.strictObject({ type: z.literal('match-wrapper'), id, template: z.string(), architecture: z.string() }),
])
export type InferenceRequest = z.infer<typeof inferenceRequest>

/** A request as its caller writes it, before it gets an id. */
export type InferenceOrder = InferenceRequest extends infer Each
  ? Each extends InferenceRequest
    ? Omit<Each, 'id'>
    : never
  : never

/** What is loaded: layers on the GPU of all, sequences' real size, threads in use. */
export const loadedInfo = z.strictObject({
  /** The library's version. */
  engine: z.string(),
  gpu: z.enum(['cpu', 'cuda', 'vulkan', 'metal']),
  gpuName: z.string().nullable(),
  gpuLayers: count,
  totalLayers: count,
  threads: z.number().int().positive(),
  contextTokens: count,
})
export type LoadedInfo = z.infer<typeof loadedInfo>

/** To the app. `loading`, `reading` and `text` may come many times; the others end their request. */
export const inferenceReply = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('loading'), id, progress: z.number().min(0).max(1) }),
  z.strictObject({ type: z.literal('loaded'), id, info: loadedInfo }),
  z.strictObject({ type: z.literal('unloaded'), id }),
  z.strictObject({ type: z.literal('threads-limited'), id }),
  /** Prompt tokens evaluated so far of those that were not reused. */
  z.strictObject({ type: z.literal('reading'), id, evaluated: count, total: count }),
  z.strictObject({ type: z.literal('text'), id, delta: z.string() }),
  z.strictObject({
    type: z.literal('finished'),
    id,
    reason: z.enum(['complete', 'stopped', 'length']),
    meter: tokenMeter,
  }),
  z.strictObject({ type: z.literal('counts'), id, counts: z.array(count) }),
  z.strictObject({ type: z.literal('vectors'), id, vectors: z.array(z.instanceof(Float32Array)) }),
  z.strictObject({ type: z.literal('gpu-tested'), id, test: gpuTest }),
  z.strictObject({
    type: z.literal('calibrated'),
    id,
    threads: z.number().int().positive(),
    tokensPerSecond: z.number(),
  }),
  z.strictObject({
    type: z.literal('sequences-measured'),
    id,
    speeds: z.array(z.strictObject({ sequences: z.number().int().positive(), tokensPerSecond: z.number().positive() })),
  }),
  z.strictObject({ type: z.literal('wrapper'), id, name: z.string().nullable() }),
  z.strictObject({ type: z.literal('failed'), id, failure: storedFailure }),
  z.strictObject({ type: z.literal('pong'), id }),
  /** The engine's own log, reduced to how often it spoke at which level. */
  z.strictObject({ type: z.literal('engine-log'), level: z.enum(['warn', 'error']), count }),
])
export type InferenceReply = z.infer<typeof inferenceReply>
