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
  /** What the catalogue calls it; null for a model it does not know. */
  catalogueId: z.string().nullable(),
  /** Whether Sotto downloaded the file, and removing the model deletes it. */
  ours: z.boolean(),
  /** Whether it lies in this computer's folder of models for everybody: it is there by itself and cannot be removed here. */
  shared: z.boolean(),
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
    /** How many map steps are written side by side: measured on this computer, or assumed until then. */
    mapSequences: z.number().int().positive(),
    mapSequencesMeasured: z.boolean(),
    /** Plain reason key when fewer layers run on the GPU than exist; null when all do or no GPU was asked for. */
    fallback: z
      .enum(['no-gpu', 'self-test-failed', 'out-of-memory', 'crashed', 'lost', 'crash-loop', 'turned-off'])
      .nullable(),
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

/**
 * Whether a model suits this computer. `gpu`: all of it on the GPU; `gpu-part`: `gpuLayers` of `totalLayers` there;
 * `memory`: on the processor, well; `slow`: on the processor, under six tokens a second; `tight`: only with other
 * programs closed; `too-large`: not on this computer. `contextTokens` is the room it would have, `neededBytes` what it
 * takes with a small context. `exact` false: from the file's size alone, layers are then null.
 */
export const fitVerdict = z.strictObject({
  kind: z.enum(['gpu', 'gpu-part', 'memory', 'slow', 'tight', 'too-large']),
  contextTokens: count,
  neededBytes: count,
  availableBytes: count,
  totalBytes: count,
  gpuName: z.string().nullable(),
  gpuLayers: count.nullable(),
  totalLayers: count.nullable(),
  exact: z.boolean(),
})
export type FitVerdict = z.infer<typeof fitVerdict>

/** The licence of a model and whether it must be accepted before a download. */
export const modelLicence = z.strictObject({ id: z.string(), url: z.url(), mustAccept: z.boolean() })

/**
 * A model of the catalogue. `sha256` null: it is pinned at the first download, and `bytes` is about. `preferred` marks
 * the best choice for this computer, one at most.
 */
export const catalogueModel = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['chat', 'embedding']),
  repository: z.string(),
  file: z.string(),
  bytes: count,
  sha256: z.string().nullable(),
  licence: modelLicence,
  contextTokens: count,
  thinking: z.enum(['none', 'switch']),
  languages: z.array(z.string()),
  summaryMode,
  namesEntities: z.boolean(),
  verdict: fitVerdict,
  preferred: z.boolean(),
  installedModelId: z.string().nullable(),
})
export type CatalogueModel = z.infer<typeof catalogueModel>

/** A model looked at before it is downloaded. `sha256` null: not known before the whole file is here. */
export const modelFit = z.strictObject({
  name: z.string(),
  address: z.string(),
  bytes: count,
  sha256: z.string().nullable(),
  architecture: z.string(),
  parameters: count,
  contextTokens: count,
  verdict: fitVerdict,
})
export type ModelFit = z.infer<typeof modelFit>

/**
 * A download. `queued` waits its turn; `paused` by a person or because the app ended; `failed` says why and may be
 * resumed; `complete` has its model and the hash of what came, `pinned` when nobody knew that hash before. Speed and
 * time left are null where not known.
 */
export const modelDownload = z.strictObject({
  id: z.string(),
  name: z.string(),
  repository: z.string(),
  file: z.string(),
  state: z.enum(['queued', 'running', 'paused', 'failed', 'complete']),
  receivedBytes: count,
  totalBytes: count.nullable(),
  bytesPerSecond: count.nullable(),
  secondsLeft: count.nullable(),
  failure: storedFailure.nullable(),
  modelId: z.string().nullable(),
  sha256: z.string().nullable(),
  pinned: z.boolean(),
})
export type ModelDownload = z.infer<typeof modelDownload>

/** A catalogue id, `user/repo`, `user/repo/file.gguf`, or an address of a file in such a repository. */
const modelSource = z.string().min(1).max(2000)

/** Methods about models and the engine. */
export const modelContract = {
  'models.list': call(z.strictObject({}), z.array(modelRecord)),
  /**
   * Validates a GGUF file, hashes it and links it (never moves or copies it); progress while hashing. `name` is used
   * where the file has none. Failures: `model-left-out`, `model-invalid`, `model-not-allowed`, those of files.
   */
  'models.import': stream(
    z.strictObject({ path: z.string().min(1).max(4096), name: z.string().min(1).max(200).optional() }),
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('progress'), readBytes: count, totalBytes: count }),
      z.strictObject({
        type: z.literal('finished'),
        reason: z.enum(['complete', 'stopped']),
        model: modelRecord.nullable(),
      }),
    ]),
  ),
  /**
   * The catalogue with a verdict for this computer; asks nobody. The GPU is tried once for it, in a child; with `quick` it
   * is left out where it was not tried yet, and nothing is started.
   */
  'models.catalog': call(z.strictObject({ quick: z.boolean().default(false) }), z.array(catalogueModel)),
  /** Fetches a model's header and says whether it suits. Failures: `download-failed`, `model-invalid`, those of the way out. */
  'models.fit': call(z.strictObject({ source: modelSource }), modelFit),
  'models.downloads': call(z.strictObject({}), z.array(modelDownload)),
  /**
   * Queues a download; one that is there already is resumed. `anyway` also takes what is too large for this computer
   * or has changed since its hash was pinned.
   * Failures: `download-failed`, `licence-required`, `model-not-allowed`, `model-too-large`.
   */
  'models.download': call(
    z.strictObject({
      source: modelSource,
      acceptLicence: z.boolean().default(false),
      anyway: z.boolean().default(false),
    }),
    modelDownload,
  ),
  'models.pause-download': call(z.strictObject({ downloadId: z.string() }), modelDownload),
  'models.resume-download': call(z.strictObject({ downloadId: z.string() }), modelDownload),
  /** Ends a download and deletes what came of it; a complete one is only forgotten. */
  'models.cancel-download': call(z.strictObject({ downloadId: z.string() }), z.strictObject({})),
  /** Forgets a model; a linked file stays, a downloaded one is deleted. Fails with `not-found` for a shared one. */
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
export const modelEvents = {
  'models.engine-changed': engineState,
  'models.download-changed': modelDownload,
  /** Models came or went other than by a call of this window: ask for the list again. */
  'models.list-changed': z.strictObject({}),
} as const
