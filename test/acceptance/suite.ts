// Runs test files of one suite as evidence of a row: every test by name, and the counts.
import { join } from 'node:path'
import type { Evidence } from './row.ts'
import { checkout, startProgram } from './runSotto.ts'

/** Whether all tests passed and there was at least one, and every line the run printed. */
export type SuiteRun = { readonly passed: boolean; readonly lines: readonly string[] }

/**
 * Whether each test is named in the evidence, and whether they run at the full counts of `npm run test:deep`; a row whose
 * promise names such a count shows that one. A test of two counts says in its name which one it ran.
 */
export type SuiteForm = { readonly details?: boolean; readonly deep?: boolean }

/** Runs the files; each test is named in the evidence unless told otherwise. */
export async function runSuite(
  project: string,
  files: readonly string[],
  evidence: Evidence,
  { details = true, deep = false }: SuiteForm = {},
): Promise<SuiteRun> {
  const vitest = join(checkout, 'node_modules/vitest/vitest.mjs')
  // Read as it is, the configuration leaves no temporary file among the packages, where not every account may write.
  const start = [process.execPath, vitest, 'run', '--configLoader', 'native', '--project', project]
  const words = [...start, ...files, '--reporter', 'verbose']
  const run = await startProgram(words, { NO_COLOR: '1', ...(deep ? { SOTTO_DEEP: '1' } : {}) }).done
  const lines = run.stdout.split('\n').map((line) => line.trim())
  const tests = lines.filter((line) => /^[✓×↓] /.test(line))
  const counts = lines.filter((line) => /^(Test Files|Tests) /.test(line)).map((line) => line.replace(/\s+/g, ' '))
  if (details) for (const line of tests) evidence(line.replace(/^(. )\S+ \S+ > /, '$1'))
  const which = [project, ...(deep ? ['full counts'] : []), ...(files.length === 0 ? [] : [`(${files.join(', ')})`])]
  evidence(`${which.join(' ')}: ${counts.join(', ') || `exit ${run.code}`}`)
  const said = run.stderr.split('\n').find((line) => /Error: /.test(line))
  if (tests.length === 0) evidence(`  no test ran: ${said ?? 'nothing was said'}`)
  return { passed: run.code === 0 && tests.length > 0, lines }
}

/** As `runSuite`, for rows that only ask whether it passed. */
export async function suite(
  project: string,
  files: readonly string[],
  evidence: Evidence,
  form: SuiteForm = {},
): Promise<boolean> {
  const { passed } = await runSuite(project, files, evidence, form)
  return passed
}
