// Pinned hashes in the database.
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../../storage/storage.ts'
import type { RepositoryFile } from '../logic/modelSource.ts'

/** The table `model_pins`. Failures are the storage's. */
export class PinRows {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** The hash this file had when it came first; null when it never came. */
  async get({ repository, file }: RepositoryFile): Promise<Result<string | null>> {
    const found = await this.#storage.get<{ readonly sha256: string }>(
      'SELECT sha256 FROM model_pins WHERE repository = ? AND file = ?',
      [repository, file],
    )
    return found.ok ? ok(found.value?.sha256 ?? null) : found
  }

  /** Pins a hash in place of the one before. */
  async put({ repository, file }: RepositoryFile, sha256: string, at: Date): Promise<Result<void>> {
    const written = await this.#storage.run(
      `INSERT INTO model_pins (repository, file, sha256, pinned_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (repository, file) DO UPDATE SET sha256 = excluded.sha256, pinned_at = excluded.pinned_at`,
      [repository, file, sha256, at.toISOString()],
    )
    return written.ok ? ok(undefined) : written
  }
}
