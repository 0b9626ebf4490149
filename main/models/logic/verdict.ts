// Whether a model suits this computer, in numbers people can be told; before anything of it is loaded.
import type { FitVerdict } from '#contract/model.ts'
import { computeBytes, engineBytes, keptConversations, stateBytesPerToken, type MemoryFacts } from './fit.ts'

/** This computer. `availableBytes` are free now; `gpu` is the device that passed its test, with all of its memory. */
export type MachineMemory = {
  readonly availableBytes: number
  readonly totalBytes: number
  readonly gpu: { readonly name: string; readonly bytes: number } | null
}

/** What a model takes. `layers` null: its header was not looked at, and the other numbers are estimates. */
export type ModelNeed = {
  readonly weightBytes: number
  readonly stateBytes: number
  readonly computeBytes: number
  readonly layers: number | null
  readonly limitTokens: number
}

/** A model is of use only with this much room. */
const leastTokens = 2048
/** What the system and other programs keep even when everything that can be closed is closed. */
const systemBytes = 2 * 1024 ** 3
/** Drivers and the picture on the screen take their part of a GPU's memory. */
const gpuShare = 0.9
/**
 * A processor reads all weights for every token. Ordinary memory gives about 20 GB/s to it, so more than this is under
 * six tokens a second, slower than people read.
 */
const slowBytes = 3_500_000_000
/** Weights per byte of state and token in the catalogue's families, on the side of caution; used without a header. */
const weightPerState = 18_000

/** The need of a model whose header was read; `fileBytes` is the size of the whole file. */
export function needOf(fileBytes: number, facts: MemoryFacts, limitTokens: number): ModelNeed {
  return {
    weightBytes: fileBytes,
    stateBytes: stateBytesPerToken(facts),
    computeBytes: computeBytes(facts),
    // Besides its blocks every model has an output layer.
    layers: facts.blockCount + 1,
    limitTokens,
  }
}

/** The need guessed from a file's size alone. */
export function needFromSize(fileBytes: number, limitTokens: number): ModelNeed {
  const stateBytes = Math.ceil(fileBytes / weightPerState)
  return { weightBytes: fileBytes, stateBytes, computeBytes: 128 * 1024 ** 2, layers: null, limitTokens }
}

/** The verdict: on the GPU, partly, in memory, slowly, only with other programs closed, or not at all. */
export function verdictOf(need: ModelNeed, machine: MachineMemory): FitVerdict {
  const { gpu, availableBytes, totalBytes } = machine
  const limit = Math.min(leastTokens, need.limitTokens)
  const fixed = need.weightBytes + need.computeBytes + engineBytes
  const bytesWith = (tokens: number): number => Math.ceil(fixed + tokens * need.stateBytes * keptConversations)
  const roomIn = (bytes: number): number => {
    const tokens = (bytes - fixed) / Math.max(1, need.stateBytes * keptConversations)
    return Math.max(0, Math.min(need.limitTokens, Math.floor(tokens)))
  }
  const shared = { totalBytes, availableBytes, totalLayers: need.layers, exact: need.layers !== null }
  const onGpu = gpu === null ? 0 : gpu.bytes * gpuShare
  if (gpu !== null && bytesWith(limit) <= onGpu) {
    const contextTokens = roomIn(onGpu)
    const numbers = { contextTokens, neededBytes: bytesWith(limit), gpuLayers: need.layers, gpuName: gpu.name }
    return { kind: 'gpu', ...shared, ...numbers }
  }
  const neededBytes = bytesWith(limit)
  const none = { gpuLayers: need.layers === null ? null : 0, gpuName: null }
  const capacity = Math.max(totalBytes - systemBytes, totalBytes / 2)
  if (neededBytes > capacity && neededBytes > availableBytes) {
    return { kind: 'too-large', ...shared, ...none, contextTokens: 0, neededBytes }
  }
  if (neededBytes > availableBytes) {
    return { kind: 'tight', ...shared, ...none, contextTokens: roomIn(capacity), neededBytes }
  }
  const contextTokens = roomIn(availableBytes)
  const share = onGpu / neededBytes
  if (gpu !== null && share >= 0.25) {
    const gpuLayers = need.layers === null ? null : Math.floor(need.layers * share)
    return { kind: 'gpu-part', ...shared, contextTokens, neededBytes, gpuLayers, gpuName: gpu.name }
  }
  const kind = need.weightBytes > slowBytes ? 'slow' : 'memory'
  return { kind, ...shared, ...none, contextTokens, neededBytes }
}

const order: readonly FitVerdict['kind'][] = ['gpu', 'memory', 'gpu-part', 'slow']

/**
 * The id of the best choice: the largest model among those that run well, else partly on the GPU, else slowly; null when
 * none runs as things are.
 */
export function bestChoice(
  models: readonly { readonly id: string; readonly bytes: number; readonly verdict: FitVerdict }[],
): string | null {
  const rank = ({ kind }: FitVerdict): number => (kind === 'memory' ? 0 : order.indexOf(kind))
  const usable = models.filter(({ verdict }) => order.includes(verdict.kind))
  const best = usable.toSorted((a, b) => rank(a.verdict) - rank(b.verdict) || b.bytes - a.bytes)[0]
  return best?.id ?? null
}
