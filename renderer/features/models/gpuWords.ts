// What the graphics card does for the chosen model, in plain words.
import type { GpuPanel } from '#contract/machine.ts'
import type { Translate } from '../../ui/text.ts'

/** The state, why it is not more (or null), and what is done about the battery (or null). */
export type GpuWords = { readonly line: string; readonly reason: string | null; readonly spare: string | null }

/** "Vulkan on Radeon 780M, 28 of 32 layers" and "The rest did not fit into its memory." */
export function gpuWords(gpu: GpuPanel, translate: Translate): GpuWords {
  return {
    line: lineOf(gpu, translate),
    reason: gpu.reason === null ? null : translate(`gpu.why.${gpu.reason}`),
    spare: gpu.savesBattery ? translate('models.gpu.savesBattery', { count: gpu.threads }) : null,
  }
}

function lineOf({ state, known }: GpuPanel, translate: Translate): string {
  if (state === null || known === 'unknown') return translate('models.gpu.unknown')
  const { device, deviceName, gpuLayers, totalLayers } = state
  const key = gpuLayers === 0 || device === 'cpu' ? 'none' : gpuLayers >= totalLayers ? 'all' : 'part'
  return translate(`gpu.${key}`, {
    backend: translate(`models.gpu.backend.${device}`),
    device: deviceName ?? translate('models.engine.someGpu'),
    layers: gpuLayers,
    total: totalLayers,
  })
}
