// Drafts as they are kept: readable for as long as the setting says, gone with their conversation and documents.
import { type CloudDraft, cloudDraft, type DraftState } from '#contract/cloudDraft.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'

/** Reads and writes `cloud_drafts`; failures are those of `Storage`. */
export class DraftStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Keeps a draft. One whose conversation is gone already is not kept, and its task cannot be run either. */
  async keep(draft: CloudDraft): Promise<Result<unknown>> {
    const { id, taskId, state, conversationId, createdAt, expiresAt } = draft
    const kept = `INSERT INTO cloud_drafts (id, task_id, state, conversation_id, body, created_at, expires_at)
      SELECT ?, ?, ?, ?, ?, ?, ? WHERE ? IS NULL OR EXISTS (SELECT 1 FROM conversations WHERE id = ?)`
    const linked = `INSERT INTO cloud_draft_documents (draft_id, document_id)
      SELECT ?, ? WHERE EXISTS (SELECT 1 FROM cloud_drafts WHERE id = ?)`
    const row = [id, taskId, state, conversationId, JSON.stringify(draft), createdAt, expiresAt]
    return this.#storage.transaction([
      { sql: kept, parameters: [...row, conversationId, conversationId] },
      ...[...new Set(draft.documentIds)].map((documentId) => ({ sql: linked, parameters: [id, documentId, id] })),
    ])
  }

  /** A draft with the state it is in, or undefined. */
  async get(id: string): Promise<Result<CloudDraft | undefined>> {
    const row = await this.#storage.get<{ body: string; state: DraftState }>(
      'SELECT body, state FROM cloud_drafts WHERE id = ?',
      [id],
    )
    if (!row.ok || row.value === undefined) return row.ok ? ok(undefined) : row
    return ok(cloudDraft.parse({ ...JSON.parse(row.value.body), state: row.value.state }))
  }

  /** Writes a draft's state. */
  setState(id: string, state: DraftState): Promise<Result<unknown>> {
    return this.#storage.run('UPDATE cloud_drafts SET state = ? WHERE id = ?', [state, id])
  }

  /** Ends what a process before this one left open, and removes what is older than `keptSince`. */
  tidy(keptSince: string): Promise<Result<unknown>> {
    return this.#storage.transaction([
      { sql: "UPDATE cloud_drafts SET state = 'expired' WHERE state IN ('waiting', 'approved', 'failed')" },
      { sql: 'DELETE FROM cloud_drafts WHERE created_at < ?', parameters: [keptSince] },
    ])
  }
}
