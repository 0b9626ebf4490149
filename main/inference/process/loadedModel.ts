// A model in memory with its contexts: two chat sequences always, map sequences and embeddings on demand.
import type { ChatWrapper, Llama, LlamaContext, LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Turn } from '../localGenerator.ts'
import type { SequenceSpeed } from '../logic/mapSequences.ts'
import type { InferenceRequest, LoadedInfo } from '../protocol.ts'
import { ChatGate } from './chatGate.ts'
import type { Pace } from './generation.ts'
import { historyOf } from './history.ts'
import { backendOf, startEngine, type EngineLog, type Library } from './library.ts'
import { MapBatch } from './mapBatch.ts'
import { ChatLanes, gateTokens, MapLanes, openLanes, type Lane } from './sequences.ts'
import { affordableSequences, sequenceSpeeds } from './sequenceSpeeds.ts'
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

/** The map context with its lanes; `before` is what each lane that writes awaits before a token. */
type OpenMap = {
  readonly sequences: number
  readonly context: LlamaContext
  readonly lanes: MapLanes
  readonly batch: MapBatch
  readonly before: Map<Lane, () => Promise<void>>
}

/** Map sequences are given back after this long without a map step. */
const mapIdleMilliseconds = 30_000

/** A model, its wrapper and its contexts. `dispose` frees all of it. */
export class LoadedModel {
  readonly parts: Parts
  readonly chatLanes: ChatLanes
  readonly gate = new ChatGate()
  /** Tokens per evaluation: small on the CPU, where it costs little and makes Stop quick. */
  readonly sliceTokens: number
  #map: OpenMap | null = null
  #mapOpening: Promise<OpenMap> | null = null
  readonly #mapWork = new Set<Promise<unknown>>()
  #mapTimer: NodeJS.Timeout | undefined
  #embedding: Promise<LlamaEmbeddingContext> | null = null

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

  /**
   * Runs `work` on one of so many map sequences, opening the map context if need be; while others work on it its size
   * stays. Failures of opening: `engine-out-of-memory`.
   */
  async withMapLane<T>(
    sequences: number,
    tokens: Token[],
    signal: AbortSignal,
    work: (lane: Lane, pace: Pace) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    try {
      return await this.#asMapWork(this.#onMapLane(sequences, tokens, signal, work))
    } catch (error) {
      if (error instanceof this.parts.library.InsufficientMemoryError) return fail('engine-out-of-memory', {})
      throw error
    }
  }

  /** How fast it writes on so many sequences side by side; see `sequenceSpeeds`. */
  measureSequences(
    candidates: readonly number[],
    budgetMilliseconds: number,
    signal: AbortSignal,
  ): Promise<readonly SequenceSpeed[]> {
    const { library, model, request } = this.parts
    return this.#asMapWork(
      sequenceSpeeds({ library, model, threads: request.threads }, candidates, budgetMilliseconds, signal),
    )
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

  /** The model stays until this is done, and the map context for a while longer. */
  async #asMapWork<T>(running: Promise<T>): Promise<T> {
    clearTimeout(this.#mapTimer)
    this.#mapWork.add(running)
    try {
      return await running
    } finally {
      this.#mapWork.delete(running)
      if (this.#mapWork.size === 0) this.#mapTimer = setTimeout(() => void this.#closeMap(), mapIdleMilliseconds)
    }
  }

  async #onMapLane<T>(
    sequences: number,
    tokens: Token[],
    signal: AbortSignal,
    work: (lane: Lane, pace: Pace) => Promise<T>,
  ): Promise<T> {
    const map = await this.#openMap(sequences)
    const lane = await map.lanes.take(tokens)
    try {
      return await work(lane, this.#paceOf(map, lane, signal))
    } finally {
      map.lanes.release(lane)
    }
  }

  #paceOf({ batch, before }: OpenMap, lane: Lane, signal: AbortSignal): Pace {
    return {
      read: (work) => batch.read(signal, work),
      write: (work) =>
        batch.write((together) => {
          before.set(lane, async () => {
            await this.gate.pass(signal)
            await together(signal)
          })
          return work().finally(() => before.delete(lane))
        }),
    }
  }

  async #openMap(sequences: number): Promise<OpenMap> {
    if (this.#mapWork.size === 0 && this.#map !== null && this.#map.sequences !== sequences) await this.#closeMap()
    this.#mapOpening ??= this.#makeMap(sequences).catch((error: unknown) => {
      this.#mapOpening = null
      throw error
    })
    return this.#mapOpening
  }

  async #makeMap(sequences: number): Promise<OpenMap> {
    const { model, request, library, wrapper } = this.parts
    const context = await openContext(
      model,
      request,
      await affordableSequences(model, sequences, request.mapContextTokens),
      request.mapContextTokens,
    )
    const lanes = openLanes(library, context, wrapper)
    const before = new Map<Lane, () => Promise<void>>()
    for (const lane of lanes) gateTokens(lane.sequence, () => before.get(lane)?.() ?? Promise.resolve())
    this.#map = { sequences, context, lanes: new MapLanes(lanes), batch: new MapBatch(), before }
    return this.#map
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
