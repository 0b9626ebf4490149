// The SQL of jobs and their steps.
import type { Failure } from '#contract/failures.ts'
import type { Job, JobState } from '#contract/job.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'

type JobRow = {
  readonly id: string
  readonly kind: Job['kind']
  readonly document_id: string | null
  readonly input: string
  readonly state: JobState
  readonly done_steps: number
  readonly total_steps: number
  readonly failure: string | null
  readonly created_at: string
  readonly updated_at: string
}

/** A job with the input its runner needs. */
export type StoredJob = { readonly job: Job; readonly input: string }

const columns = 'id, kind, document_id, input, state, done_steps, total_steps, failure, created_at, updated_at'
/** SQLite takes 32,766 parameters; this stays far below and keeps each query short. */
const keysPerQuery = 500

/** Reads and writes `jobs` and `job_steps`; failures are those of `Storage`. */
export class JobStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Every job, newest first. */
  async list(): Promise<Result<readonly StoredJob[]>> {
    return this.#rows(`SELECT ${columns} FROM jobs ORDER BY created_at DESC, rowid DESC`, [])
  }

  /** One job, or undefined. */
  async get(id: string): Promise<Result<StoredJob | undefined>> {
    return first(await this.#rows(`SELECT ${columns} FROM jobs WHERE id = ?`, [id]))
  }

  /** The newest job with this input key, or undefined. */
  async newestWithKey(inputKey: string): Promise<Result<StoredJob | undefined>> {
    const sql = `SELECT ${columns} FROM jobs WHERE input_key = ? ORDER BY created_at DESC, rowid DESC LIMIT 1`
    return first(await this.#rows(sql, [inputKey]))
  }

  /** Jobs in these states, oldest first. */
  async inStates(states: readonly JobState[]): Promise<Result<readonly StoredJob[]>> {
    const marks = states.map(() => '?').join(', ')
    return this.#rows(`SELECT ${columns} FROM jobs WHERE state IN (${marks}) ORDER BY created_at, rowid`, states)
  }

  /** Writes a new job. */
  async insert(stored: StoredJob, inputKey: string): Promise<Result<void>> {
    const { job, input } = stored
    const written = await this.#storage.run(
      `INSERT INTO jobs (id, kind, document_id, input, input_key, state, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [job.id, job.kind, job.documentId, input, inputKey, job.state, job.createdAt, job.updatedAt],
    )
    return written.ok ? ok(undefined) : written
  }

  /** Writes state, step counts, failure and time of a job that exists. */
  async update(job: Job): Promise<Result<void>> {
    const written = await this.#storage.run(
      'UPDATE jobs SET state = ?, done_steps = ?, total_steps = ?, failure = ?, updated_at = ? WHERE id = ?',
      [job.state, job.doneSteps, job.totalSteps, failureText(job.failure), job.updatedAt, job.id],
    )
    return written.ok ? ok(undefined) : written
  }

  /** Changes the key `newestWithKey` looks for. */
  async rekey(id: string, inputKey: string): Promise<Result<void>> {
    const written = await this.#storage.run('UPDATE jobs SET input_key = ? WHERE id = ?', [inputKey, id])
    return written.ok ? ok(undefined) : written
  }

  /** The output stored under a step key, or undefined. */
  async step(key: string): Promise<Result<string | undefined>> {
    const row = await this.#storage.get<{ output: string }>('SELECT output FROM job_steps WHERE key = ?', [key])
    return row.ok ? ok(row.value?.output) : row
  }

  /** How many of the keys have a stored output. */
  async countSteps(keys: readonly string[]): Promise<Result<number>> {
    let count = 0
    for (let from = 0; from < keys.length; from += keysPerQuery) {
      const batch = keys.slice(from, from + keysPerQuery)
      const sql = `SELECT count(*) AS found FROM job_steps WHERE key IN (${batch.map(() => '?').join(', ')})`
      const row = await this.#storage.get<{ found: number }>(sql, batch)
      if (!row.ok) return row
      count += row.value?.found ?? 0
    }
    return ok(count)
  }

  /**
   * Stores one finished step and the job's new counts in one transaction, and answers what is stored under the key:
   * an output that was there first wins, so a finished step never changes. Undefined when the job itself is gone
   * (its document was removed while it ran).
   */
  async keepStep(job: Job, key: string, output: string, computedMs: number): Promise<Result<string | undefined>> {
    const written = await this.#storage.transaction([
      {
        sql: `INSERT INTO job_steps (key, job_id, output, computed_ms, stored_at)
              SELECT ?, id, ?, ?, ? FROM jobs WHERE id = ?
              ON CONFLICT (key) DO NOTHING`,
        parameters: [key, output, computedMs, job.updatedAt, job.id],
      },
      {
        sql: 'UPDATE jobs SET done_steps = ?, total_steps = ?, updated_at = ? WHERE id = ?',
        parameters: [job.doneSteps, job.totalSteps, job.updatedAt, job.id],
      },
    ])
    if (!written.ok) return written
    return written.value[0]?.changes === 1 ? ok(output) : this.step(key)
  }

  async #rows(sql: string, parameters: readonly string[]): Promise<Result<readonly StoredJob[]>> {
    const rows = await this.#storage.all<JobRow>(sql, parameters)
    return rows.ok ? ok(rows.value.map(storedJob)) : rows
  }
}

function first(rows: Result<readonly StoredJob[]>): Result<StoredJob | undefined> {
  return rows.ok ? ok(rows.value[0]) : rows
}

function failureText(failure: Failure | null): string | null {
  return failure === null ? null : JSON.stringify(failure)
}

function storedJob(row: JobRow): StoredJob {
  return {
    input: row.input,
    job: {
      id: row.id,
      kind: row.kind,
      documentId: row.document_id,
      state: row.state,
      doneSteps: row.done_steps,
      totalSteps: row.total_steps,
      failure: row.failure === null ? null : (JSON.parse(row.failure) as Failure), // as: written by failureText above
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    },
  }
}
