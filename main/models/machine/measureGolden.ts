// The small set of texts with known facts on which every model is measured, as it comes with Sotto.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const language = z.enum(['en', 'de'])

/** `version` changes with every text, so that figures of two versions are not compared. Each fact lists its spellings. */
const goldenSet = z.strictObject({
  version: z.number().int().positive(),
  instruction: z.record(language, z.string()),
  texts: z
    .array(
      z.strictObject({
        id: z.string(),
        language,
        text: z.string(),
        facts: z.array(z.array(z.string().min(1)).min(1)).min(1),
      }),
    )
    .min(1),
})

/** The set. */
export type GoldenSet = z.infer<typeof goldenSet>
/** One text of it. */
export type GoldenText = GoldenSet['texts'][number]

/** Reads the set from the resources; one that cannot be read is a broken installation and throws. */
export async function readGoldenSet(resources: string): Promise<GoldenSet> {
  return goldenSet.parse(JSON.parse(await readFile(path.join(resources, 'golden-set.json'), 'utf8')))
}

/** The texts in languages a model was made for; an empty list means that nobody said. */
export function textsFor(set: GoldenSet, languages: readonly string[]): readonly GoldenText[] {
  const known = set.texts.filter((text) => languages.length === 0 || languages.includes(text.language))
  return known.length > 0 ? known : set.texts
}
