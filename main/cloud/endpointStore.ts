// The endpoints a person added, and the person's own list of terms; both kept in the encrypted database.
import { z } from 'zod'
import { providerKind } from '#contract/cloud.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'

const storedEndpoint = z.strictObject({
  id: z.string(),
  kind: providerKind.extract(['foundry', 'azure', 'private']),
  name: z.string(),
  baseUrl: z.string(),
  inside: z.boolean(),
  keyNeeded: z.boolean(),
  models: z.array(
    z.strictObject({ id: z.string(), name: z.string(), contextTokens: z.number(), outputTokens: z.number() }),
  ),
})
/** An endpoint as it is kept. */
export type StoredEndpoint = Readonly<z.infer<typeof storedEndpoint>>

const storedTerms = z.strictObject({ hide: z.array(z.string()), show: z.array(z.string()) })
/** What is always hidden and what never is. */
export type OwnTerms = z.infer<typeof storedTerms>

/** Reads and writes `cloud_endpoints` and `cloud_terms`; failures are those of `Storage`. */
export class EndpointStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Every endpoint, first added first. */
  async list(): Promise<Result<readonly StoredEndpoint[]>> {
    const rows = await this.#storage.all<{ body: string }>('SELECT body FROM cloud_endpoints ORDER BY added_at, id')
    return rows.ok ? ok(rows.value.map(({ body }) => storedEndpoint.parse(JSON.parse(body)))) : rows
  }

  /** Adds one. */
  add(endpoint: StoredEndpoint, addedAt: string): Promise<Result<unknown>> {
    const sql = 'INSERT INTO cloud_endpoints (id, body, added_at) VALUES (?, ?, ?)'
    return this.#storage.run(sql, [endpoint.id, JSON.stringify(endpoint), addedAt])
  }

  /** Removes one; answers whether there was one. */
  async remove(id: string): Promise<Result<boolean>> {
    const removed = await this.#storage.run('DELETE FROM cloud_endpoints WHERE id = ?', [id])
    return removed.ok ? ok(removed.value.changes > 0) : removed
  }

  /** The person's own list; empty at first. */
  async terms(): Promise<Result<OwnTerms>> {
    const row = await this.#storage.get<{ body: string }>('SELECT body FROM cloud_terms WHERE only = 1')
    if (!row.ok) return row
    return ok(row.value === undefined ? { hide: [], show: [] } : storedTerms.parse(JSON.parse(row.value.body)))
  }

  /** Replaces the list. */
  setTerms(terms: OwnTerms): Promise<Result<unknown>> {
    const sql = 'INSERT OR REPLACE INTO cloud_terms (only, body) VALUES (1, ?)'
    return this.#storage.run(sql, [JSON.stringify(terms)])
  }
}
