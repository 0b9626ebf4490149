// Whether Sotto can be run in Electron on this machine; looks at the disk and fetches nothing.
import path from 'node:path'
import { electronProgram } from '../../scripts/electronHere.ts'

/** The checkout. */
export const repository = path.resolve(import.meta.dirname, '../..')

/** The program, absolute, or why there is none to run. */
export type ElectronBinary = { readonly program: string } | { readonly missing: string }

/** Looks for the binary the package unpacked, or the one in the folder `ELECTRON_OVERRIDE_DIST_PATH` names. */
export function findElectron(): ElectronBinary {
  const program = electronProgram(repository, process.env)
  if (program === null) {
    return { missing: 'no Electron binary is on this disk (npm start fetches it where its source can be reached)' }
  }
  if (process.platform === 'linux') {
    const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? ''
    if (display === '') return { missing: 'Electron needs a display (xvfb-run gives one)' }
    if (process.getuid?.() === 0) return { missing: 'Electron does not run its sandbox as root' }
  }
  return { program }
}
