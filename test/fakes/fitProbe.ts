// The engine's own estimate of a model's memory, in a process of its own: what our formula is held against.
import { getLlama, GgufInsights, readGgufFileInfo } from 'node-llama-cpp'

const [file = '', ...contexts] = process.argv.slice(2)
const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false })
const insights = await GgufInsights.from(await readGgufFileInfo(file, { sourceType: 'filesystem' }), llama)
const weights = insights.estimateModelResourceRequirements({ gpuLayers: 0, useMmap: false }).cpuRam
const needed = contexts.map((tokens) => {
  const options = { contextSize: Number(tokens), modelGpuLayers: 0, batchSize: 128, sequences: 2 }
  return weights + insights.estimateContextResourceRequirements({ ...options, includeGraphOverhead: true }).cpuRam
})
console.log(JSON.stringify({ layers: insights.totalLayers, needed }))
await llama.dispose()
