// The way down from the GPU, step by step, and what is remembered of it by model, device and driver.
import type { Failure, FailureCode } from '#contract/failures.ts'
import type { GpuTest } from '#contract/model.ts'
import type { Logger } from '../host.ts'
import type { GpuMemory } from './gpuMemory.ts'
import type { GpuTestOptions } from './gpuTest.ts'
import type { ModelToLoad } from './localGenerator.ts'
import { firstAttempt, nextAttempt, onProcessor, type Fallback, type GpuAttempt } from './logic/gpuPlan.ts'
import * as record from './logic/gpuRecord.ts'
import type { Machine } from './machine.ts'
import type { LoadedInfo } from './protocol.ts'

/** An attempt, and the device whose record it is written to; null when no GPU has a part in it. */
export type Rung = { readonly attempt: GpuAttempt; readonly device: string | null }

/** What the ladder needs; `testGpu` runs self-tests in children of their own. */
export type GpuLadderDependencies = {
  readonly machine: Machine
  readonly memory: GpuMemory
  readonly now: () => Date
  readonly logger: Logger
  readonly testGpu: (options: GpuTestOptions) => Promise<readonly GpuTest[]>
}

/** Outcomes of self-tests and when they were there. */
export type TestedGpu = { readonly tests: readonly GpuTest[]; readonly at: string }

/** A driver that hangs while somebody waits for an answer gets no longer than this. Milliseconds. */
const lookAgainMilliseconds = 10_000

/** Decides for every load where it begins and how it goes on. */
export class GpuLadder {
  readonly #dependencies: GpuLadderDependencies
  #tested: TestedGpu | null = null
  /** Devices that failed at work: left alone for the rest of this run. */
  readonly #left = new Map<string, Fallback>()

  constructor(dependencies: GpuLadderDependencies) {
    this.#dependencies = dependencies
  }

  /** The last self-tests of this run; null before the first. */
  get tested(): TestedGpu | null {
    return this.#tested
  }

  /** Takes over outcomes of a test a person asked for: what failed in this run may be tried again. */
  noteTests(tests: readonly GpuTest[]): void {
    this.#tested = { tests, at: this.#dependencies.now().toISOString() }
    this.#left.clear()
  }

  /** Where loading a model begins. Aborting ends the tests; what they said by then is not believed. */
  async first(model: ModelToLoad, signal: AbortSignal): Promise<Rung> {
    if (model.gpu === 'unused') return processor(null)
    if (model.gpu === 'off') return processor('turned-off')
    if (!this.#dependencies.machine.mayHaveGpu) return processor('no-gpu')
    const tests = this.#tested?.tests ?? (await this.#dependencies.testGpu({ modelPath: model.path, signal }))
    if (!signal.aborted) this.#tested ??= { tests, at: this.#dependencies.now().toISOString() }
    const attempt = firstAttempt(tests, model.gpu)
    const test = tests.find(({ backend }) => backend === attempt.backend)
    if (test === undefined) return { attempt, device: null }
    const device = this.#deviceKey(test)
    const left = this.#left.get(`${model.sha256} ${device}`)
    // Neither is a lasting decision about this device: nothing is written to its record.
    if (left !== undefined) return processor(left)
    const known = await this.#record(model, device)
    if (record.isCrashLoop(known)) return processor('crash-loop')
    return { attempt: known.attempt ?? attempt, device }
  }

  /** A load begins. Kept before it, because a driver may take the whole computer along. */
  begins(model: ModelToLoad, rung: Rung): Promise<void> {
    return this.#change(model, rung.attempt.backend === null ? null : rung.device, record.begun)
  }

  /** A load ended well. */
  async loaded(model: ModelToLoad, rung: Rung, info: LoadedInfo): Promise<void> {
    await this.#change(model, rung.device, (known) => record.ended(known, rung.attempt, stateOf(info)))
  }

  /** Somebody ended a load; that says nothing about the GPU. */
  async abandoned(model: ModelToLoad, rung: Rung): Promise<void> {
    if (rung.attempt.backend === null) return
    await this.#change(model, rung.device, (known) => ({ ...known, unfinished: 0 }))
  }

  /** The rung below after a load ended with `code`; null when there is none. */
  async below(model: ModelToLoad, rung: Rung, code: FailureCode): Promise<Rung | null> {
    const next = nextAttempt(rung.attempt, code, model.totalLayers)
    const attempt = next ?? rung.attempt
    if (rung.attempt.backend !== null) {
      await this.#change(model, rung.device, (known) => record.ended(known, attempt, null))
    }
    if (next === null) return null
    this.#dependencies.logger.warn('gpu-step-down', { code, fallback: next.fallback })
    return { attempt: next, device: rung.device }
  }

  /** Work was finished with layers on the GPU. */
  async worked(model: ModelToLoad, rung: Rung, info: LoadedInfo): Promise<void> {
    const at = this.#dependencies.now().toISOString()
    const state = { attempt: rung.attempt, state: stateOf(info), at }
    await this.#change(model, rung.device, (known) => record.worked(known, state))
  }

  /**
   * Work with layers on the GPU failed. True: the next load stands lower, so that the work can go on. A device that is
   * gone is told from a driver that crashed by looking again.
   */
  async fell(model: ModelToLoad, rung: Rung, info: LoadedInfo, failure: Failure): Promise<boolean> {
    const { backend } = rung.attempt
    if (backend === null || rung.device === null || info.gpuLayers === 0) return false
    if (failure.code === 'engine-out-of-memory') {
      const tried: GpuAttempt = { ...rung.attempt, layers: Math.min(info.gpuLayers, model.totalLayers) }
      return (await this.below(model, { ...rung, attempt: tried }, failure.code)) !== null
    }
    if (failure.code !== 'engine-crashed' && failure.code !== 'engine-hung') return false
    const [again] = await this.#dependencies.testGpu({
      backends: [backend],
      timeoutMilliseconds: lookAgainMilliseconds,
    })
    const reason = again?.outcome === 'not-present' ? 'lost' : 'crashed'
    this.#left.set(`${model.sha256} ${rung.device}`, reason)
    if (reason === 'crashed') await this.#change(model, rung.device, record.crashed)
    this.#dependencies.logger.warn('gpu-left', { code: failure.code, reason })
    return true
  }

  /** Forgets what failed for a model, on every device; what worked stays known. */
  async forget(modelSha256: string): Promise<void> {
    const { memory } = this.#dependencies
    for (const { device, record: known } of await memory.all(modelSha256)) {
      this.#left.delete(`${modelSha256} ${device}`)
      await memory.set(modelSha256, device, record.triedAnew(known))
    }
  }

  /** Makes what worked last the beginning again; answers it, or null when nothing ever worked. */
  async restore(modelSha256: string): Promise<record.WorkingState | null> {
    const { memory } = this.#dependencies
    const last = newestWorking(await memory.all(modelSha256))
    if (last === null) return null
    this.#left.delete(`${modelSha256} ${last.device}`)
    await memory.set(modelSha256, last.device, record.restored(last.record))
    return last.record.worked
  }

  async #record(model: ModelToLoad, device: string): Promise<record.GpuRecord> {
    return (await this.#dependencies.memory.get(model.sha256, device)) ?? record.noRecord
  }

  async #change(
    model: ModelToLoad,
    device: string | null,
    change: (known: record.GpuRecord) => record.GpuRecord,
  ): Promise<void> {
    if (device === null) return
    await this.#dependencies.memory.set(model.sha256, device, change(await this.#record(model, device)))
  }

  /** Another driver, another device or another build is another record. */
  #deviceKey({ backend, deviceNames, memoryBytes }: GpuTest): string {
    return [backend, deviceNames.join('+'), memoryBytes ?? 0, this.#dependencies.machine.driver].join(' | ')
  }
}

/** How a model runs, from what the engine says. */
export function stateOf({ gpu, gpuName, gpuLayers, totalLayers }: LoadedInfo): record.DeviceState {
  return { device: gpu, deviceName: gpu === 'cpu' ? null : gpuName, gpuLayers, totalLayers }
}

/** The device on which a model finished work last; null when it never did. */
export function newestWorking<Note extends { readonly record: record.GpuRecord }>(notes: readonly Note[]): Note | null {
  const working = notes.filter((note) => note.record.worked !== null)
  return working.toSorted((a, b) => (b.record.worked?.at ?? '').localeCompare(a.record.worked?.at ?? ''))[0] ?? null
}

function processor(fallback: Fallback): Rung {
  return { attempt: onProcessor(fallback), device: null }
}
