// Row: the app is as fast as its engine, reads nothing twice, and stops when told to.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BarResult, BenchReport, Figure } from '../../bench/bar.ts'
import { figureLine } from '../../bench/logic/report.ts'
import { passes } from '../../bench/logic/statistics.ts'
import type { Evidence, Row } from '../row.ts'
import { checkout, startProgram } from '../runSotto.ts'

/** The bars of the promise, by the name `npm run bench -- NAME` runs them by. */
const bars = ['received', 'turn2', 'overflow', 'map', 'stop', 'pdf']

export const row: Row = {
  name: 'speed',
  doneWhen:
    'Window-received / bare ≥ 0.95; turn 2 ≤ 0.08; overflow ≤ 0.50; map ≥ 1.3; Stop within a slice; PDF ≥ 0.25 of ' +
    'pdftotext; medians of five rounds, on a model of realistic size.',
  async run(evidence) {
    const begun = new Date().toISOString()
    const run = await startProgram([process.execPath, join(checkout, 'scripts/bench.ts'), ...bars]).done
    const results = resultsSince(begun)
    const missing = bars.filter((bar) => !results.some(({ name }) => name === bar))
    if (missing.length > 0) {
      evidence(`no result: ${missing.join(', ')}`)
      for (const line of `${run.stdout}\n${run.stderr}`.trim().split('\n').slice(-20)) evidence(line)
    }
    const skipped = results.filter(({ outcome }) => 'skipped' in outcome)
    const held = results.map((result) => tell(result, evidence)).every(Boolean)
    if (missing.length > 0 || !held) return 'red'
    return skipped.length === 0 ? 'green' : { skipped: skipped.map(({ title }) => title).join(', ') }
  },
}

/** What this run measured; older results stay in the same file. */
function resultsSince(date: string): readonly BarResult[] {
  const file = join(checkout, '.sotto/bench/figures.json')
  const report = JSON.parse(readFileSync(file, 'utf8')) as BenchReport // as: only the bench writes it
  return report.results.filter((result) => bars.includes(result.name) && result.date >= date)
}

function tell({ name, outcome, seconds, loadBefore }: BarResult, evidence: Evidence): boolean {
  if ('skipped' in outcome) {
    evidence(`${name}: skipped: ${outcome.skipped}`)
    return true
  }
  evidence(`${name} (${seconds} s, load before ${loadBefore.toFixed(1)})`)
  for (const each of outcome.figures) evidence(`   ${figureLine(each)}`)
  return outcome.figures.every((each: Figure) => passes(each))
}
