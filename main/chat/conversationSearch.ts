// Finds conversations by their titles and by the text of their messages.
import type { SearchHit } from '#contract/chat.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import type { Storage } from '../storage/storage.ts'
import { fullTextQuery, markEnd, markStart, parseSnippet } from './logic/searchQuery.ts'
import { parseConversationRow, toConversation } from './storedMessage.ts'

type Row = Readonly<Record<string, unknown>>
type Match = { readonly number: number; readonly conversation_id: string; readonly message_id: string | null }

/** Matches looked at, best first; more would only add conversations nobody scrolls to. */
const matchesAtMost = 2000

/** The SQL of search. Failures are the storage's own. */
export class ConversationSearch {
  readonly #storage: Storage
  readonly #logger: Logger

  constructor(deps: { readonly storage: Storage; readonly logger: Logger }) {
    this.#storage = deps.storage
    this.#logger = deps.logger
  }

  /** One hit for each conversation that matches, at most `limit`: its title, or its best message. */
  async find(typed: string, limit: number): Promise<Result<readonly SearchHit[]>> {
    const query = fullTextQuery(typed)
    if (query === null) return ok([])
    const matches = await this.#storage.all<Match>(
      `SELECT entry.number, entry.conversation_id, entry.message_id
       FROM search_index JOIN search_entries AS entry ON entry.number = search_index.rowid
       WHERE search_index MATCH ?
       ORDER BY entry.message_id IS NOT NULL, search_index.rank, entry.number DESC LIMIT ?`,
      [query, matchesAtMost],
    )
    if (!matches.ok) return matches
    const best = new Map<string, Match>()
    for (const match of matches.value) {
      if (best.size === limit && !best.has(match.conversation_id)) continue
      if (!best.has(match.conversation_id)) best.set(match.conversation_id, match)
    }
    return this.#hits(query, [...best.values()])
  }

  async #hits(query: string, matches: readonly Match[]): Promise<Result<readonly SearchHit[]>> {
    if (matches.length === 0) return ok([])
    const numbers = JSON.stringify(matches.map(({ number }) => number))
    const rows = await this.#storage.all<Row>(
      `SELECT conversation.*, entry.number, snippet(search_index, 0, ?, ?, '…', 16) AS snippet
       FROM search_index
       JOIN search_entries AS entry ON entry.number = search_index.rowid
       JOIN conversations AS conversation ON conversation.id = entry.conversation_id
       WHERE search_index MATCH ? AND search_index.rowid IN (SELECT value FROM json_each(?))`,
      [markStart, markEnd, query, numbers],
    )
    if (!rows.ok) return rows
    const byNumber = new Map(rows.value.map((row) => [Number(row['number']), row]))
    return ok(
      matches.flatMap(({ number, message_id }) => {
        const row = byNumber.get(number)
        return row === undefined ? [] : [this.#hit(row, message_id)]
      }),
    )
  }

  #hit(row: Row, messageId: string | null): SearchHit {
    const { text, marks } = parseSnippet(String(row['snippet']))
    const conversation = parseConversationRow(row, (column, id) =>
      this.#logger.warn('chat-column-unreadable', { column, id }),
    )
    return { conversation: toConversation(conversation), messageId, snippet: { text, marks: [...marks] } }
  }
}
