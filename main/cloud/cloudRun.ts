// Uses a grant up: has the door send, reads the answer, puts back what was hidden, and writes down what it cost.
import type { CloudProvenance } from '#contract/cloud.ts'
import type { Failure } from '#contract/failures.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../egress/egressGate.ts'
import type { Logger } from '../host.ts'
import type { Budget, Reservation } from './budget.ts'
import { readAnswer, type ReadAnswer } from './answerReader.ts'
import type { CloudAnswer, CloudListener } from './cloudTask.ts'
import type { ConsentBook, GrantRecord } from './consentBook.ts'
import type { ConsentDesk } from './consentDesk.ts'
import { doorFailure, mayFailOver } from './logic/answerFailure.ts'
import { costOf, tokensAbout } from './logic/price.ts'
import { wireOf } from './providers/providerTable.ts'
import type { ReceiptStore } from './receiptStore.ts'
import { createRestorer } from './redaction/logic/restore.ts'

type CloudRunDeps = {
  readonly gate: Pick<EgressGate, 'send'>
  readonly book: ConsentBook
  readonly desk: ConsentDesk
  readonly receipts: ReceiptStore
  readonly budget: Budget
  readonly changed: () => void
  readonly logger: Logger
  readonly now: () => Date
}

type Used = { readonly inputTokens: number; readonly outputTokens: number; readonly usd: number | null }
type Attempt = { readonly result: CloudAnswer['result']; readonly used: Used; readonly answered: boolean }

const nothingUsed: Used = { inputTokens: 0, outputTokens: 0, usd: 0 }
/** What the budget says before anything is asked of the door. */
const budgetCodes: readonly string[] = ['cloud-budget-reached', 'cloud-price-unknown']

/** Runs grants. Each is sent once; a second provider is asked only where the consent minted a grant for it. */
export class CloudRun {
  readonly #deps: CloudRunDeps

  constructor(deps: CloudRunDeps) {
    this.#deps = deps
  }

  /** Sends what a grant stands for and follows the answer to its end. Failures: see the contract's `chat.run-cloud`. */
  async run(record: GrantRecord, listener: CloudListener): Promise<CloudAnswer> {
    const first = await this.#attempt(record, listener)
    const { fallbackGrantId } = record
    const second = fallbackGrantId === null ? undefined : this.#deps.book.grant(fallbackGrantId)
    if (first.result.ok || second === undefined || first.answered || !mayFailOver(first.result.failure)) {
      return { provenance: provenanceOf(record, first.used), result: first.result }
    }
    this.#deps.logger.info('cloud-failover', { code: first.result.failure.code })
    const attempt = await this.#attempt(second, listener, record.scopeId)
    // No money for a second try: what became of the first is what there is to say.
    if (!attempt.result.ok && budgetCodes.includes(attempt.result.failure.code)) {
      return { provenance: provenanceOf(record, first.used), result: first.result }
    }
    return { provenance: provenanceOf(second, attempt.used), result: attempt.result }
  }

  /** `scopeId`: the envelope whose withdrawal cuts it, for a second provider that of the first. */
  async #attempt(record: GrantRecord, listener: CloudListener, scopeId = record.scopeId): Promise<Attempt> {
    const { book, changed, budget } = this.#deps
    const { draft, choice } = record.live
    const withdrawn = new AbortController()
    const leave = book.stream({ grantId: record.grantId, scopeId, withdraw: () => withdrawn.abort() })
    changed()
    try {
      const { inside } = choice.provider
      const reserved = await budget.reserve({ usd: draft.estimate.usd, inside, model: choice.model.name })
      if (!reserved.ok) return { result: reserved, used: nothingUsed, answered: false }
      try {
        return await this.#send(record, listener, withdrawn.signal, reserved.value)
      } finally {
        reserved.value.release()
      }
    } finally {
      leave()
      changed()
    }
  }

  async #send(
    record: GrantRecord,
    { signal, onText }: CloudListener,
    withdrawn: AbortSignal,
    reserved: Reservation,
  ): Promise<Attempt> {
    const { live } = record
    const settled = (read: ReadAnswer | null, text: string, sentBytes: number): Promise<Used> =>
      reserved.settle(() => this.#count(record, read, text, sentBytes))
    let text = ''
    const restorer = createRestorer(live.vault)
    const tell = (delta: string) => {
      if (delta === '') return
      text += delta
      onText(delta)
    }
    const sent = await this.#deps.gate.send(record.grantId, AbortSignal.any([signal, withdrawn]))
    const about = aboutOf(record, sent.sentBytes)
    if (!sent.result.ok || sent.result.value === 'stopped') {
      const failure = sent.result.ok ? null : doorFailure(sent.result.failure, about)
      const used = await settled(null, '', sent.sentBytes)
      const result = failure === null ? stopped(text, withdrawn, sent.sentBytes) : fromFailure(failure)
      await this.#settle(record, result, sent.sentBytes)
      return { result, used, answered: false }
    }
    const read = await readAnswer(sent.result.value, wireOf[live.choice.provider.kind], about, {
      nowMs: this.#deps.now().getTime(),
      onText: (delta) => tell(restorer.push(delta)),
    })
    tell(restorer.end())
    const used = await settled(read, text, sent.sentBytes)
    const result = resultOf(read, text, withdrawn, sent.sentBytes)
    await this.#settle(record, result, sent.sentBytes)
    return { result, used, answered: text !== '' }
  }

  /** What it used: as the provider counted, or where it did not say, as reckoned here. */
  async #count(record: GrantRecord, read: ReadAnswer | null, text: string, sentBytes: number): Promise<Used> {
    const { live, grantId, scopeId } = record
    const { draft, choice } = live
    const refused = read !== null && read.usage === null && text === '' && read.ending.kind === 'failed'
    if (sentBytes === 0 || refused) return { inputTokens: 0, outputTokens: 0, usd: choice.price === null ? null : 0 }
    const reckoned = { input: draft.estimate.inputTokens, cached: 0, written: 0, output: tokensAbout([text]) }
    const usage = read?.usage ?? reckoned
    const usd = choice.price === null ? null : costOf(choice.price, usage)
    const inputTokens = usage.input + usage.cached + usage.written
    // The envelope had what it costs at most taken out of it; what it really cost stands in its place.
    const scope = scopeId === null ? undefined : this.#deps.book.scope(scopeId)
    if (scope !== undefined) scope.usedUsd = Math.max(0, scope.usedUsd - (draft.estimate.usd ?? 0) + (usd ?? 0))
    const kept = await this.#deps.receipts.keepUse({
      grantId,
      at: this.#deps.now().toISOString(),
      providerId: choice.provider.id,
      providerName: choice.provider.name,
      modelId: choice.model.id,
      conversationId: draft.conversationId,
      kind: draft.kind,
      sentBytes,
      inputTokens,
      outputTokens: usage.output,
      usd,
      counted: (read?.usage ?? null) === null ? 'reckoned' : 'provider',
    })
    if (!kept.ok) this.#deps.logger.error('cloud-use-unrecorded', { grant: grantId, code: kept.failure.code })
    return { inputTokens, outputTokens: usage.output, usd }
  }

  // A grant that did not hold (used up, expired) says nothing new about its draft.
  async #settle(record: GrantRecord, result: CloudAnswer['result'], sentBytes: number): Promise<void> {
    if (!result.ok && result.failure.code === 'consent-used') return
    const live = this.#deps.book.draft(record.live.draft.id) ?? record.live
    const whole = result.ok && result.value.reason !== 'stopped'
    await this.#deps.desk.setState(live, whole || (result.ok && sentBytes > 0) ? 'sent' : 'failed')
  }
}

/** What an answer's provenance says, with what is known of its use. */
export function provenanceOf({ grantId, live }: GrantRecord, used: Used): CloudProvenance {
  const { draft } = live
  return {
    providerId: draft.recipient.providerId,
    providerName: draft.recipient.providerName,
    modelId: draft.recipient.modelId,
    draftId: draft.id,
    grantId,
    digest: draft.request.digest,
    hidden: draft.redactions.filter(({ on }) => on).length,
    ...used,
  }
}

function aboutOf({ live }: GrantRecord, sentBytes: number) {
  const { providerName, modelName, host } = live.draft.recipient
  return { provider: providerName, model: modelName, host, sentBytes }
}

function resultOf(read: ReadAnswer, text: string, withdrawn: AbortSignal, sentBytes: number): CloudAnswer['result'] {
  const { ending } = read
  if (ending.kind === 'failed') return fromFailure(ending.failure)
  if (ending.kind === 'stopped') return stopped(text, withdrawn, sentBytes)
  return ok({ text, reason: ending.stop })
}

function stopped(text: string, withdrawn: AbortSignal, sentBytes: number): CloudAnswer['result'] {
  return withdrawn.aborted ? fail('cloud-withdrawn', { sentBytes }) : ok({ text, reason: 'stopped' })
}

function fromFailure(failure: Failure): Result<never> {
  return { ok: false, failure }
}
