// `npm run bench [-- NAME… | --only A,B --rounds N --write]`: measures one bar after another; `--write` renews docs/performance.*.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BarResult, BenchReport } from '../test/bench/bar.ts'
import { drawChart } from '../test/bench/logic/chart.ts'
import { marksChart, waitChart } from '../test/bench/logic/charts.ts'
import { figureLine, methodOf, replaceBetween, tableOf } from '../test/bench/logic/report.ts'
import { passes } from '../test/bench/logic/statistics.ts'
import { describeMachine } from '../test/bench/machine.ts'
import { buildWindow } from './buildWindow.ts'
import { runProgram } from './runProgram.ts'

/** The order of the table: what a person feels first. */
const order = [
  'received',
  'turn2',
  'preload',
  'overflow',
  'map',
  'stop',
  'slices',
  'threads',
  'start',
  'window',
  'streaming',
  'pdf',
  'memory',
  'help',
]
const root = join(import.meta.dirname, '..')
const docs = join(root, 'docs')
const kept = join(root, '.sotto', 'bench', 'figures.json')
const minutes = 30

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
})
const wanted = [...positionals, ...options.only.split(',').filter((name) => name !== '')]
process.exitCode = await main()

async function main(): Promise<number> {
  const names = readdirSync(join(root, 'test', 'bench', 'bars'))
    .map((file) => basename(file, '.ts'))
    .toSorted((a, b) => place(a) - place(b))
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0 || !/^[1-9]\d*$/.test(options.rounds)) {
    console.log(
      `There is: ${names.join(', ')}. --rounds N takes another number of rounds than 5, --write renews the docs.`,
    )
    return 2
  }
  // The host that is measured serves the built window, and in a clean clone nobody has built it.
  if (!buildWindow(root, console.log)) return 1
  mkdirSync(join(root, '.sotto', 'bench'), { recursive: true })
  const results: (BarResult | null)[] = []
  for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    const result = await measure(name)
    results.push(result)
    if (result !== null) keep(result)
  }
  if (options.write) writeDocs()
  return results.every((result) => result !== null && good(result)) ? 0 : 1
}

function place(name: string): number {
  const index = order.indexOf(name)
  return index < 0 ? order.length : index
}

/** Each bar has a process of its own, so that none disturbs the next. */
async function measure(name: string): Promise<BarResult | null> {
  console.log(`\n── ${name}`)
  const file = join(root, '.sotto', 'bench', `${name}.json`)
  rmSync(file, { force: true })
  const script = join(import.meta.dirname, 'benchBar.ts')
  const { code } = await runProgram([script, name, options.rounds, file], { quiet: false, minutes })
  if (code !== 0) {
    console.log(`${name}: no result, exit ${code}`)
    return null
  }
  const result = JSON.parse(readFileSync(file, 'utf8')) as BarResult // as: written by our own child a moment ago
  rmSync(file)
  if ('skipped' in result.outcome) console.log(`skipped: ${result.outcome.skipped}`)
  else for (const figure of result.outcome.figures) console.log(figureLine(figure))
  console.log(`${result.seconds} s, load before ${result.loadBefore.toFixed(1)}`)
  return result
}

function good({ outcome }: BarResult): boolean {
  return 'skipped' in outcome || outcome.figures.every(passes)
}

/** The latest result of every bar, one run or another; bars never taken in this checkout stay as the docs have them. */
function keep(result: BarResult): void {
  const others = report().results.filter(({ name }) => name !== result.name)
  const results = [...others, result].toSorted((a, b) => place(a.name) - place(b.name))
  writeFileSync(kept, `${JSON.stringify({ machine: describeMachine(), results }, null, 2)}\n`)
}

function report(): BenchReport {
  for (const file of [kept, join(docs, 'performance.json')]) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as BenchReport // as: only this script writes them
  }
  return { machine: describeMachine(), results: [] }
}

function writeDocs(): void {
  const current = report()
  writeFileSync(join(docs, 'performance.json'), `${JSON.stringify(current, null, 2)}\n`)
  writeFileSync(join(docs, 'performance-marks.svg'), drawChart(marksChart(current.results)))
  writeFileSync(join(docs, 'performance-waits.svg'), drawChart(waitChart(current.results)))
  const page = join(docs, 'performance.md')
  const withTable = replaceBetween(readFileSync(page, 'utf8'), 'table', tableOf(current))
  writeFileSync(page, replaceBetween(withTable, 'method', methodOf(current.results)))
}
