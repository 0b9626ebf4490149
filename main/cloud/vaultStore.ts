// What placeholders stand for, kept encrypted with its conversation or document, and never part of a request.
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'
import type { CloudTask } from './cloudTask.ts'
import { emptyVault } from './redaction/logic/vault.ts'
import type { RedactionVault } from './redaction/redaction.ts'

/** Reads and writes `redaction_vault`; failures are those of `Storage`. */
export class VaultStore {
  readonly #storage: Storage
  readonly #now: () => Date

  constructor(deps: { readonly storage: Storage; readonly now: () => Date }) {
    this.#storage = deps.storage
    this.#now = deps.now
  }

  /** The vault of a task's conversation or document, or an empty one. */
  async get(task: CloudTask): Promise<Result<RedactionVault>> {
    const place = placeOf(task)
    if (place === null) return ok(emptyVault)
    const row = await this.#storage.get<{ body: string }>('SELECT body FROM redaction_vault WHERE id = ?', [place.id])
    if (!row.ok) return row
    if (row.value === undefined) return ok(emptyVault)
    return ok(JSON.parse(row.value.body) as RedactionVault) // as: written by keep below from a vault
  }

  /** Keeps a vault with its conversation or document, if that still exists. */
  async keep(task: CloudTask, vault: RedactionVault): Promise<Result<unknown>> {
    const place = placeOf(task)
    if (place === null || vault.entries.length === 0) return ok(undefined)
    const { id, conversationId, documentId } = place
    return this.#storage.run(
      `INSERT OR REPLACE INTO redaction_vault (id, conversation_id, document_id, body, updated_at)
       SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM conversations WHERE id = ?)
       OR EXISTS (SELECT 1 FROM documents WHERE id = ?)`,
      [id, conversationId, documentId, JSON.stringify(vault), this.#now().toISOString(), conversationId, documentId],
    )
  }
}

function placeOf(task: CloudTask) {
  const { vault, conversationId, documents } = task
  if (vault === 'conversation' && conversationId !== null) {
    return { id: `conversation:${conversationId}`, conversationId, documentId: null }
  }
  const [document] = documents
  if (vault === 'document' && document !== undefined) {
    return { id: `document:${document.id}`, conversationId: null, documentId: document.id }
  }
  return null
}
