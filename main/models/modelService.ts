// Models: which there are, which is used, linking new ones, and handing the engine only what was checked.
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Item } from '#contract/index.ts'
import type { EngineState, GpuTest, ModelRecord } from '#contract/model.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { Setting, SettingKey, SettingValues } from '#contract/setting.ts'
import type { EngineControl, LoadedModel, ModelToLoad, WrapperMatcher } from '../inference/localGenerator.ts'
import type { Storage } from '../storage/storage.ts'
import { readCatalogue, type CatalogueEntry } from './catalogue/catalogue.ts'
import { checkFile, sameStamp, stampFile, type CheckedFile } from './ggufFile.ts'
import { itemsOf } from './importItems.ts'
import { describeModel, recordOf, type InstalledModel } from './installedModel.ts'
import { isBelow } from './sharedModels.ts'
import { ModelRows, type LinkedModel } from './modelRows.ts'

type ImportItem = Item<'models.import'>

/** The engine as models use it. */
export type ModelEngine = EngineControl &
  WrapperMatcher & {
    load(signal: AbortSignal): Promise<Result<LoadedModel>>
    testGpu(signal: AbortSignal): Promise<Result<readonly GpuTest[]>>
  }

/** `resources` holds `model-catalog.json` and `models/`; `entries` is the catalogue in force, by default the one there; `availableMemory` is in bytes, asked at every choice; by default the system's own figure. */
export type ModelDependencies = {
  readonly storage: Storage
  readonly resources: string
  readonly entries?: () => Promise<readonly CatalogueEntry[]>
  readonly settings: { get<Key extends SettingKey>(key: Key): Setting<SettingValues[Key]> }
  readonly engine: ModelEngine
  readonly now: () => Date
  readonly newId: () => string
  readonly availableMemory?: () => number
  /** SHA-256 of the only files the organisation allows; undefined allows any. */
  readonly allowedSha256?: readonly string[] | undefined
  /** This computer's folder of models for everybody. */
  readonly sharedFolder?: string | null
}

const never = new AbortController().signal

/** How a file came to be an installed model. */
type Origin = Pick<LinkedModel, 'catalogueId' | 'ours'> & { readonly givenName: string | null }
const linked: Origin = { catalogueId: null, ours: false, givenName: null }

/** The models room. */
export class ModelService {
  readonly #dependencies: ModelDependencies
  readonly #rows: ModelRows
  readonly #availableMemory: () => number
  #decided: { readonly modelId: string; readonly bytes: number } | null = null
  /** Files hashed in this run, by path. */
  readonly #checked = new Map<string, CheckedFile>()

  constructor(dependencies: ModelDependencies) {
    this.#dependencies = dependencies
    this.#rows = new ModelRows(dependencies.storage)
    this.#availableMemory = dependencies.availableMemory ?? (() => os.freemem())
  }

  /** The starter first, then linked models, oldest first. A broken starter is left out; `chosen` says why. */
  async list(): Promise<Result<readonly ModelRecord[]>> {
    const installed = await this.#installed()
    return installed.ok ? ok(installed.value.map((model) => recordOf(model, this.#isShared(model)))) : installed
  }

  /**
   * Validates, hashes and links a file; the file stays where it is. `name` is used where the file has none. Failures:
   * `file-missing`, `file-unreadable`, `file-not-regular`, `model-invalid`, `model-left-out`. The same content linked again answers the model that is there.
   */
  import(file: string, signal: AbortSignal, name?: string): Stream<ImportItem> {
    return itemsOf(async (onProgress) => {
      const checked = await checkFile(file, signal, onProgress)
      if (!checked.ok) return checked
      if (checked.value === null) return ok(null)
      return this.#link(path.resolve(file), checked.value, { ...linked, givenName: name ?? null })
    })
  }

  /** Makes a downloaded and verified file an installed model. Failures: `model-not-allowed` and the storage's. */
  async adopt(file: string, checked: CheckedFile, catalogueId: string | null): Promise<Result<ModelRecord>> {
    const adopted = await this.#link(file, checked, { ...linked, catalogueId, ours: true })
    if (!adopted.ok && adopted.failure.code === 'model-not-allowed') await rm(file, { force: true })
    return adopted
  }

  /** Whether the organisation allows a file of this hash. */
  allows(sha256: string): boolean {
    return this.#dependencies.allowedSha256?.includes(sha256) ?? true
  }

  /** Makes a file that was checked just now an installed model. Failures: `model-not-allowed` and the storage's. */
  link(
    file: string,
    checked: CheckedFile,
    origin: { readonly catalogueId: string | null; readonly ours: boolean },
  ): Promise<Result<ModelRecord>> {
    return this.#link(file, checked, { ...linked, ...origin })
  }

  /** Forgets a model that is gone from the shared folder. Fails with `not-found`. */
  async forget(modelId: string): Promise<Result<void>> {
    const removed = await this.#rows.remove(modelId)
    if (!removed.ok) return removed
    return removed.value ? ok(undefined) : fail('not-found', { what: 'model', id: modelId })
  }

  /**
   * Forgets a linked model, and deletes the file when Sotto made it. Fails with `not-found` for any other, the starter
   * and the computer's shared ones included.
   */
  async remove(modelId: string): Promise<Result<void>> {
    const all = await this.#rows.all()
    if (!all.ok) return all
    const model = all.value.find(({ id }) => id === modelId)
    if (model !== undefined && this.#isShared(model)) return fail('not-found', { what: 'model', id: modelId })
    const removed = await this.#rows.remove(modelId)
    if (!removed.ok) return removed
    if (!removed.value) return fail('not-found', { what: 'model', id: modelId })
    const state = this.#dependencies.engine.state()
    if ('modelId' in state && state.modelId === modelId) await this.#dependencies.engine.unload()
    if (model?.ours === true) await rm(model.path, { force: true })
    return ok(undefined)
  }

  /** Lets the template inside a linked model's file run in the engine's process. Fails with `not-found`. */
  async allowWrapper(modelId: string): Promise<Result<void>> {
    const allowed = await this.#rows.allowWrapper(modelId)
    if (!allowed.ok) return allowed
    return allowed.value ? ok(undefined) : fail('not-found', { what: 'model', id: modelId })
  }

  /**
   * The model to use: the one named, else the one in the settings, else the largest linked one that fits and needs no
   * permission, else the starter. Checked against what it was when it was linked. Failures: `model-not-installed`,
   * `model-missing`, `model-invalid`, `model-too-large`; aborting ends it with `model-load-failed`.
   */
  async chosen(signal: AbortSignal = never, named?: string): Promise<Result<ModelToLoad>> {
    const installed = await this.#installed(signal)
    if (!installed.ok) return installed
    const wanted = named ?? this.#dependencies.settings.get('modelId').value
    if (wanted !== '') {
      const model = installed.value.find(({ id }) => id === wanted)
      if (model !== undefined) return this.#toLoad(model, signal)
      const starter = (await this.entries()).some((entry) => entry.starter && entry.id === wanted)
      return starter ? this.#brokenStarter() : fail('model-missing', { name: wanted })
    }
    const others = installed.value.filter(({ entry }) => entry?.starter !== true && entry?.kind !== 'embedding')
    for (const model of others.toSorted((a, b) => b.facts.parameters - a.facts.parameters)) {
      const usable = await this.#toLoad(model, signal)
      if (usable.ok || signal.aborted) return usable
    }
    const starter = installed.value.find(({ entry }) => entry?.starter === true)
    return starter === undefined ? this.#brokenStarter() : this.#toLoad(starter, signal)
  }

  /**
   * A model by path, validated and hashed but not stored; its own template runs only with `allowTemplate`. Failures
   * as `import` and `chosen`.
   */
  async withModelPath(file: string, signal: AbortSignal = never, allowTemplate = false): Promise<Result<ModelToLoad>> {
    const checked = await this.#check(path.resolve(file), signal)
    if (!checked.ok) return checked
    const entry = (await this.entries()).find(({ sha256 }) => sha256 === checked.value.sha256) ?? null
    const wrapper = entry === null ? await this.#match(checked.value) : ok(null)
    if (!wrapper.ok) return wrapper
    const name = entry?.name ?? checked.value.facts.name ?? path.basename(file)
    return this.#describe({
      id: checked.value.sha256.slice(0, 16),
      name,
      path: path.resolve(file),
      ...checked.value,
      wrapper: wrapper.value,
      wrapperAllowed: allowTemplate,
      catalogueId: null,
      ours: false,
      entry,
    })
  }

  /** How the engine is doing. */
  engine(): EngineState {
    return this.#dependencies.engine.state()
  }

  /** Loads the chosen model now. */
  async load(signal: AbortSignal): Promise<Result<EngineState>> {
    const loaded = await this.#dependencies.engine.load(signal)
    return loaded.ok ? ok(this.engine()) : loaded
  }

  async unload(): Promise<Result<EngineState>> {
    await this.#dependencies.engine.unload()
    return ok(this.engine())
  }

  testGpu(signal: AbortSignal): Promise<Result<readonly GpuTest[]>> {
    return this.#dependencies.engine.testGpu(signal)
  }

  #isShared({ path: file, ours }: LinkedModel): boolean {
    const { sharedFolder = null } = this.#dependencies
    return sharedFolder !== null && !ours && isBelow(sharedFolder, file)
  }

  #record(model: LinkedModel, entries: readonly CatalogueEntry[]): ModelRecord {
    return recordOf(withEntry(model, entries), this.#isShared(model))
  }

  async #link(file: string, checked: CheckedFile, origin: Origin = linked): Promise<Result<ModelRecord>> {
    if (!this.allows(checked.sha256)) return fail('model-not-allowed', { name: path.basename(file) })
    const known = await this.#rows.all()
    if (!known.ok) return known
    const entries = await this.entries()
    const same = known.value.find(({ sha256 }) => sha256 === checked.sha256)
    if (same !== undefined) {
      // A file Sotto made stays the one in use: relinked to another program's, it would be deleted with the model.
      if (same.ours && !origin.ours && (await this.#stands(same))) return ok(this.#record(same, entries))
      const { ours } = origin
      const relinked = await this.#rows.relink(same.id, { path: file, stamp: checked.stamp, ours })
      return relinked.ok ? ok(this.#record({ ...same, path: file, stamp: checked.stamp, ours }, entries)) : relinked
    }
    const { givenName } = origin
    const entry = entryOf({ sha256: checked.sha256, ...origin }, entries)
    const wrapper = entry === null ? await this.#match(checked) : ok(null)
    if (!wrapper.ok) return wrapper
    const model: LinkedModel = {
      id: this.#dependencies.newId(),
      name: entry?.name ?? checked.facts.name ?? givenName ?? path.basename(file),
      path: file,
      ...checked,
      wrapper: wrapper.value,
      wrapperAllowed: false,
      catalogueId: origin.catalogueId,
      ours: origin.ours,
    }
    const inserted = await this.#rows.insert(model, this.#dependencies.now())
    return inserted.ok ? ok(this.#record(model, entries)) : inserted
  }

  /** Whether a linked file is there as it was when it was checked; one that looks touched is read. */
  async #stands({ path: file, stamp, sha256 }: LinkedModel): Promise<boolean> {
    const now = await stampFile(file)
    if (!now.ok || sameStamp(now.value, stamp)) return now.ok
    const checked = await this.#check(file, never)
    return checked.ok && checked.value.sha256 === sha256
  }

  /** The engine's own wrapper for a file; a file without a template gets the plain one. */
  async #match({ facts }: CheckedFile): Promise<Result<string | null>> {
    if (facts.chatTemplate === null || facts.chatTemplate.trim() === '') return ok('general')
    return this.#dependencies.engine.matchWrapper(facts.chatTemplate, facts.architecture)
  }

  async #installed(signal: AbortSignal = never): Promise<Result<readonly InstalledModel[]>> {
    const linked = await this.#rows.all()
    if (!linked.ok) return linked
    const entries = await this.entries()
    const starter = await this.#starter(signal)
    return ok([...(starter.ok ? [starter.value] : []), ...linked.value.map((model) => withEntry(model, entries))])
  }

  async #starter(signal: AbortSignal = never): Promise<Result<InstalledModel>> {
    const entry = (await this.entries()).find(({ starter }) => starter)
    if (entry === undefined) return fail('model-not-installed', {})
    const file = path.join(this.#dependencies.resources, entry.file)
    const checked = await this.#check(file, signal)
    if (!checked.ok) return checked.failure.code === 'file-missing' ? fail('model-not-installed', {}) : checked
    if (checked.value.sha256 !== entry.sha256) return fail('model-invalid', { name: entry.name, reason: 'wrong-hash' })
    const { id, name } = entry
    return ok({
      id,
      name,
      path: file,
      ...checked.value,
      wrapper: null,
      wrapperAllowed: false,
      catalogueId: null,
      ours: false,
      entry,
    })
  }

  async #brokenStarter(): Promise<Result<never>> {
    const starter = await this.#starter()
    return starter.ok ? fail('model-not-installed', {}) : starter
  }

  /** Hashes a file once per state of it. Whoever stops it is told that the model could not be loaded. */
  async #check(file: string, signal: AbortSignal): Promise<Result<CheckedFile>> {
    const stamp = await stampFile(file)
    if (!stamp.ok) return stamp
    const known = this.#checked.get(file)
    if (known !== undefined && sameStamp(known.stamp, stamp.value)) return ok(known)
    const checked = await checkFile(file, signal)
    if (!checked.ok) return checked
    if (checked.value === null) return fail('model-load-failed', { name: path.basename(file) })
    this.#checked.set(file, checked.value)
    return ok(checked.value)
  }

  async #toLoad(model: InstalledModel, signal: AbortSignal): Promise<Result<ModelToLoad>> {
    const stamp = await stampFile(model.path)
    if (!stamp.ok) return fail('model-missing', { name: model.name })
    // A stamp of an older Sotto lacks what shows a file written over with its old time put back: it is read once more.
    const isWhole = model.stamp.changed !== null || stamp.value.changed === null
    if (!isWhole || !sameStamp(stamp.value, model.stamp)) {
      const checked = await this.#check(model.path, signal)
      if (!checked.ok && checked.failure.code === 'model-load-failed') return checked
      if (!checked.ok || checked.value.sha256 !== model.sha256) {
        return fail('model-invalid', { name: model.name, reason: 'changed-since-import' })
      }
      await this.#rows.relink(model.id, { ...model, stamp: checked.value.stamp })
    }
    return this.#describe(model)
  }

  /** The last step before a file is used, whichever way it came. */
  #describe(model: InstalledModel): Result<ModelToLoad> {
    if (!this.allows(model.sha256)) return fail('model-not-allowed', { name: model.name })
    const { settings } = this.#dependencies
    return describeModel(model, {
      availableBytes: this.#memoryFor(model.id),
      threads: settings.get('threads').value,
      gpu: settings.get('gpu').value,
      contextTokens: settings.get('contextTokens').value,
    })
  }

  /** While a model is loaded its own memory is no longer available; the decision stays the one made before. */
  #memoryFor(modelId: string): number {
    const state = this.#dependencies.engine.state()
    const loaded = 'modelId' in state && state.modelId === modelId
    if (!loaded || this.#decided?.modelId !== modelId) this.#decided = { modelId, bytes: this.#availableMemory() }
    return this.#decided.bytes
  }

  /** The catalogue. */
  async entries(): Promise<readonly CatalogueEntry[]> {
    const { entries, resources } = this.#dependencies
    return entries === undefined ? (await readCatalogue(resources)).models : entries()
  }
}

function withEntry(model: LinkedModel, entries: readonly CatalogueEntry[]): InstalledModel {
  return { ...model, entry: entryOf(model, entries) }
}

/** By hash; by name only what was downloaded as an entry whose hash the catalogue does not know. */
function entryOf(
  { sha256, catalogueId }: Pick<LinkedModel, 'sha256' | 'catalogueId'>,
  entries: readonly CatalogueEntry[],
): CatalogueEntry | null {
  const byHash = entries.find((entry) => entry.sha256 === sha256)
  return byHash ?? entries.find((entry) => entry.sha256 === null && entry.id === catalogueId) ?? null
}
