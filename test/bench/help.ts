// How long `sotto --help` takes on Node 24 and through the launcher: nothing heavy may be imported before it is needed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const rounds = 9
const root = join(import.meta.dirname, '..', '..')
const ways = {
  direct: [join(root, 'main/hosts/cli/main.ts'), '--help'],
  launcher: [join(root, 'scripts/sotto.mjs'), '--help'],
}

function milliseconds(args: readonly string[]): number {
  const begun = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
  if (status !== 0) throw new Error(`exit ${String(status)}`)
  return performance.now() - begun
}

const times = Array.from({ length: rounds }, () => ({
  direct: milliseconds(ways.direct),
  launcher: milliseconds(ways.launcher),
}))
for (const way of ['direct', 'launcher'] as const) {
  const sorted = times.map((round) => round[way]).toSorted((a, b) => a - b)
  console.log(`sotto --help, ${way}: median ${Math.round(sorted[Math.floor(rounds / 2)] ?? 0)} ms of ${rounds}`)
}
