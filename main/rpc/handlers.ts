// What answers the contract: one handler per method, each a line to the service that does the work.
import type { AnswerItem, ContextBudget, Conversation, Message, SearchHit } from '#contract/chat.ts'
import type { DocumentOrigin, DocumentRecord, ReadItem, SampleDocument, Segment } from '#contract/document.ts'
import type { Item, Output, Parsed } from '#contract/index.ts'
import type { LedgerAnchor, LedgerEntry, LedgerExportItem, LedgerVerdict } from '#contract/ledger.ts'
import type { LibraryFile, LibraryFolder, LibraryStatus, WalkItem } from '#contract/library.ts'
import type { CatalogueModel, EngineState, GpuTest, ModelDownload, ModelFit, ModelRecord } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import type { PolicyState, SettingEntry, SettingKey } from '#contract/setting.ts'
import type { GistSentence, Summary, SummaryItem } from '#contract/summary.ts'
import type { DoctorCheck, SystemInfo } from '#contract/system.ts'
import { claimHandlers, type ClaimServices } from './claimHandlers.ts'
import { cloudHandlers, type CloudServices } from './cloudHandlers.ts'
import { comparisonHandlers, type ComparisonServices } from './comparisonHandlers.ts'
import { exportHandlers, type ExportServices } from './exportHandlers.ts'
import type { Answer, Handlers, Items } from './handler.ts'
import { jobHandlers, type JobServices } from './jobHandlers.ts'
import { machineHandlers, type MachineServices } from './machineHandlers.ts'
import { modelSupplyHandlers, type ModelSupplyServices } from './modelSupplyHandlers.ts'
import { questionHandlers, type QuestionServices } from './questionHandlers.ts'

/** A call that answers with nothing but that it was done. */
type Done = Promise<Result<unknown>>

/** Rooms that list what they need beside their own handlers. */
type RoomServices = QuestionServices & CloudServices & ClaimServices & ComparisonServices & ModelSupplyServices

type OtherServices = RoomServices & MachineServices & JobServices & ExportServices

/** The services as the contract uses them; the classes have more. */
export type Services = OtherServices & {
  readonly system: { info(): Answer<SystemInfo>; doctor(signal: AbortSignal): Answer<DoctorCheck[]> }
  readonly documents: {
    samples(): Answer<SampleDocument[]>
    receive(piece: Parsed<'documents.receive'>, connectionId: string): Answer<Output<'documents.receive'>>
    add(origin: DocumentOrigin, signal: AbortSignal): Items<ReadItem>
    extract(path: string, signal: AbortSignal, password?: string): Items<ReadItem>
    list(): Answer<DocumentRecord[]>
    get(documentId: string): Answer<DocumentRecord>
    open(documentId: string): Answer<DocumentRecord>
    segments(documentId: string, from: number, count: number): Answer<Segment[]>
    remove(documentId: string): Done
  }
  readonly summaries: {
    gist(documentId: string, sentences: number): Answer<GistSentence[]>
    start(input: Parsed<'summaries.start'>, signal: AbortSignal): Answer<{ jobId: string }>
    follow(jobId: string, signal: AbortSignal): Items<SummaryItem>
    list(documentId: string): Answer<Summary[]>
  }
  readonly chat: {
    list(): Answer<Conversation[]>
    search(query: string, limit: number): Answer<SearchHit[]>
    create(input: Parsed<'chat.create'>): Answer<Conversation>
    messages(conversationId: string): Answer<Message[]>
    send(input: Parsed<'chat.send'>, signal: AbortSignal): Items<AnswerItem>
    regenerate(input: Parsed<'chat.regenerate'>, signal: AbortSignal): Items<AnswerItem>
    follow(messageId: string, signal: AbortSignal): Items<AnswerItem>
    stop(messageId: string): Done
    select(messageId: string): Answer<Message[]>
    rename(conversationId: string, title: string): Answer<Conversation>
    remove(conversationId: string): Done
    budget(input: Parsed<'chat.budget'>, signal: AbortSignal): Answer<ContextBudget>
    contextRoom(signal: AbortSignal): Answer<Output<'chat.context-room'>>
    preload(input: Parsed<'chat.preload'>, signal: AbortSignal): Done
  }
  readonly models: {
    list(): Answer<ModelRecord[]>
    import(path: string, signal: AbortSignal, name?: string): Items<Item<'models.import'>>
    remove(modelId: string): Done
    allowWrapper(modelId: string): Done
    engine(): EngineState
    load(signal: AbortSignal): Answer<EngineState>
    unload(): Answer<EngineState>
    testGpu(signal: AbortSignal): Answer<GpuTest[]>
  }
  readonly catalogue: {
    catalog(signal: AbortSignal, quick: boolean): Answer<CatalogueModel[]>
    fit(source: string, signal: AbortSignal): Answer<ModelFit>
    download(input: Parsed<'models.download'>, signal: AbortSignal): Answer<ModelDownload>
  }
  readonly downloads: {
    list(): Answer<ModelDownload[]>
    pause(downloadId: string): Answer<ModelDownload>
    resume(downloadId: string): Answer<ModelDownload>
    cancel(downloadId: string): Done
  }
  readonly settings: {
    list(): readonly SettingEntry[]
    set(key: SettingKey, value: string | number | boolean): Result<SettingEntry>
    policyState(): PolicyState
  }
  readonly ledger: {
    list(input: Parsed<'ledger.list'>): Answer<LedgerEntry[]>
    verify(anchors?: readonly LedgerAnchor[]): Answer<LedgerVerdict>
    anchor(): Answer<LedgerAnchor>
    export(signal: AbortSignal): Items<LedgerExportItem>
    totals(): Answer<Output<'ledger.totals'>>
  }
  readonly library: {
    add(path: string, signal: AbortSignal): Answer<Output<'library.add'>>
    remove(target: Parsed<'library.remove'>): Answer<Output<'library.remove'>>
    folders(): Answer<LibraryFolder[]>
    list(input: Parsed<'library.list'>): Answer<Output<'library.list'>>
    search(input: Parsed<'library.search'>): Answer<Output<'library.search'>>
    file(fileId: string): Answer<LibraryFile>
    walk(path: string, signal: AbortSignal): Items<WalkItem>
    status(): Answer<LibraryStatus>
    pause(): Answer<LibraryStatus>
    resume(): Answer<LibraryStatus>
    reread(target: Parsed<'library.reread'>): Done
  }
}

/** Joins the contract to the services. */
export function createHandlers(services: Services): Handlers {
  return {
    ...systemHandlers(services),
    ...documentHandlers(services),
    ...summaryHandlers(services),
    ...chatHandlers(services),
    ...modelHandlers(services),
    ...claimHandlers(services),
    ...questionHandlers(services),
    ...machineHandlers(services),
    ...modelSupplyHandlers(services),
    ...settingHandlers(services),
    ...ledgerHandlers(services),
    ...cloudHandlers(services),
    ...libraryHandlers(services),
    ...jobHandlers(services),
    ...comparisonHandlers(services),
    ...exportHandlers(services),
  } satisfies Handlers
}

function systemHandlers({ system }: Services) {
  return {
    'system.info': () => system.info(),
    'system.doctor': (_, { signal }) => system.doctor(signal),
  } satisfies Partial<Handlers>
}

function documentHandlers({ documents }: Services) {
  return {
    'documents.samples': () => documents.samples(),
    'documents.receive': (piece, { connectionId }) => documents.receive(piece, connectionId),
    'documents.add': (origin, { signal }) => documents.add(origin, signal),
    'documents.extract': ({ path, password }, { signal }) => documents.extract(path, signal, password),
    'documents.list': () => documents.list(),
    'documents.get': ({ documentId }) => documents.get(documentId),
    'documents.open': ({ documentId }) => documents.open(documentId),
    'documents.segments': ({ documentId, from, count }) => documents.segments(documentId, from, count),
    'documents.remove': ({ documentId }) => done(documents.remove(documentId)),
  } satisfies Partial<Handlers>
}

function summaryHandlers({ summaries }: Services) {
  return {
    'summaries.gist': ({ documentId, sentences }) => summaries.gist(documentId, sentences),
    'summaries.start': (input, { signal }) => summaries.start(input, signal),
    'summaries.follow': ({ jobId }, { signal }) => summaries.follow(jobId, signal),
    'summaries.list': ({ documentId }) => summaries.list(documentId),
  } satisfies Partial<Handlers>
}

function chatHandlers({ chat }: Services) {
  return {
    'chat.list': () => chat.list(),
    'chat.search': ({ query, limit }) => chat.search(query, limit),
    'chat.create': (input) => chat.create(input),
    'chat.messages': ({ conversationId }) => chat.messages(conversationId),
    'chat.send': (input, { signal }) => chat.send(input, signal),
    'chat.regenerate': (input, { signal }) => chat.regenerate(input, signal),
    'chat.follow': ({ messageId }, { signal }) => chat.follow(messageId, signal),
    'chat.stop': ({ messageId }) => done(chat.stop(messageId)),
    'chat.select': ({ messageId }) => chat.select(messageId),
    'chat.rename': ({ conversationId, title }) => chat.rename(conversationId, title),
    'chat.remove': ({ conversationId }) => done(chat.remove(conversationId)),
    'chat.budget': (input, { signal }) => chat.budget(input, signal),
    'chat.context-room': (_, { signal }) => chat.contextRoom(signal),
    'chat.preload': (input, { signal }) => done(chat.preload(input, signal)),
  } satisfies Partial<Handlers>
}

function modelHandlers({ models, catalogue, downloads }: Services) {
  return {
    'models.list': () => models.list(),
    'models.catalog': ({ quick }, { signal }) => catalogue.catalog(signal, quick),
    'models.fit': ({ source }, { signal }) => catalogue.fit(source, signal),
    'models.download': (input, { signal }) => catalogue.download(input, signal),
    'models.downloads': () => downloads.list(),
    'models.pause-download': ({ downloadId }) => downloads.pause(downloadId),
    'models.resume-download': ({ downloadId }) => downloads.resume(downloadId),
    'models.cancel-download': ({ downloadId }) => done(downloads.cancel(downloadId)),
    'models.import': ({ path, name }, { signal }) => models.import(path, signal, name),
    'models.remove': ({ modelId }) => done(models.remove(modelId)),
    'models.allow-template': ({ modelId }) => done(models.allowWrapper(modelId)),
    'models.engine': async () => ok(models.engine()),
    'models.load': (_, { signal }) => models.load(signal),
    'models.unload': () => models.unload(),
    'models.test-gpu': (_, { signal }) => models.testGpu(signal),
  } satisfies Partial<Handlers>
}

function settingHandlers({ settings }: Services) {
  return {
    'settings.list': async () => ok(settings.list()),
    'settings.set': async ({ key, value }) => settings.set(key, value),
    'settings.policy': async () => ok(settings.policyState()),
  } satisfies Partial<Handlers>
}

function ledgerHandlers({ ledger }: Services) {
  return {
    'ledger.list': (input) => ledger.list(input),
    'ledger.verify': ({ anchors }) => ledger.verify(anchors),
    'ledger.anchor': () => ledger.anchor(),
    'ledger.export': (_, { signal }) => ledger.export(signal),
    'ledger.totals': () => ledger.totals(),
  } satisfies Partial<Handlers>
}

function libraryHandlers({ library }: Services) {
  return {
    'library.add': ({ path }, { signal }) => library.add(path, signal),
    'library.remove': (target) => library.remove(target),
    'library.folders': () => library.folders(),
    'library.list': (input) => library.list(input),
    'library.search': (input) => library.search(input),
    'library.file': ({ fileId }) => library.file(fileId),
    'library.walk': ({ path }, { signal }) => library.walk(path, signal),
    'library.status': () => library.status(),
    'library.pause': () => library.pause(),
    'library.resume': () => library.resume(),
    'library.reread': (target) => done(library.reread(target)),
  } satisfies Partial<Handlers>
}

/** Such calls answer `{}`, whatever the service gave. */
async function done(work: Done): Promise<Result<Record<string, never>>> {
  const result = await work
  return result.ok ? ok({}) : result
}
