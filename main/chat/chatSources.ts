// What chat takes from documents and prompts, as types; the services fit them.
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { Result } from '#contract/result.ts'

/** A versioned prompt; `render` takes every placeholder by name. */
export type ChatPrompt = {
  readonly id: string
  readonly version: string
  render(values: Readonly<Record<string, string>>): string
}

/**
 * Ids of the prompts chat uses: answering here and elsewhere, carrying a document, naming a conversation, summarizing
 * its older part, rewriting a text.
 */
export type ChatPromptId = 'chat-system' | 'chat-cloud' | 'chat-document' | 'chat-title' | 'chat-older' | 'chat-rewrite'

/** How large the model's context is and could be here, and making it so. */
export type ChatContext = {
  sizes(signal: AbortSignal): Promise<Result<{ readonly contextTokens: number; readonly largestContextTokens: number }>>
  /** Makes room for a prompt with its answer. Failures: `context-full`, `setting-locked`, those of choosing a model. */
  grow(neededTokens: number, signal: AbortSignal): Promise<Result<void>>
}

/** Where prompts come from. */
export type ChatPrompts = { get(id: ChatPromptId): ChatPrompt }

/** The documents a message can carry. Both fail with `not-found` for a document that was removed. */
export type ChatDocuments = {
  get(documentId: string): Promise<Result<DocumentRecord>>
  allSegments(documentId: string): Promise<Result<readonly Segment[]>>
}
