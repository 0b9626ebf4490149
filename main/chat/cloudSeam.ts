// What chat takes from the cloud, as types; the cloud's service fits them. Text leaves chat through here or not at all.
import type { CloudProposal, CloudProvenance } from '#contract/cloud.ts'
import type { CloudPreparation } from '#contract/cloudDraft.ts'
import { fail, ok, type Result } from '#contract/result.ts'

/** A readable piece of a task, in the order it would be sent. `fixed` text is Sotto's own. */
export type CloudPiece = {
  readonly kind: 'instructions' | 'person' | 'assistant' | 'document'
  readonly title: string | null
  readonly text: string
  readonly fixed: boolean
}

/** A task of chat. */
export type ChatCloudTask = {
  readonly kind: 'message' | 'rewrite'
  readonly conversationId: string | null
  readonly documents: readonly { readonly id: string; readonly sha256: string }[]
  readonly pieces: readonly CloudPiece[]
  readonly maxOutputTokens: number
  readonly requests: 1
  readonly vault: 'conversation' | 'task'
}

/** How an answer from elsewhere ended. */
export type ChatCloudAnswer = {
  readonly provenance: CloudProvenance
  readonly result: Result<{ readonly text: string; readonly reason: 'complete' | 'stopped' | 'length' }>
}

/** What a grant stands for. */
export type ChatGrantedTask = {
  readonly taskId: string
  readonly modelName: string
  readonly provenance: CloudProvenance
}

/** The cloud as chat uses it; preparing sends nothing, running takes no text. */
export type ChatCloud = {
  prepare(task: ChatCloudTask, model?: string, signal?: AbortSignal): Promise<Result<CloudPreparation>>
  granted(grantId: string): Result<ChatGrantedTask>
  run(
    grantId: string,
    listener: {
      readonly kind: ChatCloudTask['kind']
      readonly signal: AbortSignal
      readonly onText: (delta: string) => void
    },
  ): Promise<Result<ChatCloudAnswer>>
  propose(facts: {
    readonly kind: 'message'
    readonly text: string
    readonly localContextTokens: number
    readonly localCanAnswer: boolean
  }): Promise<Result<CloudProposal | null>>
  forget(of: { readonly conversationId: string }): Promise<void>
}

/** What stands in where there is no cloud: nothing can be prepared, and nobody minted any grant. */
export const noCloud: ChatCloud = {
  prepare: async () => fail('cloud-not-set-up', {}),
  granted: () => fail('consent-required', {}),
  run: async () => fail('consent-required', {}),
  propose: async () => ok(null),
  forget: async () => undefined,
}
