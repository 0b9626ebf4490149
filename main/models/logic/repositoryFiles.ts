// Which of a repository's files are models, and which one to take when only the repository was named.
import type { FitVerdict } from '#contract/model.ts'
import type { RepositoryModel } from '#contract/modelSupply.ts'
import { leftOutByName, quantisationOf, sizesOfSplit, splitPartOf, wholeOf } from './modelNames.ts'
import { fileNameOf } from './modelSource.ts'

/** A file as the hub lists it; `sha256` null where it states none. */
export type ListedFile = { readonly path: string; readonly bytes: number; readonly sha256: string | null }

/**
 * Ways of storing weights, best choice first: four bits with some of the weights in six lose little and halve the time
 * to read them; more bits come next, then fewer. Others follow, smallest first.
 */
const order: readonly string[] = [
  ...['Q4_K_M', 'Q4_K_XL', 'Q4_K_S', 'Q4_0', 'IQ4_NL', 'IQ4_XS', 'MXFP4', 'MXFP4_MOE', 'Q4_1', 'Q4_K'],
  ...['Q5_K_M', 'Q5_K_XL', 'Q5_K_S', 'Q6_K', 'Q8_0', 'Q3_K_M', 'Q3_K_L'],
]
const rank: Readonly<Record<FitVerdict['kind'], number | null>> = {
  gpu: 0,
  memory: 0,
  'gpu-part': 0,
  slow: 0,
  tight: 1,
  'too-large': null,
}

/** The GGUF files with verdicts; parts of one model are one entry under the first part's name. */
export function repositoryModels(
  files: readonly ListedFile[],
  judge: (bytes: number) => FitVerdict,
): readonly RepositoryModel[] {
  const models: RepositoryModel[] = []
  const wholes = sizesOfSplit(files)
  for (const { path, bytes, sha256 } of files) {
    const name = fileNameOf(path)
    if (name === null) continue
    const split = splitPartOf(name)
    if (split !== null && split.part > 1) continue
    const leftOut = leftOutByName(name)
    const total = split === null ? bytes : (wholes.get(wholeOf(path, split.stem)) ?? bytes)
    models.push({
      file: path,
      bytes: total,
      sha256,
      quantisation: quantisationOf(name),
      leftOut,
      verdict: leftOut === null ? judge(total) : null,
      preferred: false,
    })
  }
  const best = preferredOf(models)
  return models.map((model) => (model === best ? { ...model, preferred: true } : model))
}

function preferredOf(models: readonly RepositoryModel[]): RepositoryModel | undefined {
  return models
    .flatMap((model) => {
      const fits = model.verdict === null ? null : rank[model.verdict.kind]
      return fits === null ? [] : [{ model, fits, place: placeOf(model.quantisation) }]
    })
    .toSorted((a, b) => a.fits - b.fits || a.place - b.place || a.model.bytes - b.model.bytes)[0]?.model
}

function placeOf(quantisation: string | null): number {
  const place = quantisation === null ? -1 : order.indexOf(quantisation)
  return place === -1 ? order.length : place
}
