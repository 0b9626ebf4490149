// Where it is kept what each model's GPU could and could not do, from one start of Sotto to the next.
import { isCrashLoop, type GpuRecord } from './logic/gpuRecord.ts'

export type { GpuRecord } from './logic/gpuRecord.ts'

/** A record with the device it is about: backend, name, memory, driver and build of Sotto in one line. */
export type GpuNote = { readonly device: string; readonly record: GpuRecord }

/** Records by model and device; failures of the store are its own to log, and read as nothing known. */
export type GpuMemory = {
  get(modelSha256: string, device: string): Promise<GpuRecord | null>
  /** Every device a model was tried on, last changed first. */
  all(modelSha256: string): Promise<readonly GpuNote[]>
  set(modelSha256: string, device: string, record: GpuRecord): Promise<void>
}

/** Whether the GPU is left alone until a person says otherwise, because it crashed too often. */
export function isLeftAlone(record: GpuRecord): boolean {
  return isCrashLoop(record)
}
