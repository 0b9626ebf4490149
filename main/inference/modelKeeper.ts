// Keeps the chosen model loaded while it is worked on: loads it lazily, frees it when idle, steps down when its GPU fails.
import type { Failure } from '#contract/failures.ts'
import type { Announce } from '#contract/index.ts'
import type { EngineState } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EngineLink } from './engineLink.ts'
import type { GpuLadder } from './gpuLadder.ts'
import { mayBeGpu, once, readyState, same, type Work } from './loadedState.ts'
import type { ModelToLoad } from './localGenerator.ts'
import { batteryThreads } from './logic/threads.ts'
import type { MapSequences } from './mapSequences.ts'
import type { Loaded, ModelLoader } from './modelLoader.ts'
import { OpenSessions } from './openSessions.ts'
import type { Timers } from './timers.ts'

/** What the keeper works with; `allowSteps` hears how many map steps may run side by side on what is loaded. */
export type ModelKeeperParts = {
  readonly link: EngineLink
  readonly loader: ModelLoader
  readonly ladder: GpuLadder
  readonly map: MapSequences
  readonly chooseModel: (signal: AbortSignal, modelId?: string) => Promise<Result<ModelToLoad>>
  readonly announce: Announce
  readonly allowSteps: (count: number) => void
  readonly savesBattery: () => boolean
  readonly timers: Timers
  readonly idleMilliseconds: number
}

/** A turn with the engine: the model is loaded and stays until `leave`. */
type Session = { readonly loaded: Loaded; readonly leave: () => void }

const never = new AbortController().signal

/** The one who loads and frees models. */
export class ModelKeeper {
  readonly #parts: ModelKeeperParts
  readonly #sessions: OpenSessions
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
  #stopping = new AbortController()
  #closed = false

  constructor(parts: ModelKeeperParts) {
    this.#parts = parts
    this.#sessions = new OpenSessions(parts.timers, parts.idleMilliseconds, {
      begun: () => parts.map.busy(),
      quiet: () => parts.map.idle(this.#saving ? null : this.#loaded),
      idle: () => void (this.#sessions.none && this.#loading === null ? this.unload() : null),
    })
  }

  get state(): EngineState {
    return this.#state
  }

  get loaded(): Loaded | null {
    return this.#loaded
  }

  /** Aborts with `signal`, and when the model is unloaded or the engine closed. */
  untilStopped(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#stopping.signal])
  }

  /** Does work on the loaded model; when its GPU fails meanwhile the work is done again a step lower. */
  async withModel<T>(signal: AbortSignal, work: Work<T>, modelId?: string): Promise<Result<T>> {
    for (;;) {
      const session = await this.#enter(signal, modelId)
      if (!session.ok) return session
      const { loaded, leave } = session.value
      const result = await work(loaded).finally(leave)
      if (result.ok || signal.aborted || this.#closed) return result
      if (!(await this.#stepsDown(loaded, result.failure))) return result
    }
  }

  /** Does work that needs the process and no model. */
  async withProcess<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    this.#sessions.begin()
    try {
      const started = await this.#parts.link.start()
      return started.ok ? await work() : started
    } finally {
      this.#sessions.leave()
    }
  }

  /** What was asked for came out whole: on a GPU that is written down once per load. */
  async worked(loaded: Loaded): Promise<void> {
    if (loaded.info.gpuLayers === 0 || this.#worked.has(loaded)) return
    this.#worked.add(loaded)
    await this.#parts.ladder.worked(loaded.model, loaded.rung, loaded.info)
  }

  /** The model is loaded anew before the next work, because something about the GPU was decided. */
  reconsider(): void {
    this.#stale = this.#loaded
  }

  get willReload(): boolean {
    return this.#stale !== null && this.#stale === this.#loaded
  }

  /** The next work loads the model anew, whatever was decided. */
  forget(): void {
    this.#loaded = null
  }

  /** Tells the state of what is loaded, should it still be this. */
  tellReady(loaded: Loaded, threads = loaded.info.threads): void {
    if (this.#loaded !== loaded) return
    const map = this.#parts.map.of(loaded)
    this.#parts.allowSteps(map.count)
    this.#setState(readyState(loaded, threads, map))
  }

  /** The process is gone, and the model with it. */
  processEnded(failure: Failure): void {
    const loaded = this.#loaded
    this.#loaded = null
    if (loaded === null) return
    // With layers on a GPU there is still a way: what was asked for goes on a step lower.
    this.#setState(loaded.info.gpuLayers > 0 ? { state: 'idle' } : { state: 'failed', failure })
  }

  /** Stops what runs and ends the engine's process; the next work starts it again. */
  async unload(): Promise<void> {
    this.#stopping.abort()
    this.#stopping = new AbortController()
    this.#parts.map.busy()
    await this.#sessions.drain()
    this.#sessions.rest()
    this.#loaded = null
    await this.#parts.link.stop()
    if (this.#state.state !== 'failed') this.#setState({ state: 'idle' })
  }

  /** Ends the engine for good and waits until its process is gone; later work fails as `engine-unavailable`. */
  async close(): Promise<void> {
    this.#closed = true
    this.#stopping.abort()
    this.#parts.map.busy()
    this.#sessions.close()
    await this.#parts.link.stop()
    await this.#sessions.drain()
  }

  /** Makes sure the model is loaded, and keeps it so until `leave`. */
  async #enter(signal: AbortSignal, modelId?: string): Promise<Result<Session>> {
    for (;;) {
      if (this.#closed) return fail('engine-unavailable', { restarts: 0, minutes: 0 })
      const chosen = await this.#parts.chooseModel(this.untilStopped(signal), modelId)
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
    const either = this.untilStopped(signal)
    const result = await this.#parts.loader.load(model, onProgress, either)
    this.#loadStopped = !result.ok && either.aborted
    if (!result.ok) {
      this.#setState(this.#loadStopped ? { state: 'idle' } : { state: 'failed', failure: result.failure })
      return result
    }
    await this.#parts.map.recall(result.value)
    this.#loaded = result.value
    this.#saving = false
    this.tellReady(result.value)
    return result
  }

  /** Whether the next load stands lower because of this failure; asked once per loaded model, however many requests failed. */
  #stepsDown(loaded: Loaded, failure: Failure): Promise<boolean> {
    if (!mayBeGpu(failure)) return Promise.resolve(false)
    const known = this.#falls.get(loaded)
    if (known !== undefined) return known
    const { model, rung, info } = loaded
    const falling = this.#parts.ladder.fell(model, rung, info, failure)
    this.#falls.set(loaded, falling)
    this.#falling = falling
    if (this.#loaded === loaded && info.gpuLayers > 0) this.#loaded = null
    return falling
  }

  /** Tells a loaded model's process when the computer changes between battery and mains. */
  async #heedBattery(loaded: Loaded): Promise<void> {
    // Threads a person set are theirs.
    const saving = loaded.model.threads === 0 && this.#parts.savesBattery()
    if (saving === this.#saving) return
    this.#saving = saving
    const threads = saving ? batteryThreads(loaded.info.threads) : loaded.info.threads
    await this.#parts.link.ask({ type: 'limit-threads', threads }, never)
    this.tellReady(loaded, threads)
  }

  #setState(state: EngineState): void {
    this.#state = state
    this.#parts.announce('models.engine-changed', state)
  }
}
