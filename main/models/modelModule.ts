// Builds the models room: what is installed, what could be, what is on its way, and where else models come from.
import { join } from 'node:path'
import type { EgressGate } from '../egress/egressGate.ts'
import type { Host } from '../host.ts'
import type { PolicyResolution } from '../policy/policyResolution.ts'
import type { SettingsService } from '../settings/settingsService.ts'
import { CatalogueService } from './catalogue/catalogueService.ts'
import { CatalogueStore } from './catalogue/catalogueStore.ts'
import { DownloadService, type DownloadDependencies } from './downloads/downloadService.ts'
import { ModelService, type ModelEngine } from './modelService.ts'
import { PackService } from './packs/packService.ts'
import { PeerService } from './peers/peerService.ts'
import { SharedModels } from './sharedModels.ts'

/** What the room is built from. */
export type ModelModuleDependencies = Pick<
  DownloadDependencies,
  'storage' | 'logger' | 'now' | 'newId' | 'announce'
> & {
  readonly paths: Host['paths']
  readonly appVersion: string
  readonly settings: SettingsService
  readonly gate: Pick<EgressGate, 'fetchPublic'>
  readonly engine: ModelEngine
  readonly policy: PolicyResolution
  /** False where the data folder is only read. */
  readonly writes: boolean
}

/** The services of the room. */
export type ModelModule = {
  readonly models: ModelService
  readonly catalogue: CatalogueService
  readonly downloads: DownloadService
  readonly peers: PeerService
  readonly catalogues: CatalogueStore
  readonly packs: PackService
  readonly sharedModels: SharedModels
}

/** Builds the room; `downloads` is closed by whoever built it. */
export function buildModels({
  paths,
  appVersion,
  settings,
  gate,
  engine,
  policy,
  writes,
  ...base
}: ModelModuleDependencies): ModelModule {
  const { resources, data } = paths
  const allowedSha256 = policy.values.allowedModelSha256
  const shared = policy.values.models.sharedFolder ?? paths.sharedModels ?? null
  const mirror = (): string => settings.get('modelMirror').value
  const catalogues = new CatalogueStore({ ...base, resources, gate, policy: policy.values.models, mirror, writes })
  const entries = () => catalogues.entries()
  const models = new ModelService({
    ...base,
    resources,
    entries,
    settings,
    engine,
    allowedSha256,
    sharedFolder: shared,
  })
  const downloads: DownloadService = new DownloadService({
    ...base,
    gate,
    folder: data === null ? null : join(data, 'models'),
    base: () => catalogue.base(),
    judge: (...header) => catalogue.judge(...header),
    link: (...file) => models.adopt(...file),
  })
  const catalogue: CatalogueService = new CatalogueService({
    entries,
    installed: () => models.list(),
    start: (wish) => downloads.start(wish),
    gate,
    mirror,
    gpuWanted: () => settings.get('gpu').value !== 'off',
    testGpu: (signal) => models.testGpu(signal),
    allowedSha256,
  })
  const peers = new PeerService({ places: paths.modelPlaces ?? [], shared, installed: () => models.list() })
  const own = data === null ? null : join(data, 'models')
  const { signingKey } = policy.values.models
  const packs = new PackService({ ...base, own, shared, signingKey, appVersion, entries, models })
  const sharedModels = new SharedModels({ ...base, folder: shared, models })
  return { models, catalogue, downloads, peers, catalogues, packs, sharedModels }
}
