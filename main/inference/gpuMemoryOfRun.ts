// What GPUs could and could not do, kept no longer than this run: for tests, and where nothing is kept.
import type { GpuMemory, GpuNote, GpuRecord } from './gpuMemory.ts'

/** Keeps records for this run only. */
export class GpuMemoryOfRun implements GpuMemory {
  readonly #records = new Map<string, { readonly modelSha256: string } & GpuNote>()

  async get(modelSha256: string, device: string): Promise<GpuRecord | null> {
    return this.#records.get(`${modelSha256} ${device}`)?.record ?? null
  }

  async all(modelSha256: string): Promise<readonly GpuNote[]> {
    const notes = [...this.#records.values()].filter((note) => note.modelSha256 === modelSha256)
    return notes.map(({ device, record }) => ({ device, record })).toReversed()
  }

  async set(modelSha256: string, device: string, record: GpuRecord): Promise<void> {
    const key = `${modelSha256} ${device}`
    this.#records.delete(key)
    this.#records.set(key, { modelSha256, device, record })
  }
}
