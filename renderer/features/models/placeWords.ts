// Where a loaded model runs, in plain words.
import type { EngineState } from '#contract/model.ts'
import type { Translate } from '../../ui/text.ts'

type Ready = Extract<EngineState, { state: 'ready' }>

/** "Runs on the processor with 4 threads, with room for 8,192 tokens." and, where it applies, why not on the GPU. */
export function placeWords(engine: Ready, translate: Translate): string {
  const room = translate('models.engine.room', { count: engine.contextTokens })
  const place = `${deviceWords(engine, translate)}, ${room}.`
  return engine.fallback === null ? place : `${place} ${translate(`models.engine.fallback.${engine.fallback}`)}`
}

function deviceWords(engine: Ready, translate: Translate): string {
  const { gpu, gpuName, gpuLayers, totalLayers, threads } = engine
  if (gpu === 'cpu' || gpuLayers === 0) return translate('models.engine.threads', { count: threads })
  const name = gpuName ?? translate('models.engine.someGpu')
  return gpuLayers >= totalLayers
    ? translate('models.engine.wholly', { gpu: name })
    : translate('models.engine.partly', { count: gpuLayers, total: totalLayers, gpu: name })
}
