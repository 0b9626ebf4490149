// The SQLite driver with the types of what we use of it.
// @ts-expect-error: the package's `exports` hide its own typings
import untyped from 'better-sqlite3-multiple-ciphers'

/** A prepared statement; parameters are positional. `run` refuses statements that return rows, the others those that do not. */
export type Prepared = {
  run(...parameters: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint }
  get(...parameters: readonly unknown[]): unknown
  all(...parameters: readonly unknown[]): unknown[]
  /** Rows become the value of their first column. */
  pluck(): Prepared
}

/** An open database. Methods throw `SqliteError` with a `code` such as `SQLITE_FULL`. `close` is safe to repeat. */
export type Connection = {
  readonly open: boolean
  readonly readonly: boolean
  readonly memory: boolean
  readonly inTransaction: boolean
  prepare(sql: string): Prepared
  exec(sql: string): void
  pragma(source: string, options?: { readonly simple?: boolean }): unknown
  key(key: Buffer): number
  close(): void
}

type Options = { readonly readonly?: boolean; readonly timeout: number }
type DriverClass = new (file: string, options: Options) => Connection

/** Opens a file or `:memory:`; `timeout` is milliseconds to wait for another connection's lock. */
export const Driver = untyped as DriverClass // as: see the import
