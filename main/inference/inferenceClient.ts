// The model on this computer, as the rest of the app sees it: loads lazily, queues, survives its process.
import type { Failure } from '#contract/failures.ts'
import type { Announce } from '#contract/index.ts'
import type { EngineState, GpuTest } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { EngineLink } from './engineLink.ts'
import { GpuControl } from './gpuControl.ts'
import { GpuLadder } from './gpuLadder.ts'
import { GpuMemoryOfRun } from './gpuMemoryOfRun.ts'
import { inferenceLimits, testGpu, type Spawn } from './gpuTest.ts'
import type { InferenceDependencies } from './inferenceDependencies.ts'
import type {
  Calibrations,
  EngineControl,
  Generation,
  GenerationListener,
  GenerationRequest,
  LoadedModel,
  LocalGenerator,
  ModelToLoad,
  SequenceSpeed,
  SequenceSpeeds,
  TokenMeter,
  Turn,
  WrapperMatcher,
} from './localGenerator.ts'
import { batteryThreads } from './logic/threads.ts'
import { thisMachine } from './machine.ts'
import { restOf } from './continuation.ts'
import { MapSequences } from './mapSequences.ts'
import { countsOfReply, describe, failureOfReply, mayBeGpu, once, readyState, same, type Work } from './loadedState.ts'
import { ModelLoader, type Loaded } from './modelLoader.ts'
import type { InferenceOrder } from './protocol.ts'
import { OpenSessions } from './openSessions.ts'
import { RequestQueue } from './requestQueue.ts'
import { defaultTimings } from './supervisor.ts'
import { systemTimers, type Timers } from './timers.ts'

const noTokens: TokenMeter = { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 }
const never = new AbortController().signal
const keepNothing: Calibrations & SequenceSpeeds = { get: async () => null, set: async () => undefined }

export type { InferenceDependencies } from './inferenceDependencies.ts'

/** A turn with the engine: the model is loaded and stays until `leave`. */
type Session = { readonly loaded: Loaded; readonly leave: () => void }

/** The one user of the inference process. `close` leaves no process behind. */
export class InferenceClient implements LocalGenerator, EngineControl, WrapperMatcher {
  readonly gpu: GpuControl
  readonly #link: EngineLink
  readonly #loader: ModelLoader
  readonly #ladder: GpuLadder
  readonly #queue = new RequestQueue()
  readonly #map: MapSequences
  readonly #spawn: Spawn
  readonly #chooseModel: (signal: AbortSignal, modelId?: string) => Promise<Result<ModelToLoad>>
  readonly #announce: Announce
  readonly #timers: Timers
  readonly #savesBattery: () => boolean
  /** Loaded models whose GPU work failed, with whether a lower step was found. */
  readonly #falls = new WeakMap<Loaded, Promise<boolean>>()
  readonly #worked = new WeakSet<Loaded>()
  #falling: Promise<unknown> = Promise.resolve()
  #saving = false
  #state: EngineState = { state: 'idle' }
  #loaded: Loaded | null = null
  /** A loaded model that is to be loaded again, because something about the GPU was decided anew. */
  #stale: Loaded | null = null
  #loading: Promise<Result<Loaded>> | null = null
  #loadStopped = false
  readonly #sessions: OpenSessions
  #preloading: AbortController | null = null
  #stopping = new AbortController()
  #closed = false

  constructor(dependencies: InferenceDependencies) {
    const { spawn, timers = systemTimers, timings = defaultTimings, logger, now } = dependencies
    this.#spawn = spawn
    this.#chooseModel = dependencies.chooseModel
    this.#announce = dependencies.announce
    this.#timers = timers
    this.#sessions = new OpenSessions(timers, dependencies.idleMilliseconds ?? 15 * 60_000, {
      begun: () => this.#map.busy(),
      quiet: () => this.#map.idle(this.#saving ? null : this.#loaded),
      idle: () => void (this.#sessions.none && this.#loading === null ? this.unload() : null),
    })
    this.#savesBattery = dependencies.savesBattery ?? (() => false)
    this.#link = new EngineLink({
      spawn: () => spawn('inference', inferenceLimits),
      timers,
      timings,
      logger,
      now,
      onEnd: (failure) => this.#processEnded(failure),
    })
    const machine = dependencies.machine ?? thisMachine()
    this.#ladder = new GpuLadder({
      machine,
      memory: dependencies.gpuMemory ?? new GpuMemoryOfRun(),
      now,
      logger,
      testGpu: (options) => testGpu(spawn, { timers, ...options }),
    })
    this.gpu = new GpuControl({
      ladder: this.#ladder,
      testGpu: (options) => testGpu(spawn, { timers, ...options }),
      reconsider: () => (this.#stale = this.#loaded),
      willReload: () => this.#stale !== null && this.#stale === this.#loaded,
      untilStopped: (signal) => this.#untilStopped(signal),
    })
    const calibrations = dependencies.calibrations ?? keepNothing
    this.#map = new MapSequences({
      link: this.#link,
      speeds: dependencies.sequenceSpeeds ?? keepNothing,
      machineKey: machine.key,
      appVersion: dependencies.appVersion ?? '',
      timers,
      logger,
      changed: (loaded) => this.#tellReady(loaded),
    })
    this.#loader = new ModelLoader({ link: this.#link, machine, calibrations, ladder: this.#ladder })
  }

  /** The process id of the engine while it runs. */
  get pid(): number | undefined {
    return this.#link.pid
  }

  /** The library's version while a model is loaded. */
  get version(): string | null {
    return this.#loaded?.info.engine ?? null
  }

  state(): EngineState {
    return this.#state
  }

  /** Loads the chosen model. Aborting ends it with `model-load-failed`, unless others wait for the same load. */
  async load(signal: AbortSignal, modelId?: string): Promise<Result<LoadedModel>> {
    const session = await this.#enter(signal, modelId)
    if (!session.ok) return session
    session.value.leave()
    return ok(describe(session.value.loaded, this.#map.of(session.value.loaded)))
  }

  async generate(request: GenerationRequest, listener: GenerationListener): Promise<Result<Generation>> {
    const signal = this.#untilStopped(listener.signal)
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
      const result = await this.#withSession(signal, work, request.modelId)
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
    const either = this.#untilStopped(AbortSignal.any([signal, controller.signal]))
    const release = await this.#queue.enter('chat', either)
    if (release === null) return ok(noTokens)
    try {
      return await this.#withSession(either, async () => {
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
    const either = this.#untilStopped(signal)
    return this.#withSession(either, async () => {
      const reply = await this.#link.ask({ type: 'embed', texts: [...texts] }, either)
      return reply.type === 'vectors' ? ok(reply.vectors) : failureOfReply(reply)
    })
  }

  async matchWrapper(template: string, architecture: string): Promise<Result<string | null>> {
    this.#sessions.begin()
    try {
      const started = await this.#link.start()
      if (!started.ok) return started
      const reply = await this.#link.ask({ type: 'match-wrapper', template, architecture }, never)
      return reply.type === 'wrapper' ? ok(reply.name) : failureOfReply(reply)
    } finally {
      this.#sessions.leave()
    }
  }

  /** Measures thread counts for the chosen model now and loads it with the best. */
  async calibrate(signal: AbortSignal): Promise<Result<{ readonly threads: number }>> {
    const measured = await this.#withSession(signal, async (loaded) =>
      ok(await this.#loader.measure(loaded.model, signal)),
    )
    if (!measured.ok) return measured
    this.#loaded = null
    const session = await this.#enter(signal)
    if (!session.ok) return session
    session.value.leave()
    return ok({ threads: session.value.loaded.info.threads })
  }

  /** Measures now how many map steps the chosen model does best side by side; empty when that cannot be told. */
  measureSequences(signal: AbortSignal): Promise<Result<readonly SequenceSpeed[]>> {
    const either = this.#untilStopped(signal)
    return this.#withSession(either, async (loaded) => ok((await this.#map.measure(loaded, either)) ?? []))
  }

  /** Tries every GPU backend of this platform, each in its own child. */
  async testGpu(signal: AbortSignal): Promise<Result<readonly GpuTest[]>> {
    return ok(await testGpu(this.#spawn, { signal: this.#untilStopped(signal), timers: this.#timers }))
  }

  /** Stops what runs and ends the engine's process; the next request starts it again. */
  async unload(): Promise<void> {
    this.#stopping.abort()
    this.#stopping = new AbortController()
    this.#map.busy()
    await this.#sessions.drain()
    this.#sessions.rest()
    this.#loaded = null
    await this.#link.stop()
    if (this.#state.state !== 'failed') this.#setState({ state: 'idle' })
  }

  /** Ends the engine for good and waits until its process is gone; later requests fail as `engine-unavailable`. */
  async close(): Promise<void> {
    this.#closed = true
    this.#stopping.abort()
    this.#map.busy()
    this.#sessions.close()
    await this.#link.stop()
    await this.#sessions.drain()
  }

  #counts(order: InferenceOrder, modelId?: string): Promise<Result<readonly number[]>> {
    const ask = () => this.#link.ask(order, never).then(countsOfReply)
    return this.#withSession(never, ask, modelId)
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
    if (reply.reason !== 'stopped' && loaded.info.gpuLayers > 0 && !this.#worked.has(loaded)) {
      this.#worked.add(loaded)
      await this.#ladder.worked(loaded.model, loaded.rung, loaded.info)
    }
    return ok({ reason: reply.reason, meter: reply.meter })
  }

  /** Does work on the loaded model; when its GPU fails meanwhile the work is done again a step lower. */
  async #withSession<T>(signal: AbortSignal, work: Work<T>, modelId?: string): Promise<Result<T>> {
    for (;;) {
      const session = await this.#enter(signal, modelId)
      if (!session.ok) return session
      const { loaded, leave } = session.value
      const result = await work(loaded).finally(leave)
      if (result.ok || signal.aborted || this.#closed) return result
      if (!(await this.#stepsDown(loaded, result.failure))) return result
    }
  }

  /** Whether the next load stands lower because of this failure; asked once per loaded model, however many requests failed. */
  #stepsDown(loaded: Loaded, failure: Failure): Promise<boolean> {
    if (!mayBeGpu(failure)) return Promise.resolve(false)
    const known = this.#falls.get(loaded)
    if (known !== undefined) return known
    const { model, rung, info } = loaded
    const falling = this.#ladder.fell(model, rung, info, failure)
    this.#falls.set(loaded, falling)
    this.#falling = falling
    if (this.#loaded === loaded && info.gpuLayers > 0) this.#loaded = null
    return falling
  }

  /** Tells a loaded model's process when the computer changes between battery and mains. */
  async #heedBattery(loaded: Loaded): Promise<void> {
    // Threads a person set are theirs.
    const saving = loaded.model.threads === 0 && this.#savesBattery()
    if (saving === this.#saving) return
    this.#saving = saving
    const threads = saving ? batteryThreads(loaded.info.threads) : loaded.info.threads
    await this.#link.ask({ type: 'limit-threads', threads }, never)
    this.#tellReady(loaded, threads)
  }

  /** Makes sure the model is loaded, and keeps it so until `leave`. */
  async #enter(signal: AbortSignal, modelId?: string): Promise<Result<Session>> {
    for (;;) {
      if (this.#closed) return fail('engine-unavailable', { restarts: 0, minutes: 0 })
      const chosen = await this.#chooseModel(this.#untilStopped(signal), modelId)
      if (!chosen.ok) return chosen
      const loaded = this.#loaded
      const fresh = loaded !== null && loaded !== this.#stale && same(loaded.model, chosen.value)
      if (fresh && this.#loading === null) {
        this.#sessions.begin()
        await this.#heedBattery(loaded)
        return ok({ loaded, leave: once(() => this.#sessions.leave()) })
      }
      this.#loading ??= this.#load(chosen.value, signal).finally(() => (this.#loading = null))
      const result = await this.#loading
      // Another caller may have stopped the load this one waited for; then it is begun again.
      if (!result.ok && !(this.#loadStopped && !signal.aborted)) return result
    }
  }

  async #load(model: ModelToLoad, signal: AbortSignal): Promise<Result<Loaded>> {
    await this.#sessions.drain()
    await this.#falling
    this.#loaded = null
    this.#setState({ state: 'loading', modelId: model.modelId, progress: 0 })
    const onProgress = (progress: number) => this.#setState({ state: 'loading', modelId: model.modelId, progress })
    const either = this.#untilStopped(signal)
    const result = await this.#loader.load(model, onProgress, either)
    this.#loadStopped = !result.ok && either.aborted
    if (!result.ok) {
      this.#setState(this.#loadStopped ? { state: 'idle' } : { state: 'failed', failure: result.failure })
      return result
    }
    await this.#map.recall(result.value)
    this.#loaded = result.value
    this.#saving = false
    this.#tellReady(result.value)
    return result
  }

  #tellReady(loaded: Loaded, threads = loaded.info.threads): void {
    if (this.#loaded !== loaded) return
    const map = this.#map.of(loaded)
    this.#queue.allow(map.count)
    this.#setState(readyState(loaded, threads, map))
  }

  #processEnded(failure: Failure): void {
    const loaded = this.#loaded
    this.#loaded = null
    if (loaded === null) return
    // With layers on a GPU there is still a way: what was asked for goes on a step lower.
    this.#setState(loaded.info.gpuLayers > 0 ? { state: 'idle' } : { state: 'failed', failure })
  }

  #setState(state: EngineState): void {
    this.#state = state
    this.#announce('models.engine-changed', state)
  }

  #untilStopped(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#stopping.signal])
  }
}
