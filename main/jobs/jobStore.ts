// The SQL of jobs and their steps.
import type { Failure } from '#contract/failures.ts'
import type { Job, JobPriority, JobState } from '#contract/job.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'
import type { JobModel } from './jobRunner.ts'

/** A job as it is stored: all but what follows from the queue it stands in and from what was measured. */
export type JobRecord = Omit<Job, 'place' | 'waitsFor' | 'modelChoice' | 'remainingMs'>

/** A job with what its runner needs. `characters` is the size of its text where it is known. */
export type StoredJob = {
  readonly job: JobRecord
  readonly input: string
  readonly model: JobModel | null
  readonly characters: number | null
}

type JobRow = {
  readonly id: string
  readonly kind: Job['kind']
  readonly document_id: string | null
  readonly parent_id: string | null
  readonly title: string
  readonly priority: JobPriority
  readonly input: string
  readonly model: string | null
  readonly characters: number | null
  readonly state: JobState
  readonly done_steps: number
  readonly total_steps: number
  readonly failure: string | null
  readonly created_at: string
  readonly updated_at: string
}

const columns =
  'id, kind, document_id, parent_id, title, priority, input, model, characters, ' +
  'state, done_steps, total_steps, failure, created_at, updated_at'
/** SQLite takes 32,766 parameters; this stays far below and keeps each query short. */
const keysPerQuery = 500

/** Reads and writes `jobs`, `job_parts` and `job_steps`; failures are those of `Storage`. */
export class JobStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Every job on the list, newest first. */
  async list(): Promise<Result<readonly StoredJob[]>> {
    return this.#rows(`SELECT ${columns} FROM jobs WHERE NOT off_list ORDER BY created_at DESC, rowid DESC`, [])
  }

  /** One job, or undefined. */
  async get(id: string): Promise<Result<StoredJob | undefined>> {
    return first(await this.#rows(`SELECT ${columns} FROM jobs WHERE id = ?`, [id]))
  }

  /** These jobs, in no order, in one query however many there are; what there is not is not among them. */
  async many(ids: readonly string[]): Promise<Result<readonly StoredJob[]>> {
    return this.#rows(`SELECT ${columns} FROM jobs WHERE id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)])
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

  /** The jobs a job is made of, oldest first. */
  async partsOf(parentId: string): Promise<Result<readonly StoredJob[]>> {
    const sql = `SELECT ${columns} FROM jobs WHERE id IN (SELECT job_id FROM job_parts WHERE parent_id = ?)
                 ORDER BY created_at, rowid`
    return this.#rows(sql, [parentId])
  }

  /** Adds parts to a job; those it has stay. */
  async addParts(parentId: string, jobIds: readonly string[]): Promise<Result<void>> {
    const written = await this.#storage.transaction(
      jobIds.map((jobId) => ({
        sql: 'INSERT OR IGNORE INTO job_parts (parent_id, job_id) SELECT ?, id FROM jobs WHERE id = ?',
        parameters: [parentId, jobId],
      })),
    )
    return written.ok ? ok(undefined) : written
  }

  /** Writes a new job. */
  async insert(stored: StoredJob, inputKey: string): Promise<Result<void>> {
    const { job, input, model, characters } = stored
    const written = await this.#storage.run(
      `INSERT INTO jobs (id, kind, document_id, parent_id, title, priority, input, input_key, model, characters,
                         state, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[job.id, job.kind, job.documentId, job.parentId, job.title, job.priority, input, inputKey],
        ...[modelText(model), characters, job.state, job.createdAt, job.updatedAt],
      ],
    )
    return written.ok ? ok(undefined) : written
  }

  /** Writes state, priority, step counts, failure and time of a job that exists, and puts it on the list again. */
  async update(job: JobRecord): Promise<Result<void>> {
    const written = await this.#storage.run(
      `UPDATE jobs SET state = ?, priority = ?, done_steps = ?, total_steps = ?, failure = ?, updated_at = ?,
                       off_list = 0 WHERE id = ?`,
      [job.state, job.priority, job.doneSteps, job.totalSteps, failureText(job.failure), job.updatedAt, job.id],
    )
    return written.ok ? ok(undefined) : written
  }

  /** Takes a job and its parts off the list. */
  async takeOff(id: string): Promise<Result<void>> {
    const written = await this.#storage.run('UPDATE jobs SET off_list = 1 WHERE id = ? OR parent_id = ?', [id, id])
    return written.ok ? ok(undefined) : written
  }

  /** Changes the model a job works with, and the key `newestWithKey` looks for where one is given. */
  async setModel(id: string, model: JobModel | null, inputKey: string | null): Promise<Result<void>> {
    const written = await this.#storage.run(
      'UPDATE jobs SET model = ?, input_key = coalesce(?, input_key) WHERE id = ?',
      [modelText(model), inputKey, id],
    )
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
  async keepStep(job: JobRecord, key: string, output: string, computedMs: number): Promise<Result<string | undefined>> {
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

function modelText(model: JobModel | null): string | null {
  return model === null ? null : JSON.stringify(model)
}

function storedJob(row: JobRow): StoredJob {
  return {
    input: row.input,
    model: row.model === null ? null : (JSON.parse(row.model) as JobModel), // as: written by modelText above
    characters: row.characters,
    job: {
      id: row.id,
      kind: row.kind,
      documentId: row.document_id,
      parentId: row.parent_id,
      title: row.title,
      state: row.state,
      priority: row.priority,
      doneSteps: row.done_steps,
      totalSteps: row.total_steps,
      failure: row.failure === null ? null : (JSON.parse(row.failure) as Failure), // as: written by failureText above
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    },
  }
}
