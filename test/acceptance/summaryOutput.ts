// What `sotto summarize --json` prints, as the rows read it: parsed on its own, so that the CLI's schema is checked too.
import { z } from 'zod'
import { coverage, locator } from '#contract/document.ts'

const output = z.strictObject({
  summary: z.strictObject({
    text: z.string().min(1),
    claims: z.array(
      z.strictObject({
        text: z.string(),
        locators: z.array(locator),
        supported: z.boolean(),
        score: z.number(),
        support: z.enum(['verbatim', 'close', 'partly', 'none']).optional(),
        notes: z.array(z.unknown()).optional(),
      }),
    ),
    coverage,
  }),
  provenance: z.strictObject({
    documentSha256: z.string(),
    model: z.strictObject({ name: z.string(), sha256: z.string() }),
    prompt: z.strictObject({ id: z.string(), version: z.string() }),
    mode: z.enum(['free', 'extractive']),
    seed: z.number(),
  }),
})
export type SummaryOutput = z.infer<typeof output>

/** Parses the one JSON line; throws when it is anything else. */
export function parseSummary(stdout: string): SummaryOutput {
  return output.parse(JSON.parse(stdout))
}
