// Row: the security checks S1 to S18, each by the real result of its tests.
import { checks, checkSuites, type CheckSuite, type SecurityCheck } from '../../electron/checkList.ts'
import { findElectron } from '../../electron/electronBinary.ts'
import type { Evidence, Row } from '../row.ts'
import { runSuite } from '../suite.ts'

type Lines = Readonly<Record<CheckSuite, readonly string[]>>

export const row: Row = {
  name: 'checks',
  doneWhen:
    'S1–S18: each row green, or listed with the reason it needs a binary and the name of the test that will run there.',
  async run(evidence) {
    const lines: Record<string, readonly string[]> = {}
    for (const [suite, files] of Object.entries(checkSuites)) {
      lines[suite] = (await runSuite(suite, files, evidence, { details: false })).lines
    }
    const binary = findElectron()
    const inElectron = await runSuite('electron', ['electron/app.test', 'noPort', 'windowUnderPolicy'], evidence, {
      details: false,
    })
    if ('missing' in binary) evidence(`in real Electron: not here, because ${binary.missing}`)
    const green = checks.map((check) => tell(check, lines as Lines, evidence)) // as: filled for every suite above
    evidence(`${green.filter(Boolean).length} of ${checks.length} checks green`)
    return green.every(Boolean) && inElectron.passed ? 'green' : 'red'
  },
}

/** One line per check, and one per test that waits for a binary. */
function tell({ id, asks, tests, inElectron, rest }: SecurityCheck, lines: Lines, evidence: Evidence): boolean {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const answered = tests.map(({ suite, name }) => {
    const found = lines[suite].filter((line) => /^[✓×↓] /.test(line) && line.includes(name))
    for (const line of found) counts[line.startsWith('✓') ? 'passed' : line.startsWith('×') ? 'failed' : 'skipped'] += 1
    return found.some((line) => line.startsWith('✓'))
  })
  const green = answered.every(Boolean) && counts.failed === 0
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`
  evidence(`${id} ${green ? 'green' : 'red'}: ${asks} (${counts.passed} passed, ${counts.failed} failed${skipped})`)
  for (const name of inElectron) evidence(`   in real Electron: test/electron, “${name}”`)
  if (rest !== undefined) evidence(`   not shown: ${rest}`)
  return green
}
