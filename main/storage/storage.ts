// The one interface to the encrypted database; features write their own SQL against it.
import type { Result } from '#contract/result.ts'

/** Values SQLite takes and gives. */
export type SqlValue = string | number | bigint | null | Uint8Array

/** One SQL statement with positional `?` parameters. */
export type Statement = { readonly sql: string; readonly parameters?: readonly SqlValue[] }

/** What a write did. */
export type Written = { readonly changes: number; readonly lastId: number }

/**
 * The database, driven from its own worker thread. Failures: `disk-full`, `data-read-only`, `data-corrupt`,
 * `data-unreachable`; anything else (a bad statement) rejects, because it is a bug. Writes are durable
 * (`synchronous=FULL`) when the promise resolves.
 */
export type Storage = {
  /** Rows as plain objects keyed by column. The row type is the caller's claim about its own SQL. */
  all<Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Result<readonly Row[]>>
  /** The first row, or undefined. */
  get<Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Result<Row | undefined>>
  run(sql: string, parameters?: readonly SqlValue[]): Promise<Result<Written>>
  /** All statements or none, in one transaction. */
  transaction(statements: readonly Statement[]): Promise<Result<readonly Written[]>>
  /** Lines of `PRAGMA integrity_check` and `foreign_key_check`; empty when sound. */
  check(): Promise<Result<readonly string[]>>
  /** Checkpoints the WAL and closes; later calls reject. */
  close(): Promise<void>
}
