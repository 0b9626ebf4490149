// The models we know: their true context, chat wrapper and ways, read from `resources/model-catalog.json`.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { modelLicence } from '#contract/model.ts'
import { summaryMode } from '#contract/summary.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * One known model. `file` lies under resources for the starter, else inside `repository`; `sha256` null means it is
 * pinned at the first download, and `bytes` is about. `contextTokens` is the true limit. `thinking` says how thinking is kept out of answers.
 * `gpu` false: it gains nothing from one. `calibratedThreads` 0: to be measured.
 */
export const catalogueEntry = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['chat', 'embedding']),
  starter: z.boolean(),
  file: z.string(),
  repository: z.string().nullable(),
  bytes: z.number().int().positive(),
  sha256: sha256.nullable(),
  licence: modelLicence,
  contextTokens: z.number().int().min(256),
  wrapper: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('jinja'), template: z.string() }),
    z.strictObject({ kind: z.literal('builtin'), name: z.string() }),
  ]),
  thinking: z.enum(['none', 'switch']),
  languages: z.array(z.string()).min(1),
  summaryMode,
  namesEntities: z.boolean(),
  calibratedThreads: z.number().int().min(0),
  gpu: z.boolean(),
})
export type CatalogueEntry = z.infer<typeof catalogueEntry>

/** The catalogue that came with the app. `version` grows with every change, so that an older one is known as such. */
const builtIn = z.strictObject({
  format: z.literal(1),
  version: z.number().int().positive(),
  models: z.array(catalogueEntry),
})
export type Catalogue = z.infer<typeof builtIn>

const mostModels = 1000

/** A replacement: ends at `expires`, has a file in a repository for every model, and no model that comes with the app. */
export const catalogueReplacement = z.strictObject({
  ...builtIn.shape,
  expires: z.iso.datetime({ offset: true }),
  models: z
    .array(catalogueEntry.extend({ starter: z.literal(false), repository: z.string().min(3).max(200) }))
    .max(mostModels)
    .refine((models) => new Set(models.map(({ id }) => id)).size === models.length),
})
export type CatalogueReplacement = z.infer<typeof catalogueReplacement>

/** Reads the catalogue that came with the app. It is part of the package: a missing or malformed one is a bug and throws. */
export async function readCatalogue(resources: string): Promise<Catalogue> {
  const text = await readFile(path.join(resources, 'model-catalog.json'), 'utf8')
  return builtIn.parse(JSON.parse(text))
}
