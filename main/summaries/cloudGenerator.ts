// A summary's model elsewhere: every prompt becomes a task, and goes only under a grant.
import type { CloudProvenance } from '#contract/cloud.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Generation, GenerationListener, GenerationRequest, LoadedModel } from '../inference/localGenerator.ts'
import type { SummaryCloud, SummaryCloudLimits, SummaryCloudTask } from './cloudSeam.ts'
import type { CloudSummaryGenerator } from './summaryGenerator.ts'
import { sha256 } from './summaryInput.ts'

/** The document whose summary it is; `instruction`: the person's own words that every prompt holds, null when there are none. */
export type CloudSummaryOf = {
  readonly document: { readonly id: string; readonly sha256: string; readonly name: string }
  readonly instruction: string | null
  readonly requests: number
}

/** A grant the person gave for one request, and that request's text. */
export type FirstGrant = { readonly grantId: string; readonly text: string }

/** Tokens of an answer at most, thinking included, and of one request's input at most. */
const answerTokens = 8000
const inputTokens = 90_000
/** Requests to a provider that run side by side. */
const requestsAtOnce = 4
/** Characters a token has at least, in Latin letters; the cloud's own reckoning is as careful. */
const charactersPerToken = 3
const opening = '<document>\n'
const closing = '\n</document>'

/** The name under which steps of a cloud model are stored and found again. */
export function cloudModelKey(choice: string): string {
  return sha256(`cloud:${choice}`)
}

/** How the pipeline sees a model elsewhere. */
export function cloudLoadedModel({ choice, name, contextTokens, outputTokens }: SummaryCloudLimits): LoadedModel {
  const answer = answerLimit({ contextTokens, outputTokens })
  const room = Math.floor((contextTokens - answer) * 0.85)
  return {
    modelId: choice,
    name,
    sha256: cloudModelKey(choice),
    contextTokens,
    mapContextTokens: Math.max(512, Math.min(inputTokens, room)),
    mapSequences: requestsAtOnce,
    summaryMode: 'free',
    languages: [],
  }
}

/** Tokens the answers of a model may have here. */
export function answerLimit(limits: Pick<SummaryCloudLimits, 'contextTokens' | 'outputTokens'>): number {
  return Math.min(answerTokens, limits.outputTokens, Math.floor(limits.contextTokens / 4))
}

/** Tokens of a text at most, reckoned here. */
export function reckonTokens(text: string): number {
  let plain = 0
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 0x250) plain += 1
  return Math.ceil(plain / charactersPerToken + (text.length - plain) * 1.25)
}

/** The task of one prompt, its document apart from the words around it. */
export function taskOf(text: string, of: CloudSummaryOf, maxOutputTokens: number): SummaryCloudTask {
  const from = text.indexOf(opening)
  const to = text.lastIndexOf(closing)
  const whole = from === -1 || to < from
  const [before, inner, after] = whole
    ? [text, '', '']
    : [text.slice(0, from + opening.length), text.slice(from + opening.length, to), text.slice(to)]
  const { id, sha256: hash, name } = of.document
  return {
    kind: 'summary',
    conversationId: null,
    documents: [{ id, sha256: hash }],
    pieces: [
      { kind: 'person' as const, title: null, text: before.trimEnd(), fixed: !whole && of.instruction === null },
      { kind: 'document' as const, title: name, text: inner, fixed: false },
      { kind: 'person' as const, title: null, text: after.trim(), fixed: true },
    ].filter((piece) => piece.text !== ''),
    maxOutputTokens,
    requests: of.requests,
    vault: 'document',
    instruction: of.instruction,
  }
}

/**
 * The generator of one job. The first prompt that is exactly what the person saw uses that grant; every other is drafted
 * and covered by the open envelope, or the job fails with `consent-required`. Failures: the cloud's.
 */
export class CloudGenerator implements CloudSummaryGenerator {
  readonly #cloud: SummaryCloud
  readonly #limits: SummaryCloudLimits
  readonly #of: CloudSummaryOf
  #first: FirstGrant | null
  #provenance: CloudProvenance | undefined

  constructor(cloud: SummaryCloud, limits: SummaryCloudLimits, of: CloudSummaryOf, first: FirstGrant) {
    this.#cloud = cloud
    this.#limits = limits
    this.#of = of
    this.#first = first
  }

  async load(): Promise<Result<LoadedModel>> {
    return ok(cloudLoadedModel(this.#limits))
  }

  async countTokens(texts: readonly string[]): Promise<Result<readonly number[]>> {
    return ok(texts.map(reckonTokens))
  }

  async countTurnTokens(turns: readonly { readonly text: string }[]): Promise<Result<number>> {
    return ok(turns.reduce((sum, { text }) => sum + reckonTokens(text) + 40, 0))
  }

  async generate(request: GenerationRequest, listener: GenerationListener): Promise<Result<Generation>> {
    const text = request.turns.map((turn) => turn.text).join('\n\n')
    const grantId = await this.#grantFor(text, listener.signal)
    if (!grantId.ok) return grantId
    const { signal, onText } = listener
    const answer = await this.#cloud.run(grantId.value, {
      kind: 'summary',
      signal,
      onText: (delta) => onText?.(delta),
    })
    if (!answer.ok) return answer
    this.#add(answer.value.provenance)
    const { result } = answer.value
    if (!result.ok) return result
    const { inputTokens: promptTokens, outputTokens: generatedTokens } = answer.value.provenance
    const meter = { promptTokens, evaluatedTokens: promptTokens, generatedTokens }
    return ok({ text: result.value.text, reason: result.value.reason, meter })
  }

  provenance(): CloudProvenance | undefined {
    return this.#provenance
  }

  async #grantFor(text: string, signal: AbortSignal): Promise<Result<string>> {
    if (this.#first?.text === text) {
      const { grantId } = this.#first
      this.#first = null
      return ok(grantId)
    }
    const task = taskOf(text, this.#of, answerLimit(this.#limits))
    const prepared = await this.#cloud.prepare(task, this.#limits.choice, signal)
    if (!prepared.ok) return prepared
    return prepared.value.state === 'covered' ? ok(prepared.value.grantId) : fail('consent-required', {})
  }

  #add(next: CloudProvenance): void {
    const sum = this.#provenance
    this.#provenance = {
      ...next,
      inputTokens: next.inputTokens + (sum?.inputTokens ?? 0),
      outputTokens: next.outputTokens + (sum?.outputTokens ?? 0),
      usd: next.usd === null || sum?.usd === null ? null : next.usd + (sum?.usd ?? 0),
    }
  }
}
