// Keeps the machine awake while a job runs, and hears it sleep and wake.
import type { Client } from '#client'
import type { Job } from '#contract/job.ts'
import type { Logger } from '../../host.ts'
import type { Electron } from './electronApi.ts'

/** What it is made from; `client` speaks to the app as any window does. */
export type PowerDeps = {
  readonly electron: Pick<Electron, 'powerMonitor' | 'powerSaveBlocker'>
  readonly client: Pick<Client, 'call' | 'on'>
  readonly logger: Logger
}

/** Holds a blocker from the first running job to the last; the display may sleep. `close` lets go. */
export class PowerKeeper {
  readonly #deps: PowerDeps
  readonly #working = new Set<string>()
  readonly #stop: () => void
  #blocker: number | undefined

  constructor(deps: PowerDeps) {
    this.#deps = deps
    const { powerMonitor } = deps.electron
    const onSuspend = () => deps.logger.info('power.suspend', { jobs: this.#working.size })
    const onResume = () => {
      deps.logger.info('power.resume', { jobs: this.#working.size })
      void this.look()
    }
    powerMonitor.on('suspend', onSuspend)
    powerMonitor.on('resume', onResume)
    const unhear = deps.client.on('jobs.changed', (job) => this.#note(job))
    this.#stop = () => {
      unhear()
      powerMonitor.off('suspend', onSuspend)
      powerMonitor.off('resume', onResume)
    }
  }

  /** Reads the list of jobs: at the start, and after a sleep. */
  async look(): Promise<void> {
    const jobs = await this.#deps.client.call('jobs.list', {})
    if (!jobs.ok) return
    this.#working.clear()
    for (const job of jobs.value) this.#note(job)
    this.#hold()
  }

  close(): void {
    this.#stop()
    this.#working.clear()
    this.#hold()
  }

  /** What waits for a person's answer is no reason to stay awake. */
  #note({ id, state, waitsFor }: Job): void {
    if (state === 'running' || (state === 'queued' && waitsFor !== 'model-choice')) this.#working.add(id)
    else this.#working.delete(id)
    this.#hold()
  }

  #hold(): void {
    const { powerSaveBlocker } = this.#deps.electron
    if (this.#working.size > 0) this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (this.#blocker !== undefined) {
      powerSaveBlocker.stop(this.#blocker)
      this.#blocker = undefined
    }
  }
}
