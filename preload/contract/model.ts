// Models: what is installed, what is loaded, how the engine is doing.
import { z } from 'zod'
import { call, stream } from './define.ts'
import { storedFailure } from './job.ts'
import { summaryMode } from './summary.ts'

const count = z.number().int().nonnegative()

/** An installed model. `sha256` is of the whole file; `contextTokens` is the true limit we use, not the header's claim. */
export const modelRecord = z.strictObject({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  bytes: count,
  sha256: z.string(),
  architecture: z.string(),
  parameters: z.number().nullable(),
  contextTokens: count,
  summaryMode,
  chatWrapper: z.enum(['catalogue', 'matched', 'needs-permission', 'allowed']),
  starter: z.boolean(),
  licence: z.string().nullable(),
})
export type ModelRecord = z.infer<typeof modelRecord>

/** How the engine is doing. `gpuLayers` of `totalLayers` run on the device named by `gpuName`. */
export const engineState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({ state: z.literal('loading'), modelId: z.string(), progress: z.number().min(0).max(1) }),
  z.strictObject({
    state: z.literal('ready'),
    modelId: z.string(),
    gpu: z.enum(['cpu', 'cuda', 'vulkan', 'metal']),
    gpuName: z.string().nullable(),
    gpuLayers: count,
    totalLayers: count,
    threads: z.number().int().positive(),
    contextTokens: count,
    /** Plain reason key when fewer layers run on the GPU than exist; null when all do or no GPU was asked for. */
    fallback: z.enum(['no-gpu', 'self-test-failed', 'out-of-memory', 'crashed', 'turned-off']).nullable(),
  }),
  z.strictObject({ state: z.literal('failed'), failure: storedFailure }),
])
export type EngineState = z.infer<typeof engineState>

/** Result of trying one GPU backend in a child process. */
export const gpuTest = z.strictObject({
  backend: z.enum(['cuda', 'vulkan', 'metal', 'cpu']),
  outcome: z.enum(['works', 'not-present', 'crashed', 'timed-out', 'failed']),
  deviceNames: z.array(z.string()),
  memoryBytes: count.nullable(),
})
export type GpuTest = z.infer<typeof gpuTest>

/** Methods about models and the engine. */
export const modelContract = {
  'models.list': call(z.strictObject({}), z.array(modelRecord)),
  /** Validates a GGUF file, hashes it and links it (never moves or copies it); progress while hashing. */
  'models.import': stream(
    z.strictObject({ path: z.string().min(1).max(4096) }),
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('progress'), readBytes: count, totalBytes: count }),
      z.strictObject({
        type: z.literal('finished'),
        reason: z.enum(['complete', 'stopped']),
        model: modelRecord.nullable(),
      }),
    ]),
  ),
  /** Forgets a linked model; the file stays. */
  'models.remove': call(z.strictObject({ modelId: z.string() }), z.strictObject({})),
  /** Lets the chat template inside a linked model's file run in the engine's process. Failure: `not-found`. */
  'models.allow-template': call(z.strictObject({ modelId: z.string() }), z.strictObject({})),
  'models.engine': call(z.strictObject({}), engineState),
  /** Loads the chosen model now instead of at first use. */
  'models.load': call(z.strictObject({}), engineState),
  'models.unload': call(z.strictObject({}), engineState),
  /** Tries every GPU backend this build carries, each in its own child. */
  'models.test-gpu': call(z.strictObject({}), z.array(gpuTest)),
} as const

/** Events about models and the engine. */
export const modelEvents = { 'models.engine-changed': engineState } as const
