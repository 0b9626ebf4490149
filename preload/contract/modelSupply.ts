// Where models come from besides the catalogue: other programs' folders, repositories by name, packs, signed lists.
import { z } from 'zod'
import { call, commandLineOnly, stream } from './define.ts'
import { storedFailure } from './job.ts'
import { fitVerdict, modelLicence, modelRecord } from './model.ts'

const count = z.number().int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const path = z.string().min(1).max(4096)

/** A program whose models Sotto can find; `shared` is this computer's folder of models for everybody. */
export const modelPeer = z.enum(['lm-studio', 'ollama', 'jan', 'gpt4all', 'hugging-face', 'shared'])
export type ModelPeer = z.infer<typeof modelPeer>

/**
 * Why a file is shown but cannot be used: one part of several (the first part's name is in `name`), the picture half of
 * a model, an addition to another model, an unfinished download, no GGUF file, one that its program lists but that is
 * not there, or one outside the program's folder.
 */
export const leftOutReason = z.enum([
  'multi-part',
  'projector',
  'adapter',
  'unfinished',
  'not-gguf',
  'missing',
  'outside',
])
export type LeftOutReason = z.infer<typeof leftOutReason>

/**
 * A model file of another program. `path` goes into `models.import` together with `name`. `modelId` is the installed
 * model of the same file or, where the program names its hash, of the same content; null when it is not linked yet.
 */
export const foundModel = z.strictObject({
  peer: modelPeer,
  name: z.string(),
  path: z.string(),
  bytes: count,
  leftOut: leftOutReason.nullable(),
  modelId: z.string().nullable(),
})
export type FoundModel = z.infer<typeof foundModel>

/** What a look into a folder came to. `more`: it holds more files than are looked at. */
export const searchedFolder = z.strictObject({
  peer: modelPeer,
  path: z.string(),
  state: z.enum(['read', 'more', 'unreadable']),
})
export type SearchedFolder = z.infer<typeof searchedFolder>

/**
 * A model file of a repository, judged by its size. `sha256` as the hub states it, null where it does not.
 * `quantisation` is read from the name (`Q4_K_M`), null where it has none. `preferred` marks the one that is taken when
 * only the repository is named, one at most.
 */
export const repositoryModel = z.strictObject({
  file: z.string(),
  bytes: count,
  sha256: sha256.nullable(),
  quantisation: z.string().nullable(),
  leftOut: leftOutReason.nullable(),
  verdict: fitVerdict.nullable(),
  preferred: z.boolean(),
})
export type RepositoryModel = z.infer<typeof repositoryModel>

/**
 * Which catalogue is in force. `built-in` came with the app; `policy` and `mirror` are signed replacements. `refused`
 * says why a replacement that is there is not used; then the built-in one is.
 */
export const catalogueState = z.strictObject({
  source: z.enum(['built-in', 'policy', 'mirror']),
  version: count,
  /** When a replacement ends (RFC 3339); null for the built-in one. */
  expires: z.string().nullable(),
  refused: storedFailure.nullable(),
})
export type CatalogueState = z.infer<typeof catalogueState>

/** A model inside a pack; `file` is its name in the pack's folder, `catalogueId` what the catalogue calls it. */
export const packedModel = z.strictObject({
  name: z.string(),
  file: z.string(),
  bytes: count,
  sha256,
  catalogueId: z.string().nullable(),
  licence: modelLicence.nullable(),
})
export type PackedModel = z.infer<typeof packedModel>

/** A pack that was looked at. `signed` by the key of the organisation's policy; unsigned packs are refused where it has one. */
export const packReport = z.strictObject({
  created: z.string(),
  appVersion: z.string(),
  signed: z.boolean(),
  models: z.array(packedModel),
})
export type PackReport = z.infer<typeof packReport>

const packProgress = z.strictObject({ type: z.literal('progress'), readBytes: count, totalBytes: count })

/** Methods about where models come from. */
export const modelSupplyContract = {
  /** Looks for models in other programs' folders and the shared one; reads names and lists, changes nothing there. */
  'models.scan': call(
    z.strictObject({}),
    z.strictObject({ folders: z.array(searchedFolder), models: z.array(foundModel) }),
  ),
  /**
   * The GGUF files of `user/repo`, asked of the hub or the mirror. Failures: `download-failed`, those of the way out.
   */
  'models.files': call(
    z.strictObject({ repository: z.string().min(1).max(2000) }),
    z.strictObject({ repository: z.string(), files: z.array(repositoryModel) }),
  ),
  'models.catalogue-state': call(z.strictObject({}), catalogueState),
  /** Fetches the mirror's signed catalogue. Failures: `catalogue-refused`, `download-failed`, those of the way out. */
  'models.update-catalogue': call(z.strictObject({}), catalogueState),
  /** Makes a pack of installed models in a new folder. Failures: `pack-invalid`, `not-found`, `disk-full`, those of files. */
  'models.pack': commandLineOnly(
    stream(
      z.strictObject({ modelIds: z.array(z.string()).min(1).max(100), folder: path }),
      z.discriminatedUnion('type', [
        packProgress,
        z.strictObject({
          type: z.literal('finished'),
          reason: z.enum(['complete', 'stopped']),
          pack: packReport.nullable(),
        }),
      ]),
    ),
  ),
  /** Reads a whole pack and compares it with its manifest. Failures: `pack-invalid`, `model-invalid`, those of files. */
  'models.verify-pack': commandLineOnly(
    stream(
      z.strictObject({ folder: path }),
      z.discriminatedUnion('type', [
        packProgress,
        z.strictObject({
          type: z.literal('finished'),
          reason: z.enum(['complete', 'stopped']),
          pack: packReport.nullable(),
        }),
      ]),
    ),
  ),
  /**
   * Verifies a pack and makes its models available: `link` leaves the files there, `copy` makes them Sotto's own,
   * `share` copies them into this computer's shared folder. Failures as `models.verify-pack`, `pack-older`, `licence-required`,
   * `model-not-allowed`, `disk-full`, `data-read-only`.
   */
  'models.install-pack': commandLineOnly(
    stream(
      z.strictObject({
        folder: path,
        way: z.enum(['link', 'copy', 'share']),
        acceptLicence: z.boolean().default(false),
        /** Whether a signed pack may be older than one of the same key that was installed before. */
        older: z.boolean().default(false),
      }),
      z.discriminatedUnion('type', [
        packProgress,
        z.strictObject({
          type: z.literal('finished'),
          reason: z.enum(['complete', 'stopped']),
          models: z.array(modelRecord),
        }),
      ]),
    ),
  ),
} as const
