// Finds models of other programs and in the shared folder; changes nothing there.
import path from 'node:path'
import type { ModelRecord } from '#contract/model.ts'
import type { FoundModel, SearchedFolder } from '#contract/modelSupply.ts'
import { ok, type Result } from '#contract/result.ts'
import type { ModelPlace } from '../../host.ts'
import { modelsOf, type PeerModel } from '../logic/peerModels.ts'
import { isGguf, listPeerFolder } from './peerFolder.ts'
import { foldersOf, type PeerPlace } from './peerPlaces.ts'

/** `shared` is this computer's folder of models for everybody, null for none. */
export type PeerDependencies = {
  readonly places: readonly ModelPlace[]
  readonly shared: string | null
  readonly installed: () => Promise<Result<readonly ModelRecord[]>>
}

/** What a look into all folders came to. */
export type Scan = { readonly folders: readonly SearchedFolder[]; readonly models: readonly FoundModel[] }

/** The look into other programs' folders. */
export class PeerService {
  readonly #dependencies: PeerDependencies

  constructor(dependencies: PeerDependencies) {
    this.#dependencies = dependencies
  }

  /** Every model of every folder that exists. When aborted, what was found until then. Failures are the storage's. */
  async scan(signal: AbortSignal): Promise<Result<Scan>> {
    const installed = await this.#dependencies.installed()
    if (!installed.ok) return installed
    const folders: SearchedFolder[] = []
    const models: FoundModel[] = []
    for (const place of await this.#folders()) {
      const listing = await listPeerFolder(place.peer, place.folder, signal)
      if (listing === null) continue
      folders.push({ peer: place.peer, path: place.folder, state: listing.state })
      for (const model of modelsOf(place.peer, listing.files, listing.lists)) {
        if (signal.aborted) break
        models.push(await foundModel(place, model, installed.value))
      }
    }
    return ok({ folders, models })
  }

  async #folders(): Promise<readonly PeerPlace[]> {
    const { places, shared } = this.#dependencies
    const own = await foldersOf(places)
    return shared === null ? own : [{ peer: 'shared', folder: shared }, ...own]
  }
}

async function foundModel(
  { peer, folder }: PeerPlace,
  model: PeerModel,
  installed: readonly ModelRecord[],
): Promise<FoundModel> {
  const file = path.join(folder, ...model.path.split('/'))
  const leftOut = model.leftOut ?? ((await isGguf(file)) ? null : 'not-gguf')
  const same = installed.find((each) => each.path === file || each.sha256 === model.sha256)
  const { name, bytes } = model
  return { peer, name, path: file, bytes, leftOut, modelId: same?.id ?? null }
}
