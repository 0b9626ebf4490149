// What answers the part of the contract about this computer: its GPU, its measurements, the report for support.
import type { Item } from '#contract/index.ts'
import type { DeviceWish, GpuPanel, machineContract, Measurement, SupportBundle } from '#contract/machine.ts'
import type { Answer, Handlers, Items } from './handler.ts'

/** The services as this part of the contract uses them. */
export type MachineServices = {
  readonly machine: {
    gpu(): Answer<GpuPanel>
    testGpu(signal: AbortSignal): Items<Item<'machine.test-gpu'>>
    use(wish: DeviceWish): Answer<GpuPanel>
    restoreLastWorking(): Answer<GpuPanel>
  }
  readonly measures: {
    measurements(): Answer<Measurement[]>
    measure(modelId: string, signal: AbortSignal): Items<Item<'machine.measure'>>
  }
  readonly bundles: {
    make(signal: AbortSignal): Answer<SupportBundle>
    write(sha256: string, path: string): Answer<{ bytes: number }>
  }
}

/** Joins the methods of `preload/contract/machine.ts` to their services. */
export function machineHandlers({
  machine,
  measures,
  bundles,
}: MachineServices): Pick<Handlers, keyof typeof machineContract> {
  return {
    'machine.gpu': () => machine.gpu(),
    'machine.test-gpu': (_, { signal }) => machine.testGpu(signal),
    'machine.use': ({ device }) => machine.use(device),
    'machine.restore-last-working': () => machine.restoreLastWorking(),
    'machine.measurements': () => measures.measurements(),
    'machine.measure': ({ modelId }, { signal }) => measures.measure(modelId, signal),
    'diagnostics.bundle': (_, { signal }) => bundles.make(signal),
    'diagnostics.write-bundle': ({ sha256, path }) => bundles.write(sha256, path),
  }
}
