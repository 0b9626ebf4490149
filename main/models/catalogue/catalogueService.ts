// What could be had: the catalogue with verdicts for this computer, one model looked at, and what to download.
import os from 'node:os'
import type { Output } from '#contract/index.ts'
import type { CatalogueModel, GpuTest, ModelDownload, ModelFit, ModelRecord } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../../egress/egressGate.ts'
import type { CatalogueEntry } from './catalogue.ts'
import type { DownloadWish } from '../downloads/downloadService.ts'
import type { HeaderFacts } from '../logic/ggufHeader.ts'
import {
  addressOf,
  fileNameOf,
  publicHub,
  readRepository,
  readSource,
  type RepositoryFile,
} from '../logic/modelSource.ts'
import { repositoryModels } from '../logic/repositoryFiles.ts'
import { bestChoice, needFromSize, needOf, verdictOf, type MachineMemory } from '../logic/verdict.ts'
import { listRepository } from './repositoryList.ts'
import { fetchHeader } from './remoteHeader.ts'

/** `mirror` is the setting, empty for none. `memory` in bytes; by default the system's own figures. */
export type CatalogueDependencies = {
  readonly entries: () => Promise<readonly CatalogueEntry[]>
  readonly installed: () => Promise<Result<readonly ModelRecord[]>>
  readonly start: (wish: DownloadWish) => Promise<Result<ModelDownload>>
  readonly gate: Pick<EgressGate, 'fetchPublic'>
  readonly mirror: () => string
  /** Whether the GPU may be used at all. */
  readonly gpuWanted: () => boolean
  readonly testGpu: (signal: AbortSignal) => Promise<Result<readonly GpuTest[]>>
  readonly memory?: () => { readonly availableBytes: number; readonly totalBytes: number }
  readonly allowedSha256?: readonly string[] | undefined
}

type Gpu = MachineMemory['gpu']
type Asked = RepositoryFile & { readonly entry: CatalogueEntry | null; readonly name: string }

/** A model nobody vouches for gets no more room than this in its verdict. */
const mostTokens = 131_072

/** The catalogue and what is done with its entries before a download. */
export class CatalogueService {
  readonly #dependencies: CatalogueDependencies
  /** The device that passed its test, looked for once a run. */
  #gpu: Promise<Gpu> | null = null

  constructor(dependencies: CatalogueDependencies) {
    this.#dependencies = dependencies
  }

  /** Every model but the starter, with estimates from its size. Asks nobody; `quick` starts nothing either. */
  async catalog(signal: AbortSignal, quick = false): Promise<Result<readonly CatalogueModel[]>> {
    const installed = await this.#dependencies.installed()
    if (!installed.ok) return installed
    const machine = await this.#machine(signal, quick)
    const entries = (await this.#dependencies.entries()).filter(({ starter }) => !starter)
    const judged = entries.map((entry) => ({
      ...entry,
      verdict: verdictOf(needFromSize(entry.bytes, entry.contextTokens), machine),
    }))
    const best = bestChoice(judged.filter(({ kind }) => kind === 'chat'))
    return ok(
      judged.map(({ starter: _, wrapper: _w, calibratedThreads: _c, gpu: _g, repository, ...entry }) => ({
        ...entry,
        repository: repository ?? '',
        preferred: entry.id === best,
        installedModelId: installed.value.find(({ catalogueId }) => catalogueId === entry.id)?.id ?? null,
      })),
    )
  }

  /** The model files of a repository with estimates from their sizes. Failures: `download-failed`, the way out's. */
  async files(source: string, signal: AbortSignal): Promise<Result<Output<'models.files'>>> {
    const repository = readRepository(source, this.base())
    if (repository === null) return fail('download-failed', { name: source.slice(0, 200), reason: 'bad-source' })
    const listed = await listRepository(this.#dependencies.gate, { base: this.base(), repository }, signal)
    if (!listed.ok) return listed
    const machine = await this.#machine(signal)
    const judge = (bytes: number) => verdictOf(needFromSize(bytes, mostTokens), machine)
    return ok({ repository, files: [...repositoryModels(listed.value, judge)] })
  }

  /** Fetches the header and gives the exact verdict. Failures: `download-failed`, `model-invalid`, the way out's. */
  async fit(source: string, signal: AbortSignal): Promise<Result<ModelFit>> {
    const asked = await this.#read(source, signal)
    if (!asked.ok) return asked
    const { name, entry } = asked.value
    const address = addressOf(this.base(), asked.value)
    const header = await fetchHeader(this.#dependencies.gate, { name, address }, signal)
    if (!header.ok) return header
    const { facts, bytes } = header.value
    const contextTokens = limitOf(facts, entry)
    return ok({
      name,
      address,
      bytes,
      sha256: entry?.sha256 ?? null,
      architecture: facts.architecture,
      parameters: facts.parameters,
      contextTokens,
      verdict: verdictOf(needOf(bytes, facts, contextTokens), await this.#machine(signal)),
    })
  }

  /**
   * Queues a download. Failures: `download-failed`, `licence-required` until the licence is accepted,
   * `model-not-allowed`, and `model-too-large` unless the person wants it anyway.
   */
  async download(
    {
      source,
      acceptLicence,
      anyway,
    }: {
      readonly source: string
      readonly acceptLicence: boolean
      readonly anyway: boolean
    },
    signal: AbortSignal,
  ): Promise<Result<ModelDownload>> {
    const asked = await this.#read(source, signal)
    if (!asked.ok) return asked
    const { entry, name, repository, file } = asked.value
    const expectedSha256 = entry?.sha256 ?? null
    if (entry !== null) {
      const { licence } = entry
      if (licence.mustAccept && !acceptLicence) {
        return fail('licence-required', { name, licence: licence.id, url: licence.url })
      }
      const verdict = verdictOf(needFromSize(entry.bytes, entry.contextTokens), await this.#machine(signal))
      if (verdict.kind === 'too-large' && !anyway) return tooLarge(name, verdict.neededBytes, verdict.totalBytes)
    }
    const allowed = this.#dependencies.allowedSha256
    if (allowed !== undefined && expectedSha256 !== null && !allowed.includes(expectedSha256)) {
      return fail('model-not-allowed', { name })
    }
    // Without a hash the size is only about.
    const exactBytes = expectedSha256 === null ? null : (entry?.bytes ?? null)
    const catalogueId = entry?.id ?? null
    return this.#dependencies.start({ name, repository, file, catalogueId, exactBytes, expectedSha256, anyway })
  }

  /** Refuses a model whose header shows that it can never fit this computer. */
  judge(name: string, facts: HeaderFacts, totalBytes: number): Result<void> {
    const machine = { ...(this.#dependencies.memory ?? systemMemory)(), gpu: null }
    const verdict = verdictOf(needOf(totalBytes, facts, limitOf(facts, null)), machine)
    return verdict.kind === 'too-large' ? tooLarge(name, verdict.neededBytes, machine.totalBytes) : ok(undefined)
  }

  /** The hub or the mirror, without a slash at its end. */
  base(): string {
    const mirror = this.#dependencies.mirror()
    return mirror === '' ? publicHub : mirror.replace(/\/+$/, '')
  }

  async #read(source: string, signal: AbortSignal): Promise<Result<Asked>> {
    const entry = (await this.#dependencies.entries()).find(({ id, starter }) => id === source && !starter)
    if (entry !== undefined && entry.repository !== null) {
      const { repository, file, name } = entry
      return ok({ repository, file, name, entry })
    }
    const named = readRepository(source, this.base())
    const read = named === null ? readSource(source, this.base()) : await this.#preferred(named, signal)
    if (read !== null && 'ok' in read) return read
    const name = read === null ? null : fileNameOf(read.file)
    if (read === null || name === null)
      return fail('download-failed', { name: source.slice(0, 200), reason: 'bad-source' })
    const same = (await this.#dependencies.entries()).find(
      ({ repository, file }) => repository === read.repository && file === read.file,
    )
    return ok({ ...read, entry: same ?? null, name: same?.name ?? name.replace(/\.gguf$/i, '') })
  }

  /** The file to take of a repository; fails with `download-failed` (`no-model`) when none would work here. */
  async #preferred(repository: string, signal: AbortSignal): Promise<RepositoryFile | Result<never>> {
    const listed = await this.files(repository, signal)
    if (!listed.ok) return listed
    const file = listed.value.files.find(({ preferred }) => preferred)?.file
    return file === undefined ? fail('download-failed', { name: repository, reason: 'no-model' }) : { repository, file }
  }

  async #machine(signal: AbortSignal, quick = false): Promise<MachineMemory> {
    const memory = (this.#dependencies.memory ?? systemMemory)()
    if (!this.#dependencies.gpuWanted() || (quick && this.#gpu === null)) return { ...memory, gpu: null }
    this.#gpu ??= this.#findGpu(signal)
    return { ...memory, gpu: await this.#gpu }
  }

  async #findGpu(signal: AbortSignal): Promise<Gpu> {
    const tests = await this.#dependencies.testGpu(signal)
    if (!tests.ok || signal.aborted) {
      this.#gpu = null
      return null
    }
    for (const { outcome, backend, memoryBytes, deviceNames } of tests.value) {
      if (outcome !== 'works' || backend === 'cpu' || memoryBytes === null) continue
      return { name: deviceNames[0] ?? backend, bytes: memoryBytes }
    }
    return null
  }
}

function limitOf(facts: HeaderFacts, entry: CatalogueEntry | null): number {
  return Math.min(facts.contextLength, entry?.contextTokens ?? mostTokens)
}

function tooLarge(name: string, neededBytes: number, availableBytes: number): Result<never> {
  return fail('model-too-large', { name, neededBytes, availableBytes })
}

function systemMemory(): Pick<MachineMemory, 'availableBytes' | 'totalBytes'> {
  return { availableBytes: os.freemem(), totalBytes: os.totalmem() }
}
