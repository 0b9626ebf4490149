// What answers the part of the contract about this computer: its GPU, its measurements, the report for support.
import type { Method } from '#contract/index.ts'
import { fail, type Result } from '#contract/result.ts'
import type { Handlers } from './handler.ts'

/** Joins the methods of `preload/contract/machine.ts` to their services. */
export function machineHandlers() {
  const absent = (method: Method): Result<never> => fail('unknown-method', { method })
  return {
    'machine.gpu': async () => absent('machine.gpu'),
    'machine.test-gpu': async function* () {
      return absent('machine.test-gpu')
    },
    'machine.use': async () => absent('machine.use'),
    'machine.restore-last-working': async () => absent('machine.restore-last-working'),
    'machine.measurements': async () => absent('machine.measurements'),
    'machine.measure': async function* () {
      return absent('machine.measure')
    },
    'diagnostics.bundle': async () => absent('diagnostics.bundle'),
    'diagnostics.write-bundle': async () => absent('diagnostics.write-bundle'),
  } satisfies Partial<Handlers>
}
