// In which order the models of the catalogue are shown.
import type { CatalogueModel, FitVerdict } from '#contract/model.ts'

const ranks: Readonly<Record<FitVerdict['kind'], number>> = {
  gpu: 0,
  'gpu-part': 1,
  memory: 2,
  slow: 3,
  tight: 4,
  'too-large': 5,
}

/** So many are shown at once; a list of a dozen is read by nobody. */
const shownAtOnce = 4

/** The preferred one first, then by how well they run, the most able (largest) first; further ones and what does not fit apart. */
export function catalogueOrder(models: readonly CatalogueModel[]): {
  readonly suited: readonly CatalogueModel[]
  readonly further: readonly CatalogueModel[]
  readonly unsuited: readonly CatalogueModel[]
} {
  const ordered = models.toSorted(
    (a, b) =>
      Number(b.preferred) - Number(a.preferred) ||
      Number(a.kind === 'embedding') - Number(b.kind === 'embedding') ||
      ranks[a.verdict.kind] - ranks[b.verdict.kind] ||
      b.bytes - a.bytes,
  )
  const fitting = ordered.filter(({ verdict }) => verdict.kind !== 'too-large')
  return {
    suited: fitting.slice(0, shownAtOnce),
    further: fitting.slice(shownAtOnce),
    unsuited: ordered.filter(({ verdict }) => verdict.kind === 'too-large'),
  }
}
