// Where Sotto keeps its data on this machine: the same folder Electron would choose.
import path from 'node:path'

/** What the rule reads: the platform's name, its variables, and the home folder. */
export type FolderQuestion = {
  readonly platform: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** Electron's `userData` for an app called Sotto, absolute. */
export function defaultDataFolder({ platform, environment, home }: FolderQuestion): string {
  switch (platform) {
    case 'win32':
      return path.win32.join(environment['APPDATA'] || path.win32.join(home, 'AppData', 'Roaming'), 'Sotto')
    case 'darwin':
      return path.posix.join(home, 'Library', 'Application Support', 'Sotto')
    default:
      return path.posix.join(environment['XDG_CONFIG_HOME'] || path.posix.join(home, '.config'), 'Sotto')
  }
}
