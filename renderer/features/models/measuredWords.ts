// The figures of a measured model as sentences.
import type { Measurement } from '#contract/machine.ts'
import { formatCount } from '../../ui/format.ts'
import type { Language, Translate } from '../../ui/text.ts'

/** Speed, quality and place of a measurement, each one line. */
export function measuredFigures(
  measurement: Measurement,
  translate: Translate,
  language: Language,
): { readonly speed: string; readonly quality: string; readonly place: string } {
  const { readTokensPerSecond, writeTokensPerSecond, quality, state, threads } = measurement
  const speed = (tokens: number | null) =>
    tokens === null ? translate('models.measured.unknown') : formatCount(Math.round(tokens), language)
  const trouble = [
    ...(quality.invented > 0 ? [translate('models.measured.invented', { count: quality.invented })] : []),
    ...(quality.unusable > 0 ? [translate('models.measured.unusable', { count: quality.unusable })] : []),
  ]
  return {
    speed: translate('models.measured.speed', {
      write: speed(writeTokensPerSecond),
      read: speed(readTokensPerSecond),
    }),
    quality: [
      translate(`models.measured.kept.${quality.mode}`, { kept: quality.kept, facts: quality.facts }),
      ...trouble,
    ].join(' '),
    place:
      state.gpuLayers === 0
        ? translate('models.measured.processor', { count: threads })
        : translate('models.measured.card', {
            gpu: state.deviceName ?? translate('models.engine.someGpu'),
            layers: state.gpuLayers,
            total: state.totalLayers,
          }),
  }
}
