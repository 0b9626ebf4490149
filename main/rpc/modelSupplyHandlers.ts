// What answers the part of the contract about where models come from.
import type { Method, Output } from '#contract/index.ts'
import type { modelSupplyContract } from '#contract/modelSupply.ts'
import { fail } from '#contract/result.ts'
import type { Answer, Handlers } from './handler.ts'

/** The services as this part of the contract uses them. */
export type ModelSupplyServices = {
  readonly catalogue: { files(repository: string, signal: AbortSignal): Answer<Output<'models.files'>> }
  readonly catalogues: {
    state(): Answer<Output<'models.catalogue-state'>>
    update(signal: AbortSignal): Answer<Output<'models.update-catalogue'>>
  }
  readonly peers: { scan(signal: AbortSignal): Answer<Output<'models.scan'>> }
}

/** Joins the methods of `preload/contract/modelSupply.ts` to their services. */
export function modelSupplyHandlers({
  peers,
  catalogue,
  catalogues,
}: ModelSupplyServices): Pick<Handlers, keyof typeof modelSupplyContract> {
  const absent = (method: Method) => fail('unknown-method', { method })
  return {
    'models.scan': (_, { signal }) => peers.scan(signal),
    'models.files': ({ repository }, { signal }) => catalogue.files(repository, signal),
    'models.catalogue-state': () => catalogues.state(),
    'models.update-catalogue': (_, { signal }) => catalogues.update(signal),
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
