// The documents that come with the app, to try it with before any of one's own.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type SampleDocument, sampleDocument } from '#contract/document.ts'

const { title, unit, units } = sampleDocument.shape
const listing = z.array(z.strictObject({ file: z.string().regex(/^[\w.-]+$/), title, unit, units }))

/** Reads `samples.json` of the folder. It is part of the package: a missing or malformed one is a bug and throws. */
export async function readSamples(folder: string): Promise<readonly SampleDocument[]> {
  const text = await readFile(path.join(folder, 'samples.json'), 'utf8')
  return listing.parse(JSON.parse(text)).map(({ file, ...rest }) => ({
    ...rest,
    name: file,
    path: path.join(folder, file),
  }))
}
