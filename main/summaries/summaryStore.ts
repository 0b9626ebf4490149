// The SQL of finished summaries.
import { ok, type Result } from '#contract/result.ts'
import type { Summary } from '#contract/summary.ts'
import type { Storage } from '../storage/storage.ts'

/** Reads and writes `summaries`; failures are those of `Storage`. */
export class SummaryStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Keeps a job's summary in place of an earlier one of the same job; nothing when the job is gone with its document. */
  async keep(summary: Summary): Promise<Result<void>> {
    const { id, jobId, documentId, provenance } = summary
    const written = await this.#storage.transaction([
      { sql: 'DELETE FROM summaries WHERE job_id = ?', parameters: [jobId] },
      {
        sql: `INSERT INTO summaries (id, job_id, document_id, body, created_at)
              SELECT ?, id, ?, ?, ? FROM jobs WHERE id = ?`,
        parameters: [id, documentId, JSON.stringify(summary), provenance.createdAt, jobId],
      },
    ])
    return written.ok ? ok(undefined) : written
  }

  /** A summary by its id, or undefined. */
  async get(id: string): Promise<Result<Summary | undefined>> {
    const row = await this.#storage.get<{ body: string }>('SELECT body FROM summaries WHERE id = ?', [id])
    if (!row.ok) return row
    return ok(row.value === undefined ? undefined : parsed(row.value.body))
  }

  /** A job's summary, or undefined. */
  async ofJob(jobId: string): Promise<Result<Summary | undefined>> {
    const row = await this.#storage.get<{ body: string }>('SELECT body FROM summaries WHERE job_id = ?', [jobId])
    if (!row.ok) return row
    return ok(row.value === undefined ? undefined : parsed(row.value.body))
  }

  /** Every summary of a document, newest first. */
  async list(documentId: string): Promise<Result<Summary[]>> {
    const sql = 'SELECT body FROM summaries WHERE document_id = ? ORDER BY created_at DESC, rowid DESC'
    const rows = await this.#storage.all<{ body: string }>(sql, [documentId])
    return rows.ok ? ok(rows.value.map((row) => parsed(row.body))) : rows
  }
}

function parsed(body: string): Summary {
  return JSON.parse(body) as Summary // as: written by keep above from a Summary
}
