// Measured speeds of sequences side by side in the database. A measurement that cannot be kept is simply made again.
import { z } from 'zod'
import type { SequenceSpeed, SequenceSpeeds } from '../inference/localGenerator.ts'
import type { Storage } from '../storage/storage.ts'

const kept = z.array(
  z.strictObject({ sequences: z.number().int().min(1).max(16), tokensPerSecond: z.number().positive() }),
)

/** The table `sequence_speeds`, as the engine asks for it. */
export class SequenceSpeedStore implements SequenceSpeeds {
  readonly #storage: Storage
  readonly #now: () => Date

  constructor(dependencies: { readonly storage: Storage; readonly now: () => Date }) {
    this.#storage = dependencies.storage
    this.#now = dependencies.now
  }

  async get(modelSha256: string, conditions: string): Promise<readonly SequenceSpeed[] | null> {
    const row = await this.#storage.get<{ content: string }>(
      'SELECT content FROM sequence_speeds WHERE model_sha256 = ? AND conditions = ?',
      [modelSha256, conditions],
    )
    if (!row.ok || row.value === undefined) return null
    const parsed = kept.safeParse(JSON.parse(row.value.content))
    return parsed.success ? parsed.data : null
  }

  async set(modelSha256: string, conditions: string, speeds: readonly SequenceSpeed[]): Promise<void> {
    await this.#storage.run(
      `INSERT INTO sequence_speeds (model_sha256, conditions, content, measured_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET content = excluded.content, measured_at = excluded.measured_at`,
      [modelSha256, conditions, JSON.stringify(speeds), this.#now().toISOString()],
    )
  }
}
