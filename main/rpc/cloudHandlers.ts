// What answers the cloud's part of the contract: preparing, deciding, running, accounting. No line here takes text to be sent.
import type { AnswerItem, RewriteItem } from '#contract/chat.ts'
import type { CloudProposal, CloudProvider, CloudState, SelfTestWay } from '#contract/cloud.ts'
import type { CloudDraft, CloudPreparation } from '#contract/cloudDraft.ts'
import type { CloudUsage, ConsentReceipt, OpenScope } from '#contract/consent.ts'
import type { Method, Output, Parsed } from '#contract/index.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Answer, Handlers, Items } from './handler.ts'

/** The cloud, and what chat and summaries do with it, as the contract uses them. */
export type CloudServices = {
  readonly cloud: {
    state(): Answer<CloudState>
    providers(): Answer<CloudProvider[]>
    setKey(providerId: string, key: string | null): Answer<CloudProvider>
    addEndpoint(endpoint: Parsed<'cloud.add-endpoint'>): Answer<CloudProvider>
    removeEndpoint(providerId: string): Promise<Result<unknown>>
    terms(): Answer<Output<'cloud.terms'>>
    setTerms(terms: Parsed<'cloud.set-terms'>): Answer<Output<'cloud.terms'>>
    draft(draftId: string): Answer<CloudDraft>
    setRedaction(input: Parsed<'cloud.set-redaction'>): Answer<CloudDraft>
    approve(input: Parsed<'cloud.approve'>): Answer<Output<'cloud.approve'>>
    decline(draftId: string): Promise<Result<unknown>>
    scopes(): Answer<OpenScope[]>
    withdraw(scopeId: string): Answer<Output<'cloud.withdraw'>>
    receipts(query: Parsed<'cloud.receipts'>): Answer<ConsentReceipt[]>
    usage(): Answer<CloudUsage>
    selfTest(): Answer<SelfTestWay[]>
  }
  readonly chat: {
    prepareCloud(input: Parsed<'chat.prepare-cloud'>, signal: AbortSignal): Answer<CloudPreparation>
    runCloud(grantId: string, signal: AbortSignal): Items<AnswerItem>
    prepareRewrite(input: Parsed<'chat.prepare-rewrite'>, signal: AbortSignal): Answer<CloudPreparation>
    runRewrite(grantId: string, signal: AbortSignal): Items<RewriteItem>
    proposeCloud(input: Parsed<'chat.propose-cloud'>, signal: AbortSignal): Answer<CloudProposal | null>
  }
  readonly summaries: {
    prepareCloud(input: Parsed<'summaries.prepare-cloud'>, signal: AbortSignal): Answer<CloudPreparation>
    runCloud(grantId: string): Answer<{ jobId: string }>
    proposeCloud(documentId: string, signal: AbortSignal): Answer<CloudProposal | null>
  }
}

/** The methods answered here. */
type CloudMethod = Extract<
  Method,
  `cloud.${string}` | `${string}.${'prepare' | 'run' | 'propose'}-cloud` | `chat.${'prepare' | 'run'}-rewrite`
>

/** Joins the cloud's methods to the services. */
export function cloudHandlers({ cloud, chat, summaries }: CloudServices): Pick<Handlers, CloudMethod> {
  return {
    'cloud.state': () => cloud.state(),
    'cloud.providers': () => cloud.providers(),
    'cloud.set-key': ({ providerId, key }) => cloud.setKey(providerId, key),
    'cloud.remove-key': ({ providerId }) => cloud.setKey(providerId, null),
    'cloud.add-endpoint': (endpoint) => cloud.addEndpoint(endpoint),
    'cloud.remove-endpoint': ({ providerId }) => nothing(cloud.removeEndpoint(providerId)),
    'cloud.terms': () => cloud.terms(),
    'cloud.set-terms': (terms) => cloud.setTerms(terms),
    'cloud.draft': ({ draftId }) => cloud.draft(draftId),
    'cloud.set-redaction': (input) => cloud.setRedaction(input),
    'cloud.approve': (input) => cloud.approve(input),
    'cloud.decline': ({ draftId }) => nothing(cloud.decline(draftId)),
    'cloud.scopes': () => cloud.scopes(),
    'cloud.withdraw': ({ scopeId }) => cloud.withdraw(scopeId),
    'cloud.receipts': (query) => cloud.receipts(query),
    'cloud.usage': () => cloud.usage(),
    'cloud.self-test': () => cloud.selfTest(),
    'chat.prepare-cloud': (input, { signal }) => chat.prepareCloud(input, signal),
    'chat.run-cloud': ({ grantId }, { signal }) => chat.runCloud(grantId, signal),
    'chat.prepare-rewrite': (input, { signal }) => chat.prepareRewrite(input, signal),
    'chat.run-rewrite': ({ grantId }, { signal }) => chat.runRewrite(grantId, signal),
    'chat.propose-cloud': (input, { signal }) => chat.proposeCloud(input, signal),
    'summaries.prepare-cloud': (input, { signal }) => summaries.prepareCloud(input, signal),
    'summaries.run-cloud': ({ grantId }) => summaries.runCloud(grantId),
    'summaries.propose-cloud': ({ documentId }, { signal }) => summaries.proposeCloud(documentId, signal),
  }
}

async function nothing(work: Promise<Result<unknown>>): Promise<Result<Record<string, never>>> {
  const result = await work
  return result.ok ? ok({}) : result
}
