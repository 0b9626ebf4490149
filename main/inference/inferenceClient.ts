// The model on this computer, as the rest of the app sees it: requests, queued, over a process that may end at any time.
import type { EngineState, GpuTest } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import { EngineLink } from './engineLink.ts'
import { GpuControl } from './gpuControl.ts'
import { GpuLadder } from './gpuLadder.ts'
import { GpuMemoryOfRun } from './gpuMemoryOfRun.ts'
import { inferenceLimits, testGpu } from './gpuTest.ts'
import type { InferenceDependencies } from './inferenceDependencies.ts'
import type {
  Calibrations,
  EngineControl,
  Generation,
  GenerationListener,
  GenerationRequest,
  LoadedModel,
  LocalGenerator,
  SequenceSpeed,
  SequenceSpeeds,
  TokenMeter,
  Turn,
  WrapperMatcher,
} from './localGenerator.ts'
import { thisMachine } from './machine.ts'
import { restOf } from './continuation.ts'
import { MapSequences } from './mapSequences.ts'
import { countsOfReply, describe, failureOfReply } from './loadedState.ts'
import { ModelKeeper } from './modelKeeper.ts'
import { ModelLoader, type Loaded } from './modelLoader.ts'
import type { InferenceOrder } from './protocol.ts'
import { RequestQueue } from './requestQueue.ts'
import { defaultTimings } from './supervisor.ts'
import { systemTimers } from './timers.ts'

const noTokens: TokenMeter = { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 }
const never = new AbortController().signal
const keepNothing: Calibrations & SequenceSpeeds = { get: async () => null, set: async () => undefined }

export type { InferenceDependencies } from './inferenceDependencies.ts'

/** The one user of the inference process. `close` leaves no process behind. */
export class InferenceClient implements LocalGenerator, EngineControl, WrapperMatcher {
  readonly gpu: GpuControl
  readonly #link: EngineLink
  readonly #loader: ModelLoader
  readonly #keeper: ModelKeeper
  readonly #queue = new RequestQueue()
  readonly #map: MapSequences
  readonly #testGpu: (signal: AbortSignal) => Promise<readonly GpuTest[]>
  #preloading: AbortController | null = null

  constructor(dependencies: InferenceDependencies) {
    const { spawn, timers = systemTimers, timings = defaultTimings, logger, now } = dependencies
    this.#testGpu = (signal) => testGpu(spawn, { signal, timers })
    this.#link = new EngineLink({
      spawn: () => spawn('inference', inferenceLimits),
      timers,
      timings,
      logger,
      now,
      onEnd: (failure) => this.#keeper.processEnded(failure),
    })
    const machine = dependencies.machine ?? thisMachine()
    const ladder = new GpuLadder({
      machine,
      memory: dependencies.gpuMemory ?? new GpuMemoryOfRun(),
      now,
      logger,
      testGpu: (options) => testGpu(spawn, { timers, ...options }),
    })
    this.gpu = new GpuControl({
      ladder,
      testGpu: (options) => testGpu(spawn, { timers, ...options }),
      reconsider: () => this.#keeper.reconsider(),
      willReload: () => this.#keeper.willReload,
      untilStopped: (signal) => this.#keeper.untilStopped(signal),
    })
    this.#map = new MapSequences({
      link: this.#link,
      speeds: dependencies.sequenceSpeeds ?? keepNothing,
      machineKey: machine.key,
      appVersion: dependencies.appVersion ?? '',
      timers,
      logger,
      changed: (loaded) => this.#keeper.tellReady(loaded),
    })
    const calibrations = dependencies.calibrations ?? keepNothing
    this.#loader = new ModelLoader({ link: this.#link, machine, calibrations, ladder })
    this.#keeper = new ModelKeeper({
      link: this.#link,
      loader: this.#loader,
      ladder,
      map: this.#map,
      chooseModel: dependencies.chooseModel,
      announce: dependencies.announce,
      allowSteps: (count) => this.#queue.allow(count),
      savesBattery: dependencies.savesBattery ?? (() => false),
      timers,
      idleMilliseconds: dependencies.idleMilliseconds ?? 15 * 60_000,
    })
  }

  /** The process id of the engine while it runs. */
  get pid(): number | undefined {
    return this.#link.pid
  }

  /** The library's version while a model is loaded. */
  get version(): string | null {
    return this.#keeper.loaded?.info.engine ?? null
  }

  state(): EngineState {
    return this.#keeper.state
  }

  /** Loads the chosen model. Aborting ends it with `model-load-failed`, unless others wait for the same load. */
  async load(signal: AbortSignal, modelId?: string): Promise<Result<LoadedModel>> {
    return this.#keeper.withModel(signal, async (loaded) => ok(describe(loaded, this.#map.of(loaded))), modelId)
  }

  async generate(request: GenerationRequest, listener: GenerationListener): Promise<Result<Generation>> {
    const signal = this.#keeper.untilStopped(listener.signal)
    // A chat takes over what a preload has read so far.
    if (request.lane.kind === 'chat') this.#preloading?.abort()
    const release = await this.#queue.enter(request.lane.kind, signal)
    if (release === null) return ok({ text: '', reason: 'stopped', meter: noTokens })
    let text = ''
    const onText = (delta: string) => {
      text += delta
      listener.onText?.(delta)
    }
    try {
      const work = async (loaded: Loaded): Promise<Result<Omit<Generation, 'text'>>> => {
        // The engine ended in the middle and stands lower now: what was written stays, and the answer goes on from there.
        if (text !== '' && request.jsonSchema !== undefined && listener.onText === undefined) text = ''
        const rest = await restOf(this.#link, request, text)
        if (!rest.ok) return rest
        if (rest.value === null) return ok({ reason: 'length', meter: noTokens })
        return this.#generate(loaded, rest.value, { ...listener, onText }, signal)
      }
      const result = await this.#keeper.withModel(signal, work, request.modelId)
      if (result.ok) return ok({ text, ...result.value })
      // Whoever stopped wants no failure, whatever stopping met on its way.
      return signal.aborted ? ok({ text, reason: 'stopped', meter: noTokens }) : result
    } finally {
      release()
    }
  }

  async preload(conversationId: string, turns: readonly Turn[], signal: AbortSignal): Promise<Result<TokenMeter>> {
    const controller = new AbortController()
    this.#preloading?.abort()
    this.#preloading = controller
    const either = this.#keeper.untilStopped(AbortSignal.any([signal, controller.signal]))
    const release = await this.#queue.enter('chat', either)
    if (release === null) return ok(noTokens)
    try {
      return await this.#keeper.withModel(either, async () => {
        const reply = await this.#link.ask({ type: 'preload', conversationId, turns: [...turns] }, either)
        return reply.type === 'finished' ? ok(reply.meter) : failureOfReply(reply)
      })
    } finally {
      release()
      if (this.#preloading === controller) this.#preloading = null
    }
  }

  countTokens(texts: readonly string[], modelId?: string): Promise<Result<readonly number[]>> {
    return this.#counts({ type: 'count-tokens', texts: [...texts] }, modelId)
  }

  async countTurnTokens(turns: readonly Turn[], modelId?: string): Promise<Result<number>> {
    const counts = await this.#counts({ type: 'count-turn-tokens', turns: [...turns] }, modelId)
    return counts.ok ? ok(counts.value[0] ?? 0) : counts
  }

  embed(texts: readonly string[], signal: AbortSignal): Promise<Result<readonly Float32Array[]>> {
    const either = this.#keeper.untilStopped(signal)
    return this.#keeper.withModel(either, async () => {
      const reply = await this.#link.ask({ type: 'embed', texts: [...texts] }, either)
      return reply.type === 'vectors' ? ok(reply.vectors) : failureOfReply(reply)
    })
  }

  matchWrapper(template: string, architecture: string): Promise<Result<string | null>> {
    return this.#keeper.withProcess(async () => {
      const reply = await this.#link.ask({ type: 'match-wrapper', template, architecture }, never)
      return reply.type === 'wrapper' ? ok(reply.name) : failureOfReply(reply)
    })
  }

  /** Measures thread counts for the chosen model now and loads it with the best. */
  async calibrate(signal: AbortSignal): Promise<Result<{ readonly threads: number }>> {
    const measured = await this.#keeper.withModel(signal, async (loaded) =>
      ok(await this.#loader.measure(loaded.model, signal)),
    )
    if (!measured.ok) return measured
    this.#keeper.forget()
    return this.#keeper.withModel(signal, async ({ info }) => ok({ threads: info.threads }))
  }

  /** Measures now how many map steps the chosen model does best side by side; empty when that cannot be told. */
  measureSequences(signal: AbortSignal): Promise<Result<readonly SequenceSpeed[]>> {
    const either = this.#keeper.untilStopped(signal)
    return this.#keeper.withModel(either, async (loaded) => ok((await this.#map.measure(loaded, either)) ?? []))
  }

  /** Tries every GPU backend of this platform, each in its own child. */
  async testGpu(signal: AbortSignal): Promise<Result<readonly GpuTest[]>> {
    return ok(await this.#testGpu(this.#keeper.untilStopped(signal)))
  }

  /** Stops what runs and ends the engine's process; the next request starts it again. */
  unload(): Promise<void> {
    return this.#keeper.unload()
  }

  /** Ends the engine for good and waits until its process is gone; later requests fail as `engine-unavailable`. */
  close(): Promise<void> {
    return this.#keeper.close()
  }

  #counts(order: InferenceOrder, modelId?: string): Promise<Result<readonly number[]>> {
    const ask = () => this.#link.ask(order, never).then(countsOfReply)
    return this.#keeper.withModel(never, ask, modelId)
  }

  async #generate(
    loaded: Loaded,
    request: GenerationRequest,
    listener: GenerationListener,
    signal: AbortSignal,
  ): Promise<Result<Omit<Generation, 'text'>>> {
    const { lane, turns, maxTokens, temperature, seed, jsonSchema } = request
    const given = lane.kind === 'chat' ? lane : { ...lane, sequences: this.#map.of(loaded).count }
    const order: InferenceOrder = { type: 'generate', lane: given, turns: [...turns], maxTokens, temperature, seed }
    const reply = await this.#link.ask(jsonSchema === undefined ? order : { ...order, jsonSchema }, signal, (sign) => {
      if (sign.type === 'reading') listener.onReading?.(sign.evaluated, sign.total)
      if (sign.type === 'text') listener.onText?.(sign.delta)
    })
    if (reply.type !== 'finished') return failureOfReply(reply, loaded.model.name)
    this.#map.answered(loaded)
    if (reply.reason !== 'stopped') await this.#keeper.worked(loaded)
    return ok({ reason: reply.reason, meter: reply.meter })
  }
}
