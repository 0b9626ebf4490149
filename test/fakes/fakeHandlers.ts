// Handlers for tests: the ones given, and a throw for every other method.
import { contract } from '#contract/index.ts'
import type { Handlers } from '../../main/rpc/handler.ts'

/** Completes some handlers to all of the contract; a method nobody faked throws when called. */
export function createFakeHandlers(given: Partial<Handlers>): Handlers {
  const missing = Object.keys(contract).map((method) => [
    method,
    () => {
      throw new Error(`${method} is not faked`)
    },
  ])
  return { ...Object.fromEntries(missing), ...given } as Handlers // as: fromEntries forgets its keys
}
