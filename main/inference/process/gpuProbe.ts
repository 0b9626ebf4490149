// Tries one backend for real: its library, its device, and one layer of a model with a few tokens.
import type { Llama } from 'node-llama-cpp'
import type { GpuTest } from '#contract/model.ts'
import { startEngine, type EngineLog, type Library } from './library.ts'

/** Tests `backend` in this process, which may die of it; whoever asked sees that as `crashed`. */
export async function probeGpu(
  library: Library,
  backend: GpuTest['backend'],
  modelPath: string | null,
  log: EngineLog,
): Promise<GpuTest> {
  const nothing = { backend, deviceNames: [], memoryBytes: null }
  let llama: Llama | null = null
  try {
    llama = await startEngine(library, backend === 'cpu' ? false : backend, 1, log)
    const deviceNames = llama.gpu === false ? [] : await llama.getGpuDeviceNames()
    if (backend !== 'cpu' && deviceNames.length === 0) return { ...nothing, outcome: 'not-present' }
    const memoryBytes = llama.gpu === false ? null : (await llama.getVramState()).total
    if (modelPath !== null) await runOneLayer(llama, modelPath)
    return { backend, outcome: 'works', deviceNames, memoryBytes }
  } catch (error) {
    return { ...nothing, outcome: error instanceof library.NoBinaryFoundError ? 'not-present' : 'failed' }
  } finally {
    await llama?.dispose()
  }
}

async function runOneLayer(llama: Llama, modelPath: string): Promise<void> {
  const model = await llama.loadModel({ modelPath, gpuLayers: llama.gpu === false ? 0 : { max: 1 } })
  const context = await model.createContext({ contextSize: 256, batchSize: 64, threads: 1 })
  const sequence = context.getSequence()
  let generated = 0
  for await (const token of sequence.evaluate(model.tokenize('One, two, three'))) {
    if (token === undefined || ++generated >= 4) break
  }
}
