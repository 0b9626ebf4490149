// Windows in an installed browser: one browser process, one profile, as many windows as are asked for.
import { spawn, type ChildProcess } from 'node:child_process'
import { browserFlags } from './browserFlags.ts'
import { makeProfile, profileParent, sweepProfiles, type Profile } from './profile.ts'

/** What windows are opened with. `program` is absolute; `onExit` hears that the browser has ended by itself. */
export type BrowserWindowsDeps = {
  readonly program: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly root: boolean
  readonly onExit: () => void
}

/** How long a browser may take to end when it is told to, in milliseconds. */
const endMs = 3_000

/** Opens windows; `close` ends the browser and removes its profile. */
export class BrowserWindows {
  readonly #deps: BrowserWindowsDeps
  #profile: Profile | undefined
  #browser: ChildProcess | undefined
  #closed = false

  constructor(deps: BrowserWindowsDeps) {
    this.#deps = deps
  }

  /** Opens a window at an address. Answers false when the browser cannot be started. */
  async open(address: string): Promise<boolean> {
    const parent = profileParent(this.#deps.program)
    if (this.#profile === undefined) {
      await sweepProfiles(parent)
      this.#profile = await makeProfile(parent)
    }
    const flags = browserFlags({ address, profile: this.#profile.folder, root: this.#deps.root })
    const child = spawn(this.#deps.program, flags, { stdio: 'ignore', env: { ...this.#deps.environment } })
    const started = await new Promise<boolean>((resolve) => {
      child.once('spawn', () => resolve(true))
      child.once('error', () => resolve(false))
    })
    // A second start of the same profile hands its address to the first and ends at once.
    if (started && (this.#browser === undefined || ended(this.#browser))) this.#watch(child)
    return started
  }

  /** Ends the browser and removes the profile; nothing of the window is left. Safe to repeat. */
  async close(): Promise<void> {
    this.#closed = true
    const browser = this.#browser
    if (browser !== undefined && !ended(browser)) {
      const gone = new Promise<void>((resolve) => browser.once('exit', () => resolve()))
      browser.kill('SIGTERM')
      const timer = setTimeout(() => browser.kill('SIGKILL'), endMs)
      await gone
      clearTimeout(timer)
    }
    await this.#profile?.remove()
    this.#profile = undefined
  }

  #watch(child: ChildProcess): void {
    this.#browser = child
    child.once('exit', () => {
      if (!this.#closed) this.#deps.onExit()
    })
  }
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
