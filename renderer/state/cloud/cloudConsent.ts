// The sheet: a request drafted, read, changed, agreed to or kept here. Nothing else in the window begins a request outside.
import type { CloudDraft, CloudPreparation, ConsentScope } from '#contract/cloudDraft.ts'
import type { Result } from '#contract/result.ts'
import type { Route } from '../routeSlice.ts'
import type { SliceTools } from '../slice.ts'
import type { CloudOrder, CloudSlice, Consent } from './cloudState.ts'

type ConsentPart = Pick<
  CloudSlice,
  | 'cloudPreparing'
  | 'cloudRefused'
  | 'consent'
  | 'askCloud'
  | 'stopCloudPreparing'
  | 'dropCloudPreparing'
  | 'askCloudAgain'
  | 'dismissCloudRefused'
  | 'readDraft'
  | 'switchRedaction'
  | 'chooseScope'
  | 'nameFallback'
  | 'approveConsent'
  | 'keepHere'
  | 'prepareConsentAgain'
>

/** Runs what was agreed to; part of the slice that knows the kinds of work. */
export type RunOrder = (order: CloudOrder, grantId: string, draft: CloudDraft) => void

/** States in which a draft may still be agreed to, and so is declined when the sheet is left. */
const open: readonly string[] = ['waiting', 'approved', 'failed']

/** How an order is asked for. */
type Asking = {
  readonly route: Route
  /** The button said that one reads first: the sheet comes even where an open envelope covers the order. */
  readonly readFirst: boolean
  /** The draft whose sheet this order has up already, if any; no other sheet is taken down. */
  readonly shownDraftId: string | null
}

type Ask = (order: CloudOrder, asking: Asking) => Promise<void>

/** The sheet and its actions; `run` is called with a grant, and only then. */
export function createCloudConsent(tools: SliceTools, run: RunOrder): ConsentPart {
  const { set, get, client } = tools
  const preparing: { current: AbortController | null } = { current: null } // gone with what it prepares

  client.on('cloud.draft-changed', ({ draftId, state }) => {
    const { consent } = get()
    // A redaction's own change of drafts is told by its answer.
    if (consent?.draft.id !== draftId || consent.busy !== null) return
    set({ consent: { ...consent, draft: { ...consent.draft, state } } })
  })

  const ask: Ask = async (order, { route, readFirst, shownDraftId }) => {
    if (get().cloudPreparing !== null) return
    const waiting = new AbortController() // its signal ends the search for names
    preparing.current = waiting
    set({ cloudPreparing: order, cloudRefused: null })
    const prepared = await prepare(tools, order, waiting.signal)
    if (preparing.current !== waiting) {
      // The person changed their mind meanwhile: no sheet, no run, and what an open envelope had granted is taken back.
      if (prepared.ok) await client.call('cloud.decline', { draftId: prepared.value.draft.id })
      return
    }
    preparing.current = null
    set({ cloudPreparing: null })
    // Shown, a covered draft is an approved one: agreeing, or keeping it here, takes back what the envelope granted.
    if (prepared.ok && (prepared.value.state === 'ask' || readFirst)) {
      return show(tools, sheetOf(order, route, prepared.value.draft), shownDraftId)
    }
    if (get().consent?.draft.id === shownDraftId) set({ consent: null })
    if (!prepared.ok) return set({ cloudRefused: { order, failure: prepared.failure, draftId: null } })
    if (prepared.value.state === 'covered') run(order, prepared.value.grantId, prepared.value.draft)
  }

  function dropCloudPreparing(): void {
    const waiting = preparing.current
    preparing.current = null
    waiting?.abort()
    if (waiting === null) return
    const { consent } = get()
    set({ cloudPreparing: null, consent: consent?.busy === 'preparing' ? { ...consent, busy: null } : consent })
  }

  return {
    cloudPreparing: null,
    cloudRefused: null,
    consent: null,
    askCloud: (order, how) => ask(order, { route: get().route, readFirst: how === 'read-first', shownDraftId: null }),
    stopCloudPreparing: () => preparing.current?.abort(),
    dropCloudPreparing,
    dismissCloudRefused: () => set({ cloudRefused: null }),
    ...reading(tools, ask),
    async prepareConsentAgain() {
      const { consent, cloudPreparing } = get()
      if (consent === null || consent.order === null || consent.busy !== null || cloudPreparing !== null) return
      set({ consent: { ...consent, busy: 'preparing' } })
      await ask(consent.order, { route: consent.route, readFirst: true, shownDraftId: consent.draft.id })
    },
    ...decisions(tools, run),
  }
}

/** What shows a draft that is there already, and what is chosen on the sheet. */
function reading(
  tools: SliceTools,
  ask: Ask,
): Pick<ConsentPart, 'askCloudAgain' | 'readDraft' | 'chooseScope' | 'nameFallback'> {
  const { set, get, client } = tools
  return {
    async askCloudAgain(order, draftId) {
      const { route } = get()
      const draft = await client.call('cloud.draft', { draftId })
      if (!draft.ok) return ask(order, { route, readFirst: true, shownDraftId: null })
      set({ cloudRefused: null })
      show(tools, sheetOf(order, route, draft.value))
    },
    async readDraft(draftId) {
      const { route } = get()
      const draft = await client.call('cloud.draft', { draftId })
      if (draft.ok) show(tools, sheetOf(null, route, draft.value))
      else set({ cloudRecordsFailure: draft.failure })
    },
    chooseScope(scope) {
      const { consent } = get()
      if (consent !== null) set({ consent: { ...consent, scope } })
    },
    nameFallback(alsoFallback) {
      const { consent } = get()
      if (consent !== null) set({ consent: { ...consent, alsoFallback } })
    },
  }
}

/** What changes a draft or ends the sheet. One thing at a time. */
function decisions(
  tools: SliceTools,
  run: RunOrder,
): Pick<ConsentPart, 'switchRedaction' | 'approveConsent' | 'keepHere'> {
  const { set, get, client } = tools
  function free(): Consent | null {
    const { consent } = get()
    return consent === null || consent.busy !== null ? null : consent
  }
  return {
    async switchRedaction(redactionId, on) {
      const consent = free()
      if (consent === null || consent.order === null) return
      set({ consent: { ...consent, busy: 'switching', failure: null } })
      const draft = await client.call('cloud.set-redaction', { draftId: consent.draft.id, redactionId, on })
      // The sheet may have been left meanwhile.
      if (get().consent?.draft.id !== consent.draft.id) return
      if (!draft.ok) return set({ consent: { ...consent, failure: draft.failure } })
      set({
        consent: {
          ...sheetOf(consent.order, consent.route, draft.value),
          scope: scopeOf(draft.value, consent.scope),
          alsoFallback: consent.alsoFallback && draft.value.fallback !== null,
        },
      })
    },
    async approveConsent() {
      const consent = free()
      if (consent === null || consent.order === null || consent.draft.blocked !== null) return
      const { draft, order, scope, alsoFallback } = consent
      const second = draft.fallback
      set({ consent: { ...consent, busy: 'approving', failure: null } })
      const approved = await client.call('cloud.approve', {
        draftId: draft.id,
        digest: draft.request.digest,
        scope,
        fallback: alsoFallback && second !== null ? { draftId: second.draftId, digest: second.digest } : null,
      })
      // Another sheet may have come up meanwhile.
      const shown = get().consent?.draft.id === draft.id
      if (!approved.ok && shown) return set({ consent: { ...consent, failure: approved.failure } })
      if (!approved.ok) return set({ cloudRefused: { order, failure: approved.failure, draftId: draft.id } })
      if (shown) set({ consent: null })
      run(order, approved.value.grantId, draft)
    },
    async keepHere() {
      const { consent } = get()
      // What was agreed to a moment ago cannot be un-said by closing; withdrawing does that.
      if (consent === null || consent.busy === 'approving') return
      // A fresh draft that is still on its way is not shown any more either.
      if (consent.busy === 'preparing') get().dropCloudPreparing()
      set({ consent: null })
      if (consent.order?.kind === 'message') get().choosePlace('here')
      await leave(tools, consent)
    },
  }
}

/** Says that nobody will agree any more to what this sheet shows. */
async function leave({ client }: SliceTools, { order, draft }: Consent): Promise<void> {
  if (order !== null && open.includes(draft.state)) await client.call('cloud.decline', { draftId: draft.id })
}

/** Puts a sheet up. One stands at a time: another that waits is left, unless it shows `ownDraftId`, of this order. */
function show(tools: SliceTools, consent: Consent, ownDraftId: string | null = null): void {
  const { consent: before, dropCloudPreparing } = tools.get()
  if (before?.busy === 'preparing') dropCloudPreparing()
  tools.set({ consent })
  if (before === null || before.busy === 'approving') return
  if (![ownDraftId, consent.draft.id].includes(before.draft.id)) void leave(tools, before)
}

function sheetOf(order: CloudOrder | null, route: Route, draft: CloudDraft): Consent {
  return { order, route, draft, scope: scopeOf(draft), alsoFallback: false, busy: null, failure: null }
}

/** The reach that was chosen if it is still offered, else the smallest one, which is offered first. */
function scopeOf({ scopes }: CloudDraft, chosen?: ConsentScope): ConsentScope {
  const kept = scopes.find(({ scope }) => scope === chosen)
  return (kept ?? scopes[0])?.scope ?? 'once'
}

function prepare({ client }: SliceTools, order: CloudOrder, signal: AbortSignal): Promise<Result<CloudPreparation>> {
  switch (order.kind) {
    case 'message': {
      const { conversationId, turn, history } = order
      if (turn.kind === 'regenerate') {
        return client.call('chat.prepare-cloud', { conversationId, regenerate: turn.messageId, history }, { signal })
      }
      const { text, documentIds, parentId } = turn
      const input = { conversationId, text, documentIds: [...documentIds], history }
      return client.call('chat.prepare-cloud', parentId === undefined ? input : { ...input, parentId }, { signal })
    }
    case 'summary': {
      const { documentId, preset, instruction } = order
      const input = { documentId, preset }
      return client.call('summaries.prepare-cloud', instruction === null ? input : { ...input, instruction }, {
        signal,
      })
    }
    case 'rewrite': {
      const { text, style, instruction, conversationId } = order
      const given = instruction === null ? { text, style } : { text, style, instruction }
      const input = conversationId === null ? given : { ...given, conversationId }
      return client.call('chat.prepare-rewrite', input, { signal })
    }
  }
}
