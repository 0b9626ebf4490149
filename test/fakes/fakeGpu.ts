// A computer with a GPU that tests can break: what the engine's processes would say and do on it.
import type { GpuTest } from '#contract/model.ts'
import type { InferenceRequest } from '../../main/inference/protocol.ts'
import { loadsAndWaits, type Behaviour, type FakeEngineChild } from './fakeEngineChild.ts'

type Load = Extract<InferenceRequest, { readonly type: 'load' }>

/** The GPU as it is now; tests change it while the engine runs. Layers are of the model's `totalLayers`. */
export type FakeGpu = {
  backend: 'cuda' | 'vulkan' | 'metal'
  name: string
  memoryBytes: number
  /** False: the device went away, or was never there. */
  present: boolean
  /** What its self-test does. */
  selfTest: 'works' | 'crashed' | 'failed'
  totalLayers: number
  /** As many layers as the engine puts there by itself. */
  fittingLayers: number
  /** Loading with more layers than this ends out of memory; with `auto` it counts as `fittingLayers`. */
  memoryLayers: number
  /** Loading with more layers than this kills the process. */
  stableLayers: number
  /** What a generation with layers on the GPU does after its first words. */
  atWork: 'finishes' | 'crashes' | 'out-of-memory'
}

/** A GPU on which everything works; a model of 32 layers fits. */
export function createFakeGpu(changes: Partial<FakeGpu> = {}): FakeGpu {
  return {
    backend: 'vulkan',
    name: 'Radeon 780M',
    memoryBytes: 8 * 1024 ** 3,
    present: true,
    selfTest: 'works',
    totalLayers: 32,
    fittingLayers: 32,
    memoryLayers: 32,
    stableLayers: 32,
    atWork: 'finishes',
    ...changes,
  }
}

/** Words a generation writes before its GPU fails, and after. */
export const spoken = { first: 'The harbour ', rest: 'was deepened.' } as const

/** Processes on a computer with that GPU: they test, load, count and generate by themselves. */
export function onFakeGpu(gpu: FakeGpu): () => Behaviour {
  return () => {
    const loaded = { gpuLayers: 0 }
    return (request, child) => {
      if (request.type === 'test-gpu') answerTest(gpu, request, child)
      else if (request.type === 'load') answerLoad(gpu, request, child, loaded)
      else if (request.type === 'generate') answerGenerate(gpu, request, child, loaded.gpuLayers)
      else if (request.type === 'count-tokens') {
        child.reply({ type: 'counts', id: request.id, counts: request.texts.map((text) => text.split(' ').length) })
      } else loadsAndWaits(request, child)
    }
  }
}

function answerTest(
  gpu: FakeGpu,
  { id, backend }: Extract<InferenceRequest, { readonly type: 'test-gpu' }>,
  child: FakeEngineChild,
): void {
  const nothing: GpuTest = { backend, outcome: 'not-present', deviceNames: [], memoryBytes: null }
  if (backend === 'cpu') return child.reply({ type: 'gpu-tested', id, test: { ...nothing, outcome: 'works' } })
  if (backend !== gpu.backend || !gpu.present) return child.reply({ type: 'gpu-tested', id, test: nothing })
  if (gpu.selfTest === 'crashed') return child.exit()
  const device = { deviceNames: [gpu.name], memoryBytes: gpu.memoryBytes }
  child.reply({ type: 'gpu-tested', id, test: { ...nothing, outcome: gpu.selfTest, ...device } })
}

function answerLoad(gpu: FakeGpu, request: Load, child: FakeEngineChild, loaded: { gpuLayers: number }): void {
  const { id, gpu: choice, threads, contextTokens } = request
  const gpuLayers = choice.kind === 'off' ? 0 : choice.kind === 'auto' ? gpu.fittingLayers : choice.layers
  if (gpuLayers > 0 && (!gpu.present || gpuLayers > gpu.stableLayers)) return child.exit()
  if (gpuLayers > gpu.memoryLayers) {
    return child.reply({ type: 'failed', id, failure: { code: 'engine-out-of-memory', details: {} } })
  }
  loaded.gpuLayers = gpuLayers
  const where =
    choice.kind === 'off' ? ({ gpu: 'cpu', gpuName: null } as const) : { gpu: gpu.backend, gpuName: gpu.name }
  const info = { engine: '3.0.0', ...where, gpuLayers, totalLayers: gpu.totalLayers, threads, contextTokens }
  child.reply({ type: 'loaded', id, info })
}

function answerGenerate(
  gpu: FakeGpu,
  { id, turns }: Extract<InferenceRequest, { readonly type: 'generate' }>,
  child: FakeEngineChild,
  gpuLayers: number,
): void {
  const meter = { promptTokens: 3, evaluatedTokens: 3, generatedTokens: 2 }
  if (turns.at(-1)?.role !== 'assistant') child.reply({ type: 'text', id, delta: spoken.first })
  if (gpuLayers > 0 && (gpu.atWork === 'crashes' || !gpu.present)) return child.exit()
  if (gpuLayers > 0 && gpu.atWork === 'out-of-memory' && gpuLayers > gpu.memoryLayers) {
    return child.reply({ type: 'failed', id, failure: { code: 'engine-out-of-memory', details: {} } })
  }
  child.reply({ type: 'text', id, delta: spoken.rest })
  child.reply({ type: 'finished', id, reason: 'complete', meter })
}
