// Runs every suite in order and ends with a table of time per suite and one line of counts. Started by scripts/test.mjs.
import { randomInt } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { parseArgs } from 'node:util'
import { readCounts, runProgram, type Outcome } from './runProgram.ts'

type Suite = { readonly name: string; run(): Promise<Outcome> }

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    deep: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
})
const quick = 'format,lint,rules,types,unit'
const wanted = options.only ?? (options.quick ? quick : undefined)
const seed = process.env['SOTTO_SEED'] ?? String(randomInt(1, 1_000_000))
process.env['SOTTO_SEED'] = seed
if (options.deep) process.env['SOTTO_DEEP'] = '1'
mkdirSync('.sotto/test', { recursive: true })

const suites: readonly Suite[] = [
  check('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  check('lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']),
  check('imports', '../scripts/importRules.ts', []),
  vitest('rules'),
  check('types', 'typescript/bin/tsc', ['-b', '--pretty', 'false']),
  vitest('unit'),
  vitest('contract'),
  vitest('hosts'),
  vitest('browser'),
  vitest('faults'),
  vitest('packaging'),
  vitest('electron'),
  acceptance(),
]

process.exitCode = await runAll()

async function runAll(): Promise<number> {
  const names = wanted?.replace('rules', 'imports,rules').split(',')
  console.log(`seed: ${seed} (repeat with SOTTO_SEED=${seed})`)
  const outcomes: (Outcome & { readonly name: string; readonly seconds: number })[] = []
  for (const suite of suites.filter(({ name }) => names?.includes(name) ?? true)) {
    console.log(`\n── ${suite.name}`)
    const started = performance.now()
    const outcome = await suite.run()
    outcomes.push({ ...outcome, name: suite.name, seconds: (performance.now() - started) / 1000 })
  }
  const table = tableOf(outcomes)
  console.log(`\n${table}`)
  for (const { name, skipped } of outcomes) {
    for (const { test, reason } of skipped) console.log(`skipped: ${name}: ${test}: ${reason ?? 'no reason given'}`)
  }
  const last = lastLine(outcomes)
  writeFileSync('.sotto/test/report.json', JSON.stringify({ seed, last, outcomes }, null, 2))
  if (options.deep) writeReport(table, last)
  console.log(last)
  return outcomes.length > 0 && outcomes.every(({ failed }) => failed === 0) ? 0 : 1
}

/** One program whose exit code is one check. Its output shows only when it fails. */
function check(name: string, script: string, args: readonly string[]): Suite {
  return {
    name,
    run: async () => {
      const { code, output } = await runProgram([`node_modules/${script}`, ...args], { quiet: true, minutes: 10 })
      console.log(code === 0 ? `ok ${output.trim().split('\n').at(-1) ?? ''}`.trim() : output.trimEnd())
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] }
    },
  }
}

/** One folder of tests as a vitest project. No tests at all, or a skip without a reason, counts as a failure. */
function vitest(name: string): Suite {
  return {
    name,
    run: async () => {
      const path = `.sotto/test/${name}.json`
      const args = ['run', '--project', name, '--sequence.seed', seed]
      const reporters = ['--reporter', 'dot', '--reporter', './scripts/countingReporter.ts']
      const counts = await readCounts(path, ['node_modules/vitest/vitest.mjs', ...args, ...reporters])
      if (counts === undefined) return broken('the suite did not come to its end')
      if (counts.files === 0) return broken(`there are no tests in test/${name}`)
      const silent = counts.skipped.filter(({ reason }) => reason === null)
      for (const { test } of silent) console.log(`skipped without a reason, so it counts as failed: ${test}`)
      const told = counts.skipped.filter(({ reason }) => reason !== null)
      return { passed: counts.passed, failed: counts.failed + silent.length, skipped: told }
    },
  }
}

/** The acceptance rows: in the daily run those that say they are fast, in the deep run all of them. */
function acceptance(): Suite {
  return {
    name: 'acceptance',
    run: async () => {
      const path = '.sotto/test/acceptance.json'
      const args = options.deep ? ['--all'] : ['--all', '--fast']
      const counts = await readCounts(path, ['scripts/prove.ts', ...args])
      return counts ?? broken('the rows did not come to their end')
    },
  }
}

function broken(why: string): Outcome {
  console.log(`failed: ${why}`)
  return { passed: 0, failed: 1, skipped: [] }
}

function tableOf(outcomes: readonly (Outcome & { readonly name: string; readonly seconds: number })[]): string {
  const rows = outcomes.map(({ name, seconds, passed, failed, skipped }) =>
    row(name, seconds.toFixed(1), String(passed), String(failed), String(skipped.length)),
  )
  const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0)
  return [row('suite', 'seconds', 'passed', 'failed', 'skipped'), ...rows, row('all', total.toFixed(1))].join('\n')
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(12) + cells.map((cell) => cell.padStart(9)).join('')
}

function lastLine(outcomes: readonly Outcome[]): string {
  const sum = (part: (outcome: Outcome) => number): number => outcomes.reduce((total, each) => total + part(each), 0)
  const skipped = sum((each) => each.skipped.length)
  const line = `${sum((each) => each.passed)} passed, ${sum((each) => each.failed)} failed`
  return skipped === 0 ? line : `${line}, ${skipped} skipped`
}

function writeReport(table: string, last: string): void {
  const machine = `${process.platform} ${release()}, ${cpus().length} cores, Node ${process.versions.node}`
  mkdirSync('docs/reports', { recursive: true })
  const text = `# Deep test run\n\n${new Date().toISOString()} · ${machine} · seed ${seed}\n\n\`\`\`\n${table}\n${last}\n\`\`\`\n`
  writeFileSync('docs/reports/test-deep.md', text)
}
