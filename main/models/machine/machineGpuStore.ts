// What GPUs could and could not do, in the database. What cannot be read or kept counts as nothing known.
import { z } from 'zod'
import { device } from '#contract/machine.ts'
import type { GpuMemory, GpuNote, GpuRecord } from '../../inference/gpuMemory.ts'
import type { Storage } from '../../storage/storage.ts'

const count = z.number().int().nonnegative()

const attempt = z.object({
  backend: z.enum(['cuda', 'vulkan', 'metal']).nullable(),
  layers: z.union([count, z.literal('auto')]),
  fallback: z
    .enum(['no-gpu', 'self-test-failed', 'out-of-memory', 'crashed', 'lost', 'crash-loop', 'turned-off'])
    .nullable(),
})

const state = z.object({ device, deviceName: z.string().nullable(), gpuLayers: count, totalLayers: count })

const storedRecord = z.object({
  attempt: attempt.nullable(),
  ran: state.nullable(),
  worked: z.object({ attempt, state, at: z.string() }).nullable(),
  crashes: count,
  unfinished: count,
})

/** The table `gpu_records`, as the engine asks for it. */
export class MachineGpuStore implements GpuMemory {
  readonly #storage: Storage
  readonly #now: () => Date

  constructor(dependencies: { readonly storage: Storage; readonly now: () => Date }) {
    this.#storage = dependencies.storage
    this.#now = dependencies.now
  }

  async get(modelSha256: string, deviceKey: string): Promise<GpuRecord | null> {
    const row = await this.#storage.get<{ readonly content: string }>(
      'SELECT content FROM gpu_records WHERE model_sha256 = ? AND device = ?',
      [modelSha256, deviceKey],
    )
    return row.ok && row.value !== undefined ? recordOf(row.value.content) : null
  }

  async all(modelSha256: string): Promise<readonly GpuNote[]> {
    const rows = await this.#storage.all<{ readonly device: string; readonly content: string }>(
      'SELECT device, content FROM gpu_records WHERE model_sha256 = ? ORDER BY changed_at DESC, device',
      [modelSha256],
    )
    if (!rows.ok) return []
    return rows.value.flatMap(({ device: key, content }) => {
      const record = recordOf(content)
      return record === null ? [] : [{ device: key, record }]
    })
  }

  async set(modelSha256: string, deviceKey: string, record: GpuRecord): Promise<void> {
    await this.#storage.run(
      `INSERT INTO gpu_records (model_sha256, device, content, changed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at`,
      [modelSha256, deviceKey, JSON.stringify(record), this.#now().toISOString()],
    )
  }
}

function recordOf(content: string): GpuRecord | null {
  const parsed = storedRecord.safeParse(JSON.parse(content))
  return parsed.success ? parsed.data : null
}
