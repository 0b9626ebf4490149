// Every room, built floor by floor from a host and an open data folder. Reads like a table of contents.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Announce } from '#contract/index.ts'
import type { ModelRecord } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { ChatService } from './chat/chatService.ts'
import { CloudService } from './cloud/cloudService.ts'
import { namingModel } from './cloud/namingModel.ts'
import type { Prices } from './cloud/prices.ts'
import { NameFinder } from './cloud/redaction/nameFinder.ts'
import { ComparisonService } from './comparisons/comparisonService.ts'
import { BundleService } from './diagnostics/bundleService.ts'
import { DoctorService } from './diagnostics/doctorService.ts'
import type { RecentEvents } from './diagnostics/recentEvents.ts'
import { DocumentService } from './documents/documentService.ts'
import { LibraryService } from './documents/library/libraryService.ts'
import { allowedHosts } from './egress/allowedHosts.ts'
import { EgressGate } from './egress/egressGate.ts'
import { GrantBook } from './egress/grant.ts'
import { Ledger } from './egress/ledger.ts'
import { proxyFrom } from './egress/logic/proxy.ts'
import { ExportService } from './exports/exportService.ts'
import type { Host } from './host.ts'
import { InferenceClient } from './inference/inferenceClient.ts'
import type { SequenceSpeeds } from './inference/localGenerator.ts'
import { JobService } from './jobs/jobService.ts'
import { CalibrationStore } from './models/calibrationStore.ts'
import { MachineContext } from './models/machine/machineContext.ts'
import { buildMachine, machineFacts, type MachineModule } from './models/machine/machineModule.ts'
import { buildModels } from './models/modelModule.ts'
import type { ModelService } from './models/modelService.ts'
import { SequenceSpeedStore } from './models/sequenceSpeedStore.ts'
import type { PolicyResolution } from './policy/policyResolution.ts'
import type { PromptLibrary } from './prompts/promptLibrary.ts'
import { createEmbedder } from './questions/embeddingModule.ts'
import { QuestionService } from './questions/questionService.ts'
import { EventHub } from './rpc/eventHub.ts'
import { createHandlers } from './rpc/handlers.ts'
import { RpcServer } from './rpc/rpcServer.ts'
import { SettingsService } from './settings/settingsService.ts'
import type { DataFolder } from './storage/dataFolder.ts'
import { BatchService } from './summaries/batchService.ts'
import { RereadService } from './summaries/rereadService.ts'
import { SummaryService, type Embed } from './summaries/summaryService.ts'

/** How the app uses the data folder, and a model to use instead of the chosen one. */
export type AppOptions = {
  /** `own` may write and is alone; `beside` only reads, next to an owner. */
  readonly mode: 'own' | 'beside'
  /** A GGUF file to use in this run; validated, hashed, not stored. */
  readonly modelPath?: string
  /** Map steps that run side by side in this run, whatever was measured to pay. */
  readonly atOnce?: number
  /** Whether jobs cut by a crash go on by themselves; a one-off command leaves them to whoever asks for them. */
  readonly resumeJobs: boolean
}

/** What the rooms are built from; the last four are read or made before anything is built. */
export type Ground = {
  readonly host: Host
  readonly options: AppOptions
  readonly folder: DataFolder
  readonly policy: PolicyResolution
  readonly prompts: PromptLibrary
  readonly prices: Prices
  readonly recent: RecentEvents
}

/** Everything that is started, asked and ended. */
export type Rooms = EngineFloor & Work & TopFloor & MachineModule & { readonly rpc: RpcServer }

/** Builds all rooms, lowest floor first, and what answers the contract. */
export function buildRooms(ground: Ground): Rooms {
  const events = new EventHub()
  const base = baseOf(ground, events)
  const engine = buildEngine(ground, base)
  const work: Work = buildWork(ground, base, engine, () => top.chat.writing)
  const top: TopFloor = buildTop(ground, base, engine, work)
  const busy = () => top.chat.writing || work.jobs.isRunning
  events.subscribe((topic) => {
    if (topic === 'settings.changed') void work.cloud.settingsChanged()
    if (topic === 'chat.message-changed') work.jobs.chatChanged()
  })
  const machine = buildMachine({
    ...base,
    ...engine,
    ...ground,
    busy,
    engine: engine.generator,
    subscribe: base.subscribe,
  })
  const system = buildDoctor(ground, base, engine, work.documents)
  const bundles = new BundleService({ ...base, ...machine, ...ground, ...engine, doctor: system })
  const services = { ...engine, ...work, ...top, ...machine, system, bundles, prompts: ground.prompts }
  const rpc = new RpcServer({ handlers: createHandlers(services), events, logger: base.logger, now: base.now })
  return { rpc, ...services }
}

type Base = ReturnType<typeof baseOf>

/** What nearly every room needs. */
function baseOf({ host, folder }: Ground, events: EventHub) {
  const { logger, now, spawn, appVersion } = host
  const { announce } = events
  const subscribe = (listener: (topic: string) => void) => events.subscribe(listener)
  return { storage: folder.storage, logger, now, newId: randomUUID, announce, spawn, appVersion, subscribe }
}

type EngineFloor = ReturnType<typeof buildEngine>

/** The lowest floors: settings, the way out, the engine, and the models it is given. */
function buildEngine({ host, options, folder, policy }: Ground, base: Base) {
  const { storage, logger, now, spawn, appVersion, announce } = base
  const wayOut = buildWayOut(host, folder, policy, announce)
  const facts = machineFacts(host, storage, wayOut.settings)
  const engineParts = {
    ...{ spawn, logger, now, appVersion },
    calibrations: new CalibrationStore(base),
    sequenceSpeeds: options.atOnce === undefined ? new SequenceSpeedStore(base) : fixedSequences(options.atOnce),
  }
  const choose: ModelChoice = (signal, modelId) => chosen(signal, modelId)
  const generator: InferenceClient = new InferenceClient({ ...engineParts, ...facts, announce, chooseModel: choose })
  const { paths } = host
  const room = buildModels({ ...base, ...wayOut, paths, engine: generator, policy, writes: options.mode === 'own' })
  const chosen = modelChoice(room.models, options.modelPath)
  const embedder = createEmbedder({ ...engineParts, ...facts, models: room.models }) // closed by `closeRooms`
  return { ...wayOut, ...room, facts, engineParts, generator, embedder, chosen }
}

type Work = ReturnType<typeof buildWork>

/** The middle floors: documents, jobs and the cloud. */
function buildWork(ground: Ground, base: Base, engine: EngineFloor, chatting: () => boolean) {
  const { host, policy, prompts, prices } = ground
  const { generator, models, chosen } = engine
  const documents: DocumentService = new DocumentService({
    ...base,
    samplesFolder: join(host.paths.resources, 'samples'),
    onForgotten: async (documentId) => {
      await jobs.documentForgotten(documentId)
      await cloud.forget({ documentId })
    },
  })
  const jobs: JobService = new JobService({ ...base, chatting })
  const names = new NameFinder({ generator, prompts, able: namingModel(models, chosen) })
  const { keyring } = host
  const cloud: CloudService = new CloudService({ ...base, ...engine, policy, prices, names, keyring })
  const library = new LibraryService({ ...base, documents, isBusy: () => chatting() || jobs.isRunning })
  return { documents, jobs, cloud, library }
}

type TopFloor = ReturnType<typeof buildTop>

/** The top floors: what a person comes for. */
function buildTop({ prompts, host }: Ground, base: Base, engine: EngineFloor, work: Work) {
  const { generator, settings, embedder, chosen } = engine
  const { documents, library } = work
  const shared = { ...base, ...work, generator, prompts, chosenModel: chosen }
  const embed: Embed = (texts, signal) => embedder.embed(texts, signal)
  const summaries = new SummaryService({ ...shared, embed })
  const rereads = new RereadService({ ...base, documents, summaries })
  const chat = new ChatService({ ...shared, context: new MachineContext({ settings, chosen }) })
  const comparisons = new ComparisonService({ ...base, documents })
  const questions = new QuestionService({ ...shared, embedder })
  const batches = new BatchService({ ...shared, summaries, library })
  const results = { documents, summaries, questions, comparisons, batches }
  const exports = new ExportService({ ...base, ...results, resources: host.paths.resources })
  return { summaries, rereads, chat, comparisons, questions, batches, exports }
}

function buildDoctor({ host, folder }: Ground, base: Base, engine: EngineFloor, documents: DocumentService) {
  const { models, chosen, settings, ledger, generator } = engine
  return new DoctorService({
    ...base,
    host,
    keyPlace: folder.keyPlace,
    settings,
    ledger,
    documents,
    engine: generator,
    models: { chosen: () => chosenRecord(models, chosen), testGpu: (signal) => models.testGpu(signal) },
  })
}

/** Settings under policy, the ledger, and the one gate that heeds both. */
function buildWayOut(host: Host, folder: DataFolder, policy: PolicyResolution, announce: Announce) {
  const { logger, now, appVersion, environment } = host
  const settings: SettingsService = new SettingsService({
    store: host.settings,
    policy,
    environment,
    announce: (topic, value) => {
      announce(topic, value)
      // Closing the way out also cuts what is already on its way.
      if (topic === 'settings.changed') void gate.enforce()
    },
  })
  const { storage, ledgerKey } = folder
  const ledger = new Ledger({ storage, ledgerKey, appVersion, policySha256: policy.sha256, now, announce })
  const grants = new GrantBook({ now, newId: randomUUID })
  const gate = new EgressGate({
    ledger,
    logger,
    localOnly: () => settings.localOnlyCause(),
    contentClosed: () => (policy.values.cloudMode === 'off' ? 'policy' : null),
    grants,
    allowedHosts: (purpose) =>
      allowedHosts(purpose, {
        modelMirror: settings.get('modelMirror').value,
        modelDownload: policy.values.modelDownload,
      }),
    proxy: proxyFrom(environment),
  })
  return { settings, ledger, gate, grants }
}

/** Stands in for what was measured. */
function fixedSequences(sequences: number): SequenceSpeeds {
  return { get: async () => [{ sequences, tokensPerSecond: 1 }], set: async () => undefined }
}

type ModelChoice = (signal?: AbortSignal, modelId?: string) => ReturnType<ModelService['chosen']>

/** A model given for this run stands in for the chosen one, and only for that. */
function modelChoice(models: ModelService, path: string | undefined): ModelChoice {
  if (path === undefined) return (signal, modelId) => models.chosen(signal, modelId)
  return async (signal, modelId) => {
    const given = await models.withModelPath(path, signal)
    return !given.ok || modelId === undefined || modelId === given.value.modelId
      ? given
      : models.chosen(signal, modelId)
  }
}

async function chosenRecord(models: ModelService, choose: ModelChoice): Promise<Result<ModelRecord>> {
  const chosen = await choose()
  if (!chosen.ok) return chosen
  const list = await models.list()
  if (!list.ok) return list
  const record = list.value.find(({ id }) => id === chosen.value.modelId)
  return record === undefined ? fail('model-missing', { name: chosen.value.name }) : ok(record)
}
