// Counts for a report to support: rows, codes of failures and durations, straight from the database, never a text.
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'
import { codeWord } from './logic/bundleParts.ts'

/** Tables that are counted, by the name they have. */
const tables = ['documents', 'conversations', 'messages', 'jobs', 'summaries', 'models', 'downloads', 'ledger'] as const

/** Failures that were stored: where, which, how often, and on which day last (UTC). */
export type StoredFailures = {
  readonly where: 'jobs' | 'messages' | 'downloads'
  readonly code: string
  readonly count: number
  readonly lastDay: string | null
}

/** Rows by table, and how long steps of jobs took in milliseconds. */
export type BundleCounts = {
  readonly rows: Readonly<Record<string, number>>
  readonly jobSteps: { readonly count: number; readonly meanMilliseconds: number; readonly mostMilliseconds: number }
}

/** Counts rows and durations. Failures are the storage's. */
export async function readCounts(storage: Pick<Storage, 'all' | 'get'>): Promise<Result<BundleCounts>> {
  const sql = tables.map((table) => `SELECT '${table}' AS name, count(*) AS count FROM ${table}`).join(' UNION ALL ')
  const rows = await storage.all<{ readonly name: string; readonly count: number }>(sql)
  if (!rows.ok) return rows
  const steps = await storage.get<{
    readonly count: number
    readonly mean: number | null
    readonly most: number | null
  }>('SELECT count(*) AS count, avg(computed_ms) AS mean, max(computed_ms) AS most FROM job_steps')
  if (!steps.ok) return steps
  const { count = 0, mean = 0, most = 0 } = steps.value ?? {}
  return ok({
    rows: Object.fromEntries(rows.value.map(({ name, count: number }) => [name, number])),
    jobSteps: { count, meanMilliseconds: Math.round(mean ?? 0), mostMilliseconds: most ?? 0 },
  })
}

/** Codes of stored failures. Failures are the storage's. */
export async function readFailures(storage: Pick<Storage, 'all'>): Promise<Result<readonly StoredFailures[]>> {
  const found = await storage.all<{
    readonly place: StoredFailures['where']
    readonly code: string | null
    readonly count: number
    readonly day: string | null
  }>(`
    SELECT 'jobs' AS place, json_extract(failure, '$.code') AS code, count(*) AS count, max(substr(updated_at, 1, 10)) AS day
      FROM jobs WHERE failure IS NOT NULL GROUP BY code
    UNION ALL
    SELECT 'messages', json_extract(failure, '$.code') AS code, count(*), max(substr(created_at, 1, 10))
      FROM messages WHERE failure IS NOT NULL GROUP BY code
    UNION ALL
    SELECT 'downloads', json_extract(content, '$.failure.code') AS code, count(*), NULL
      FROM downloads WHERE json_extract(content, '$.failure') IS NOT NULL GROUP BY code`)
  if (!found.ok) return found
  return ok(
    found.value.map(({ place, code, count, day }) => ({
      where: place,
      code: codeWord(code ?? ''),
      count,
      lastDay: day !== null && /^\d{4}-\d\d-\d\d$/.test(day) ? day : null,
    })),
  )
}
