// What answers the part of the contract about where models come from.
import type { Method } from '#contract/index.ts'
import type { modelSupplyContract } from '#contract/modelSupply.ts'
import { fail } from '#contract/result.ts'
import type { Handlers } from './handler.ts'

/** Joins the methods of `preload/contract/modelSupply.ts` to their services. */
export function modelSupplyHandlers(): Pick<Handlers, keyof typeof modelSupplyContract> {
  const absent = (method: Method) => fail('unknown-method', { method })
  return {
    'models.scan': async () => absent('models.scan'),
    'models.files': async () => absent('models.files'),
    'models.catalogue-state': async () => absent('models.catalogue-state'),
    'models.update-catalogue': async () => absent('models.update-catalogue'),
    'models.pack': async function* () {
      return absent('models.pack')
    },
    'models.verify-pack': async function* () {
      return absent('models.verify-pack')
    },
    'models.install-pack': async function* () {
      return absent('models.install-pack')
    },
  }
}
