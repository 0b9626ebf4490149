// Downloads in the database: what outlives the process of each.
import { z } from 'zod'
import { storedFailure } from '#contract/job.ts'
import type { ModelDownload } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../../storage/storage.ts'

/**
 * A download as it is kept. `keptBytes` are on the disk for sure; `tag` names the state of the file at its server they
 * came from. `exactBytes` and `expectedSha256` are the catalogue's, null where it does not know them.
 */
export type StoredDownload = {
  readonly id: string
  readonly name: string
  readonly repository: string
  readonly file: string
  readonly catalogueId: string | null
  readonly exactBytes: number | null
  readonly expectedSha256: string | null
  /** What came under this name before, where nobody vouches for a hash; null to take what comes. */
  readonly pinnedSha256: string | null
  /** True when the person wants it although it does not fit. */
  readonly anyway: boolean
  readonly state: ModelDownload['state']
  readonly keptBytes: number
  readonly totalBytes: number | null
  readonly tag: string | null
  readonly failure: ModelDownload['failure']
  readonly modelId: string | null
  readonly sha256: string | null
}

const row = z.object({ id: z.string(), content: z.string() })
const content = z.object({
  name: z.string(),
  repository: z.string(),
  file: z.string(),
  catalogueId: z.string().nullable(),
  exactBytes: z.number().nullable(),
  expectedSha256: z.string().nullable(),
  pinnedSha256: z.string().nullable().default(null),
  anyway: z.boolean(),
  state: z.enum(['queued', 'running', 'paused', 'failed', 'complete']),
  keptBytes: z.number(),
  totalBytes: z.number().nullable(),
  tag: z.string().nullable(),
  failure: storedFailure.nullable(),
  modelId: z.string().nullable(),
  sha256: z.string().nullable(),
})

/** The table `downloads`. Failures are the storage's. */
export class DownloadRows {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Oldest first. */
  async all(): Promise<Result<readonly StoredDownload[]>> {
    const rows = await this.#storage.all('SELECT id, content FROM downloads ORDER BY number')
    if (!rows.ok) return rows
    return ok(
      z
        .array(row)
        .parse(rows.value)
        .map((each) => ({ id: each.id, ...content.parse(JSON.parse(each.content)) })),
    )
  }

  /** Adds or replaces. */
  async put({ id, ...kept }: StoredDownload): Promise<Result<void>> {
    const written = await this.#storage.run(
      'INSERT INTO downloads (id, content) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content',
      [id, JSON.stringify(kept)],
    )
    return written.ok ? ok(undefined) : written
  }

  async remove(id: string): Promise<Result<void>> {
    const written = await this.#storage.run('DELETE FROM downloads WHERE id = ?', [id])
    return written.ok ? ok(undefined) : written
  }
}
