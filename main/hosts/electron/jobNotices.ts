// Tells through the system that a job has ended, when no window of ours is in front.
import type { Client } from '#client'
import type { Job } from '#contract/job.ts'
import type { Electron, Notification } from './electronApi.ts'

/** What it is made from; `client` speaks to the app as any window does, `say` knows the person's language. */
export type JobNoticesDeps = {
  readonly electron: Pick<Electron, 'BrowserWindow' | 'Notification'>
  readonly client: Pick<Client, 'on'>
  readonly say: (key: string, values: Readonly<Record<string, unknown>>) => string
  /** Brings the window to the front. */
  readonly show: () => void
}

/** Some systems never tell that a notice is gone; the oldest beyond these are let go. */
const heldNotices = 20

/** Says the name of what ended and nothing of what is in it. `close` ends it. */
export class JobNotices {
  readonly #deps: JobNoticesDeps
  readonly #live = new Set<string>()
  /** Held until they are gone: a notice nobody holds may be collected, and a press on it would do nothing. */
  readonly #shown = new Set<Notification>()
  readonly #unhear: () => void

  constructor(deps: JobNoticesDeps) {
    this.#deps = deps
    this.#unhear = deps.client.on('jobs.changed', (job) => this.#note(job))
  }

  close(): void {
    this.#unhear()
    this.#shown.clear()
  }

  #note({ id, state, title, parentId }: Job): void {
    if (state === 'queued' || state === 'running') {
      this.#live.add(id)
      return
    }
    const wasLive = this.#live.delete(id)
    if (!wasLive || parentId !== null || (state !== 'done' && state !== 'failed')) return
    const { electron, say, show } = this.#deps
    if (electron.BrowserWindow.getFocusedWindow() !== null || !electron.Notification.isSupported()) return
    const notice = new electron.Notification({ title: say(`job.${state}`, { title }) })
    this.#hold(notice)
    notice.on('close', () => this.#shown.delete(notice))
    notice.on('failed', () => this.#shown.delete(notice))
    notice.on('click', () => {
      this.#shown.delete(notice)
      show()
    })
    notice.show()
  }

  #hold(notice: Notification): void {
    this.#shown.add(notice)
    for (const oldest of this.#shown) {
      if (this.#shown.size <= heldNotices) break
      this.#shown.delete(oldest)
    }
  }
}
