// What summaries take from the cloud, as types; the cloud's service fits them.
import type { CloudProposal, CloudProvenance } from '#contract/cloud.ts'
import type { CloudPreparation } from '#contract/cloudDraft.ts'
import { fail, ok, type Result } from '#contract/result.ts'

/** One request of a summary. */
export type SummaryCloudTask = {
  readonly kind: 'summary'
  readonly conversationId: null
  readonly documents: readonly { readonly id: string; readonly sha256: string }[]
  readonly pieces: readonly {
    readonly kind: 'person' | 'document'
    readonly title: string | null
    readonly text: string
    readonly fixed: boolean
  }[]
  readonly maxOutputTokens: number
  readonly requests: number
  readonly vault: 'document'
  /** The person's own words that steer it; null: none. */
  readonly instruction: string | null
}

/** The model a summary would go to; `choice` is `<provider>/<model>`. */
export type SummaryCloudLimits = {
  readonly choice: string
  readonly name: string
  readonly contextTokens: number
  readonly outputTokens: number
}

/** The cloud as summaries use it; preparing sends nothing, running takes no text. */
export type SummaryCloud = {
  limits(model?: string): Promise<Result<SummaryCloudLimits>>
  prepare(task: SummaryCloudTask, model?: string, signal?: AbortSignal): Promise<Result<CloudPreparation>>
  granted(grantId: string): Result<{ readonly taskId: string }>
  run(
    grantId: string,
    listener: {
      readonly kind: 'summary'
      readonly signal: AbortSignal
      readonly onText: (delta: string) => void
    },
  ): Promise<
    Result<{
      readonly provenance: CloudProvenance
      readonly result: Result<{ readonly text: string; readonly reason: 'complete' | 'stopped' | 'length' }>
    }>
  >
  propose(facts: {
    readonly kind: 'summary'
    readonly text: string
    readonly localContextTokens: number
    readonly localCanAnswer: boolean
  }): Promise<Result<CloudProposal | null>>
}

/** What stands in where there is no cloud: nothing can be prepared, and nobody minted any grant. */
export const noCloud: SummaryCloud = {
  limits: async () => fail('cloud-not-set-up', {}),
  prepare: async () => fail('cloud-not-set-up', {}),
  granted: () => fail('consent-required', {}),
  run: async () => fail('consent-required', {}),
  propose: async () => ok(null),
}
