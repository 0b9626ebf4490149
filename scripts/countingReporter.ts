// A vitest reporter that writes one JSON file of counts and skip reasons, for the table of `npm test`.
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** What one suite came to. A skipped test without a reason carries null. */
export type Counts = {
  readonly files: number
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly { readonly test: string; readonly reason: string | null }[]
}

/** Writes `Counts` to the path in `SOTTO_COUNTS` when the run ends; an error outside any test counts as one failure. */
export class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const path = process.env['SOTTO_COUNTS']
    if (path !== undefined) writeFileSync(path, JSON.stringify(count(modules, unhandled.length)))
  }
}

function count(modules: readonly TestModule[], unhandled: number): Counts {
  const skipped: { test: string; reason: string | null }[] = []
  let passed = 0
  // A file that does not load holds no tests, but it failed.
  let failed = unhandled + modules.filter((module) => module.errors().length > 0).length
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') passed += 1
      else if (result.state === 'failed') failed += 1
      else skipped.push({ test: test.fullName, reason: result.state === 'skipped' ? (result.note ?? null) : null })
    }
  }
  return { files: modules.length, passed, failed, skipped }
}

export default CountingReporter
