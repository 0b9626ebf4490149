// Chat: conversations as trees of messages, streamed answers, an explicit context budget.
import { z } from 'zod'
import { cloudProposal, cloudProvenance } from './cloud.ts'
import { cloudPreparation } from './cloudDraft.ts'
import { call, stream } from './define.ts'
import { storedFailure } from './job.ts'
import { provenance } from './summary.ts'

const count = z.number().int().nonnegative()

/** `partial` was stopped or cut and keeps what was written; `failed` says why in `failure`. */
export const messageState = z.enum(['streaming', 'complete', 'partial', 'failed'])

/**
 * One message. `parentId` is null for the first; siblings (same parent) are branches. `branch` says which sibling
 * this is (from 0) of how many.
 */
export const message = z.strictObject({
  id: z.string(),
  conversationId: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(['person', 'assistant']),
  text: z.string(),
  state: messageState,
  failure: storedFailure.nullable(),
  documentIds: z.array(z.string()),
  provenance: provenance.nullable(),
  branch: z.strictObject({ index: count, count }),
  siblingIds: z.array(z.string()),
  createdAt: z.iso.datetime(),
})
export type Message = z.infer<typeof message>

/** A conversation; `title` is empty until its first message names it, and the person's own title is never replaced. */
export const conversation = z.strictObject({
  id: z.string(),
  title: z.string(),
  titledBy: z.enum(['start', 'model', 'person']),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Conversation = z.infer<typeof conversation>

/** Tokens of one turn: what the context holds, what the history, documents and new text need, what is kept for the answer. */
export const contextBudget = z.strictObject({
  contextTokens: count,
  reservedTokens: count,
  historyTokens: count,
  documentTokens: count,
  draftTokens: count,
  /** Messages, oldest first, that leaving out the oldest would leave out; 0 when everything fits. */
  messagesOverLimit: count,
  fits: z.boolean(),
})
export type ContextBudget = z.infer<typeof contextBudget>

/**
 * What to do when the turn does not fit. Nothing is ever dropped without this choice. `shorten-documents` leaves out the
 * oldest turns and then gives the opening of the message's documents, as much as fits. `larger-context` has the model
 * loaded with more room, for this turn and from then on.
 */
export const overflowChoice = z.enum([
  'ask',
  'leave-out-oldest',
  'summarize-older',
  'shorten-documents',
  'larger-context',
])

/** Items of a streamed answer. `text` items are deltas to append. */
export const answerItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('accepted'), personMessageId: z.string().nullable(), answerMessageId: z.string() }),
  z.strictObject({ type: z.literal('reading'), evaluatedTokens: count, totalTokens: count }),
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({
    type: z.literal('finished'),
    reason: z.enum(['complete', 'stopped', 'length']),
    evaluatedTokens: count,
    generatedTokens: count,
    leftOutMessages: count,
    /** Documents of which the model was given the opening only; absent when there are none. */
    shortenedDocuments: z
      .array(z.strictObject({ documentId: z.string(), usedSegments: count, totalSegments: count }))
      .optional(),
  }),
])
export type AnswerItem = z.infer<typeof answerItem>

/** Items of a rewriting. `text` items are deltas to append; nothing is stored. */
export const rewriteItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({
    type: z.literal('finished'),
    reason: z.enum(['complete', 'stopped', 'length']),
    cloud: cloudProvenance.nullable(),
  }),
])
export type RewriteItem = z.infer<typeof rewriteItem>

/** How a text is to be rewritten; `own` needs `instruction`. */
export const rewriteStyle = z.enum(['clearer', 'shorter', 'formal', 'friendly', 'own'])
export type RewriteStyle = z.infer<typeof rewriteStyle>

/** A piece of plain text around a match; `marks` are character ranges in it (end exclusive), in order. */
export const searchSnippet = z.strictObject({
  text: z.string(),
  marks: z.array(z.strictObject({ start: count, end: count })),
})
export type SearchSnippet = z.infer<typeof searchSnippet>

/** A conversation that matches, with its best match: a message, or its title when `messageId` is null. */
export const searchHit = z.strictObject({
  conversation,
  messageId: z.string().nullable(),
  snippet: searchSnippet,
})
export type SearchHit = z.infer<typeof searchHit>

const turn = {
  conversationId: z.string(),
  overflow: overflowChoice.default('ask'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
}

/** The methods of chat. */
export const chatContract = {
  /** Last changed first. */
  'chat.list': call(z.strictObject({}), z.array(conversation)),
  /**
   * Conversations that hold every word of the query (beginnings of words count) in their title or in one message of any
   * branch, titles first, then by how well they match. A query without a letter or digit finds nothing.
   */
  'chat.search': call(
    z.strictObject({ query: z.string().max(500), limit: z.number().int().min(1).max(100).default(30) }),
    z.array(searchHit),
  ),
  'chat.create': call(z.strictObject({ title: z.string().max(200).optional() }), conversation),
  /** The messages of the active branch, first to last. */
  'chat.messages': call(z.strictObject({ conversationId: z.string() }), z.array(message)),
  /**
   * Adds the person's message under `parentId` (null: at the root; absent: after the active branch's last message) and
   * streams the answer. Editing is sending with the parent of the edited message: a new branch. Until `accepted`
   * nothing is stored (a failure such as `context-full` leaves the text with the caller); from then on all is kept. An
   * answer still being written in the conversation stops first and keeps its partial text.
   */
  'chat.send': stream(
    z.strictObject({
      ...turn,
      text: z.string().min(1).max(2_000_000),
      parentId: z.string().nullable().optional(),
      documentIds: z.array(z.string()).max(50).default([]),
    }),
    answerItem,
  ),
  /** A new answer to the message an answer replied to: a new branch. */
  'chat.regenerate': stream(z.strictObject({ ...turn, messageId: z.string() }), answerItem),
  /**
   * Re-attaches to an answer: first one `text` item with all so far, then deltas. Cancelling ends the following only;
   * `chat.stop` stops the answer.
   */
  'chat.follow': stream(z.strictObject({ messageId: z.string() }), answerItem),
  /** Stops an answer; the partial text stays. */
  'chat.stop': call(z.strictObject({ messageId: z.string() }), z.strictObject({})),
  /** Makes the branch that contains this message the active one. */
  'chat.select': call(z.strictObject({ messageId: z.string() }), z.array(message)),
  'chat.rename': call(z.strictObject({ conversationId: z.string(), title: z.string().min(1).max(200) }), conversation),
  'chat.remove': call(z.strictObject({ conversationId: z.string() }), z.strictObject({})),
  'chat.budget': call(
    z.strictObject({
      conversationId: z.string(),
      text: z.string(),
      documentIds: z.array(z.string()).max(50).default([]),
    }),
    contextBudget,
  ),
  /** The chosen model's context in tokens, and the largest it could have here: whether `larger-context` can help. */
  'chat.context-room': call(z.strictObject({}), z.strictObject({ contextTokens: count, largestContextTokens: count })),
  /** Evaluates the turn while the person types, so that the first token comes at once; harmless to repeat. */
  'chat.preload': call(
    z.strictObject({
      conversationId: z.string(),
      text: z.string(),
      documentIds: z.array(z.string()).max(50).default([]),
    }),
    z.strictObject({}),
  ),
  /**
   * Drafts the request that would send this message, with its branch and documents, to a provider; stores and sends
   * nothing. `regenerate` names an answer to give anew instead of a new message. Without `history` only the message and
   * its documents go. `model` (`<provider>/<model>`) stands in for the setting. Failures: `cloud-not-set-up`,
   * `cloud-key-missing`, `cloud-provider-not-allowed`, `local-only`, `cloud-context-full`, `redaction-incomplete`.
   */
  'chat.prepare-cloud': call(
    z.strictObject({
      conversationId: z.string(),
      text: z.string().max(2_000_000).default(''),
      parentId: z.string().nullable().optional(),
      documentIds: z.array(z.string()).max(50).default([]),
      regenerate: z.string().optional(),
      history: z.boolean().default(true),
      model: z.string().max(300).optional(),
    }),
    cloudPreparation,
  ),
  /**
   * Uses a grant up: stores the person's message if it is new and streams the answer, placeholders restored. What came
   * before a cut is kept. Nothing is ever sent again by itself; approving the same draft again tries again. Failures:
   * `consent-*`, `local-only` and those that begin with `cloud-`, each saying what was sent.
   */
  'chat.run-cloud': stream(z.strictObject({ grantId: z.string() }), answerItem),
  /** Drafts the request that would have a provider rewrite this text; stores no message. Failures as `chat.prepare-cloud`. */
  'chat.prepare-rewrite': call(
    z.strictObject({
      text: z.string().min(1).max(200_000),
      style: rewriteStyle,
      instruction: z.string().max(2000).optional(),
      conversationId: z.string().optional(),
      model: z.string().max(300).optional(),
    }),
    cloudPreparation,
  ),
  'chat.run-rewrite': stream(z.strictObject({ grantId: z.string() }), rewriteItem),
  /** Where this message would be better answered, with reason and price; sends nothing. Null: the cloud is closed or not set up. */
  'chat.propose-cloud': call(
    z.strictObject({
      conversationId: z.string(),
      text: z.string().max(2_000_000),
      documentIds: z.array(z.string()).max(50).default([]),
    }),
    cloudProposal.nullable(),
  ),
} as const

/** What chat announces; a streaming answer's text is not announced as it grows, `chat.follow` gives it. */
export const chatEvents = {
  'chat.conversation-changed': conversation,
  'chat.conversation-removed': z.strictObject({ conversationId: z.string() }),
  'chat.message-changed': message,
} as const
