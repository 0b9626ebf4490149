// The app as a whole: the connection, what runs, and the doctor's report.
import type { Failure } from '#contract/failures.ts'
import type { DoctorCheck, SystemInfo } from '#contract/system.ts'
import type { SliceTools } from './slice.ts'

/** What the doctor found, or that it is still looking. */
export type DoctorReport =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly checks: readonly DoctorCheck[]; readonly stopped: boolean }
  | { readonly state: 'failed'; readonly failure: Failure }

/** What the window knows of the program behind it. */
export type SystemSlice = {
  readonly connection: 'connecting' | 'open' | 'lost'
  readonly info: SystemInfo | null
  readonly doctor: DoctorReport
  refreshSystem(): Promise<void>
  /** Loads the model once and tries the GPU, so it takes seconds; one run at a time. */
  runDoctor(): Promise<void>
  /** Ends the run with what it found so far. */
  stopDoctor(): void
}

/** Loads once the connection stands, then follows it. */
export function createSystemSlice({ set, get, client }: SliceTools): SystemSlice {
  let running: AbortController | null = null
  void client.closed.then(() => set({ connection: 'lost' }))
  return {
    connection: 'connecting',
    info: null,
    doctor: { state: 'none' },
    async refreshSystem() {
      const info = await client.call('system.info', {})
      if (info.ok) set({ info: info.value, connection: 'open' })
    },
    async runDoctor() {
      if (get().doctor.state === 'running') return
      const controller = new AbortController() // gone with this call
      running = controller
      set({ doctor: { state: 'running' } })
      const report = await client.call('system.doctor', {}, { signal: controller.signal })
      set({
        doctor: report.ok
          ? { state: 'done', checks: report.value, stopped: controller.signal.aborted }
          : { state: 'failed', failure: report.failure },
      })
    },
    stopDoctor: () => running?.abort(),
  }
}
