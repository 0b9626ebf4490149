// What a summary job was asked for, and the key under which the same request finds the same job.
import { createHash } from 'node:crypto'
import { summaryPreset, type SummaryPreset } from '#contract/summary.ts'
import { z } from 'zod'

const summaryInput = z.strictObject({
  documentId: z.string(),
  preset: summaryPreset,
  instruction: z.string().nullable(),
  seed: z.number().int(),
  fresh: z.boolean(),
  cloudModel: z.string().optional(),
  again: z.strictObject({ unit: z.number().int().positive(), id: z.string() }).optional(),
})

/** The input of a summary job. `fresh` jobs compute every step anew. */
export type SummaryInput = {
  readonly documentId: string
  readonly preset: SummaryPreset
  readonly instruction: string | null
  readonly seed: number
  readonly fresh: boolean
  /** `<provider>/<model>` of a summary made elsewhere; absent: here. */
  readonly cloudModel?: string | undefined
  /** Steps with this unit in them are computed anew, once per `id`. */
  readonly again?: { readonly unit: number; readonly id: string } | undefined
}

/** Raised when plan, ranking or composition change what a summary of the same inputs would be. */
export const pipelineVersion = '5'

/** Reads a job's stored input; anything else under its name is a bug. */
export function parseSummaryInput(text: string): SummaryInput {
  return summaryInput.parse(JSON.parse(text))
}

/** The same for the same document bytes, model, prompts, preset, instruction and seed. */
export function summaryInputKey(
  input: SummaryInput,
  of: { readonly documentSha256: string; readonly modelSha256: string; readonly prompts: readonly string[] },
): string {
  const { documentId, preset, instruction, seed } = input
  const parts = ['summary', pipelineVersion, documentId, of.documentSha256, of.modelSha256, of.prompts]
  return sha256(
    JSON.stringify([...parts, preset, instruction, seed, ...(input.again === undefined ? [] : [input.again])]),
  )
}

/** SHA-256 of a text, lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
