// This computer: what its GPU does, the test of it, how fast each model is here, and a report for support.
import type { Failure } from '#contract/failures.ts'
import type { DeviceWish, GpuPanel, MeasureItem, Measurement, SupportBundle } from '#contract/machine.ts'
import type { GpuTest } from '#contract/model.ts'
import type { Result } from '#contract/result.ts'
import type { SliceTools } from './slice.ts'

/** How trying the GPU goes; while it runs, what was tried so far. */
export type GpuTesting =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly tests: readonly GpuTest[]; readonly total: number }
  | { readonly state: 'ended'; readonly reason: 'complete' | 'stopped' }
  | { readonly state: 'failed'; readonly failure: Failure }

/** How measuring a model goes; null fields until the first progress. */
export type Measuring =
  | { readonly state: 'none' }
  | {
      readonly state: 'running'
      readonly modelId: string
      readonly progress: Extract<MeasureItem, { type: 'progress' }> | null
    }
  | { readonly state: 'stopped'; readonly modelId: string }
  | { readonly state: 'failed'; readonly modelId: string; readonly failure: Failure }

/** How making a report for support goes. */
export type SupportReport =
  | { readonly state: 'none' }
  | { readonly state: 'making' }
  | { readonly state: 'made'; readonly bundle: SupportBundle }
  | { readonly state: 'failed'; readonly failure: Failure }

/** What the window knows of this computer. */
export type MachineSlice = {
  readonly gpu: GpuPanel | null
  /** Why the last wish about the GPU was refused. */
  readonly gpuFailure: Failure | null
  readonly gpuTesting: GpuTesting
  readonly measurements: readonly Measurement[]
  readonly measuring: Measuring
  refreshMachine(): Promise<void>
  testGpu(): Promise<void>
  stopGpuTest(): void
  chooseDevice(wish: DeviceWish): Promise<void>
  /** Back to the last way in which the GPU worked. */
  restoreWorking(): Promise<void>
  readonly supportReport: SupportReport
  /** Makes a report for support and shows it; writes nothing. */
  makeSupportReport(): Promise<void>
  /** Measures one model, about a minute; one at a time. */
  measureModel(modelId: string): Promise<void>
  stopMeasuring(): void
}

/** Asks once the room is opened, then follows the GPU. */
export function createMachineSlice(tools: SliceTools): MachineSlice {
  const { set, client } = tools
  client.on('machine.gpu-changed', (gpu) => set({ gpu }))
  async function refreshMachine(): Promise<void> {
    await Promise.all([
      client.call('machine.gpu', {}).then((known) => known.ok && set({ gpu: known.value })),
      client.call('machine.measurements', {}).then((known) => known.ok && set({ measurements: known.value })),
    ])
  }
  return {
    gpu: null,
    gpuFailure: null,
    measurements: [],
    refreshMachine,
    supportReport: { state: 'none' },
    async makeSupportReport() {
      set({ supportReport: { state: 'making' } })
      const made = await client.call('diagnostics.bundle', {})
      set({
        supportReport: made.ok ? { state: 'made', bundle: made.value } : { state: 'failed', failure: made.failure },
      })
    },
    ...gpuActions(tools),
    ...measureActions(tools, refreshMachine),
  }
}

type GpuActions = Pick<MachineSlice, 'gpuTesting' | 'testGpu' | 'stopGpuTest' | 'chooseDevice' | 'restoreWorking'>

function gpuActions({ set, get, client }: SliceTools): GpuActions {
  let running: AbortController | null = null
  async function wish(asked: Promise<Result<GpuPanel>>): Promise<void> {
    set({ gpuFailure: null })
    const gpu = await asked
    if (gpu.ok) set({ gpu: gpu.value })
    else set({ gpuFailure: gpu.failure })
  }
  async function follow(signal: AbortSignal): Promise<GpuTesting> {
    const items = client.stream('machine.test-gpu', {}, { signal })
    let ended: GpuTesting = { state: 'ended', reason: 'stopped' }
    let tests: readonly GpuTest[] = []
    for (;;) {
      const step = await items.next()
      if (step.done === true) return step.value.ok ? ended : { state: 'failed', failure: step.value.failure }
      if (step.value.type === 'tested') {
        tests = [...tests, step.value.test]
        set({ gpuTesting: { state: 'running', tests, total: step.value.total } })
      } else {
        set({ gpu: step.value.gpu })
        ended = { state: 'ended', reason: step.value.reason }
      }
    }
  }
  return {
    gpuTesting: { state: 'none' },
    async testGpu() {
      if (get().gpuTesting.state === 'running') return
      const controller = new AbortController() // gone with this call
      running = controller
      set({ gpuTesting: { state: 'running', tests: [], total: 0 } })
      set({ gpuTesting: await follow(controller.signal) })
    },
    stopGpuTest: () => running?.abort(),
    chooseDevice: (device) => wish(client.call('machine.use', { device })),
    restoreWorking: () => wish(client.call('machine.restore-last-working', {})),
  }
}

type MeasureActions = Pick<MachineSlice, 'measuring' | 'measureModel' | 'stopMeasuring'>

function measureActions({ set, get, client }: SliceTools, refresh: () => Promise<void>): MeasureActions {
  let running: AbortController | null = null
  async function follow(modelId: string, signal: AbortSignal): Promise<Measuring> {
    const items = client.stream('machine.measure', { modelId }, { signal })
    let ended: Measuring = { state: 'stopped', modelId }
    for (;;) {
      const step = await items.next()
      if (step.done === true) return step.value.ok ? ended : { state: 'failed', modelId, failure: step.value.failure }
      if (step.value.type === 'progress') set({ measuring: { state: 'running', modelId, progress: step.value } })
      else if (step.value.reason === 'complete') ended = { state: 'none' }
    }
  }
  return {
    measuring: { state: 'none' },
    async measureModel(modelId) {
      if (get().measuring.state === 'running') return
      const controller = new AbortController() // gone with this call
      running = controller
      set({ measuring: { state: 'running', modelId, progress: null } })
      set({ measuring: await follow(modelId, controller.signal) })
      await refresh()
    },
    stopMeasuring: () => running?.abort(),
  }
}
