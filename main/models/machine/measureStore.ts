// Measurements in the database: one per model and device, a new one in place of the old.
import { z } from 'zod'
import { measurement } from '#contract/machine.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../../storage/storage.ts'

const storedMeasurement = measurement.omit({ modelId: true, modelName: true, current: true }).extend({
  /** The version of the texts it was measured on. */
  goldenVersion: z.number().int().positive(),
})

/** A measurement as it is kept: by the model's content, whatever it is called. */
export type StoredMeasurement = z.infer<typeof storedMeasurement>

/** The table `measurements`. Failures are the storage's. */
export class MeasureStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** All of them, newest first; rows of a later version of Sotto that this one cannot read are left out. */
  async all(): Promise<Result<readonly StoredMeasurement[]>> {
    const rows = await this.#storage.all<{ readonly content: string }>(
      'SELECT content FROM measurements ORDER BY measured_at DESC, model_sha256',
    )
    if (!rows.ok) return rows
    return ok(
      rows.value.flatMap(({ content }) => {
        const parsed = storedMeasurement.safeParse(JSON.parse(content))
        return parsed.success ? [parsed.data] : []
      }),
    )
  }

  async keep(measured: StoredMeasurement): Promise<Result<void>> {
    const { device, deviceName } = measured.state
    const written = await this.#storage.run(
      `INSERT INTO measurements (model_sha256, device, content, measured_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET content = excluded.content, measured_at = excluded.measured_at`,
      [measured.modelSha256, `${device} ${deviceName ?? ''}`.trim(), JSON.stringify(measured), measured.measuredAt],
    )
    return written.ok ? ok(undefined) : written
  }
}
