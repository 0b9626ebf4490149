// Runs statements on one connection, keeping prepared ones; the storage worker's verbs.
import type { Connection, Prepared } from './driver.ts'
import type { SqlValue, Statement, Written } from './storage.ts'

const cacheSize = 256
const transactionControl = /^(?:[\s;]|--.*|\/\*[^]*?\*\/)*(?:begin|commit|end|rollback|savepoint|release)\b/i

/** The verbs of `Storage`, synchronous; they throw the driver's errors. */
export class Statements {
  readonly #connection: Connection
  readonly #prepared = new Map<string, Prepared>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Rows of a statement that returns rows. */
  all(sql: string, parameters: readonly SqlValue[]): unknown[] {
    return this.#prepare(sql).all(...parameters)
  }

  /** The first row, or undefined. */
  get(sql: string, parameters: readonly SqlValue[]): unknown {
    return this.#prepare(sql).get(...parameters)
  }

  /** Runs a statement that returns no rows. */
  run(sql: string, parameters: readonly SqlValue[]): Written {
    const { changes, lastInsertRowid } = this.#prepare(sql).run(...parameters)
    return { changes, lastId: Number(lastInsertRowid) }
  }

  /** All statements or none: the write lock is taken first, and any error rolls everything back before it is thrown. */
  transaction(statements: readonly Statement[]): Written[] {
    this.#connection.exec('BEGIN IMMEDIATE')
    try {
      const written = statements.map(({ sql, parameters }) => this.run(sql, parameters ?? []))
      this.#connection.exec('COMMIT')
      return written
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK')
      throw error
    }
  }

  /** What `integrity_check` and `foreign_key_check` find; empty when sound. */
  check(): string[] {
    const lines = this.#column('PRAGMA integrity_check').filter((line) => line !== 'ok')
    const orphans = this.#column('PRAGMA foreign_key_check').map((table) => `orphaned row in ${table}`)
    return [...lines, ...orphans]
  }

  #column(sql: string): string[] {
    return this.#connection.prepare(sql).pluck().all().map(String)
  }

  #prepare(sql: string): Prepared {
    if (transactionControl.test(sql)) throw new TypeError('transactions are begun and ended by transaction() alone')
    const known = this.#prepared.get(sql)
    const statement = known ?? this.#connection.prepare(sql)
    this.#prepared.delete(sql)
    this.#prepared.set(sql, statement)
    for (const oldest of this.#prepared.keys()) {
      if (this.#prepared.size <= cacheSize) break
      this.#prepared.delete(oldest)
    }
    return statement
  }
}
