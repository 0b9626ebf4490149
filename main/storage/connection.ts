// Opens one SQLite file with its cipher and the settings every connection of ours has.
import { Driver, type Connection } from './driver.ts'

const busyTimeoutMs = 5000

/**
 * Connects and reads once, so that a wrong key or a torn header throws here (`SQLITE_NOTADB`, `SQLITE_CORRUPT`).
 * `key` is 32 raw bytes for ChaCha20-Poly1305, used as they are (no derivation from a passphrase), or null for
 * `:memory:`. Temporary tables and sorts stay in memory, because SQLite would write them to disk unencrypted.
 */
export function connect(file: string, key: Uint8Array | null, mode: 'write' | 'read'): Connection {
  const connection = new Driver(file, { readonly: mode === 'read', timeout: busyTimeoutMs })
  try {
    if (key !== null) {
      connection.pragma("cipher = 'chacha20'")
      connection.key(Buffer.concat([Buffer.from('raw:', 'ascii'), key]))
    }
    connection.pragma('temp_store = MEMORY')
    connection.pragma('foreign_keys = ON')
    connection.pragma('synchronous = FULL')
    connection.pragma('secure_delete = ON')
    connection.pragma('schema_version')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}
