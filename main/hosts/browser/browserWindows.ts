// Windows in an installed browser: one browser process, one profile, as many windows as are asked for.
import { spawn, type ChildProcess } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { browserFlags } from './browserFlags.ts'
import { leadingPage } from './page.ts'
import { makeProfile, profileParent, sweepProfiles, type Profile } from './profile.ts'

/** What windows are opened with. `program` is absolute; `onExit` hears that the browser has ended by itself. */
export type BrowserWindowsDeps = {
  readonly program: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly root: boolean
  /** The port of our own server. */
  readonly port: number
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

  /** Opens a window at an address that works once. Answers false when the browser cannot be started. */
  async open(address: string): Promise<boolean> {
    const { program, environment, root, port } = this.#deps
    const profile = await this.#ownProfile()
    // Arguments of a process can be read by other accounts, so the address goes through a file that cannot.
    const start = path.join(profile.folder, 'start.html')
    await writeFile(start, leadingPage(address), { mode: 0o600 })
    const flags = browserFlags({ page: pathToFileURL(start).href, profile: profile.folder, port, root })
    const child = spawn(program, flags, { stdio: 'ignore', env: { ...environment, ...ownTemporary(profile.folder) } })
    const started = await new Promise<boolean>((resolve) => {
      child.once('spawn', () => resolve(true))
      child.once('error', () => resolve(false))
    })
    // A second start of the same profile hands its page to the first and ends at once.
    if (started && (this.#browser === undefined || hasEnded(this.#browser))) this.#watch(child)
    return started
  }

  /** Ends the browser and removes the profile: nothing of the window is left. Rejects when that cannot be done. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#browser !== undefined) await end(this.#browser)
    await this.#profile?.remove()
    this.#profile = undefined
  }

  async #ownProfile(): Promise<Profile> {
    if (this.#profile !== undefined) return this.#profile
    const parent = profileParent(this.#deps.program)
    await sweepProfiles(parent)
    this.#profile = await makeProfile(parent)
    return this.#profile
  }

  #watch(child: ChildProcess): void {
    this.#browser = child
    child.once('exit', () => {
      if (!this.#closed) this.#deps.onExit()
    })
  }
}

/** What the browser writes beside its profile goes into it too. Elsewhere the path may be too long for its socket. */
function ownTemporary(folder: string): Readonly<Record<string, string>> {
  return process.platform === 'linux' ? { TMPDIR: folder } : {}
}

async function end(browser: ChildProcess): Promise<void> {
  if (hasEnded(browser)) return
  const gone = new Promise<void>((resolve) => browser.once('exit', () => resolve()))
  browser.kill('SIGTERM')
  const timer = setTimeout(() => browser.kill('SIGKILL'), endMs)
  await gone
  clearTimeout(timer)
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
