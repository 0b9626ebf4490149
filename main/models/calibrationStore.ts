// Measured thread counts in the database. A measurement that cannot be kept is simply made again.
import type { Calibrations } from '../inference/localGenerator.ts'
import type { Storage } from '../storage/storage.ts'

/** The table `calibrations`, as the engine asks for it. */
export class CalibrationStore implements Calibrations {
  readonly #storage: Storage
  readonly #now: () => Date

  constructor(dependencies: { readonly storage: Storage; readonly now: () => Date }) {
    this.#storage = dependencies.storage
    this.#now = dependencies.now
  }

  async get(modelSha256: string, machine: string): Promise<number | null> {
    const row = await this.#storage.get<{ threads: number }>(
      'SELECT threads FROM calibrations WHERE model_sha256 = ? AND machine = ?',
      [modelSha256, machine],
    )
    return row.ok ? (row.value?.threads ?? null) : null
  }

  async set(modelSha256: string, machine: string, threads: number, tokensPerSecond: number): Promise<void> {
    await this.#storage.run(
      `INSERT INTO calibrations (model_sha256, machine, threads, tokens_per_second, measured_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET threads = excluded.threads, tokens_per_second = excluded.tokens_per_second,
       measured_at = excluded.measured_at`,
      [modelSha256, machine, threads, tokensPerSecond, this.#now().toISOString()],
    )
  }
}
