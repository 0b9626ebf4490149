// What is remembered of a model on one device and driver, and how each event changes it.
import type { GpuAttempt } from './gpuPlan.ts'

/** How a model ran: so many layers of so many on a named device; `cpu` has no name and no layers. */
export type DeviceState = {
  readonly device: 'cpu' | 'cuda' | 'vulkan' | 'metal'
  readonly deviceName: string | null
  readonly gpuLayers: number
  readonly totalLayers: number
}

/** A way that finished work on a GPU, and when (ISO 8601). */
export type WorkingState = { readonly attempt: GpuAttempt; readonly state: DeviceState; readonly at: string }

/** What is remembered. `attempt` comes first next time; null: as if nothing had been tried. */
export type GpuRecord = {
  readonly attempt: GpuAttempt | null
  /** How it was loaded last. */
  readonly ran: DeviceState | null
  readonly worked: WorkingState | null
  /** Times the engine died at work on the GPU since a person last had it tested. */
  readonly crashes: number
  /** Loads onto the GPU that were begun and that Sotto itself did not survive, one after the other. */
  readonly unfinished: number
}

/** Nothing known. */
export const noRecord: GpuRecord = { attempt: null, ran: null, worked: null, crashes: 0, unfinished: 0 }

/** So many crashes, and the GPU is left alone until a person says otherwise. */
export const mostCrashes = 3

/** One load cut short may be somebody who pulled the plug; two are the driver. */
export const mostUnfinished = 2

/** Whether the GPU is left alone. */
export function isCrashLoop({ crashes, unfinished }: GpuRecord): boolean {
  return crashes >= mostCrashes || unfinished >= mostUnfinished
}

/** A load onto the GPU begins: kept before it, in case nothing comes after. */
export function begun(record: GpuRecord): GpuRecord {
  return { ...record, unfinished: record.unfinished + 1 }
}

/** A load came to an end, well or not. `next` is what to begin with the next time. */
export function ended(record: GpuRecord, next: GpuAttempt, ran: DeviceState | null): GpuRecord {
  return { ...record, attempt: next, ran: ran ?? record.ran, unfinished: 0 }
}

/** Work was finished on the GPU. */
export function worked(record: GpuRecord, state: WorkingState): GpuRecord {
  return { ...record, worked: state }
}

/** The engine died at work on the GPU. */
export function crashed(record: GpuRecord): GpuRecord {
  return { ...record, crashes: record.crashes + 1 }
}

/** A person wants it tried anew; what worked once is still known. */
export function triedAnew(record: GpuRecord): GpuRecord {
  return { ...noRecord, worked: record.worked }
}

/** Back to what worked; unchanged when nothing did. */
export function restored(record: GpuRecord): GpuRecord {
  return record.worked === null
    ? record
    : { ...triedAnew(record), attempt: record.worked.attempt, ran: record.worked.state }
}

/** Whether two ways of running are the same. */
export function sameDeviceState(a: DeviceState, b: DeviceState): boolean {
  return (
    a.device === b.device &&
    a.deviceName === b.deviceName &&
    a.gpuLayers === b.gpuLayers &&
    a.totalLayers === b.totalLayers
  )
}
