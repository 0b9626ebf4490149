// This computer's GPU as people see it: what it does for the chosen model, why not more, and what they may do about it.
import type { Announce, Item } from '#contract/index.ts'
import type { Device, DeviceState, DeviceWish, GpuPanel, GpuReason } from '#contract/machine.ts'
import type { EngineState, GpuTest } from '#contract/model.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { Setting, SettingEntry, SettingValues } from '#contract/setting.ts'
import { isLeftAlone, type GpuMemory, type GpuNote } from '../../inference/gpuMemory.ts'
import type { InferenceClient } from '../../inference/inferenceClient.ts'
import type { ModelToLoad } from '../../inference/localGenerator.ts'
import { streamOf } from './machineItems.ts'

type Chosen = Pick<ModelToLoad, 'modelId' | 'path' | 'sha256' | 'totalLayers' | 'gpu' | 'threads'>

/** What the room needs of others. `savesBattery` is what the engine is told, `onBattery` what the system says. */
export type MachineDependencies = {
  readonly settings: {
    get(key: 'gpu'): Setting<SettingValues['gpu']>
    set(key: 'gpu', value: SettingValues['gpu']): Result<SettingEntry>
  }
  readonly engine: {
    state(): EngineState
    readonly gpu: Pick<InferenceClient['gpu'], 'tested' | 'testAnew' | 'restore' | 'decided' | 'willReload'>
  }
  readonly memory: GpuMemory
  readonly chosen: (signal?: AbortSignal) => Promise<Result<Chosen>>
  readonly backends: readonly GpuTest['backend'][]
  readonly onBattery: () => boolean | null
  readonly savesBattery: () => boolean
  readonly announce: Announce
}

/** The GPU panel. */
export class MachineService {
  readonly #dependencies: MachineDependencies
  #told = ''
  #telling: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(dependencies: MachineDependencies) {
    this.#dependencies = dependencies
  }

  /** What the GPU does for the chosen model; tries nothing. */
  async gpu(): Promise<Result<GpuPanel>> {
    return ok(await this.#panel())
  }

  /** Tries every backend anew and forgets what failed for the chosen model. */
  testGpu(signal: AbortSignal): Stream<Item<'machine.test-gpu'>> {
    return streamOf(async (push) => {
      const chosen = await this.#chosen()
      await this.#dependencies.engine.gpu.testAnew(chosen, {
        signal,
        onTested: (test, done, total) => push({ type: 'tested', test, done, total }),
      })
      return ok({ type: 'finished', reason: signal.aborted ? 'stopped' : 'complete', gpu: await this.#tell() })
    })
  }

  /** Says what models run on from the next request on; what failed before may be tried again. */
  async use(wish: DeviceWish): Promise<Result<GpuPanel>> {
    const { settings, engine } = this.#dependencies
    const set = settings.set('gpu', settingOf(wish))
    if (!set.ok) return set
    const chosen = await this.#chosen()
    await engine.gpu.decided(chosen?.sha256 ?? null)
    return ok(await this.#tell())
  }

  /** Back to the last way in which the chosen model finished work on a GPU. */
  async restoreLastWorking(): Promise<Result<GpuPanel>> {
    const { settings, engine, memory } = this.#dependencies
    const chosen = await this.#chosen()
    const last = chosen === null ? null : lastWorking(await memory.all(chosen.sha256))
    if (chosen === null || last === null) return fail('not-found', { what: 'gpu-state', id: chosen?.modelId ?? '' })
    const { backend } = last.attempt
    const { value: wish } = settings.get('gpu')
    if (backend !== null && wish !== backend && !(wish === 'auto' && this.#firstWorking() === backend)) {
      const set = settings.set('gpu', backend)
      if (!set.ok) return set
    }
    await engine.gpu.restore(chosen.sha256)
    return ok(await this.#tell())
  }

  /** The engine or a setting changed: announces the panel when it says something else than before. */
  async changed(): Promise<void> {
    if (this.#closed || this.#dependencies.engine.state().state === 'loading') return
    this.#telling = this.#telling.then(() => (this.#closed ? undefined : this.#tell()))
    await this.#telling
  }

  /** Tells nothing more; resolves when nothing is being told. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#telling
  }

  async #tell(): Promise<GpuPanel> {
    const panel = await this.#panel()
    const said = JSON.stringify(panel)
    if (said !== this.#told) this.#dependencies.announce('machine.gpu-changed', panel)
    this.#told = said
    return panel
  }

  async #panel(): Promise<GpuPanel> {
    const { settings, engine, memory, backends, onBattery, savesBattery } = this.#dependencies
    const chosen = await this.#chosen()
    const notes = chosen === null ? [] : await memory.all(chosen.sha256)
    const { value, locked } = settings.get('gpu')
    const state = engine.state()
    const how =
      chosen === null
        ? nothingKnown
        : ((engine.gpu.willReload() ? null : running(chosen, state)) ?? remembered(chosen, value, notes))
    const worked = lastWorking(notes)
    const tested = engine.gpu.tested()
    return {
      modelId: chosen?.modelId ?? null,
      ...how,
      wish: value === 'off' ? 'cpu' : value,
      wishLocked: locked,
      devices: [...backends],
      tests: [...(tested?.tests ?? [])],
      testedAt: tested?.at ?? null,
      lastWorking: worked === null ? null : { ...worked.state, at: worked.at },
      canRestore: worked !== null && (how.state === null || !sameState(how.state, worked.state)),
      threads: state.state === 'ready' ? state.threads : 0,
      onBattery: onBattery(),
      savesBattery: savesBattery(),
    }
  }

  #firstWorking(): Device | undefined {
    const tests = this.#dependencies.engine.gpu.tested()?.tests ?? []
    return tests.find(({ backend, outcome }) => backend !== 'cpu' && outcome === 'works')?.backend
  }

  async #chosen(): Promise<Chosen | null> {
    const chosen = await this.#dependencies.chosen()
    return chosen.ok ? chosen.value : null
  }
}

type How = Pick<GpuPanel, 'known' | 'state' | 'reason'>

const nothingKnown: How = { known: 'unknown', state: null, reason: null }

function running(chosen: Chosen, state: EngineState): How | null {
  if (state.state !== 'ready' || state.modelId !== chosen.modelId) return null
  const { gpu, gpuName, gpuLayers, totalLayers, fallback } = state
  const reason: GpuReason | null = fallback ?? (gpu === 'cpu' ? 'not-for-model' : null)
  const deviceName = gpu === 'cpu' ? null : gpuName
  return { known: 'running', state: { device: gpu, deviceName, gpuLayers, totalLayers }, reason }
}

/** How it would be loaded, from what was remembered; what a person wishes now counts more. */
function remembered(chosen: Chosen, wish: SettingValues['gpu'], notes: readonly GpuNote[]): How {
  const processor: DeviceState = { device: 'cpu', deviceName: null, gpuLayers: 0, totalLayers: chosen.totalLayers }
  if (wish === 'off') return { known: 'remembered', state: processor, reason: 'turned-off' }
  if (chosen.gpu === 'unused') return { known: 'remembered', state: processor, reason: 'not-for-model' }
  const note = notes.find(({ device, record }) => record.ran !== null && (wish === 'auto' || device.startsWith(wish)))
  if (note === undefined || note.record.ran === null) return nothingKnown
  const { ran, attempt } = note.record
  if (isLeftAlone(note.record)) return { known: 'remembered', state: processor, reason: 'crash-loop' }
  const part = ran.gpuLayers < ran.totalLayers ? 'out-of-memory' : null
  return { known: 'remembered', state: ran, reason: attempt?.fallback ?? part }
}

function lastWorking(notes: readonly GpuNote[]) {
  const working = notes.flatMap(({ record }) => (record.worked === null ? [] : [record.worked]))
  return working.toSorted((a, b) => b.at.localeCompare(a.at))[0] ?? null
}

function sameState(a: DeviceState, b: DeviceState): boolean {
  return a.device === b.device && a.deviceName === b.deviceName && a.gpuLayers === b.gpuLayers
}

function settingOf(wish: DeviceWish): SettingValues['gpu'] {
  return wish === 'cpu' ? 'off' : wish
}
