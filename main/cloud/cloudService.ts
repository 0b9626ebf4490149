// The cloud as chat, summaries and the window use it: prepare, decide, run, account. Text comes from the first two only.
import type { CloudProposal, CloudProvider, CloudState, ProviderKind, SelfTestWay } from '#contract/cloud.ts'
import type { CloudDraft, CloudPreparation } from '#contract/cloudDraft.ts'
import type { CloudUsage, ConsentReceipt, OpenScope } from '#contract/consent.ts'
import type { Announce, Parsed } from '#contract/index.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../egress/egressGate.ts'
import type { GrantBook } from '../egress/grant.ts'
import type { LedgerLine } from '../egress/ledger.ts'
import type { Keyring, Logger } from '../host.ts'
import type { PolicyResolution } from '../policy/policyResolution.ts'
import type { SettingsService } from '../settings/settingsService.ts'
import type { Storage } from '../storage/storage.ts'
import { Budget } from './budget.ts'
import { CloudRun, provenanceOf } from './cloudRun.ts'
import type {
  CloudAnswer,
  CloudListener,
  CloudModelLimits,
  CloudTask,
  GrantedTask,
  ProposalFacts,
} from './cloudTask.ts'
import { ChosenModel } from './chosenModel.ts'
import { type Belonging, ConsentBook } from './consentBook.ts'
import { type Approval, ConsentDesk } from './consentDesk.ts'
import { DraftDesk } from './draftDesk.ts'
import { DraftMaker } from './draftMaker.ts'
import { DraftStore } from './draftStore.ts'
import { EndpointStore, type OwnTerms } from './endpointStore.ts'
import type { Moment } from './logic/lifetime.ts'
import type { Prices } from './prices.ts'
import { proposeTask } from './proposals.ts'
import { type NewEndpoint, ProviderDirectory } from './providerDirectory.ts'
import { ProviderKeys } from './providerKeys.ts'
import { ReceiptStore } from './receiptStore.ts'
import { ReceiptWriter } from './receiptWriter.ts'
import { type NameFinder, noNameFinder } from './redaction/nameFinder.ts'
import { tryEveryWayOut } from './selfTest.ts'
import { StateTeller } from './stateTeller.ts'
import { shownChoice, shownPolicy } from './shownState.ts'
import { VaultStore } from './vaultStore.ts'

/** What the cloud works with. */
export type CloudServiceDeps = {
  readonly storage: Storage
  readonly settings: Pick<SettingsService, 'get' | 'localOnlyCause'>
  readonly policy: PolicyResolution
  readonly gate: Pick<EgressGate, 'send' | 'fetchPublic'>
  readonly grants: GrantBook
  readonly ledger: { append(line: LedgerLine): Promise<Result<unknown>> }
  readonly keyring: Keyring | undefined
  readonly prices: Prices
  readonly announce: Announce
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
  /** Looks for names with the model here; none when left out. */
  readonly names?: Pick<NameFinder, 'find' | 'close'>
  /** A clock nobody can set, in milliseconds; the process's own unless a test says otherwise. */
  readonly steadyMilliseconds?: () => number
  /** Other base addresses for the built-in providers; for tests. */
  readonly addresses?: Partial<Record<ProviderKind, string>>
}

const nothingUsed = { inputTokens: 0, outputTokens: 0, usd: null }

/** The use cases of the cloud. */
export class CloudService {
  readonly #deps: CloudServiceDeps
  readonly #book = new ConsentBook()
  readonly #directory: ProviderDirectory
  readonly #models: ChosenModel
  readonly #names: Pick<NameFinder, 'find' | 'close'>
  readonly #endpoints: EndpointStore
  readonly #drafts: DraftStore
  readonly #receipts: ReceiptStore
  readonly #maker: DraftMaker
  readonly #desk: ConsentDesk
  readonly #preparing: DraftDesk
  readonly #run: CloudRun
  readonly #teller: StateTeller

  constructor(deps: CloudServiceDeps) {
    this.#deps = deps
    const { storage, policy, settings, now } = deps
    this.#endpoints = new EndpointStore(storage)
    this.#drafts = new DraftStore(storage)
    this.#receipts = new ReceiptStore(storage)
    const { cloud } = policy.values
    this.#directory = new ProviderDirectory({
      ...deps,
      store: this.#endpoints,
      keys: new ProviderKeys(deps),
      policy: { providers: cloud.providers ?? null, retention: cloud.retention },
    })
    const budget = new Budget({
      limitUsd: () => settings.get('cloudBudgetUsd').value,
      spentUsd: () => this.#receipts.spentIn(now().toISOString().slice(0, 7)),
    })
    this.#models = new ChosenModel({ ...deps, directory: this.#directory })
    this.#names = deps.names ?? noNameFinder
    this.#maker = new DraftMaker({
      ...deps,
      directory: this.#directory,
      policy: () => shownPolicy(policy),
      budget,
      closedBy: () => this.#models.closedBy(),
      moment: () => this.#moment(),
    })
    const { announce } = deps
    this.#teller = new StateTeller({ announce, state: () => this.state() })
    const moment = () => this.#moment()
    const parts = { ...deps, moment, book: this.#book, changed: () => void this.#teller.tell() }
    const writer = new ReceiptWriter({ ...deps, store: this.#receipts })
    const { grants } = deps
    this.#desk = new ConsentDesk({
      ...parts,
      grants,
      drafts: this.#drafts,
      maker: this.#maker,
      receipts: writer,
      directory: this.#directory,
    })
    this.#preparing = new DraftDesk({
      ...parts,
      grants,
      models: this.#models,
      names: this.#names,
      vaults: new VaultStore(deps),
      drafts: this.#drafts,
      maker: this.#maker,
      endpoints: this.#endpoints,
      consent: this.#desk,
    })
    this.#run = new CloudRun({ ...parts, desk: this.#desk, receipts: this.#receipts, budget })
  }

  /** Call once before anything else: ends what a process before left open, removes drafts past their days. */
  async recover(): Promise<Result<void>> {
    const days = this.#deps.settings.get('cloudDraftDays').value
    const keptSince = new Date(this.#deps.now().getTime() - days * 86_400_000).toISOString()
    const tidied = await this.#drafts.tidy(keptSince)
    return tidied.ok ? ok(undefined) : tidied
  }

  /** Whether a task could be prepared now, and what is open. */
  async state(): Promise<Result<CloudState>> {
    const chosen = await this.#models.first()
    const open = this.#book.scopes().length
    const streams = this.#book.streams().length
    if (!chosen.ok) {
      const found = await this.#directory.find(this.#deps.settings.get('cloudModel').value)
      if (!found.ok) return found
      return ok({ chosen: found.value && shownChoice(found.value), blocked: chosen.failure, open, streams })
    }
    return ok({ chosen: shownChoice(chosen.value), blocked: null, open, streams })
  }

  /** A setting changed: tells everybody if that changes whether a task could be prepared, or where it would go. */
  settingsChanged(): Promise<void> {
    return this.#teller.tell({ onlyNews: true })
  }

  providers(): Promise<Result<CloudProvider[]>> {
    return this.#directory.list()
  }

  async setKey(providerId: string, key: string | null): Promise<Result<CloudProvider>> {
    const set = await this.#directory.setKey(providerId, key)
    void this.#teller.tell()
    return set
  }

  async addEndpoint(endpoint: NewEndpoint): Promise<Result<CloudProvider>> {
    const added = await this.#directory.add(endpoint)
    void this.#teller.tell()
    return added
  }

  async removeEndpoint(providerId: string): Promise<Result<void>> {
    const removed = await this.#directory.remove(providerId)
    if (!removed.ok) return removed
    for (const scope of this.#book.scopes()) {
      if (scope.envelope.providerId === providerId) await this.#desk.end(scope, 'gone')
    }
    void this.#teller.tell()
    return ok(undefined)
  }

  terms(): Promise<Result<OwnTerms>> {
    return this.#endpoints.terms()
  }

  async setTerms(terms: OwnTerms): Promise<Result<OwnTerms>> {
    const set = await this.#endpoints.setTerms(terms)
    return set.ok ? ok(terms) : set
  }

  /** The model a task would go to now, for planning. Failures: those of preparing. */
  async limits(model?: string): Promise<Result<CloudModelLimits>> {
    const chosen = await this.#models.first(model)
    if (!chosen.ok) return chosen
    const { provider, model: found } = chosen.value
    const { name, contextTokens, outputTokens } = found
    return ok({ choice: `${provider.id}/${found.id}`, name, contextTokens, outputTokens })
  }

  /**
   * Drafts a task. Nothing leaves. When an open envelope covers it, a grant is minted from that at once. Failures: see
   * the contract's `chat.prepare-cloud`. `signal` ends the search for names; the rules always look.
   */
  prepare(
    task: CloudTask,
    model?: string,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result<CloudPreparation>> {
    return this.#preparing.prepare(task, model, signal)
  }

  /** A draft again, from memory or from where it is kept. */
  draft(draftId: string): Promise<Result<CloudDraft>> {
    return this.#preparing.draft(draftId)
  }

  /** Switches one redaction, in all its ways of writing, and drafts the task anew. */
  setRedaction(input: Parsed<'cloud.set-redaction'>): Promise<Result<CloudDraft>> {
    return this.#preparing.setRedaction(input)
  }

  approve(input: Parsed<'cloud.approve'>): Promise<Result<Approval>> {
    return this.#desk.approve(input)
  }

  decline(draftId: string): Promise<Result<void>> {
    return this.#desk.decline(draftId)
  }

  scopes(): Promise<Result<OpenScope[]>> {
    return this.#desk.scopes()
  }

  withdraw(scopeId: string): ReturnType<ConsentDesk['withdraw']> {
    return this.#desk.withdraw(scopeId)
  }

  receipts(query: Parsed<'cloud.receipts'>): Promise<Result<ConsentReceipt[]>> {
    return this.#receipts.list(query)
  }

  usage(): Promise<Result<CloudUsage>> {
    return this.#receipts.usage(this.#deps.now(), this.#deps.settings.get('cloudBudgetUsd').value)
  }

  /** What a grant stands for. Failure: `consent-required` when nobody minted it. */
  granted(grantId: string): Result<GrantedTask> {
    const record = this.#book.grant(grantId)
    if (record === undefined) return fail('consent-required', {})
    const { draft } = record.live
    return ok({
      taskId: draft.taskId,
      draftId: draft.id,
      kind: draft.kind,
      modelName: draft.recipient.modelName,
      provenance: provenanceOf(record, nothingUsed),
    })
  }

  /** Sends what a grant stands for and follows the answer. A grant nobody minted goes to the door too, to be refused and recorded. */
  async run(grantId: string, listener: CloudListener): Promise<Result<CloudAnswer>> {
    const record = this.#book.grant(grantId)
    if (record === undefined || (listener.kind ?? record.live.draft.kind) !== record.live.draft.kind) {
      // Nobody here knows what it stands for any more, so it may not stand for anything at the door either. Nor may what
      // was agreed to as one thing be used as another.
      this.#deps.grants.drop([grantId])
      const { result } = await this.#deps.gate.send(grantId, listener.signal)
      return result.ok || record !== undefined ? fail('consent-required', {}) : result
    }
    const blocked = await this.#maker.blocker(record.live.choice, record.live.draft.estimate.usd)
    if (!blocked.ok) return blocked
    // The way out being closed is for the door to say, because it records what it refuses.
    if (blocked.value !== null && blocked.value.code !== 'local-only') {
      this.#deps.grants.drop([grantId])
      return { ok: false, failure: blocked.value }
    }
    return ok(await this.#run.run(record, listener))
  }

  /** Where a task would be better done; null when the cloud is closed or not set up. */
  async propose(facts: ProposalFacts): Promise<Result<CloudProposal | null>> {
    const chosen = await this.#models.first()
    if (!chosen.ok) return ok(null)
    const terms = await this.#endpoints.terms()
    return terms.ok ? proposeTask(facts, chosen.value, terms.value, this.#maker) : terms
  }

  /** Tries every way out it knows; each attempt is refused, and recorded as refused. */
  async selfTest(): Promise<Result<SelfTestWay[]>> {
    return ok(await tryEveryWayOut({ ...this.#deps, approve: (input) => this.approve(input) }))
  }

  /** A conversation or a document is gone: its envelopes end, its drafts and grants are forgotten, its streams cut. */
  forget(of: Belonging): Promise<void> {
    return this.#desk.forget(of)
  }

  /** Ends every envelope and cuts what is under way, when Sotto closes. */
  async close(): Promise<void> {
    this.#names.close()
    this.#book.countWithdrawal()
    this.#deps.grants.drop()
    for (const scope of this.#book.scopes()) await this.#desk.end(scope, 'closed')
    for (const stream of this.#book.streams()) stream.withdraw()
  }

  #moment(): Moment {
    const steadyMs = this.#deps.steadyMilliseconds?.() ?? performance.now()
    return { wallMs: this.#deps.now().getTime(), steadyMs }
  }
}
