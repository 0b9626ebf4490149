// How many map steps run side by side on the loaded model: known from earlier, or measured once when nobody waits.
import type { Logger } from '../host.ts'
import type { EngineLink } from './engineLink.ts'
import type { SequenceSpeed, SequenceSpeeds } from './localGenerator.ts'
import { assumedSequences, bestSequences, sequenceCandidates } from './logic/mapSequences.ts'
import type { Loaded } from './modelLoader.ts'
import type { Timers } from './timers.ts'

/** How many steps run side by side, and whether that was measured or is assumed. */
export type MapCount = { readonly count: number; readonly measured: boolean }

/** `changed` hears of a model whose number was measured; `appVersion` is part of what a measurement holds for. */
export type MapSequencesDependencies = {
  readonly link: EngineLink
  readonly speeds: SequenceSpeeds
  readonly machineKey: string
  readonly appVersion: string
  readonly timers: Timers
  readonly logger: Logger
  readonly changed: (loaded: Loaded) => void
}

/** Nobody asked for anything for so long: a good moment to measure. */
const quietMilliseconds = 3000
const budgetMilliseconds = 1500

/** Knows the number for every loaded model. */
export class MapSequences {
  readonly #dependencies: MapSequencesDependencies
  readonly #known = new WeakMap<Loaded, MapCount>()
  /** Models that have answered: before its first answer nothing is measured on a model. */
  readonly #answered = new WeakSet<Loaded>()
  readonly #tried = new WeakSet<Loaded>()
  #cancelQuiet: (() => void) | null = null
  #measuring: AbortController | null = null

  constructor(dependencies: MapSequencesDependencies) {
    this.#dependencies = dependencies
  }

  of(loaded: Loaded): MapCount {
    return this.#known.get(loaded) ?? { count: assumedSequences(loaded.info.gpuLayers), measured: false }
  }

  /** Looks up what an earlier run measured. */
  async recall(loaded: Loaded): Promise<void> {
    const speeds = await this.#dependencies.speeds.get(loaded.model.sha256, this.#conditions(loaded))
    const best = speeds === null ? null : bestSequences(speeds)
    if (best !== null) this.#known.set(loaded, { count: best.sequences, measured: true })
  }

  /** The model finished an answer. */
  answered(loaded: Loaded): void {
    this.#answered.add(loaded)
  }

  /** Somebody asks for something: measuring ends within a batch and is begun again another time. */
  busy(): void {
    this.#cancelQuiet?.()
    this.#cancelQuiet = null
    this.#measuring?.abort()
    this.#measuring = null
  }

  /** Nobody asks for anything: measures after a while, if there is something to find out. */
  idle(loaded: Loaded | null): void {
    this.busy()
    if (loaded === null || !this.#answered.has(loaded) || this.#tried.has(loaded) || this.of(loaded).measured) return
    this.#cancelQuiet = this.#dependencies.timers.after(quietMilliseconds, () => {
      this.#cancelQuiet = null
      const measuring = new AbortController()
      this.#measuring = measuring
      void this.measure(loaded, measuring.signal)
    })
  }

  /** Measures now, keeps what was found and answers it; null when stopped or when it could not be measured. */
  async measure(loaded: Loaded, signal: AbortSignal): Promise<readonly SequenceSpeed[] | null> {
    const { link, speeds, logger, changed } = this.#dependencies
    const candidates = [...sequenceCandidates]
    const reply = await link.ask({ type: 'measure-sequences', candidates, budgetMilliseconds }, signal)
    if (signal.aborted) return null
    // What could not be measured now is not tried again in this run.
    this.#tried.add(loaded)
    const best = reply.type === 'sequences-measured' ? bestSequences(reply.speeds) : null
    if (reply.type !== 'sequences-measured' || best === null) return null
    logger.info('map-sequences-measured', { sequences: best.sequences })
    this.#known.set(loaded, { count: best.sequences, measured: true })
    await speeds.set(loaded.model.sha256, this.#conditions(loaded), reply.speeds)
    changed(loaded)
    return reply.speeds
  }

  #conditions({ info }: Loaded): string {
    const { machineKey, appVersion } = this.#dependencies
    const device = [info.gpu, info.gpuName ?? '', `${info.gpuLayers}/${info.totalLayers}`, info.threads].join(' ')
    return [machineKey, device, appVersion, info.engine].join(' | ')
  }
}
