// Where models come from: the catalogue, downloads, repositories by name, and other programs' folders.
import type { Failure } from '#contract/failures.ts'
import type { CatalogueModel, ModelDownload, ModelFit } from '#contract/model.ts'
import type { CatalogueState, FoundModel, RepositoryModel, SearchedFolder } from '#contract/modelSupply.ts'
import type { Result } from '#contract/result.ts'
import type { SliceTools } from './slice.ts'

/** How a look at a repository, or at one file there, goes; the first bytes of a file are enough to judge it. */
export type OutsideLook =
  | { readonly state: 'none' }
  | { readonly state: 'looking'; readonly source: string }
  | { readonly state: 'files'; readonly repository: string; readonly files: readonly RepositoryModel[] }
  | { readonly state: 'file'; readonly source: string; readonly fit: ModelFit }
  | { readonly state: 'failed'; readonly failure: Failure }

/** How a look into other programs' folders goes. */
export type ProgramScan =
  | { readonly state: 'none' }
  | { readonly state: 'looking' }
  | {
      readonly state: 'found'
      readonly folders: readonly SearchedFolder[]
      readonly models: readonly FoundModel[]
    }
  | { readonly state: 'failed'; readonly failure: Failure }

/** What the window knows of models that are not here yet. */
export type SupplySlice = {
  readonly catalogue: readonly CatalogueModel[]
  readonly catalogueState: CatalogueState | null
  /** Every download the app remembers, oldest first. */
  readonly downloads: readonly ModelDownload[]
  /** Why a source could not be downloaded, shown where it was asked for. */
  readonly supplyFailure: { readonly source: string; readonly failure: Failure } | null
  readonly outsideLook: OutsideLook
  readonly programScan: ProgramScan
  refreshSupply(): Promise<void>
  /** Only the catalogue, judged without starting anything. */
  refreshCatalogueQuickly(): Promise<void>
  /** Queues a catalogue id, `user/repo/file.gguf` or an address. */
  downloadModel(source: string, choice: { readonly acceptLicence: boolean; readonly anyway: boolean }): Promise<void>
  pauseDownload(downloadId: string): Promise<void>
  resumeDownload(downloadId: string): Promise<void>
  /** Ends a download and deletes what came of it. */
  cancelDownload(downloadId: string): Promise<void>
  /** Asks which files `user/repo` has, or how one file by name or address suits this computer. */
  lookOutside(source: string): Promise<void>
  scanPrograms(): Promise<void>
}

/** Asks once the room is opened, then follows every download. */
export function createSupplySlice(tools: SliceTools): SupplySlice {
  const { set, get, client } = tools
  async function refreshCatalogue(quick = false): Promise<void> {
    const catalogue = await client.call('models.catalog', { quick })
    if (catalogue.ok) set({ catalogue: catalogue.value })
    else set({ supplyFailure: { source: '', failure: catalogue.failure } })
  }
  client.on('models.download-changed', (download) => {
    set({ downloads: withDownload(get().downloads, download) })
    if (download.state === 'complete') void Promise.all([get().refreshModels(), refreshCatalogue()])
  })
  client.on('models.list-changed', () => {
    void Promise.all([get().refreshModels(), refreshCatalogue()])
  })
  return {
    catalogue: [],
    catalogueState: null,
    downloads: [],
    supplyFailure: null,
    outsideLook: { state: 'none' },
    programScan: { state: 'none' },
    refreshCatalogueQuickly: () => refreshCatalogue(true),
    async refreshSupply() {
      await Promise.all([
        refreshCatalogue(),
        client.call('models.downloads', {}).then((known) => known.ok && set({ downloads: known.value })),
        client.call('models.catalogue-state', {}).then((known) => known.ok && set({ catalogueState: known.value })),
      ])
    },
    ...downloadActions(tools),
    ...lookActions(tools),
  }
}

type DownloadActions = Pick<SupplySlice, 'downloadModel' | 'pauseDownload' | 'resumeDownload' | 'cancelDownload'>

function downloadActions({ set, get, client }: SliceTools): DownloadActions {
  async function take(source: string, asked: Promise<Result<ModelDownload>>): Promise<void> {
    set({ supplyFailure: null })
    const download = await asked
    if (download.ok) set({ downloads: withDownload(get().downloads, download.value) })
    else set({ supplyFailure: { source, failure: download.failure } })
  }
  return {
    downloadModel: (source, choice) => take(source, client.call('models.download', { source, ...choice })),
    pauseDownload: (downloadId) => take(downloadId, client.call('models.pause-download', { downloadId })),
    resumeDownload: (downloadId) => take(downloadId, client.call('models.resume-download', { downloadId })),
    async cancelDownload(downloadId) {
      set({ supplyFailure: null })
      const gone = await client.call('models.cancel-download', { downloadId })
      if (gone.ok) set({ downloads: get().downloads.filter(({ id }) => id !== downloadId) })
      else set({ supplyFailure: { source: downloadId, failure: gone.failure } })
    },
  }
}

/** `user/repo` and nothing after it. */
const bareRepository = /^[^\s/:]+\/[^\s/:]+$/

function lookActions({ set, get, client }: SliceTools): Pick<SupplySlice, 'lookOutside' | 'scanPrograms'> {
  async function look(source: string): Promise<OutsideLook> {
    if (bareRepository.test(source)) {
      const found = await client.call('models.files', { repository: source })
      return found.ok ? { state: 'files', ...found.value } : { state: 'failed', failure: found.failure }
    }
    const fit = await client.call('models.fit', { source })
    return fit.ok ? { state: 'file', source, fit: fit.value } : { state: 'failed', failure: fit.failure }
  }
  return {
    async lookOutside(source) {
      set({ outsideLook: { state: 'looking', source } })
      const found = await look(source)
      const { outsideLook } = get()
      // A later question has overtaken this answer.
      if (outsideLook.state === 'looking' && outsideLook.source === source) set({ outsideLook: found })
    },
    async scanPrograms() {
      if (get().programScan.state === 'looking') return
      set({ programScan: { state: 'looking' } })
      const found = await client.call('models.scan', {})
      set({ programScan: found.ok ? { state: 'found', ...found.value } : { state: 'failed', failure: found.failure } })
    },
  }
}

function withDownload(downloads: readonly ModelDownload[], changed: ModelDownload): readonly ModelDownload[] {
  return downloads.some(({ id }) => id === changed.id)
    ? downloads.map((each) => (each.id === changed.id ? changed : each))
    : [...downloads, changed]
}
