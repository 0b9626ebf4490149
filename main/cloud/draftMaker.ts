// Makes the draft of a task: hides, has the provider's client write the request, reckons, and asks what stands in the way.
import type { CloudDraft, ConsentScope, NamesSearch, OfferedScope } from '#contract/cloudDraft.ts'
import type { Failure } from '#contract/failures.ts'
import { fail, failureOf, ok, type Result } from '#contract/result.ts'
import { bodyBytes, type ContentRequest, requestDigest } from '../egress/requestDigest.ts'
import type { Budget } from './budget.ts'
import type { CloudTask } from './cloudTask.ts'
import type { OwnTerms } from './endpointStore.ts'
import { envelopeSize } from './logic/envelope.ts'
import type { Lifetime, Moment } from './logic/lifetime.ts'
import { costAtMost, priceFacts, tokensAbout } from './logic/price.ts'
import type { Choice, ProviderDirectory } from './providerDirectory.ts'
import { anthropicRequest } from './providers/anthropicMessages.ts'
import type { CapturedRequest } from './providers/captureRequest.ts'
import { openaiRequest } from './providers/openaiChat.ts'
import { wireOf } from './providers/providerTable.ts'
import type { TurnRequest } from './providers/turnRequest.ts'
import { type RedactedPieces, redactPieces } from './redactPieces.ts'
import type { NamesFound } from './redaction/nameFinder.ts'
import type { RedactionVault } from './redaction/redaction.ts'
import { coveredContent } from './taskContent.ts'

/** A draft with what is needed to send it and to read its answer; never leaves main. */
export type LiveDraft = {
  readonly draft: CloudDraft
  readonly task: CloudTask
  readonly choice: Choice
  readonly names: NamesFound
  readonly vault: RedactionVault
  readonly request: ContentRequest
  readonly secret: { readonly name: string; readonly prefix: string } | null
  readonly fallback: LiveDraft | null
  /** How long it may be approved. */
  readonly lifetime: Lifetime
}

/** What the maker works with. */
export type DraftMakerDeps = {
  readonly directory: ProviderDirectory
  readonly policy: () => CloudDraft['policy']
  readonly budget: Budget
  readonly closedBy: () => 'setting' | 'policy' | 'environment' | null
  readonly now: () => Date
  readonly moment: () => Moment
  readonly newId: () => string
}

/** How long a draft may be approved, in milliseconds. */
const approvableMs = 30 * 60_000

/** Drafts requests. Nothing is sent, and nobody is asked, by anything here. */
export class DraftMaker {
  readonly #deps: DraftMakerDeps

  constructor(deps: DraftMakerDeps) {
    this.#deps = deps
  }

  /** Drafts a task for a model, and for a second one when failover is set up. */
  async make(
    task: CloudTask,
    to: Pick<LiveDraft, 'choice' | 'names'> & { readonly fallback: Choice | null; readonly taskId: string },
    vault: RedactionVault,
    terms: OwnTerms,
  ): Promise<Result<LiveDraft>> {
    const redacted = redactPieces(task.pieces, vault, { ...terms, named: to.names.terms })
    if (!redacted.ok) return redacted
    const first = await this.#one(task, { ...to, choice: to.choice }, redacted.value)
    if (!first.ok || to.fallback === null) return first
    const second = await this.#one(task, { ...to, choice: to.fallback }, redacted.value)
    // Without a second draft there is no second provider; the first stands for itself.
    if (!second.ok || second.value.draft.blocked !== null) return first
    const { id: draftId, recipient, request } = second.value.draft
    const { providerName, modelName, host } = recipient
    const named = { draftId, digest: request.digest, providerName, modelName, host }
    return ok({ ...first.value, fallback: second.value, draft: { ...first.value.draft, fallback: named } })
  }

  /** Why a request of this price may not go now, or null: the way out, the key and policy, the budget. */
  async blocker(choice: Choice, usd: number | null): Promise<Result<Failure | null>> {
    const closed = this.#deps.closedBy()
    if (closed !== null) return ok(failureOf('local-only', { by: closed }))
    const obstacle = await this.#deps.directory.obstacle(choice.provider)
    if (!obstacle.ok) return ok(obstacle.failure)
    return this.#deps.budget.obstacle({ usd, inside: choice.provider.inside, model: choice.model.name })
  }

  async #one(
    task: CloudTask,
    { choice, taskId, names }: Pick<LiveDraft, 'choice' | 'names'> & { readonly taskId: string },
    { parts, redactions, vault }: RedactedPieces,
  ): Promise<Result<LiveDraft>> {
    const { provider, model, price } = choice
    const texts = parts.map(({ text }) => text)
    const inputTokens = tokensAbout(texts)
    const maxOutputTokens = Math.min(task.maxOutputTokens, model.outputTokens)
    if (inputTokens + maxOutputTokens > model.contextTokens) {
      return fail('cloud-context-full', {
        neededTokens: inputTokens + maxOutputTokens,
        contextTokens: model.contextTokens,
      })
    }
    const { request, secret } = await written({
      target: {
        kind: provider.kind,
        baseUrl: provider.baseUrl,
        modelId: model.id,
        thinking: model.thinking === 'adaptive',
      },
      pieces: parts,
      maxOutputTokens,
    })
    if (URL.parse(request.url)?.host !== provider.host) throw new Error('the client wrote to another host')
    const usd = price === null ? null : costAtMost(price, inputTokens, maxOutputTokens)
    const blocked = await this.blocker(choice, usd)
    if (!blocked.ok) return blocked
    const key = provider.keyNeeded ? secret : null
    const draft = this.#draftOf({
      task,
      choice,
      taskId,
      request,
      parts,
      redactions,
      names: names.search,
      secretHeader: key?.name ?? null,
      estimate: { inputTokens, maxOutputTokens, usd, ...priceFacts(price, inputTokens) },
      blocked: blocked.value,
    })
    const lifetime = { from: this.#deps.moment(), milliseconds: approvableMs }
    return ok({ draft, task, choice, names, vault, request, secret: key, fallback: null, lifetime })
  }

  #draftOf(of: {
    readonly task: CloudTask
    readonly choice: Choice
    readonly taskId: string
    readonly request: ContentRequest
    readonly secretHeader: string | null
    readonly parts: RedactedPieces['parts']
    readonly redactions: RedactedPieces['redactions']
    readonly names: NamesSearch
    readonly estimate: CloudDraft['estimate']
    readonly blocked: Failure | null
  }): CloudDraft {
    const { task, request, parts, redactions, estimate } = of
    const bytes = bodyBytes(request.body)
    const now = this.#deps.now()
    return {
      id: this.#deps.newId(),
      taskId: of.taskId,
      kind: task.kind,
      state: 'waiting',
      conversationId: task.conversationId,
      documentIds: task.documents.map(({ id }) => id),
      recipient: this.#recipient(of.choice),
      request: {
        method: 'POST',
        url: request.url,
        headers: [...request.headers],
        secretHeader: of.secretHeader,
        body: request.body,
        bytes,
        digest: requestDigest(request),
      },
      // Sotto's own words are shown as such, in whosever turn they are sent.
      parts: parts.map((part, at) => (task.pieces[at]?.fixed === true ? { ...part, kind: 'instructions' } : part)),
      redactions: [...redactions],
      names: of.names,
      estimate,
      requests: task.requests,
      scopes: scopesOf(task, bytes, estimate.usd),
      outside: [],
      fallback: null,
      policy: this.#deps.policy(),
      blocked: of.blocked,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + approvableMs).toISOString(),
    }
  }

  #recipient({ provider, model }: Choice): CloudDraft['recipient'] {
    return {
      providerId: provider.id,
      providerName: provider.name,
      modelId: model.id,
      modelName: model.name,
      host: provider.host,
      inside: provider.inside,
      retention: provider.kind,
      retentionByPolicy: this.#deps.directory.retentionByPolicy(provider),
    }
  }
}

function written(request: TurnRequest): Promise<CapturedRequest> {
  return wireOf[request.target.kind] === 'anthropic-messages' ? anthropicRequest(request) : openaiRequest(request)
}

/** A task of several requests cannot be agreed to once; only a task with a conversation or a document has an envelope. */
function scopesOf(task: CloudTask, bytes: number, usd: number | null): OfferedScope[] {
  const { requests, kind, conversationId, documents } = task
  const offered: OfferedScope[] = []
  const covered = (scope: ConsentScope) => [...coveredContent(scope, task)]
  if (requests === 1) {
    offered.push({ scope: 'once', content: covered('once'), maxBytes: bytes, maxUsd: usd, minutes: 2 })
  }
  const size = { bytes, usd, requests }
  if (kind === 'message' && conversationId !== null) {
    offered.push({ scope: 'conversation', content: covered('conversation'), ...envelopeSize('conversation', size) })
  }
  if (kind === 'summary' && documents.length > 0) {
    offered.push({ scope: 'document-job', content: covered('document-job'), ...envelopeSize('document-job', size) })
  }
  return offered
}
