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

  async function ask(order: CloudOrder, route: Route): Promise<void> {
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
    if (!prepared.ok) return set({ cloudRefused: { order, failure: prepared.failure, draftId: null }, consent: null })
    const { draft } = prepared.value
    if (prepared.value.state === 'ask') return set({ consent: sheetOf(order, route, draft) })
    set({ consent: null })
    run(order, prepared.value.grantId, draft)
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
    askCloud: (order) => ask(order, get().route),
    stopCloudPreparing: () => preparing.current?.abort(),
    dropCloudPreparing,
    dismissCloudRefused: () => set({ cloudRefused: null }),
    ...reading(tools, ask),
    async prepareConsentAgain() {
      const { consent } = get()
      if (consent === null || consent.order === null || consent.busy !== null) return
      set({ consent: { ...consent, busy: 'preparing' } })
      await ask(consent.order, consent.route)
    },
    ...decisions(tools, run),
  }
}

/** What shows a draft that is there already, and what is chosen on the sheet. */
function reading(
  { set, get, client }: SliceTools,
  ask: (order: CloudOrder, route: Route) => Promise<void>,
): Pick<ConsentPart, 'askCloudAgain' | 'readDraft' | 'chooseScope' | 'nameFallback'> {
  return {
    async askCloudAgain(order, draftId) {
      const { route } = get()
      const draft = await client.call('cloud.draft', { draftId })
      if (!draft.ok) return ask(order, route)
      set({ cloudRefused: null, consent: sheetOf(order, route, draft.value) })
    },
    async readDraft(draftId) {
      const { route } = get()
      const draft = await client.call('cloud.draft', { draftId })
      if (draft.ok) set({ consent: sheetOf(null, route, draft.value) })
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
  { set, get, client }: SliceTools,
  run: RunOrder,
): Pick<ConsentPart, 'switchRedaction' | 'approveConsent' | 'keepHere'> {
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
      if (!approved.ok) return set({ consent: { ...consent, failure: approved.failure } })
      set({ consent: null })
      run(order, approved.value.grantId, draft)
    },
    async keepHere() {
      const { consent } = get()
      // What was agreed to a moment ago cannot be un-said by closing; withdrawing does that.
      if (consent === null || consent.busy === 'approving') return
      // A fresh draft that is still on its way is not shown any more either.
      if (consent.busy === 'preparing') get().dropCloudPreparing()
      set({ consent: null })
      if (consent.order === null) return
      if (consent.order.kind === 'message') get().choosePlace('here')
      if (open.includes(consent.draft.state)) await client.call('cloud.decline', { draftId: consent.draft.id })
    },
  }
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
