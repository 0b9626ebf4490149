// Where drafts are made and made anew: names looked for, the vault read and kept, what an open envelope covers told.
import type { CloudDraft, CloudPreparation } from '#contract/cloudDraft.ts'
import type { Parsed } from '#contract/index.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { GrantBook } from '../egress/grant.ts'
import type { ChosenModel } from './chosenModel.ts'
import type { CloudTask } from './cloudTask.ts'
import type { ConsentBook } from './consentBook.ts'
import type { ConsentDesk } from './consentDesk.ts'
import type { DraftMaker, LiveDraft } from './draftMaker.ts'
import type { DraftStore } from './draftStore.ts'
import type { EndpointStore } from './endpointStore.ts'
import type { Moment } from './logic/lifetime.ts'
import type { Choice } from './providerDirectory.ts'
import { joinVaults, setInTheClear } from './redaction/logic/vault.ts'
import type { NameFinder, NamesFound } from './redaction/nameFinder.ts'
import type { RedactionVault } from './redaction/redaction.ts'
import type { VaultStore } from './vaultStore.ts'

/** What the desk works with. */
export type DraftDeskParts = {
  readonly models: ChosenModel
  readonly names: Pick<NameFinder, 'find'>
  readonly vaults: VaultStore
  readonly drafts: DraftStore
  readonly maker: DraftMaker
  readonly endpoints: EndpointStore
  readonly book: ConsentBook
  readonly consent: ConsentDesk
  readonly grants: GrantBook
  readonly moment: () => Moment
  readonly newId: () => string
}

/** Where a task goes, under which name, and what was found in it besides what the rules find. */
type Destination = {
  readonly choice: Choice
  readonly fallback: Choice | null
  readonly taskId: string
  readonly names: NamesFound
}

/** Drafts tasks, one at a time. Nothing leaves by anything here. */
export class DraftDesk {
  readonly #parts: DraftDeskParts
  #making: Promise<unknown> = Promise.resolve()

  constructor(parts: DraftDeskParts) {
    this.#parts = parts
  }

  /**
   * Drafts a task. When an open envelope covers it, a grant is minted from that at once. Failures: see the contract's
   * `chat.prepare-cloud`. `signal` ends the search for names; the rules always look.
   */
  async prepare(task: CloudTask, model: string | undefined, signal: AbortSignal): Promise<Result<CloudPreparation>> {
    const { models, names, vaults, newId } = this.#parts
    const chosen = await models.first(model)
    if (!chosen.ok) return chosen
    const fallback = await models.second(chosen.value)
    if (!fallback.ok) return fallback
    const texts = task.pieces.filter(({ fixed }) => !fixed).map(({ text }) => text)
    const found = await names.find(texts, signal)
    const to = { choice: chosen.value, fallback: fallback.value, taskId: newId(), names: found }
    return this.#inTurn(async () => {
      const vault = await vaults.get(task)
      if (!vault.ok) return vault
      const made = await this.#make(task, to, vault.value)
      return made.ok ? this.#prepared(made.value) : made
    })
  }

  /** A draft again, from memory or from where it is kept. */
  async draft(draftId: string): Promise<Result<CloudDraft>> {
    const stored = await this.#parts.drafts.get(draftId)
    if (!stored.ok) return stored
    const draft = this.#parts.book.draft(draftId)?.draft ?? stored.value
    return draft === undefined ? fail('not-found', { what: 'draft', id: draftId }) : ok(draft)
  }

  /** Switches one redaction, in all its ways of writing, and drafts the task anew. */
  async setRedaction(input: Parsed<'cloud.set-redaction'>): Promise<Result<CloudDraft>> {
    const { book, vaults, grants, consent } = this.#parts
    const live = book.draft(input.draftId)
    if (live === undefined) return fail('not-found', { what: 'draft', id: input.draftId })
    if (live.draft.state !== 'waiting' && live.draft.state !== 'failed') {
      return fail('draft-closed', { state: live.draft.state })
    }
    const fallback = live.fallback?.choice ?? null
    const to = { choice: live.choice, fallback, taskId: live.draft.taskId, names: live.names }
    const made = await this.#inTurn(async () => {
      const now = await vaults.get(live.task)
      if (!now.ok) return now
      const switched = (vault: RedactionVault) => setInTheClear(vault, input.redactionId, !input.on)
      // Drafts made since have their own names and decisions: the sheet shows its own, and the others stay as they are.
      const vault = switched(joinVaults(now.value, live.vault))
      return this.#make(live.task, to, vault, (drafted) => switched(joinVaults(drafted, now.value)))
    })
    if (!made.ok) return made
    // Whoever approved it meanwhile agreed to other bytes than these.
    grants.drop(book.grantsOf({ draftId: live.draft.id }))
    await consent.setState(live, 'superseded')
    return ok(made.value.draft)
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
    const { endpoints, maker, book, vaults, drafts, moment } = this.#parts
    const terms = await endpoints.terms()
    if (!terms.ok) return terms
    const made = await maker.make(task, to, vault, terms.value)
    if (!made.ok) return made
    const covering = book.covering(made.value, moment())
    const outside = covering === null ? [] : [...covering.outside]
    const live = { ...made.value, draft: { ...made.value.draft, outside } }
    book.keepDraft(live)
    const keptVault = await vaults.keep(task, kept(live.vault))
    if (!keptVault.ok) return keptVault
    for (const each of [live, live.fallback]) {
      const keptDraft = each === null ? ok(undefined) : await drafts.keep(each.draft)
      if (!keptDraft.ok) return keptDraft
    }
    return ok(live)
  }

  async #prepared(live: LiveDraft): Promise<Result<CloudPreparation>> {
    const { book, consent, moment } = this.#parts
    const covering = book.covering(live, moment())
    if (covering === null || covering.outside.length > 0 || live.draft.blocked !== null) {
      return ok({ state: 'ask', draft: live.draft })
    }
    const { scope } = covering
    const minted = await consent.cover(live, scope)
    if (!minted.ok) return minted
    const draft = { ...live.draft, state: 'approved' as const }
    return ok({ state: 'covered', draft, grantId: minted.value.grantId, scopeId: scope.id })
  }
}
