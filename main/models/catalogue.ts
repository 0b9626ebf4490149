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

const catalogue = z.strictObject({ version: z.literal(1), models: z.array(catalogueEntry) })

/** Reads the catalogue that came with the app. It is part of the package: a missing or malformed one is a bug and throws. */
export async function readCatalogue(resources: string): Promise<readonly CatalogueEntry[]> {
  const text = await readFile(path.join(resources, 'model-catalog.json'), 'utf8')
  return catalogue.parse(JSON.parse(text)).models
}
