// What chat and summaries hand to the cloud, and what they get back. Types only.
import type { CloudProvenance } from '#contract/cloud.ts'
import type { CloudTaskKind, DraftPart } from '#contract/cloudDraft.ts'
import type { Result } from '#contract/result.ts'

/**
 * A readable piece of a request, in the order it is sent. `instructions` go first, as the system's words; pieces of the
 * person and documents that follow each other are one turn. `fixed` text is Sotto's own and is not searched.
 */
export type TaskPiece = {
  readonly kind: DraftPart['kind']
  readonly title: string | null
  readonly text: string
  readonly fixed: boolean
}

/** A document a task carries text of. */
export type TaskDocument = { readonly id: string; readonly sha256: string }

/**
 * One task as its room wants it done. `vault` says where placeholders keep their meaning: with the conversation, with
 * the document, or with nothing beyond the task. `requests` is how many requests the whole task takes. `instruction`:
 * the person's own words that steer a summary, wherever they stand in the pieces; null or left out when there are none.
 */
export type CloudTask = {
  readonly kind: CloudTaskKind
  readonly conversationId: string | null
  readonly documents: readonly TaskDocument[]
  readonly pieces: readonly TaskPiece[]
  readonly maxOutputTokens: number
  readonly requests: number
  readonly vault: 'conversation' | 'document' | 'task'
  readonly instruction?: string | null
}

/** What planning needs to know of the model a task would go to. Limits are in tokens. */
export type CloudModelLimits = {
  readonly choice: string
  readonly name: string
  readonly contextTokens: number
  readonly outputTokens: number
}

/**
 * Called with restored text as it comes; `signal` stops the answer and keeps what was written. `kind`: what is expected
 * to be run; a grant for another kind of task is refused.
 */
export type CloudListener = {
  readonly kind?: CloudTaskKind
  readonly signal: AbortSignal
  readonly onText: (delta: string) => void
}

/** How an answer ended, and where it comes from. On failure what `onText` was given is all there is. */
export type CloudAnswer = {
  readonly provenance: CloudProvenance
  readonly result: Result<{ readonly text: string; readonly reason: 'complete' | 'stopped' | 'length' }>
}

/** What a grant stands for, for the room that prepared its task. */
export type GrantedTask = {
  readonly taskId: string
  readonly draftId: string
  readonly kind: CloudTaskKind
  readonly modelName: string
  readonly provenance: CloudProvenance
}

/** What a proposal is reckoned from. `localContextTokens` 0: no model here. `text` is looked at here only. */
export type ProposalFacts = {
  readonly kind: CloudTaskKind
  readonly text: string
  readonly localContextTokens: number
  readonly localCanAnswer: boolean
}
