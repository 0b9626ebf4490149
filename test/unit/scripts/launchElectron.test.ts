// A start in Electron that failed is told from a window that was closed; programs stand in for Electron.
import { expect, test } from 'vitest'
import { launchElectron, startMs } from '../../../scripts/launchElectron.ts'

/** Ends as told, `after` milliseconds later by the clock it is given. */
function launch(code: string, after: number, program = process.execPath) {
  const clock = { calls: 0 }
  // The words stand where the app's folder would, so that Node runs them.
  return launchElectron({
    program,
    app: '-e',
    words: [code],
    environment: process.env,
    now: () => (clock.calls++ === 0 ? 0 : after),
  })
}

test('closed by the person: its exit code', async () => {
  expect(await launch('process.exit(0)', 1)).toBe(0)
})

test('a fault right at the start is no start', async () => {
  expect(await launch('process.exit(3)', startMs - 1)).toBeNull()
  expect(await launch('process.abort()', startMs - 1)).toBeNull()
})

test('a fault later is its own exit code', async () => {
  expect(await launch('process.exit(3)', startMs)).toBe(3)
})

test('stopped by a signal a terminal sends: an end, however soon', async () => {
  expect(await launch("process.kill(process.pid, 'SIGTERM')", 1)).toBe(130)
})

test('a program that cannot be started is no start', async () => {
  expect(await launch('', 1, '/somewhere/electron')).toBeNull()
})
