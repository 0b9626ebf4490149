// Packages made with a stand-in for Electron, by the very command people use, and the CLI run from the packed files.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { extractAll } from '@electron/asar'
import { layoutOf, packedFolder, type Target } from '../../scripts/packaging/target.ts'

/** The checkout. */
export const checkout = join(import.meta.dirname, '..', '..')

/** How a program ended. */
export type Ended = { readonly code: number | null; readonly output: string; readonly errors: string }

/** Runs `npm run package` for a target with the stand-in; answers how it ended and where the packed folder is. */
export async function packStandIn(
  target: Target,
  output: string,
  more: readonly string[] = [],
): Promise<Ended & { readonly folder: string }> {
  const what = ['--dir', '--stand-in', '--system', target.system, '--arch', target.arch, '--output', output]
  const ended = await runNode([join(checkout, 'scripts', 'package.ts'), ...what, ...more], checkout)
  return { ...ended, folder: join(output, packedFolder(target)) }
}

/**
 * Lays the packed files out as plain Node can read them (`to` must not exist) and runs the CLI that is among them.
 * Nothing of the checkout is in reach: not its sources, not its packages.
 */
export async function runPackedCli(
  packed: { readonly folder: string; readonly target: Target },
  to: string,
  args: readonly string[],
): Promise<Ended> {
  extractAll(join(packed.folder, layoutOf(packed.target).resources, 'app.asar'), to)
  return runNode([join(to, 'main', 'hosts', 'cli', 'main.js'), ...args], to)
}

function runNode(args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const output: { out: string; err: string } = { out: '', err: '' }
    child.stdout.on('data', (data: Buffer) => (output.out += data.toString()))
    child.stderr.on('data', (data: Buffer) => (output.err += data.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output: output.out, errors: output.err }))
  })
}
