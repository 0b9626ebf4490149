// Rows of `conversations` and `messages` as values: parsed where they come in, shaped for the contract where they go out.
import { z } from 'zod'
import { type Conversation, conversation, type Message, message } from '#contract/chat.ts'
import type { Branch } from './logic/messageTree.ts'

/** A document of a message of which the model gets the first `usedSegments` only. */
export const shortening = z.strictObject({
  messageId: z.string(),
  documentId: z.string(),
  usedSegments: z.number().int().positive(),
})
export type Shortening = z.infer<typeof shortening>

/**
 * What of a conversation the model no longer gets, as the person chose: all messages up to and including
 * `throughMessageId` (`messages` of them; null and 0: none) and the rest of shortened documents. `text` is the messages'
 * summary, or null when they were left out without one.
 */
export const compaction = z.strictObject({
  throughMessageId: z.string().nullable(),
  messages: z.number().int().nonnegative(),
  text: z.string().nullable(),
  shortened: z.array(shortening),
  modelSha256: z.string(),
  createdAt: z.iso.datetime(),
})
export type Compaction = z.infer<typeof compaction>

/** A conversation as it is stored. */
export type StoredConversation = Conversation & {
  readonly activeMessageId: string | null
  readonly compaction: Compaction | null
}

/** A message as it is stored: its place in the tree, without its siblings. */
export type StoredMessage = Omit<Message, 'branch' | 'siblingIds'> & { readonly position: number }

/** A column as SQLite gives it. */
type Row = Readonly<Record<string, unknown>>

/** Told when a JSON column cannot be read; the row is used without it. */
export type OnUnreadable = (column: string, id: string) => void

/** A row of `messages`. Throws when a plain column is not what this app writes; unreadable JSON is told and left empty. */
export function parseMessageRow(row: Row, onUnreadable: OnUnreadable): StoredMessage {
  const plain = messageColumns.parse(row)
  const json = <T>(column: string, schema: z.ZodType<T>, instead: T) =>
    parseJson(row[column], schema, instead, () => onUnreadable(column, plain.id))
  return {
    id: plain.id,
    conversationId: plain.conversation_id,
    parentId: plain.parent_id,
    position: plain.position,
    role: plain.role,
    text: plain.text,
    state: plain.state,
    failure: json('failure', message.shape.failure, null),
    documentIds: json('document_ids', message.shape.documentIds, []),
    provenance: json('provenance', message.shape.provenance, null),
    createdAt: plain.created_at,
  }
}

/** A row of `conversations`; throws and tells as `parseMessageRow` does. */
export function parseConversationRow(row: Row, onUnreadable: OnUnreadable): StoredConversation {
  const plain = conversationColumns.parse(row)
  return {
    id: plain.id,
    title: plain.title,
    titledBy: plain.titled_by,
    activeMessageId: plain.active_message_id,
    compaction: parseJson(row['older_summary'], compaction.nullable(), null, () =>
      onUnreadable('older_summary', plain.id),
    ),
    createdAt: plain.created_at,
    updatedAt: plain.updated_at,
  }
}

/** What windows see of a conversation. */
export function toConversation({ id, title, titledBy, createdAt, updatedAt }: StoredConversation): Conversation {
  return { id, title, titledBy, createdAt, updatedAt }
}

/** What windows see of a message; `branch` is its place among its siblings. */
export function toMessage(stored: Omit<StoredMessage, 'position'>, branch: Branch): Message {
  return {
    id: stored.id,
    conversationId: stored.conversationId,
    parentId: stored.parentId,
    role: stored.role,
    text: stored.text,
    state: stored.state,
    failure: stored.failure,
    documentIds: stored.documentIds,
    provenance: stored.provenance,
    branch: { index: branch.index, count: branch.count },
    siblingIds: [...branch.siblingIds],
    createdAt: stored.createdAt,
  }
}

const messageColumns = z.object({
  id: z.string(),
  conversation_id: z.string(),
  parent_id: z.string().nullable(),
  position: z.number().int(),
  role: message.shape.role,
  text: z.string(),
  state: message.shape.state,
  created_at: z.string(),
})

const conversationColumns = z.object({
  id: z.string(),
  title: z.string(),
  titled_by: conversation.shape.titledBy,
  active_message_id: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
})

function parseJson<T>(value: unknown, schema: z.ZodType<T>, instead: T, onUnreadable: () => void): T {
  if (value === null || value === undefined) return instead
  try {
    return schema.parse(JSON.parse(z.string().parse(value)))
  } catch {
    onUnreadable()
    return instead
  }
}
