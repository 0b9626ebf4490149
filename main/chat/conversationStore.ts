// Conversations and messages in the database. Every write is durable when its promise resolves.
import type { Failure } from '#contract/failures.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { Provenance } from '#contract/summary.ts'
import type { Logger } from '../host.ts'
import type { SqlValue, Statement, Storage } from '../storage/storage.ts'
import {
  type OnUnreadable,
  parseConversationRow,
  parseMessageRow,
  type Compaction,
  type StoredConversation,
  type StoredMessage,
} from './storedMessage.ts'

/** A message about to be stored; its position is given by the database. */
export type NewMessage = Omit<StoredMessage, 'position'>

/** The rows of a turn as it begins. `startTitle` is used when the conversation has no title yet. */
export type AnswerOpening = {
  readonly conversationId: string
  readonly messages: readonly NewMessage[]
  readonly activeMessageId: string
  readonly startTitle: string
  readonly compaction: Compaction | null
  readonly updatedAt: string
}

/** How an answer ended. */
export type AnswerEnding = {
  readonly text: string
  readonly state: 'complete' | 'partial' | 'failed'
  readonly failure: Failure | null
  /** Set where only the end knows it all, as with what a provider counted. */
  readonly provenance?: Provenance
}

type Row = Readonly<Record<string, unknown>>

/** The SQL of chat. Failures are the storage's own, and `not-found`. */
export class ConversationStore {
  readonly #storage: Storage
  readonly #onUnreadable: OnUnreadable

  constructor(deps: { readonly storage: Storage; readonly logger: Logger }) {
    this.#storage = deps.storage
    this.#onUnreadable = (column, id) => deps.logger.warn('chat-column-unreadable', { column, id })
  }

  /** Every conversation, last changed first. */
  async list(): Promise<Result<readonly StoredConversation[]>> {
    const rows = await this.#storage.all<Row>('SELECT * FROM conversations ORDER BY updated_at DESC, rowid DESC')
    return rows.ok ? ok(rows.value.map((row) => parseConversationRow(row, this.#onUnreadable))) : rows
  }

  /** One conversation; `not-found` when there is none. */
  async conversation(id: string): Promise<Result<StoredConversation>> {
    const row = await this.#storage.get<Row>('SELECT * FROM conversations WHERE id = ?', [id])
    if (!row.ok) return row
    if (row.value === undefined) return fail('not-found', { what: 'conversation', id })
    return ok(parseConversationRow(row.value, this.#onUnreadable))
  }

  /** All messages of a conversation, every branch, in the order they were written. */
  async messages(conversationId: string): Promise<Result<readonly StoredMessage[]>> {
    const rows = await this.#storage.all<Row>('SELECT * FROM messages WHERE conversation_id = ? ORDER BY position', [
      conversationId,
    ])
    return rows.ok ? ok(rows.value.map((row) => parseMessageRow(row, this.#onUnreadable))) : rows
  }

  /** One message; `not-found` when there is none. */
  async message(id: string): Promise<Result<StoredMessage>> {
    const row = await this.#storage.get<Row>('SELECT * FROM messages WHERE id = ?', [id])
    if (!row.ok) return row
    if (row.value === undefined) return fail('not-found', { what: 'message', id })
    return ok(parseMessageRow(row.value, this.#onUnreadable))
  }

  /** Stores a new conversation. */
  create(conversation: StoredConversation): Promise<Result<void>> {
    return this.#write({
      sql: `INSERT INTO conversations (id, title, titled_by, active_message_id, older_summary, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)`,
      parameters: [
        conversation.id,
        conversation.title,
        conversation.titledBy,
        conversation.activeMessageId,
        json(conversation.compaction),
        conversation.createdAt,
        conversation.updatedAt,
      ],
    })
  }

  /** Gives a title; one the person gave is replaced by the person only. */
  setTitle(id: string, title: string, titledBy: StoredConversation['titledBy']): Promise<Result<void>> {
    return this.#write({
      sql: `UPDATE conversations SET title = ?, titled_by = ? WHERE id = ? AND (titled_by <> 'person' OR ? = 'person')`,
      parameters: [title, titledBy, id, titledBy],
    })
  }

  /** Makes a message the end of the shown branch. */
  select(conversationId: string, messageId: string): Promise<Result<void>> {
    return this.#write({
      sql: 'UPDATE conversations SET active_message_id = ? WHERE id = ?',
      parameters: [messageId, conversationId],
    })
  }

  /** Forgets a conversation with all its messages. */
  remove(id: string): Promise<Result<void>> {
    // Parents are cut off first: deleting down a chain of thousands would exceed SQLite's depth for cascades.
    return this.#write(
      { sql: 'UPDATE messages SET parent_id = NULL WHERE conversation_id = ?', parameters: [id] },
      { sql: 'DELETE FROM messages WHERE conversation_id = ?', parameters: [id] },
      { sql: 'DELETE FROM conversations WHERE id = ?', parameters: [id] },
    )
  }

  /**
   * Stores the opening of an answer in one transaction: the messages (the person's, unless it is there already, and
   * the empty answer, which becomes the end of the shown branch), the first title if there is none, the compaction.
   */
  accept(opening: AnswerOpening): Promise<Result<void>> {
    return this.#write(...opening.messages.map(insertMessage), {
      sql: `UPDATE conversations SET title = CASE WHEN title = '' THEN ? ELSE title END,
              active_message_id = ?, older_summary = ?, updated_at = ? WHERE id = ?`,
      parameters: [
        opening.startTitle,
        opening.activeMessageId,
        json(opening.compaction),
        opening.updatedAt,
        opening.conversationId,
      ],
    })
  }

  /** Saves what an answer has so far. */
  saveText(messageId: string, text: string): Promise<Result<void>> {
    return this.#write({
      sql: `UPDATE messages SET text = ? WHERE id = ? AND state = 'streaming'`,
      parameters: [text, messageId],
    })
  }

  /** Stores how an answer ended. */
  finish(conversationId: string, messageId: string, ending: AnswerEnding, updatedAt: string): Promise<Result<void>> {
    return this.#write(
      {
        sql: 'UPDATE messages SET text = ?, state = ?, failure = ?, provenance = COALESCE(?, provenance) WHERE id = ?',
        parameters: [ending.text, ending.state, json(ending.failure), json(ending.provenance ?? null), messageId],
      },
      { sql: 'UPDATE conversations SET updated_at = ? WHERE id = ?', parameters: [updatedAt, conversationId] },
    )
  }

  /** Answers a dead process left streaming become partial; what they had stays. Returns how many there were. */
  async recover(): Promise<Result<number>> {
    const written = await this.#storage.run(`UPDATE messages SET state = 'partial' WHERE state = 'streaming'`)
    return written.ok ? ok(written.value.changes) : written
  }

  async #write(...statements: readonly Statement[]): Promise<Result<void>> {
    const written = await this.#storage.transaction(statements)
    return written.ok ? ok(undefined) : written
  }
}

function insertMessage(message: NewMessage): Statement {
  return {
    sql: `INSERT INTO messages (id, conversation_id, parent_id, position, role, text, state, failure, document_ids,
            provenance, created_at)
          VALUES (?, ?, ?, (SELECT COALESCE(MAX(position), -1) + 1 FROM messages WHERE conversation_id = ?),
            ?, ?, ?, ?, ?, ?, ?)`,
    parameters: [
      message.id,
      message.conversationId,
      message.parentId,
      message.conversationId,
      message.role,
      message.text,
      message.state,
      json(message.failure),
      JSON.stringify(message.documentIds),
      json(message.provenance),
      message.createdAt,
    ],
  }
}

function json(value: object | null): SqlValue {
  return value === null ? null : JSON.stringify(value)
}
