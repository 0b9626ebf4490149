// How long `sotto --help` takes on Node 24 and through the launcher: nothing heavy may be imported before it is needed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Bar } from '../bar.ts'
import { figure } from '../logic/statistics.ts'
import { interleaved } from '../rig/interleaved.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** `sotto --help` by Node itself and by the launcher; no mark. */
export const bar: Bar = {
  title: 'sotto --help',
  how: 'The program to its end, started by Node itself and by the launcher that any Node can run.',
  async run({ rounds }) {
    const seen = await interleaved(rounds, {
      direct: async () => milliseconds([join(root, 'main/hosts/cli/main.ts'), '--help']),
      launcher: async () => milliseconds([join(root, 'scripts/sotto.mjs'), '--help']),
    })
    const all = (name: 'direct' | 'launcher') => seen.map((round) => round[name])
    return {
      figures: [
        figure('sotto --help', 'ms', all('direct')),
        figure('sotto --help, through the launcher', 'ms', all('launcher')),
      ],
    }
  },
}

function milliseconds(args: readonly string[]): number {
  const begun = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
  if (status !== 0) throw new Error(`exit ${String(status)}`)
  return performance.now() - begun
}
