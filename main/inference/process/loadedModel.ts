// A model in memory with its contexts: two chat sequences always, map sequences and embeddings on demand.
import type { ChatWrapper, Llama, LlamaContext, LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Turn } from '../localGenerator.ts'
import type { InferenceRequest, LoadedInfo } from '../protocol.ts'
import { ChatGate } from './chatGate.ts'
import { historyOf } from './history.ts'
import { backendOf, startEngine, type EngineLog, type Library } from './library.ts'
import { ChatLanes, gateTokens, MapLanes, openLanes, type Lane } from './sequences.ts'
import { wrapperFor } from './wrappers.ts'

/** A request to load a model. */
export type LoadRequest = Extract<InferenceRequest, { readonly type: 'load' }>

/** What a `LoadedModel` is made of; `load` builds it. */
type Parts = {
  readonly library: Library
  readonly llama: Llama
  readonly model: LlamaModel
  readonly wrapper: ChatWrapper
  readonly chatContext: LlamaContext
  readonly request: LoadRequest
  readonly info: LoadedInfo
}

/** Map sequences are given back after this long without a map step. */
const mapIdleMilliseconds = 30_000

/** A model, its wrapper and its contexts. `dispose` frees all of it. */
export class LoadedModel {
  readonly parts: Parts
  readonly chatLanes: ChatLanes
  readonly gate = new ChatGate()
  /** Tokens per evaluation: small on the CPU, where it costs nothing and makes Stop quick. */
  readonly sliceTokens: number
  #map: { readonly context: LlamaContext; readonly lanes: MapLanes } | null = null
  #mapOpening: Promise<MapLanes> | null = null
  readonly #mapWork = new Set<Promise<unknown>>()
  #mapTimer: NodeJS.Timeout | undefined
  #embedding: Promise<LlamaEmbeddingContext> | null = null
  readonly #signals = new Map<Lane, AbortSignal>()

  constructor(parts: Parts) {
    this.parts = parts
    this.sliceTokens = batchTokens(parts.request)
    this.chatLanes = new ChatLanes(openLanes(parts.library, parts.chatContext, parts.wrapper))
  }

  /**
   * Loads a model as `request` says. Failures: `model-load-failed`, `model-invalid` (`template-failed`),
   * `engine-out-of-memory`. Aborting ends in `model-load-failed`.
   */
  static async load(
    library: Library,
    request: LoadRequest,
    log: EngineLog,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<Result<LoadedModel>> {
    let llama: Llama | null = null
    try {
      llama = await startEngine(library, backendOf(request.gpu), request.threads, log)
      const model = await llama.loadModel({
        modelPath: request.path,
        gpuLayers: layersOf(request),
        onLoadProgress: onProgress,
        loadSignal: signal,
      })
      const wrapper = wrapperFor(library, model, request.wrapper)
      if (wrapper === null) {
        await llama.dispose()
        return fail('model-invalid', { name: '', reason: 'template-failed' })
      }
      const chatContext = await openContext(model, request, request.sequences.chat, request.contextTokens)
      const info = await infoOf(library, llama, model, chatContext, request)
      return ok(new LoadedModel({ library, llama, model, wrapper, chatContext, request, info }))
    } catch (error) {
      await llama?.dispose()
      if (error instanceof library.InsufficientMemoryError) return fail('engine-out-of-memory', {})
      return fail('model-load-failed', { name: '' })
    }
  }

  /** The tokens of turns as the wrapper writes them; document text never becomes a control token. */
  tokensOf(turns: readonly Turn[]): Result<Token[]> {
    try {
      const { contextText } = this.parts.wrapper.generateContextState({ chatHistory: historyOf(turns) })
      return ok(contextText.tokenize(this.parts.model.tokenizer))
    } catch {
      // Templates may refuse an order of turns by raising an error of their own.
      return fail('model-invalid', { name: '', reason: 'template-failed' })
    }
  }

  /** Runs `work` on a map sequence, opening the map context if need be. Failures of opening: `engine-out-of-memory`. */
  async withMapLane<T>(
    tokens: Token[],
    signal: AbortSignal,
    work: (lane: Lane) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    clearTimeout(this.#mapTimer)
    const running = this.#onMapLane(tokens, signal, work)
    this.#mapWork.add(running)
    try {
      return await running
    } catch (error) {
      if (error instanceof this.parts.library.InsufficientMemoryError) return fail('engine-out-of-memory', {})
      throw error
    } finally {
      this.#mapWork.delete(running)
      if (this.#mapWork.size === 0) this.#mapTimer = setTimeout(() => void this.#closeMap(), mapIdleMilliseconds)
    }
  }

  /** The context for embeddings, made once. Rejects when the model cannot embed. */
  embedding(): Promise<LlamaEmbeddingContext> {
    const { model, request } = this.parts
    this.#embedding ??= model.createEmbeddingContext({
      contextSize: Math.min(request.contextTokens, model.trainContextSize),
      threads: request.threads,
    })
    return this.#embedding
  }

  /** Frees model and contexts once no map step uses them. */
  async dispose(): Promise<void> {
    await Promise.allSettled(this.#mapWork)
    clearTimeout(this.#mapTimer)
    await this.parts.llama.dispose()
  }

  async #onMapLane<T>(tokens: Token[], signal: AbortSignal, work: (lane: Lane) => Promise<T>): Promise<T> {
    const lanes = await this.#openMap()
    const lane = await lanes.take(tokens)
    this.#signals.set(lane, signal)
    try {
      return await work(lane)
    } finally {
      this.#signals.delete(lane)
      lanes.release(lane)
    }
  }

  #openMap(): Promise<MapLanes> {
    this.#mapOpening ??= this.#makeMap().catch((error: unknown) => {
      this.#mapOpening = null
      throw error
    })
    return this.#mapOpening
  }

  async #makeMap(): Promise<MapLanes> {
    const { model, request, library, wrapper } = this.parts
    const context = await openContext(model, request, request.sequences.map, request.mapContextTokens)
    const lanes = openLanes(library, context, wrapper)
    const never = new AbortController().signal
    for (const lane of lanes) gateTokens(lane.sequence, this.gate, () => this.#signals.get(lane) ?? never)
    this.#map = { context, lanes: new MapLanes(lanes) }
    return this.#map.lanes
  }

  async #closeMap(): Promise<void> {
    const map = this.#map
    if (this.#mapWork.size > 0 || map === null) return
    this.#map = null
    this.#mapOpening = null
    await map.context.dispose()
  }
}

function batchTokens(request: LoadRequest): number {
  return request.gpu.kind === 'off' ? 128 : 512
}

function layersOf(request: LoadRequest) {
  switch (request.gpu.kind) {
    case 'off':
      return 0
    case 'layers':
      return { max: request.gpu.layers }
    case 'auto':
      return { fitContext: { contextSize: request.contextTokens * request.sequences.chat } }
  }
}

function openContext(
  model: LlamaModel,
  request: LoadRequest,
  sequences: number,
  contextSize: number,
): Promise<LlamaContext> {
  return model.createContext({
    sequences,
    contextSize,
    batchSize: batchTokens(request),
    threads: request.threads,
    failedCreationRemedy: false,
  })
}

async function infoOf(
  library: Library,
  llama: Llama,
  model: LlamaModel,
  context: LlamaContext,
  request: LoadRequest,
): Promise<LoadedInfo> {
  const names = llama.gpu === false ? [] : await llama.getGpuDeviceNames()
  return {
    engine: await library.getModuleVersion(),
    gpu: llama.gpu === false ? 'cpu' : llama.gpu,
    gpuName: names[0] ?? null,
    gpuLayers: model.gpuLayers,
    totalLayers: model.fileInsights.totalLayers,
    threads: request.threads,
    contextTokens: Math.min(request.contextTokens, context.contextSize),
  }
}
