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

/** The preferred one first, then by how well they run, the most able (largest) first; what does not fit apart. */
export function catalogueOrder(models: readonly CatalogueModel[]): {
  readonly suited: readonly CatalogueModel[]
  readonly unsuited: readonly CatalogueModel[]
} {
  const ordered = models.toSorted(
    (a, b) =>
      Number(b.preferred) - Number(a.preferred) ||
      Number(a.kind === 'embedding') - Number(b.kind === 'embedding') ||
      ranks[a.verdict.kind] - ranks[b.verdict.kind] ||
      b.bytes - a.bytes,
  )
  return {
    suited: ordered.filter(({ verdict }) => verdict.kind !== 'too-large'),
    unsuited: ordered.filter(({ verdict }) => verdict.kind === 'too-large'),
  }
}
