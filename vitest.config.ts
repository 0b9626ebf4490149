// Test suites by folder: each is a vitest project of its own, run in forks, two at a time.
import { defineConfig } from 'vitest/config'

const suites = ['unit', 'contract', 'hosts', 'browser', 'faults', 'rules', 'packaging', 'electron']

/** Seconds a test of these suites may take; they start processes and real engines. */
const patient: Readonly<Record<string, number>> = {
  contract: 30,
  hosts: 120,
  browser: 120,
  faults: 120,
  rules: 120,
  packaging: 240,
  electron: 180,
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // An empty suite is told by scripts/suites.ts, which knows the folders.
    passWithNoTests: true,
    projects: suites.map((name) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.{ts,js}`],
        exclude: ['test/rules/canaries/**'],
        // The browser suite needs a browser and the built window; its files take turns so that measurements mean something.
        // Of Electron one runs at a time, too.
        ...(name === 'electron' ? { fileParallelism: false } : {}),
        ...(name === 'browser' ? { globalSetup: 'test/browser/setUp.ts', fileParallelism: false } : {}),
        testTimeout: (patient[name] ?? 10) * 1000,
        hookTimeout: (patient[name] ?? 10) * 1000,
        sequence: { groupOrder: suites.indexOf(name) },
      },
    })),
  },
})
