// The composition root: builds every room from a host and answers the contract. Reads like a table of contents.
import { randomUUID } from 'node:crypto'
import { basename, join } from 'node:path'
import type { FramePort } from '#contract/frames.ts'
import type { Announce } from '#contract/index.ts'
import type { ModelRecord } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { ChatService } from './chat/chatService.ts'
import { CloudService } from './cloud/cloudService.ts'
import { namingModel } from './cloud/namingModel.ts'
import { Prices } from './cloud/prices.ts'
import { NameFinder } from './cloud/redaction/nameFinder.ts'
import { ComparisonService } from './comparisons/comparisonService.ts'
import { BundleService } from './diagnostics/bundleService.ts'
import { DoctorService } from './diagnostics/doctorService.ts'
import { RecentEvents } from './diagnostics/recentEvents.ts'
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
import { MachineContext } from './models/machineContext.ts'
import { buildMachine, machineFacts } from './models/machineModule.ts'
import { SequenceSpeedStore } from './models/sequenceSpeedStore.ts'
import { buildModels } from './models/modelModule.ts'
import type { ModelService } from './models/modelService.ts'
import { readPolicy } from './policy/policyFile.ts'
import type { PolicyResolution } from './policy/policyResolution.ts'
import { PromptLibrary } from './prompts/promptLibrary.ts'
import { createEmbedder } from './questions/embeddingModule.ts'
import { QuestionService } from './questions/questionService.ts'
import { EventHub } from './rpc/eventHub.ts'
import { createHandlers } from './rpc/handlers.ts'
import { RpcServer } from './rpc/rpcServer.ts'
import { SettingsService } from './settings/settingsService.ts'
import { openDataFolder, type DataFolder } from './storage/dataFolder.ts'
import { RereadService } from './summaries/rereadService.ts'
import { BatchService } from './summaries/batchService.ts'
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

/** A running app. */
export type App = {
  /** Serves one window, or the CLI, until its port closes. */
  attach(port: FramePort): void
  /** Tells the open windows of files a person opened with Sotto from outside, absolute. */
  offerFiles(files: readonly string[]): void
  /** True while work goes on that should not be cut by the last window closing. */
  busy(): Promise<boolean>
  /** Stops work keeping what is finished, ends every child, releases the data folder. Safe to repeat. */
  close(): Promise<void>
}

/** Opens the data folder and builds the app; fails with the data folder's codes. */
export async function createApp(given: Host, options: AppOptions): Promise<Result<App>> {
  const recent = new RecentEvents(given.logger, () => given.now())
  const host: Host = { ...given, logger: recent }
  const opened = await openDataFolder(host, options.mode)
  if (!opened.ok) return opened
  const policy = await readPolicy(host.paths.policy)
  const prompts = await PromptLibrary.load(join(host.paths.resources, 'prompts'))
  const prices = await Prices.load(host.paths.resources, policy.values.cloud.prices, host.logger)
  const rooms = buildRooms(host, options, opened.value, { policy, prompts, prices, recent })
  if (options.mode === 'own') {
    const recovered = await recover(rooms, options.resumeJobs)
    if (!recovered.ok) {
      await closeRooms(rooms, opened.value)
      return recovered
    }
  }
  return ok(runningApp(rooms, opened.value))
}

/** What is read from disk before anything is built. */
type Read = {
  readonly policy: PolicyResolution
  readonly prompts: PromptLibrary
  readonly prices: Prices
  readonly recent: RecentEvents
}

type Rooms = ReturnType<typeof buildRooms>

function buildRooms(host: Host, options: AppOptions, folder: DataFolder, { policy, prompts, prices, recent }: Read) {
  const events = new EventHub()
  const { announce } = events
  const { storage } = folder
  const { logger, now, spawn } = host
  const newId = randomUUID
  const base = { storage, logger, now, newId, announce, spawn }

  const wayOut = buildWayOut(host, folder, policy, announce)
  const { settings, ledger } = wayOut
  const facts = machineFacts(host, storage, settings)
  const engineParts = {
    ...{ spawn, logger, now, appVersion: host.appVersion },
    calibrations: new CalibrationStore(base),
    sequenceSpeeds: options.atOnce === undefined ? new SequenceSpeedStore(base) : fixedSequences(options.atOnce),
  }
  const chosen: ModelChoice = (signal, modelId) => chooseModel(signal, modelId)
  const generator: InferenceClient = new InferenceClient({ ...engineParts, ...facts, announce, chooseModel: chosen })
  const { paths } = host
  const room = buildModels({
    ...base,
    ...wayOut,
    paths,
    appVersion: host.appVersion,
    engine: generator,
    policy,
    writes: options.mode === 'own',
  })
  const { models, downloads, sharedModels } = room
  const chooseModel = modelChoice(models, options.modelPath)

  const documents: DocumentService = new DocumentService({
    ...base,
    samplesFolder: join(host.paths.resources, 'samples'),
    onForgotten: async (documentId) => {
      await jobs.documentForgotten(documentId)
      await cloud.forget({ documentId })
    },
  })
  const jobs: JobService = new JobService({ ...base, chatting: () => chat.writing })
  const names = new NameFinder({ generator, prompts, able: namingModel(models, chooseModel) })
  const { keyring } = host
  const cloud: CloudService = new CloudService({ ...base, ...wayOut, policy, prices, names, keyring })
  events.subscribe((topic) => {
    if (topic === 'settings.changed') void cloud.settingsChanged()
    if (topic === 'chat.message-changed') jobs.chatChanged()
  })
  const work = { ...base, documents, generator, prompts, cloud }
  const embedder = createEmbedder({ ...engineParts, ...facts, models }) // closed in `closeRooms`
  const embed: Embed = (texts, signal) => embedder.embed(texts, signal)
  const summaries = new SummaryService({ ...work, jobs, chosenModel: chooseModel, embed })
  const rereads = new RereadService({ ...base, documents, summaries })
  const context = new MachineContext({ settings, chosen: chooseModel })
  const chat = new ChatService({ ...work, context })
  const comparisons = new ComparisonService({ ...base, documents })
  const library = new LibraryService({ ...base, documents, isBusy: () => chat.writing || jobs.isRunning })
  const questions = new QuestionService({ ...work, library, embedder, chosenModel: chooseModel })
  const batches = new BatchService({ ...work, jobs, summaries, library, chosenModel: chooseModel })
  const results = { documents, summaries, questions, comparisons, batches }
  const exports = new ExportService({ ...base, ...results, resources: paths.resources, appVersion: host.appVersion })
  const system = new DoctorService({
    ...base,
    host,
    keyPlace: folder.keyPlace,
    settings,
    ledger,
    documents,
    engine: generator,
    models: { chosen: () => chosenRecord(models, chooseModel), testGpu: (signal) => models.testGpu(signal) },
  })

  const busy = () => chat.writing || jobs.isRunning
  const subscribe = (listener: (topic: string) => void) => events.subscribe(listener)
  const seen = { facts, settings, models, engineParts, host, busy, subscribe }
  const aboutMachine = buildMachine({ ...base, ...seen, chosen: chooseModel, engine: generator })
  const bundles = new BundleService({ ...base, ...aboutMachine, host, settings, doctor: system, models, recent })

  const handlers = createHandlers({
    system,
    ...aboutMachine,
    bundles,
    documents,
    library,
    questions,
    comparisons,
    exports,
    summaries,
    rereads,
    prompts,
    jobs,
    batches,
    chat,
    ...room,
    ledger,
    settings,
    cloud,
  })
  const rpc = new RpcServer({ handlers, events, logger, now })
  return {
    rpc,
    generator,
    machine: aboutMachine.machine,
    jobs,
    chat,
    library,
    questions,
    embedder,
    cloud,
    downloads,
    sharedModels,
    ...wayOut,
  }
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

/** What a process that died left behind: cut answers become partial, cut jobs go on, and so does the library. */
async function recover(
  { cloud, chat, jobs, library, questions, downloads, sharedModels }: Rooms,
  resumeJobs: boolean,
): Promise<Result<unknown>> {
  const drafts = await cloud.recover()
  if (!drafts.ok) return drafts
  const answers = await chat.recover()
  if (!answers.ok) return answers
  const waiting = await downloads.recover(resumeJobs)
  if (!waiting.ok) return waiting
  const marked = await jobs.recover()
  if (!marked.ok) return marked
  const putBack = await library.recover()
  if (!putBack.ok || !resumeJobs) return putBack
  sharedModels.start()
  void questions.keepUp()
  const resumed = await jobs.resumeInterrupted()
  return resumed.ok ? library.start() : resumed
}

function runningApp(rooms: Rooms, folder: DataFolder): App {
  const closing: { done?: Promise<void> } = {}
  return {
    attach: (port) => rooms.rpc.attach(port),
    offerFiles: (files) =>
      rooms.rpc.announce('system.opened', { files: files.map((file) => ({ name: basename(file), path: file })) }),
    async busy() {
      if (rooms.chat.writing) return true
      const jobs = await rooms.jobs.list()
      return (
        jobs.ok &&
        jobs.value.some(
          ({ state, waitsFor }) => state === 'running' || (state === 'queued' && waitsFor !== 'model-choice'),
        )
      )
    },
    close: () => (closing.done ??= closeRooms(rooms, folder)),
  }
}

/** From the windows inwards: nobody asks, nothing works, nothing leaves, the folder is free. */
async function closeRooms(
  { rpc, machine, chat, jobs, library, questions, cloud, downloads, sharedModels, embedder, generator, gate }: Rooms,
  folder: DataFolder,
): Promise<void> {
  rpc.close()
  await machine.close()
  await chat.close()
  await jobs.close()
  await library.close()
  await questions.close()
  await downloads.close()
  await sharedModels.close()
  await cloud.close()
  await embedder.close()
  await generator.close()
  await gate.close()
  await folder.close()
}
