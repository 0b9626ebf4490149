// The newest signed pack installed of each signing key, in the database.
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../../storage/storage.ts'
import type { SignedVersion } from '../logic/replay.ts'

/** The table `model_packs`. Failures are the storage's. */
export class PackRows {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** The newest pack of a key, by when it was made (milliseconds since 1970); null where none was installed. */
  async newest(signingKey: string): Promise<Result<SignedVersion | null>> {
    const found = await this.#storage.get<SignedVersion>(
      'SELECT version, sha256 FROM model_packs WHERE signing_key = ?',
      [signingKey],
    )
    return found.ok ? ok(found.value ?? null) : found
  }

  /**
   * Remembers a pack that was installed, unless a newer one was. A date still to come counts as now: one computer whose
   * clock ran ahead would lock out every honest pack after it.
   */
  async put(signingKey: string, { version, sha256 }: SignedVersion, at: Date): Promise<Result<void>> {
    const written = await this.#storage.run(
      `INSERT INTO model_packs (signing_key, version, sha256, installed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (signing_key) DO UPDATE SET version = excluded.version, sha256 = excluded.sha256,
       installed_at = excluded.installed_at WHERE excluded.version > version`,
      [signingKey, Math.min(version, at.getTime()), sha256, at.toISOString()],
    )
    return written.ok ? ok(undefined) : written
  }
}
