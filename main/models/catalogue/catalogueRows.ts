// Replacements of the catalogue in the database: the newest of each source, and a mirror's bytes.
import { z } from 'zod'
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../../storage/storage.ts'

/** Where a replacement may come from. */
export type ReplacementSource = 'policy' | 'mirror'

/** The newest accepted replacement of a source. `address`, `content` and `signature` are a mirror's, else null. */
export type StoredReplacement = {
  readonly source: ReplacementSource
  readonly version: number
  readonly sha256: string
  readonly address: string | null
  readonly content: Uint8Array | null
  readonly signature: Uint8Array | null
}

const row = z.object({
  source: z.enum(['policy', 'mirror']),
  version: z.number(),
  sha256: z.string(),
  address: z.string().nullable(),
  content: z.instanceof(Uint8Array).nullable(),
  signature: z.instanceof(Uint8Array).nullable(),
})

/** The table `catalogue_replacements`. Failures are the storage's. */
export class CatalogueRows {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  async all(): Promise<Result<readonly StoredReplacement[]>> {
    const rows = await this.#storage.all(
      'SELECT source, version, sha256, address, content, signature FROM catalogue_replacements',
    )
    return rows.ok ? ok(z.array(row).parse(rows.value)) : rows
  }

  async put(replacement: StoredReplacement, acceptedAt: Date): Promise<Result<void>> {
    const { source, version, sha256, address, content, signature } = replacement
    const written = await this.#storage.run(
      `INSERT INTO catalogue_replacements (source, version, sha256, address, content, signature, accepted_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET version = excluded.version,
       sha256 = excluded.sha256, address = excluded.address, content = excluded.content,
       signature = excluded.signature, accepted_at = excluded.accepted_at`,
      [source, version, sha256, address, content, signature, acceptedAt.toISOString()],
    )
    return written.ok ? ok(undefined) : written
  }
}
