// What answers the part of the contract about where models come from.
import type { Item, Output, Parsed } from '#contract/index.ts'
import type { modelSupplyContract } from '#contract/modelSupply.ts'
import type { Answer, Handlers, Items } from './handler.ts'

/** The services as this part of the contract uses them. */
export type ModelSupplyServices = {
  readonly catalogue: { files(repository: string, signal: AbortSignal): Answer<Output<'models.files'>> }
  readonly catalogues: {
    state(): Answer<Output<'models.catalogue-state'>>
    update(signal: AbortSignal): Answer<Output<'models.update-catalogue'>>
  }
  readonly packs: {
    pack(modelIds: readonly string[], folder: string, signal: AbortSignal): Items<Item<'models.pack'>>
    verify(folder: string, signal: AbortSignal): Items<Item<'models.verify-pack'>>
    install(order: Parsed<'models.install-pack'>, signal: AbortSignal): Items<Item<'models.install-pack'>>
  }
  readonly peers: { scan(signal: AbortSignal): Answer<Output<'models.scan'>> }
}

/** Joins the methods of `preload/contract/modelSupply.ts` to their services. */
export function modelSupplyHandlers({
  peers,
  catalogue,
  catalogues,
  packs,
}: ModelSupplyServices): Pick<Handlers, keyof typeof modelSupplyContract> {
  return {
    'models.scan': (_, { signal }) => peers.scan(signal),
    'models.files': ({ repository }, { signal }) => catalogue.files(repository, signal),
    'models.catalogue-state': () => catalogues.state(),
    'models.update-catalogue': (_, { signal }) => catalogues.update(signal),
    'models.pack': ({ modelIds, folder }, { signal }) => packs.pack(modelIds, folder, signal),
    'models.verify-pack': ({ folder }, { signal }) => packs.verify(folder, signal),
    'models.install-pack': (order, { signal }) => packs.install(order, signal),
  }
}
