// The doctor: looks at every part a person depends on and says in codes and counts how it is.
import { arch, platform } from 'node:os'
import path from 'node:path'
import type { ReadItem } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import { languageOfEnvironment } from '#contract/language.ts'
import type { LedgerVerdict } from '#contract/ledger.ts'
import type { EngineState, GpuTest, ModelRecord } from '#contract/model.ts'
import { ok, type Result, type Stream } from '#contract/result.ts'
import type { PolicyState, Setting } from '#contract/setting.ts'
import type { DoctorCheck, KeyPlace, SystemInfo } from '#contract/system.ts'
import type { Host } from '../host.ts'

/** What the doctor looks at; the services have more. */
export type DoctorNeeds = {
  readonly host: Pick<Host, 'kind' | 'appVersion' | 'paths' | 'environment'>
  readonly keyPlace: KeyPlace
  readonly storage: { check(): Promise<Result<readonly string[]>> }
  readonly settings: {
    get(key: 'gpu'): Setting<'auto' | 'off'>
    get(key: 'language'): Setting<'system' | 'en' | 'de'>
    localOnlyCause(): 'setting' | 'policy' | 'environment' | null
    policyState(): PolicyState
  }
  readonly models: {
    /** The model that would be used now. */
    chosen(): Promise<Result<ModelRecord>>
    testGpu(signal: AbortSignal): Promise<Result<readonly GpuTest[]>>
  }
  readonly engine: {
    state(): EngineState
    load(signal: AbortSignal): Promise<Result<unknown>>
    unload(): Promise<unknown>
  }
  readonly documents: { extract(file: string, signal: AbortSignal): Stream<ReadItem> }
  readonly ledger: {
    verify(): Promise<Result<LedgerVerdict>>
    totals(): Promise<
      Result<{ readonly contentBytes: number; readonly publicRequests: number; readonly refusals: number }>
    >
  }
  readonly now: () => Date
}

type Check = Omit<DoctorCheck, 'id' | 'failure'> & { readonly failure?: Failure }
type Id = DoctorCheck['id']

/** The document the reader reads to prove itself. */
const sample = ['samples', 'harbour-report.pdf'] as const

/** Answers `system.info` and `system.doctor`. `details.context` picks a sentence among those of one state. */
export class DoctorService {
  readonly #needs: DoctorNeeds

  constructor(needs: DoctorNeeds) {
    this.#needs = needs
  }

  /** What runs here. */
  async info(): Promise<Result<SystemInfo>> {
    const { host, keyPlace, settings } = this.#needs
    const language = settings.get('language').value
    return ok({
      appVersion: host.appVersion,
      host: host.kind,
      dataFolder: host.paths.data,
      keyPlace,
      platform: `${platform()} ${arch()}`,
      language: language === 'system' ? languageOfEnvironment(host.environment) : language,
    })
  }

  /** Looks at everything in turn; what fails is a line of the report. Ends early, with what it has, when stopped. */
  async doctor(signal: AbortSignal): Promise<Result<DoctorCheck[]>> {
    const ran: { state: EngineState | null } = { state: null }
    const checks: readonly (readonly [Id, () => Promise<Check>])[] = [
      ['data', () => this.#data()],
      ['key', () => this.#key()],
      ['model', () => this.#model()],
      ['engine', () => this.#engine(signal, (state) => (ran.state = state))],
      ['gpu', () => this.#gpu(signal, ran.state)],
      ['reader', () => this.#reader(signal)],
      ['policy', () => this.#policy()],
      ['egress', () => this.#egress()],
      ['ledger', () => this.#ledger()],
    ]
    const report: DoctorCheck[] = []
    for (const [id, look] of checks) {
      if (signal.aborted) break
      report.push({ id, failure: null, ...(await look()) })
    }
    return ok(report)
  }

  async #data(): Promise<Check> {
    const checked = await this.#needs.storage.check()
    if (!checked.ok) return problem(checked.failure)
    const folder = this.#needs.host.paths.data
    if (checked.value.length > 0) return { state: 'problem', details: { findings: checked.value.length } }
    if (folder === null) return { state: 'note', details: {} }
    // Looking beside an empty folder opens a database in memory: sound, but nobody's data.
    if (this.#needs.keyPlace === 'none') return { state: 'note', details: { context: 'empty', folder } }
    return { state: 'ok', details: { folder } }
  }

  async #key(): Promise<Check> {
    const place = this.#needs.keyPlace
    return { state: place === 'keyring' ? 'ok' : 'note', details: { context: place } }
  }

  async #model(): Promise<Check> {
    const chosen = await this.#needs.models.chosen()
    if (!chosen.ok) return problem(chosen.failure)
    const { name, bytes, contextTokens, starter } = chosen.value
    return { state: starter ? 'note' : 'ok', details: { name, bytes, contextTokens } }
  }

  async #engine(signal: AbortSignal, tell: (state: EngineState) => void): Promise<Check> {
    const { engine, now } = this.#needs
    const idle = engine.state().state === 'idle'
    const startedAt = now().getTime()
    const loaded = await engine.load(signal)
    if (!loaded.ok) return problem(loaded.failure)
    const milliseconds = now().getTime() - startedAt
    const state = engine.state()
    tell(state)
    if (idle) await engine.unload()
    if (state.state !== 'ready') return { state: 'note', details: { context: state.state } }
    const { threads, mapSequences: sequences, mapSequencesMeasured } = state
    const context = mapSequencesMeasured ? 'measured' : 'assumed'
    return { state: 'ok', details: { context, threads, sequences, milliseconds } }
  }

  /** What the GPU did for the model that was just loaded; where that says nothing, what the tests say. */
  async #gpu(signal: AbortSignal, ran: EngineState | null): Promise<Check> {
    const told = ran === null ? null : whatTheGpuDid(ran)
    if (told !== null) return told
    if (this.#needs.settings.get('gpu').value === 'off') return { state: 'note', details: { context: 'off' } }
    const tested = await this.#needs.models.testGpu(signal)
    if (!tested.ok) return problem(tested.failure)
    const gpus = tested.value.filter((test) => test.backend !== 'cpu')
    const works = gpus.find((test) => test.outcome === 'works')
    if (works !== undefined) {
      return { state: 'ok', details: { backend: works.backend, name: works.deviceNames[0] ?? works.backend } }
    }
    const broken = gpus.find((test) => test.outcome !== 'not-present')
    if (broken === undefined) return { state: 'note', details: { context: 'none' } }
    return { state: 'note', details: { context: 'broken', backend: broken.backend } }
  }

  async #reader(signal: AbortSignal): Promise<Check> {
    const { documents, host, now } = this.#needs
    const startedAt = now().getTime()
    const stream = documents.extract(path.join(host.paths.resources, ...sample), signal)
    let segments = 0
    for (;;) {
      const step = await stream.next()
      if (step.done === true) {
        if (!step.value.ok) return problem(step.value.failure)
        if (segments === 0) return { state: 'problem', details: {} }
        return { state: 'ok', details: { segments, milliseconds: now().getTime() - startedAt } }
      }
      if (step.value.type === 'segments') segments += step.value.segments.length
    }
  }

  async #policy(): Promise<Check> {
    const { state, source, issues } = this.#needs.settings.policyState()
    if (state === 'invalid') return { state: 'problem', details: { source: source ?? '', issues: issues.length } }
    return { state: 'ok', details: { context: state, source: source ?? '' } }
  }

  async #egress(): Promise<Check> {
    const totals = await this.#needs.ledger.totals()
    if (!totals.ok) return problem(totals.failure)
    const { contentBytes, publicRequests, refusals } = totals.value
    const by = this.#needs.settings.localOnlyCause()
    const details = { contentBytes, publicRequests, refusals }
    return by === null
      ? { state: 'ok', details: { context: 'open', ...details } }
      : { state: 'ok', details: { context: 'closed', by, ...details } }
  }

  async #ledger(): Promise<Check> {
    const verified = await this.#needs.ledger.verify()
    if (!verified.ok) return problem(verified.failure)
    const { intact, entries, anchored, broken } = verified.value
    if (!intact) return { state: 'problem', details: { seq: broken?.seq ?? 0, reason: broken?.reason ?? 'altered' } }
    if (anchored) return { state: 'ok', details: { entries } }
    return { state: 'note', details: this.#needs.keyPlace === 'none' ? { context: 'empty' } : { entries } }
  }
}

/** A sentence about layers, or about why none are on a GPU that was tried; null when there is nothing to tell. */
function whatTheGpuDid(ran: EngineState): Check | null {
  if (ran.state !== 'ready') return null
  const { gpu, gpuName, gpuLayers, totalLayers, fallback } = ran
  if (gpu !== 'cpu') {
    const details = { backend: gpu, name: gpuName ?? gpu, layers: gpuLayers, total: totalLayers }
    if (gpuLayers >= totalLayers) return { state: 'ok', details: { context: 'all', ...details } }
    return { state: 'ok', details: { context: 'part', reason: fallback ?? 'out-of-memory', ...details } }
  }
  const tried: readonly (typeof fallback)[] = ['out-of-memory', 'crashed', 'lost', 'crash-loop']
  if (fallback === null || !tried.includes(fallback)) return null
  return { state: 'note', details: { context: 'cpu', reason: fallback } }
}

/** A failure carries its own sentence and next step. */
function problem(failure: Failure): Check {
  return { state: 'problem', details: {}, failure }
}
