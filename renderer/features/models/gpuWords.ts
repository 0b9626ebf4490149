// What the graphics card does for the chosen model, in the same sentences as the check of this computer.
import type { GpuPanel } from '#contract/machine.ts'
import type { Translate } from '../../ui/text.ts'

/** "Vulkan on Radeon 780M, 28 of 32 layers; the rest did not fit into its memory." */
export function gpuSentence({ state, known, reason }: GpuPanel, translate: Translate): string {
  if (state === null || known === 'unknown') return translate('models.gpu.unknown')
  const { device, deviceName, gpuLayers, totalLayers } = state
  const values = {
    backend: device,
    name: deviceName ?? translate('models.engine.someGpu'),
    layers: gpuLayers,
    total: totalLayers,
    reason: reason ?? 'not-for-model',
  }
  if (gpuLayers === 0 || device === 'cpu') return translate('doctor.gpu.note_cpu', values)
  return translate(gpuLayers >= totalLayers ? 'doctor.gpu.ok_all' : 'doctor.gpu.ok_part', values)
}
