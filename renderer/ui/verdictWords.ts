// What a verdict about a model and this computer says, and the numbers behind it.
import type { FitVerdict } from '#contract/model.ts'
import { formatBytes, formatCount } from './format.ts'
import type { Language, Translate } from './text.ts'

/** How good the news is: `good` runs well, `poor` runs with patience, `bad` does not run. */
export type VerdictTone = 'good' | 'poor' | 'bad'

/** The tone of a verdict. */
export function verdictTone({ kind }: FitVerdict): VerdictTone {
  switch (kind) {
    case 'gpu':
    case 'gpu-part':
    case 'memory':
      return 'good'
    case 'slow':
    case 'tight':
      return 'poor'
    case 'too-large':
      return 'bad'
  }
}

/** "Fits on your GPU with room for 12,000 tokens". */
export function verdictWords(verdict: FitVerdict, translate: Translate, language: Language): string {
  const { kind, contextTokens, gpuLayers, totalLayers } = verdict
  const layers = kind === 'gpu-part' && gpuLayers !== null && totalLayers !== null
  return translate(`models.verdict.${layers ? 'gpu-layers' : kind}`, {
    tokens: formatCount(roundedDown(contextTokens), language),
    layers: gpuLayers,
    total: totalLayers,
    needed: formatBytes(verdict.neededBytes, language),
  })
}

/** "Needs about 3.1 GB; 9.8 GB of 16 GB are free", and where it would run. */
export function verdictNumbers(verdict: FitVerdict, translate: Translate, language: Language): string {
  const { neededBytes, availableBytes, totalBytes, gpuName, exact } = verdict
  const numbers = translate(`models.verdict.${exact ? 'needs' : 'needsAbout'}`, {
    needed: formatBytes(neededBytes, language),
    available: formatBytes(availableBytes, language),
    total: formatBytes(totalBytes, language),
  })
  return gpuName === null ? numbers : `${numbers} ${translate('models.verdict.device', { gpu: gpuName })}`
}

/** A number of tokens a person can remember; never more than there is. */
function roundedDown(tokens: number): number {
  const step = tokens >= 10_000 ? 1000 : tokens >= 1000 ? 100 : 1
  return Math.floor(tokens / step) * step
}
