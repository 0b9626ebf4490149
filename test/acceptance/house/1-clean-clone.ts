// Row: the two commands on a fresh machine: a clean clone, an empty npm cache, no node_modules, nothing else done.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Evidence, Row } from '../row.ts'
import { checkout, type Finished, startProgram } from '../runSotto.ts'

export const row: Row = {
  name: 'clean-clone',
  doneWhen:
    'Clean clone, empty npm cache, no node_modules: npm start and npm test succeed with no other step, times shown. ' +
    '.ci/run green.',
  limitMinutes: 80,
  async run(evidence) {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-clone-'))
    try {
      const clone = join(folder, 'sotto')
      execFileSync('git', ['clone', '--quiet', checkout, clone])
      const head = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: clone, encoding: 'utf8' }).trim()
      const changed = execFileSync('git', ['status', '--porcelain'], { cwd: checkout, encoding: 'utf8' }).trim()
      evidence(`commit ${head}${changed === '' ? '' : ' (this checkout has uncommitted changes; the clone has not)'}`)
      const run = runner(clone, folder)
      const started = report('npm start (installs, builds, opens)', await run(['npm', 'start']), evidence)
      const again = report('npm start, second time', await run(['npm', 'start']), evidence)
      // `.ci/run` is `npm test` and nothing else, so one run shows both.
      const script = readFileSync(join(clone, '.ci', 'run'), 'utf8')
      const commands = script.split('\n').filter((line) => line.trim() !== '' && !/^(#|set |cd )/.test(line))
      evidence(`.ci/run runs: ${commands.join('; ')}`)
      const tested = report('.ci/run', await run(['bash', '.ci/run']), evidence)
      return started && again && tested && commands.join() === 'npm test' ? 'green' : 'red'
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Programs in the clone, as a machine without our node on its PATH and without a terminal would run them. */
function runner(clone: string, folder: string): (words: readonly string[]) => Promise<Finished> {
  const path = (process.env['PATH'] ?? '')
    .split(':')
    .filter((part) => !part.includes('node_modules'))
    .join(':')
  const env = { PATH: path, CI: 'true', npm_config_cache: join(folder, 'npm-cache'), HOME: join(folder, 'home') }
  return (words) => startProgram(words, env, clone).done
}

function report(what: string, run: Finished, evidence: Evidence): boolean {
  const lines = run.stdout.trimEnd().split('\n')
  evidence(`${what}: exit ${run.code}, ${run.seconds.toFixed(0)} s; last line: ${lines.at(-1) ?? ''}`)
  if (run.code !== 0) for (const line of [...lines, ...run.stderr.split('\n')].slice(-25)) evidence(`  ${line}`)
  return run.code === 0
}
