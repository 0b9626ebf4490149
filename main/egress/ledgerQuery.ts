// What a person may ask of the ledger's list, as SQL.
import type { EgressPurpose, LedgerEntry } from '#contract/ledger.ts'
import type { SqlValue } from '../storage/storage.ts'

/** Which entries to list: before a number (exclusive), at most so many, holding a text, of these events and purposes. */
export type LedgerQuery = {
  readonly before?: number | undefined
  readonly limit: number
  readonly search?: string | undefined
  readonly events?: readonly LedgerEntry['event'][] | undefined
  readonly purposes?: readonly EgressPurpose[] | undefined
}

const searched: readonly string[] = ['destination', 'model', 'result', 'grantId']

/** The statement of a query; a row that is not JSON is kept, so that damage shows wherever one looks. */
export function listStatement(query: LedgerQuery): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const parameters: SqlValue[] = [query.before ?? Number.MAX_SAFE_INTEGER]
  const conditions: string[] = []
  if (query.search !== undefined && query.search !== '') {
    conditions.push(searched.map((field) => `instr(lower(COALESCE(${json(field)}, '')), lower(?)) > 0`).join(' OR '))
    parameters.push(...searched.map(() => query.search ?? ''))
  }
  for (const [field, values] of [
    ['event', query.events],
    ['purpose', query.purposes],
  ] as const) {
    if (values === undefined) continue
    conditions.push(`${json(field)} IN (${values.map(() => '?').join(', ')})`)
    parameters.push(...values)
  }
  const filters = conditions.map((condition) => ` AND (NOT json_valid(entry) OR (${condition}))`).join('')
  parameters.push(query.limit)
  return { sql: `SELECT seq, entry, hash FROM ledger WHERE seq < ?${filters} ORDER BY seq DESC LIMIT ?`, parameters }
}

// Guarded by json_valid in front; SQLite may still evaluate it, so it is guarded again here.
function json(field: string): string {
  return `CASE WHEN json_valid(entry) THEN json_extract(entry, '$.${field}') END`
}
