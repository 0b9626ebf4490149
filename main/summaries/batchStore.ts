// The SQL of batches: what they were asked for, their documents, and the overview that came of it.
import type { Overview } from '#contract/batch.ts'
import type { Failure } from '#contract/failures.ts'
import { ok, type Result } from '#contract/result.ts'
import type { SummaryPreset } from '#contract/summary.ts'
import type { Storage } from '../storage/storage.ts'

/** What a batch was asked for, and what came of it. */
export type StoredBatch = {
  readonly jobId: string
  readonly folderId: string | null
  readonly preset: SummaryPreset
  readonly instruction: string | null
  readonly overview: Overview | null
}

/** One document of a batch. `failure` says why there is no job for it. */
export type StoredBatchDocument = {
  readonly documentId: string | null
  readonly name: string
  readonly jobId: string | null
  readonly failure: Failure | null
}

type BatchRow = {
  readonly job_id: string
  readonly folder_id: string | null
  readonly preset: SummaryPreset
  readonly instruction: string | null
  readonly overview: string | null
}

type DocumentRow = {
  readonly document_id: string | null
  readonly name: string
  readonly job_id: string | null
  readonly failure: string | null
}

/** A document of a batch with the summary its job made, if any. */
export type SummarizedBatchDocument = StoredBatchDocument & { readonly summaryId: string | null }

/** A batch with its documents in order. */
export type WholeBatch = { readonly batch: StoredBatch; readonly documents: readonly SummarizedBatchDocument[] }

/** Reads and writes `batches` and `batch_documents`; failures are those of `Storage`. */
export class BatchStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Writes a batch with its documents, in place of what was known of it; an overview stays until there is a new one. */
  async keep(batch: Omit<StoredBatch, 'overview'>, documents: readonly StoredBatchDocument[]): Promise<Result<void>> {
    const { jobId, folderId, preset, instruction } = batch
    const written = await this.#storage.transaction([
      {
        sql: `INSERT INTO batches (job_id, folder_id, preset, instruction) SELECT id, ?, ?, ? FROM jobs WHERE id = ?
              ON CONFLICT (job_id) DO NOTHING`,
        parameters: [folderId, preset, instruction, jobId],
      },
      { sql: 'DELETE FROM batch_documents WHERE batch_id = ?', parameters: [jobId] },
      ...documents.map((document, position) => ({
        sql: `INSERT INTO batch_documents (batch_id, position, document_id, name, job_id, failure)
              SELECT job_id, ?, ?, ?, ?, ? FROM batches WHERE job_id = ?`,
        parameters: [position, document.documentId, document.name, document.jobId, failureText(document), jobId],
      })),
    ])
    return written.ok ? ok(undefined) : written
  }

  /** Writes which job a document of a batch has, or why it has none. */
  async setDocument(jobId: string, position: number, document: StoredBatchDocument): Promise<Result<void>> {
    const written = await this.#storage.run(
      'UPDATE batch_documents SET job_id = ?, failure = ? WHERE batch_id = ? AND position = ?',
      [document.jobId, failureText(document), jobId, position],
    )
    return written.ok ? ok(undefined) : written
  }

  /** Writes the overview. */
  async setOverview(jobId: string, overview: Overview): Promise<Result<void>> {
    const written = await this.#storage.run('UPDATE batches SET overview = ? WHERE job_id = ?', [
      JSON.stringify(overview),
      jobId,
    ])
    return written.ok ? ok(undefined) : written
  }

  /** One batch, or undefined. */
  async get(jobId: string): Promise<Result<StoredBatch | undefined>> {
    const row = await this.#storage.get<BatchRow>(
      'SELECT job_id, folder_id, preset, instruction, overview FROM batches WHERE job_id = ?',
      [jobId],
    )
    if (!row.ok) return row
    return ok(row.value === undefined ? undefined : storedBatch(row.value))
  }

  /** The documents of a batch, in order. */
  async documents(jobId: string): Promise<Result<readonly StoredBatchDocument[]>> {
    const rows = await this.#storage.all<DocumentRow>(
      'SELECT document_id, name, job_id, failure FROM batch_documents WHERE batch_id = ? ORDER BY position',
      [jobId],
    )
    return rows.ok ? ok(rows.value.map(storedDocument)) : rows
  }

  /** These batches by id with all their documents: two queries, however many there are of either. */
  async whole(jobIds: readonly string[]): Promise<Result<ReadonlyMap<string, WholeBatch>>> {
    const ids = JSON.stringify(jobIds)
    const batches = await this.#storage.all<BatchRow>(
      `SELECT job_id, folder_id, preset, instruction, overview FROM batches
       WHERE job_id IN (SELECT value FROM json_each(?))`,
      [ids],
    )
    if (!batches.ok) return batches
    const rows = await this.#storage.all<DocumentRow & { batch_id: string; summary_id: string | null }>(
      `SELECT document.batch_id, document.document_id, document.name, document.job_id, document.failure,
              summary.id AS summary_id
       FROM batch_documents AS document LEFT JOIN summaries AS summary ON summary.job_id = document.job_id
       WHERE document.batch_id IN (SELECT value FROM json_each(?)) ORDER BY document.batch_id, document.position`,
      [ids],
    )
    if (!rows.ok) return rows
    const documents = Map.groupBy(rows.value, (row) => row.batch_id)
    const whole = batches.value.map((row): [string, WholeBatch] => [
      row.job_id,
      {
        batch: storedBatch(row),
        documents: (documents.get(row.job_id) ?? []).map((each) => ({
          ...storedDocument(each),
          summaryId: each.summary_id,
        })),
      },
    ])
    return ok(new Map(whole))
  }
}

function storedDocument(row: DocumentRow): StoredBatchDocument {
  return {
    documentId: row.document_id,
    name: row.name,
    jobId: row.job_id,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as Failure), // as: written by failureText below
  }
}

function storedBatch(row: BatchRow): StoredBatch {
  return {
    jobId: row.job_id,
    folderId: row.folder_id,
    preset: row.preset,
    instruction: row.instruction,
    overview: row.overview === null ? null : (JSON.parse(row.overview) as Overview), // as: written by setOverview above
  }
}

function failureText({ failure }: StoredBatchDocument): string | null {
  return failure === null ? null : JSON.stringify(failure)
}
