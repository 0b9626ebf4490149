// This computer: what its GPU does and why not more, how fast each model is on it, and a report for support.
import { z } from 'zod'
import { call, commandLineOnly, stream } from './define.ts'
import { gpuTest } from './model.ts'

const count = z.number().int().nonnegative()

/** What a model can run on. */
export const device = z.enum(['cpu', 'cuda', 'vulkan', 'metal'])
export type Device = z.infer<typeof device>

/** What a person, or the policy, wants a model to run on; `auto` is the first backend that passes its test. */
export const deviceWish = z.enum(['auto', 'cpu', 'cuda', 'vulkan', 'metal'])
export type DeviceWish = z.infer<typeof deviceWish>

/**
 * Why not all layers run on a GPU. `out-of-memory`: the rest did not fit; `crashed`: the driver ended the engine;
 * `lost`: the device went away in the middle; `crash-loop`: it crashed too often and is not tried again until a person
 * says so; `not-for-model`: this model is faster without.
 */
export const gpuReason = z.enum([
  'no-gpu',
  'self-test-failed',
  'out-of-memory',
  'crashed',
  'lost',
  'crash-loop',
  'turned-off',
  'not-for-model',
])
export type GpuReason = z.infer<typeof gpuReason>

/** A way a model ran: so many layers of so many on a device. `deviceName` is null on the processor. */
export const deviceState = z.strictObject({
  device,
  deviceName: z.string().nullable(),
  gpuLayers: count,
  totalLayers: count,
})
export type DeviceState = z.infer<typeof deviceState>

/**
 * What the GPU does for the chosen model. `known`: `running` it is loaded so; `remembered` it ran so last time on this
 * device and driver; `unknown` nothing was tried yet, then `state` is null. Sentences lie under `gpu.*` in
 * `resources/locales/{en,de}.json`: `gpu.all|part|none` with device, name and layers, then `gpu.why.<reason>`.
 */
export const gpuPanel = z.strictObject({
  modelId: z.string().nullable(),
  known: z.enum(['running', 'remembered', 'unknown']),
  state: deviceState.nullable(),
  /** Null when every layer runs on a GPU, or nothing was tried. */
  reason: gpuReason.nullable(),
  wish: deviceWish,
  /** Whether the organisation decided `wish`. */
  wishLocked: z.boolean(),
  /** Backends this platform can have, best first, the processor last; what `machine.use` takes besides `auto`. */
  devices: z.array(device),
  /** Outcomes of the last test in this run, in the same order; empty before the first. */
  tests: z.array(gpuTest),
  testedAt: z.iso.datetime().nullable(),
  /** The last way in which this model finished work on a GPU; null when it never did. */
  lastWorking: deviceState.extend({ at: z.iso.datetime() }).nullable(),
  /** Whether `machine.restore-last-working` would change anything. */
  canRestore: z.boolean(),
  threads: count,
  /** Null where the system does not say. */
  onBattery: z.boolean().nullable(),
  /** Whether fewer threads are in use because of the battery. */
  savesBattery: z.boolean(),
})
export type GpuPanel = z.infer<typeof gpuPanel>

/** What became of the facts of our small set of texts in a model's summaries of them. */
export const measuredQuality = z.strictObject({
  texts: count,
  /** Facts asked for, and of them found again. */
  facts: count,
  kept: count,
  /** Numbers in the summaries that stand in none of the texts. */
  invented: count,
  /** Summaries that came out empty or ran on to their limit. */
  unusable: count,
  /** `extractive`: the model copies sentences; what it leaves out counts, what it says is the text's own. */
  mode: z.enum(['free', 'extractive']),
})
export type MeasuredQuality = z.infer<typeof measuredQuality>

/**
 * One model measured on this computer. Speeds are tokens per second, null where too few tokens came to tell.
 * `memoryBytes` is the most the engine's process held (memory on a GPU is not in it); null where the system does not
 * say. `current` false: measured with another version of Sotto or the engine, or on another device than now.
 */
export const measurement = z.strictObject({
  modelId: z.string(),
  modelName: z.string(),
  modelSha256: z.string(),
  readTokensPerSecond: z.number().nonnegative().nullable(),
  writeTokensPerSecond: z.number().nonnegative().nullable(),
  memoryBytes: count.nullable(),
  quality: measuredQuality,
  state: deviceState,
  threads: count,
  contextTokens: count,
  appVersion: z.string(),
  engineVersion: z.string(),
  measuredAt: z.iso.datetime(),
  current: z.boolean(),
})
export type Measurement = z.infer<typeof measurement>

/** Items of a measuring. `done` of `total` are steps of a stage. */
export const measureItem = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    stage: z.enum(['loading', 'speed', 'quality']),
    done: count,
    total: count,
  }),
  z.strictObject({
    type: z.literal('finished'),
    reason: z.enum(['complete', 'stopped']),
    measurement: measurement.nullable(),
  }),
])
export type MeasureItem = z.infer<typeof measureItem>

/** A report for support before it is written: all of its text, and what is in it part by part. */
export const supportBundle = z.strictObject({
  /** Of `text`; names exactly this report when it is written. */
  sha256: z.string(),
  bytes: count,
  /** Words for a part lie under `bundle.parts.<name>`; `entries` is how many things it lists. */
  parts: z.array(
    z.strictObject({
      name: z.enum([
        'versions',
        'machine',
        'settings',
        'checks',
        'models',
        'gpu',
        'measurements',
        'counts',
        'failures',
      ]),
      entries: count,
      bytes: count,
    }),
  ),
  /** JSON, two spaces deep. */
  text: z.string(),
})
export type SupportBundle = z.infer<typeof supportBundle>

/** Methods about this computer. */
export const machineContract = {
  /** What the GPU does for the chosen model; tries nothing. */
  'machine.gpu': call(z.strictObject({}), gpuPanel),
  /** Tries every backend anew, each in its own child, and forgets what failed before for the chosen model. */
  'machine.test-gpu': stream(
    z.strictObject({}),
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('tested'), test: gpuTest, done: count, total: count }),
      z.strictObject({
        type: z.literal('finished'),
        reason: z.enum(['complete', 'stopped']),
        gpu: gpuPanel,
      }),
    ]),
  ),
  /** Says what models are to run on, from the next request on; what is running ends as stopped. Failure: `setting-locked`. */
  'machine.use': call(z.strictObject({ device: deviceWish }), gpuPanel),
  /** Goes back to `lastWorking`. Failures: `not-found` (`gpu-state`) when there is none, `setting-locked`. */
  'machine.restore-last-working': call(z.strictObject({}), gpuPanel),
  /** Every installed model that was measured, fastest writing first. */
  'machine.measurements': call(z.strictObject({}), z.array(measurement)),
  /**
   * Measures an installed model in a process of its own, about a minute. Failures: `not-found` (`model`),
   * `machine-busy` while an answer, a summary or another measuring goes on, and those of loading a model.
   */
  'machine.measure': stream(z.strictObject({ modelId: z.string() }), measureItem),
  /** Makes a report for support and shows it; writes nothing. Without texts, names, paths, keys and addresses. */
  'diagnostics.bundle': call(z.strictObject({}), supportBundle),
  /**
   * Writes the report that was shown last to a new file. Failures: `not-found` (`report`) when `sha256` is another's,
   * `file-exists`, `file-unwritable`.
   */
  'diagnostics.write-bundle': commandLineOnly(
    call(z.strictObject({ sha256: z.string(), path: z.string().min(1).max(4096) }), z.strictObject({ bytes: count })),
  ),
} as const

/** Events about this computer. */
export const machineEvents = {
  /** The GPU does something else than before; `reason` says why where it does less. */
  'machine.gpu-changed': gpuPanel,
} as const
