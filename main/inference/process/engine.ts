// Answers the app's requests: one model at a time, chats one after the other, map steps side by side.
import type { LlamaGrammar } from 'node-llama-cpp'
import { assertNever, fail, ok, type Result } from '#contract/result.ts'
import type { Failure } from '#contract/failures.ts'
import type { InferenceReply, InferenceRequest } from '../protocol.ts'
import { calibrate } from './calibration.ts'
import { embedTexts } from './embedding.ts'
import { generate, type Conduct, type Ending, type Pace } from './generation.ts'
import { probeGpu } from './gpuProbe.ts'
import { historyOf } from './history.ts'
import type { Library } from './library.ts'
import { LoadedModel, type LoadRequest } from './loadedModel.ts'
import { readPrompt } from './prefill.ts'
import type { Lane } from './sequences.ts'
import { matchingWrapper } from './wrappers.ts'

type Generate = Extract<InferenceRequest, { readonly type: 'generate' }>
type Preload = Extract<InferenceRequest, { readonly type: 'preload' }>
/** A conversation has its context to itself. */
const atOnce: Pace = { read: (work) => work(), write: (work) => work() }
type Post = (reply: InferenceReply) => void

/** The engine behind the port. `handle` answers every request with exactly one last reply, or rejects: then the process must end. */
export class Engine {
  readonly #post: Post
  readonly #library: () => Promise<Library>
  readonly #active = new Map<number, AbortController>()
  #loaded: LoadedModel | null = null
  #chat: Promise<unknown> = Promise.resolve()
  #engineLog = { warn: 0, error: 0 }

  constructor(dependencies: { readonly post: Post; readonly library: () => Promise<Library> }) {
    this.#post = dependencies.post
    this.#library = dependencies.library
  }

  /** Works on one request. Pings and aborts are answered at once, whatever else runs. */
  async handle(request: InferenceRequest): Promise<void> {
    if (request.type === 'ping') return this.#post({ type: 'pong', id: request.id })
    if (request.type === 'abort') return this.#active.get(request.target)?.abort()
    const controller = new AbortController()
    this.#active.set(request.id, controller)
    try {
      this.#post(await this.#answer(request, controller.signal))
    } finally {
      this.#active.delete(request.id)
      this.#tellEngineLog()
    }
  }

  async #answer(
    request: Exclude<InferenceRequest, { type: 'ping' | 'abort' }>,
    signal: AbortSignal,
  ): Promise<InferenceReply> {
    const { id } = request
    switch (request.type) {
      case 'load':
        return this.#load(request, signal)
      case 'unload':
        await this.#unload(id)
        return { type: 'unloaded', id }
      case 'generate':
        return this.#ending(id, await this.#generate(request, signal))
      case 'preload':
        return this.#ending(id, await this.#preload(request, signal))
      case 'count-tokens':
        return this.#withModel(id, async ({ parts }) => {
          const counts = request.texts.map((text) => parts.model.tokenize(text, false).length)
          return { type: 'counts', id, counts }
        })
      case 'count-turn-tokens':
        return this.#withModel(id, async (loaded): Promise<InferenceReply> => {
          const tokens = loaded.tokensOf(request.turns)
          return tokens.ok ? { type: 'counts', id, counts: [tokens.value.length] } : failed(id, tokens.failure)
        })
      case 'embed':
        return this.#withModel(id, async (loaded): Promise<InferenceReply> => {
          const vectors = await embedTexts(loaded, request.texts, signal)
          return vectors.ok ? { type: 'vectors', id, vectors: [...vectors.value] } : failed(id, vectors.failure)
        })
      case 'test-gpu': {
        const test = await probeGpu(await this.#library(), request.backend, request.modelPath, this.#count)
        return { type: 'gpu-tested', id, test }
      }
      case 'calibrate':
        return this.#withModel(id, async (loaded) => {
          const total = request.candidates.length
          const step = (evaluated: number) => this.#post({ type: 'reading', id, evaluated, total })
          return { type: 'calibrated', id, ...(await calibrate(loaded, request.candidates, signal, step)) }
        })
      case 'limit-threads':
        return this.#withModel(id, async ({ parts }) => {
          parts.llama.maxThreads = request.threads
          return { type: 'threads-limited', id }
        })
      case 'measure-sequences':
        return this.#withModel(id, async (loaded) => {
          const speeds = await loaded.measureSequences(request.candidates, request.budgetMilliseconds, signal)
          return { type: 'sequences-measured', id, speeds: [...speeds] }
        })
      case 'match-wrapper':
        return {
          type: 'wrapper',
          id,
          name: matchingWrapper(await this.#library(), request.template, request.architecture),
        }
      default:
        return assertNever(request)
    }
  }

  async #load(request: LoadRequest, signal: AbortSignal): Promise<InferenceReply> {
    const { id } = request
    await this.#unload(id)
    let shown = 0
    const onProgress = (progress: number) => {
      if (progress < shown + 0.02 && progress < 1) return
      shown = progress
      this.#post({ type: 'loading', id, progress: Math.min(1, Math.max(0, progress)) })
    }
    const loaded = await LoadedModel.load(await this.#library(), request, this.#count, onProgress, signal)
    if (!loaded.ok) return failed(id, loaded.failure)
    this.#loaded = loaded.value
    return { type: 'loaded', id, info: loaded.value.parts.info }
  }

  /** Stops everything but the request that asks for it, then frees the model. */
  async #unload(self: number): Promise<void> {
    for (const [id, controller] of this.#active) if (id !== self) controller.abort()
    const loaded = this.#loaded
    this.#loaded = null
    if (loaded === null) return
    await this.#chat
    await loaded.dispose()
  }

  async #generate(request: Generate, signal: AbortSignal): Promise<Result<Ending>> {
    const loaded = this.#loaded
    if (loaded === null) return fail('model-not-installed', {})
    const tokens = loaded.tokensOf(request.turns)
    if (!tokens.ok) return tokens
    const grammar = await this.#grammarOf(loaded, request)
    if (!grammar.ok) return grammar
    const { maxTokens, temperature, seed, lane } = request
    const prompt = {
      history: historyOf(request.turns),
      tokens: tokens.value,
      maxTokens,
      temperature,
      seed,
      grammar: grammar.value,
    }
    if (lane.kind === 'chat') {
      return this.#onChatLane(loaded, lane.conversationId, (chatLane) =>
        generate(chatLane, prompt, this.#conduct(loaded, request.id, signal, loaded.parts.info.contextTokens)),
      )
    }
    const room = Math.min(loaded.parts.request.mapContextTokens, loaded.parts.info.contextTokens)
    return loaded.withMapLane(lane.sequences, tokens.value, signal, (mapLane, pace) =>
      generate(mapLane, prompt, {
        ...this.#conduct(loaded, request.id, signal, room),
        between: () => loaded.gate.pass(signal),
        pace,
      }),
    )
  }

  async #preload(request: Preload, signal: AbortSignal): Promise<Result<Ending>> {
    const loaded = this.#loaded
    if (loaded === null) return fail('model-not-installed', {})
    const tokens = loaded.tokensOf(request.turns)
    if (!tokens.ok) return tokens
    const { contextTokens } = loaded.parts.info
    const promptTokens = tokens.value.length
    if (promptTokens > contextTokens) {
      return fail('context-full', { neededTokens: promptTokens, contextTokens, reservedTokens: 0 })
    }
    return this.#onChatLane(loaded, request.conversationId, async ({ sequence }) => {
      const before = sequence.tokenMeter.getState()
      const conduct = this.#conduct(loaded, request.id, signal, contextTokens)
      const read = await readPrompt({ ...conduct, sequence, tokens: tokens.value, report: conduct.onReading })
      const evaluatedTokens = sequence.tokenMeter.diff(before).usedInputTokens
      return ok({ reason: read ? 'complete' : 'stopped', meter: { promptTokens, evaluatedTokens, generatedTokens: 0 } })
    })
  }

  /** Chats run one after the other; while one runs, map steps pause. */
  #onChatLane<T>(loaded: LoadedModel, conversationId: string, work: (lane: Lane) => Promise<T>): Promise<T> {
    const run = async () => {
      const leave = loaded.gate.enter()
      try {
        return await work(loaded.chatLanes.take(conversationId))
      } finally {
        leave()
      }
    }
    const turn = this.#chat.then(run)
    this.#chat = turn.catch(() => undefined)
    return turn
  }

  #conduct(loaded: LoadedModel, id: number, signal: AbortSignal, contextTokens: number): Conduct {
    return {
      contextTokens,
      sliceTokens: loaded.sliceTokens,
      signal,
      between: () => Promise.resolve(),
      pace: atOnce,
      onReading: (evaluated, total) => this.#post({ type: 'reading', id, evaluated, total }),
      onText: (delta) => this.#post({ type: 'text', id, delta }),
    }
  }

  async #grammarOf(loaded: LoadedModel, request: Generate): Promise<Result<LlamaGrammar | null>> {
    if (request.jsonSchema === undefined) return ok(null)
    type Schema = Parameters<typeof loaded.parts.llama.createGrammarForJsonSchema>[0]
    const schema = request.jsonSchema as Schema // as: data from the app; what the engine cannot use throws below
    try {
      return ok(await loaded.parts.llama.createGrammarForJsonSchema(schema))
    } catch {
      return fail('unsupported-by-model', { feature: 'grammar' })
    }
  }

  async #withModel(id: number, work: (loaded: LoadedModel) => Promise<InferenceReply>): Promise<InferenceReply> {
    return this.#loaded === null ? failed(id, { code: 'model-not-installed', details: {} }) : work(this.#loaded)
  }

  #ending(id: number, result: Result<Ending>): InferenceReply {
    return result.ok ? { type: 'finished', id, ...result.value } : failed(id, result.failure)
  }

  readonly #count = (level: 'warn' | 'error'): void => {
    this.#engineLog[level]++
  }

  #tellEngineLog(): void {
    for (const level of ['warn', 'error'] as const) {
      const count = this.#engineLog[level]
      if (count > 0) this.#post({ type: 'engine-log', level, count })
    }
    this.#engineLog = { warn: 0, error: 0 }
  }
}

function failed(id: number, failure: Failure): InferenceReply {
  return { type: 'failed', id, failure }
}
