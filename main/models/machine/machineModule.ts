// Builds what knows this computer: the GPU panel, and models measured on it.
import os from 'node:os'
import type { GpuTest } from '#contract/model.ts'
import type { Host } from '../../host.ts'
import type { GpuMemory } from '../../inference/gpuMemory.ts'
import { InferenceClient, type InferenceDependencies } from '../../inference/inferenceClient.ts'
import type { ModelToLoad } from '../../inference/localGenerator.ts'
import type { SettingsService } from '../../settings/settingsService.ts'
import type { Storage } from '../../storage/storage.ts'
import { MachineGpuStore } from './machineGpuStore.ts'
import { MachineService, type MachineDependencies } from './machineService.ts'
import { readGoldenSet } from './measureGolden.ts'
import { peakMemoryFromProc } from './measureMemory.ts'
import { MeasureService } from './measureService.ts'
import { MeasureStore } from './measureStore.ts'
import type { ModelService } from '../modelService.ts'
import { ok } from '#contract/result.ts'

/** What the engine is told of this computer besides what it sees itself; made before the engine. */
export type MachineFacts = {
  readonly gpuMemory: GpuMemory
  readonly savesBattery: () => boolean
  readonly onBattery: () => boolean | null
}

/** The facts, from the host and the settings. */
export function machineFacts(
  host: Pick<Host, 'onBattery' | 'now'>,
  storage: Storage,
  settings: Pick<SettingsService, 'get'>,
): MachineFacts {
  const onBattery = () => host.onBattery?.() ?? null
  return {
    gpuMemory: new MachineGpuStore({ storage, now: host.now }),
    onBattery,
    savesBattery: () => settings.get('saveBattery').value && onBattery() === true,
  }
}

/** What the two services are built from; `busy` while answers or jobs are being worked on. */
export type MachineModuleDependencies = Omit<
  MachineDependencies,
  'memory' | 'backends' | 'engine' | 'onBattery' | 'savesBattery'
> & {
  readonly facts: MachineFacts
  readonly storage: Storage
  readonly models: ModelService
  readonly engine: InferenceClient
  readonly engineParts: Omit<InferenceDependencies, 'chooseModel' | 'announce'>
  readonly host: Pick<Host, 'appVersion' | 'paths'>
  readonly busy: () => boolean
  /** Hears of every event, by topic. */
  readonly subscribe: (listener: (topic: string) => void) => unknown
}

/** The services. */
export type MachineModule = { readonly machine: MachineService; readonly measures: MeasureService }

/** Builds them. */
export function buildMachine(deps: MachineModuleDependencies): MachineModule {
  const { facts, storage, models, engine, engineParts, host, busy } = deps
  const machine = new MachineService({
    ...deps,
    ...facts,
    memory: facts.gpuMemory,
    backends: backendsHere(os.platform()),
  })
  deps.subscribe((topic) => {
    if (topic === 'models.engine-changed' || topic === 'settings.changed') void machine.changed()
  })
  const measures = new MeasureService({
    store: new MeasureStore(storage),
    golden: () => readGoldenSet(host.paths.resources),
    models: { list: () => models.list(), toUse: (modelId, signal) => models.chosen(signal, modelId) },
    open: (model) => openEngine(model, engineParts, facts),
    free: () => engine.unload(),
    busy,
    memoryOf: peakMemoryFromProc,
    clock: () => performance.now(),
    now: engineParts.now,
    appVersion: host.appVersion,
  })
  return { machine, measures }
}

/** An engine in a process of its own; what it learns about the GPU and about threads holds for the app's too. */
function openEngine(
  model: ModelToLoad,
  parts: MachineModuleDependencies['engineParts'],
  facts: MachineFacts,
): InferenceClient {
  return new InferenceClient({ ...parts, ...facts, chooseModel: async () => ok(model), announce: () => undefined })
}

function backendsHere(platform: NodeJS.Platform): readonly GpuTest['backend'][] {
  return platform === 'darwin' ? ['metal', 'cpu'] : ['cuda', 'vulkan', 'cpu']
}
