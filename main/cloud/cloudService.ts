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
import { DraftMaker, type LiveDraft } from './draftMaker.ts'
import { DraftStore } from './draftStore.ts'
import { EndpointStore, type OwnTerms } from './endpointStore.ts'
import type { Moment } from './logic/lifetime.ts'
import type { Prices } from './prices.ts'
import { proposeTask } from './proposals.ts'
import { type Choice, type NewEndpoint, ProviderDirectory } from './providerDirectory.ts'
import { ProviderKeys } from './providerKeys.ts'
import { ReceiptStore } from './receiptStore.ts'
import { ReceiptWriter } from './receiptWriter.ts'
import { joinVaults, setInTheClear } from './redaction/logic/vault.ts'
import { type NameFinder, type NamesFound, noNameFinder } from './redaction/nameFinder.ts'
import type { RedactionVault } from './redaction/redaction.ts'
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

/** Where a task goes, under which name, and what was found in it besides what the rules find. */
type Destination = {
  readonly choice: Choice
  readonly fallback: Choice | null
  readonly taskId: string
  readonly names: NamesFound
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
  readonly #vaults: VaultStore
  readonly #maker: DraftMaker
  readonly #desk: ConsentDesk
  readonly #run: CloudRun
  readonly #teller: StateTeller
  #making: Promise<unknown> = Promise.resolve()

  constructor(deps: CloudServiceDeps) {
    this.#deps = deps
    const { storage, policy, settings, now } = deps
    this.#endpoints = new EndpointStore(storage)
    this.#drafts = new DraftStore(storage)
    this.#receipts = new ReceiptStore(storage)
    this.#vaults = new VaultStore(deps)
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
  async prepare(
    task: CloudTask,
    model?: string,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result<CloudPreparation>> {
    const chosen = await this.#models.first(model)
    if (!chosen.ok) return chosen
    const fallback = await this.#models.second(chosen.value)
    if (!fallback.ok) return fallback
    const texts = task.pieces.filter(({ fixed }) => !fixed).map(({ text }) => text)
    const names = await this.#names.find(texts, signal)
    const to = { choice: chosen.value, fallback: fallback.value, taskId: this.#deps.newId(), names }
    return this.#inTurn(async () => {
      const vault = await this.#vaults.get(task)
      if (!vault.ok) return vault
      const made = await this.#make(task, to, vault.value)
      return made.ok ? this.#prepared(made.value) : made
    })
  }

  /** A draft again, from memory or from where it is kept. */
  async draft(draftId: string): Promise<Result<CloudDraft>> {
    const stored = await this.#drafts.get(draftId)
    if (!stored.ok) return stored
    const draft = this.#book.draft(draftId)?.draft ?? stored.value
    return draft === undefined ? fail('not-found', { what: 'draft', id: draftId }) : ok(draft)
  }

  /** Switches one redaction, in all its ways of writing, and drafts the task anew. */
  async setRedaction(input: Parsed<'cloud.set-redaction'>): Promise<Result<CloudDraft>> {
    const live = this.#book.draft(input.draftId)
    if (live === undefined) return fail('not-found', { what: 'draft', id: input.draftId })
    if (live.draft.state !== 'waiting' && live.draft.state !== 'failed') {
      return fail('draft-closed', { state: live.draft.state })
    }
    const fallback = live.fallback?.choice ?? null
    const to = { choice: live.choice, fallback, taskId: live.draft.taskId, names: live.names }
    const made = await this.#inTurn(async () => {
      const now = await this.#vaults.get(live.task)
      if (!now.ok) return now
      const switched = (vault: RedactionVault) => setInTheClear(vault, input.redactionId, !input.on)
      // Drafts made since have their own names and decisions: the sheet shows its own, and the others stay as they are.
      const vault = switched(joinVaults(now.value, live.vault))
      return this.#make(live.task, to, vault, (drafted) => switched(joinVaults(drafted, now.value)))
    })
    if (!made.ok) return made
    // Whoever approved it meanwhile agreed to other bytes than these.
    this.#deps.grants.drop(this.#book.grantsOf({ draftId: live.draft.id }))
    await this.#desk.setState(live, 'superseded')
    return ok(made.value.draft)
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

  /** One at a time: two at once would give one placeholder two meanings. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const made = this.#making.then(work)
    this.#making = made.catch(() => undefined)
    return made
  }

  async #make(
    task: CloudTask,
    to: Destination,
    vault: RedactionVault,
    kept = (drafted: RedactionVault) => drafted,
  ): Promise<Result<LiveDraft>> {
    const terms = await this.#endpoints.terms()
    if (!terms.ok) return terms
    const made = await this.#maker.make(task, to, vault, terms.value)
    if (!made.ok) return made
    const covering = this.#book.covering(made.value, this.#moment())
    const outside = covering === null ? [] : [...covering.outside]
    const live = { ...made.value, draft: { ...made.value.draft, outside } }
    this.#book.keepDraft(live)
    const keptVault = await this.#vaults.keep(task, kept(live.vault))
    if (!keptVault.ok) return keptVault
    for (const each of [live, live.fallback]) {
      const keptDraft = each === null ? ok(undefined) : await this.#drafts.keep(each.draft)
      if (!keptDraft.ok) return keptDraft
    }
    return ok(live)
  }

  async #prepared(live: LiveDraft): Promise<Result<CloudPreparation>> {
    const covering = this.#book.covering(live, this.#moment())
    if (covering === null || covering.outside.length > 0 || live.draft.blocked !== null) {
      return ok({ state: 'ask', draft: live.draft })
    }
    const { scope } = covering
    const minted = await this.#desk.cover(live, scope)
    if (!minted.ok) return minted
    const draft = { ...live.draft, state: 'approved' as const }
    return ok({ state: 'covered', draft, grantId: minted.value.grantId, scopeId: scope.id })
  }

  #moment(): Moment {
    const steadyMs = this.#deps.steadyMilliseconds?.() ?? performance.now()
    return { wallMs: this.#deps.now().getTime(), steadyMs }
  }
}
