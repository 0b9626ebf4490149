// What the Electron host takes from its process; filled in main.ts, given by tests.
import type { OpenSettings } from '../node/settingsStore.ts'
import type { Electron } from './electronApi.ts'

/** The world around the host. */
export type ElectronWorld = {
  readonly electron: Electron
  readonly platform: string
  /** The command line without the program, and the folder it was given in. */
  readonly words: readonly string[]
  readonly cwd: string
  readonly home: string
  /** Changed in place: what may steer us from outside is removed. */
  readonly environment: Record<string, string | undefined>
  /** Electron's own resources folder, absolute. */
  readonly resourcesPath: string
  readonly isFile: (file: string) => boolean
  /** Makes a folder for its owner alone, and those above it; false where that is refused. */
  readonly makeFolder: (folder: string) => boolean
  readonly now: () => number
  readonly forceEnd: (pid: number) => void
  readonly openSettings?: () => Promise<OpenSettings>
}
