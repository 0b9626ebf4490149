// Everything of the cloud on a real database and a real door, behind the real rpc, with a provider on loopback.
import path from 'node:path'
import type { ProviderKind } from '#contract/cloud.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { LedgerEntry } from '#contract/ledger.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import { ChatService } from '../../main/chat/chatService.ts'
import { CloudService } from '../../main/cloud/cloudService.ts'
import { Prices } from '../../main/cloud/prices.ts'
import { type NameFinder, noNameFinder } from '../../main/cloud/redaction/nameFinder.ts'
import { EgressGate, type LocalOnlyCause } from '../../main/egress/egressGate.ts'
import { GrantBook } from '../../main/egress/grant.ts'
import { Ledger } from '../../main/egress/ledger.ts'
import { createMemoryPorts } from '../../main/hosts/node/memoryPorts.ts'
import { JobService } from '../../main/jobs/jobService.ts'
import { noPolicy, type Policy } from '../../main/policy/schema.ts'
import { PromptLibrary } from '../../main/prompts/promptLibrary.ts'
import { cloudHandlers } from '../../main/rpc/cloudHandlers.ts'
import { EventHub } from '../../main/rpc/eventHub.ts'
import { RpcServer } from '../../main/rpc/rpcServer.ts'
import { SettingsService } from '../../main/settings/settingsService.ts'
import type { Storage } from '../../main/storage/storage.ts'
import { SummaryService } from '../../main/summaries/summaryService.ts'
import { type Client, createClient } from '../../preload/client.ts'
import { createFakeGenerator, fakeModel } from './fakeGenerator.ts'
import { createFakeHandlers } from './fakeHandlers.ts'
import { createFakeKeyring, type FakeKeyring } from './fakeKeyring.ts'
import { createFakeLogger, type FakeLogger } from './fakeLogger.ts'
import { openMemoryStorage } from './memoryStorage.ts'

const resources = path.resolve(import.meta.dirname, '../../resources')

/** The whole of it. `clock` is in milliseconds; `localOnly` is the setting; dispose it after the test. */
export type CloudFixture = {
  readonly client: Client
  readonly cloud: CloudService
  readonly chat: ChatService
  readonly jobs: JobService
  readonly grants: GrantBook
  readonly ledger: Ledger
  readonly keyring: FakeKeyring
  readonly logger: FakeLogger
  readonly settings: SettingsService
  readonly clock: { wall: number; steady: number }
  readonly conversationId: string
  readonly documentId: string
  entries(): Promise<readonly LedgerEntry[]>
  [Symbol.asyncDispose](): Promise<void>
}

/** What a test may turn. `addresses` put built-in providers onto a server of the test's. */
export type CloudFixtureOptions = {
  readonly addresses?: Partial<Record<ProviderKind, string>>
  readonly settings?: Readonly<Record<string, unknown>>
  readonly policy?: Partial<Policy>
  readonly text?: readonly string[]
  readonly prices?: Prices
  readonly localOnly?: () => LocalOnlyCause
  readonly silenceMs?: number
  /** Who looks for names besides the rules; nobody when left out. */
  readonly names?: Pick<NameFinder, 'find' | 'close'>
  /** A database that was there before and stays afterwards, as a restart finds it; the run's ids then begin with its name. */
  readonly restart?: { readonly storage: Storage; readonly run: string }
}

/** Opens it, with keys for the built-in providers, one conversation, and one document of the given paragraphs. */
export async function openCloud(options: CloudFixtureOptions = {}): Promise<CloudFixture> {
  const storage = options.restart?.storage ?? (await openMemoryStorage())
  const clock = { wall: Date.UTC(2026, 10, 20, 12), steady: 0 }
  const now = () => new Date((clock.wall += 1))
  let ids = 0
  const newId = () => `${options.restart?.run ?? 'id'}-${String((ids += 1)).padStart(6, '0')}`
  const logger = createFakeLogger()
  const values = new Map<string, unknown>(Object.entries(options.settings ?? {}))
  const policy = {
    state: options.policy === undefined ? ('none' as const) : ('active' as const),
    source: null,
    sha256: options.policy === undefined ? null : 'a'.repeat(64),
    issues: [],
    values: { ...noPolicy, ...options.policy },
  }
  const events = new EventHub()
  const { announce } = events
  const settings = new SettingsService({
    store: { read: () => Object.fromEntries(values), write: (key, value) => void values.set(key, value) },
    policy,
    environment: {},
    announce: (topic, value) => {
      announce(topic, value)
      if (topic === 'settings.changed') void gate.enforce()
    },
  })
  const ledger = new Ledger({
    storage,
    ledgerKey: new Uint8Array(32).fill(7),
    appVersion: '0.1.0',
    policySha256: policy.sha256,
    now,
    announce,
  })
  const grants = new GrantBook({ now: () => new Date(clock.wall), newId, steadyMilliseconds: () => clock.steady })
  const gate: EgressGate = new EgressGate({
    ledger,
    logger,
    grants,
    localOnly: () => options.localOnly?.() ?? settings.localOnlyCause(),
    contentClosed: () => (policy.values.cloudMode === 'off' ? 'policy' : null),
    allowedHosts: () => ['huggingface.co'],
    proxy: { http: '', https: '', bypass: '' },
    timeouts: { connectMs: 5000, headersMs: 5000, silenceMs: 5000 },
    contentWaits: { headersMs: 5000, silenceMs: options.silenceMs ?? 5000 },
  })
  const keyring = createFakeKeyring()
  const prices = options.prices ?? (await Prices.load(resources, policy.values.cloud.prices, logger))
  const base = { storage, announce, logger, now, newId }
  const { addresses = {} } = options
  const steadyMilliseconds = () => clock.steady
  const consent = { gate, grants, ledger, keyring, steadyMilliseconds }
  const names = options.names ?? noNameFinder
  const cloud = new CloudService({ ...base, settings, policy, ...consent, prices, addresses, names })
  events.subscribe((topic) => {
    if (topic === 'settings.changed') void cloud.settingsChanged()
  })
  const prompts = await PromptLibrary.load(path.join(resources, 'prompts'))
  const segments = segmentsOf(options.text ?? paragraphs)
  const document = recordOf(segments)
  const documents = {
    get: async (id: string): Promise<Result<DocumentRecord>> =>
      id === document.id ? ok(document) : fail('not-found', { what: 'document', id }),
    allSegments: async () => ok(segments),
  }
  await keepDocument(storage, document)
  const work = { ...base, documents, generator: createFakeGenerator(), prompts, cloud }
  const chat = new ChatService(work)
  const jobs = new JobService(base)
  const summaries = new SummaryService({ ...work, jobs, chosenModel: async () => ok(fakeModel) })
  const handlers = createFakeHandlers({
    ...cloudHandlers({ cloud, chat, summaries }),
    'summaries.follow': ({ jobId }, { signal }) => summaries.follow(jobId, signal),
    'chat.messages': ({ conversationId }) => chat.messages(conversationId),
    'ledger.verify': ({ anchors }) => ledger.verify(anchors),
    'ledger.list': (input) => ledger.list(input),
    'settings.set': async ({ key, value }) => settings.set(key, value),
  })
  const server = new RpcServer({ handlers, events, logger, now, checkOutputs: true })
  const [near, far] = createMemoryPorts()
  server.attach(far)
  const client = createClient(near)
  for (const kind of ['anthropic', 'openai', 'mistral', 'xai'] as const) await cloud.setKey(kind, `key-of-${kind}`)
  const conversation = await chat.create({})
  if (!conversation.ok) throw new Error(conversation.failure.code)
  return {
    client,
    cloud,
    chat,
    jobs,
    grants,
    ledger,
    keyring,
    logger,
    settings,
    clock,
    conversationId: conversation.value.id,
    documentId: document.id,
    async entries() {
      const listed = await ledger.list({ limit: 500 })
      if (!listed.ok) throw new Error(listed.failure.code)
      return listed.value.toReversed()
    },
    async [Symbol.asyncDispose]() {
      server.close()
      await chat.close()
      await jobs.close()
      await cloud.close()
      await gate.close()
      if (options.restart === undefined) await storage.close()
    },
  }
}

/** Everything a stream yields, and how it ended. */
export async function drained<T>(stream: Stream<T>): Promise<{ readonly items: T[]; readonly ending: Result<void> }> {
  const items: T[] = []
  for (;;) {
    const next = await stream.next()
    if (next.done === true) return { items, ending: next.value }
    items.push(next.value)
  }
}

/** What a result must hold. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${JSON.stringify(result.failure.details)}`)
  return result.value
}

/** The text items of an answer, joined. */
export function textOf(items: readonly { readonly type: string }[]): string {
  return items.map((item) => ('text' in item ? String(item.text) : '')).join('')
}

const paragraphs = [
  'The harbour commission met on Monday to decide about the new ferry line between the two islands of the bay.',
  'Its chair, Dr. Erika Mustermann, said that the line would cost four million and open in the spring of next year.',
  'Questions go to erika.mustermann@example.org, and payments to the account DE89 3704 0044 0532 0130 00 of the port.',
  'The commission expects sixty thousand passengers a year, and twice as many once the bridge closes for repair.',
]

function segmentsOf(text: readonly string[]): readonly Segment[] {
  return text.map((each, index) => ({
    text: each,
    locator: { kind: 'page', page: index + 1, start: 0, end: each.length },
    kind: 'paragraph',
  }))
}

function recordOf(segments: readonly Segment[]): DocumentRecord {
  return {
    id: 'document-1',
    name: 'harbour.pdf',
    path: '/somewhere/harbour.pdf',
    sha256: 'd'.repeat(64),
    format: 'pdf',
    bytes: 1000,
    characters: segments.reduce((sum, { text }) => sum + text.length, 0),
    segments: segments.length,
    title: null,
    coverage: { unit: 'page', total: segments.length, read: segments.length, withoutText: [] },
    addedAt: '2026-11-20T10:00:00.000Z',
    openedAt: '2026-11-20T10:00:00.000Z',
  }
}

async function keepDocument(storage: Awaited<ReturnType<typeof openMemoryStorage>>, document: DocumentRecord) {
  const { id, sha256, name, path: place, format, bytes, characters, segments, coverage, addedAt, openedAt } = document
  valueOf(
    await storage.run(
      `INSERT OR IGNORE INTO documents
         (id, sha256, name, path, format, bytes, characters, segments, title, coverage, added_at, opened_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)`,
      [id, sha256, name, place, format, bytes, characters, segments, JSON.stringify(coverage), addedAt, openedAt],
    ),
  )
}
