// A row of speed: runs benches and holds their figures against marks; what is not met must be stated with its reason.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BarResult, BenchReport, Figure, Mark } from '../bench/bar.ts'
import { judge, parseStated, type Stated } from '../bench/logic/stated.ts'
import type { Evidence, Row } from './row.ts'
import { checkout, startProgram } from './runSotto.ts'

/**
 * What a row of speed promises: bars by the names `npm run bench -- NAME` knows, and marks by the names of figures where
 * they differ from the bars' own.
 */
export type SpeedPromise = {
  readonly doneWhen: string
  readonly bars: readonly string[]
  readonly goals?: Readonly<Record<string, Mark>>
  readonly limitMinutes: number
}

/** The row `speed` of a subject. */
export function speedRow({ doneWhen, bars, goals = {}, limitMinutes }: SpeedPromise): Row {
  return {
    name: 'speed',
    doneWhen,
    limitMinutes,
    async run(evidence) {
      const begun = new Date().toISOString()
      const run = await startProgram([process.execPath, join(checkout, 'scripts/bench.ts'), ...bars]).done
      const results = resultsSince(begun, bars)
      const missing = bars.filter((bar) => !results.some(({ name }) => name === bar))
      if (missing.length > 0) {
        evidence(`no result: ${missing.join(', ')}`)
        for (const line of `${run.stdout}\n${run.stderr}`.trim().split('\n').slice(-20)) evidence(line)
      }
      const stated = parseStated(readFileSync(join(checkout, 'docs/performance.md'), 'utf8'))
      const held = results.map((result) => tell(result, goals, stated, evidence)).every(Boolean)
      const known = statedAreMeasured(results, stated, evidence)
      if (missing.length > 0 || !held || !known) return 'red'
      const skipped = results.filter(({ outcome }) => 'skipped' in outcome)
      return skipped.length === 0 ? 'green' : { skipped: skipped.map(({ title }) => title).join(', ') }
    },
  }
}

/** What this run measured; older results stay in the same file. */
function resultsSince(date: string, bars: readonly string[]): readonly BarResult[] {
  const file = join(checkout, '.sotto/bench/figures.json')
  const report = JSON.parse(readFileSync(file, 'utf8')) as BenchReport // as: only the bench writes it
  return report.results.filter((result) => bars.includes(result.name) && result.date >= date)
}

function tell(
  { name, outcome, seconds, loadBefore }: BarResult,
  goals: Readonly<Record<string, Mark>>,
  stated: readonly Stated[],
  evidence: Evidence,
): boolean {
  if ('skipped' in outcome) {
    evidence(`${name}: skipped: ${outcome.skipped}`)
    return true
  }
  evidence(`${name} (${seconds} s, load before ${loadBefore.toFixed(1)})`)
  const judged = outcome.figures.map((figure) => judge(withGoal(figure, goals), stated))
  for (const { line } of judged) evidence(`   ${line}`)
  return judged.every(({ holds }) => holds)
}

function withGoal(figure: Figure, goals: Readonly<Record<string, Mark>>): Figure {
  const mark = goals[figure.name]
  return mark === undefined ? figure : { ...figure, mark }
}

/** A figure that was renamed or dropped cannot go on excusing anything. */
function statedAreMeasured(results: readonly BarResult[], stated: readonly Stated[], evidence: Evidence): boolean {
  const strays = stated.filter(({ bar, figure }) =>
    results.some(
      ({ name, outcome }) =>
        name === bar && !('skipped' in outcome) && outcome.figures.every((each) => each.name !== figure),
    ),
  )
  for (const { bar, figure } of strays)
    evidence(`docs/performance.md states “${figure}”, which ${bar} does not measure`)
  return strays.length === 0
}
