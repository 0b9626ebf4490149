// Packs of models for many computers: made of installed models, verified, installed by link or copy.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Item } from '#contract/index.ts'
import type { ModelRecord } from '#contract/model.ts'
import type { PackedModel, PackReport } from '#contract/modelSupply.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { Storage } from '../../storage/storage.ts'
import type { CatalogueEntry } from '../catalogue/catalogue.ts'
import type { CheckedFile } from '../ggufFile.ts'
import { progressItems } from '../importItems.ts'
import { fileNameOf } from '../logic/modelSource.ts'
import { isReplayed, type SignedVersion } from '../logic/replay.ts'
import { copyModel, diskFailure } from './modelCopy.ts'
import { manifestName, verifyPack, type PackManifest, type VerifiedPack } from './packFile.ts'
import { PackRows } from './packRows.ts'
import { nameDurably } from '../downloads/partFile.ts'

/** `own` is where Sotto's own model files lie, `shared` the computer's; null where there is none. */
export type PackDependencies = {
  readonly storage: Storage
  readonly own: string | null
  readonly shared: string | null
  readonly signingKey: string | undefined
  readonly appVersion: string
  readonly now: () => Date
  readonly entries: () => Promise<readonly CatalogueEntry[]>
  readonly models: {
    list(): Promise<Result<readonly ModelRecord[]>>
    allows(sha256: string): boolean
    /** Makes a checked file an installed model; `ours`: Sotto made it and deletes it with the model. */
    link(
      file: string,
      checked: CheckedFile,
      origin: { readonly catalogueId: string | null; readonly ours: boolean },
    ): Promise<Result<ModelRecord>>
  }
}

type NamedVersion = SignedVersion & { readonly created: string }
type OnProgress = (readBytes: number, totalBytes: number) => void
type InstallOrder = {
  readonly folder: string
  readonly way: 'link' | 'copy' | 'share'
  readonly acceptLicence: boolean
  /** Whether a signed pack may be older than one that was installed before. */
  readonly older: boolean
}

/** Making and using packs. */
export class PackService {
  readonly #dependencies: PackDependencies
  readonly #rows: PackRows

  constructor(dependencies: PackDependencies) {
    this.#dependencies = dependencies
    this.#rows = new PackRows(dependencies.storage)
  }

  /** Copies models into a new folder and writes the manifest last. What is stopped or fails leaves nothing behind. */
  pack(modelIds: readonly string[], folder: string, signal: AbortSignal): Stream<Item<'models.pack'>> {
    return progressItems((onProgress) => this.#make(modelIds, path.resolve(folder), signal, onProgress), finished)
  }

  /** Reads a whole pack and compares it with its manifest. */
  verify(folder: string, signal: AbortSignal): Stream<Item<'models.verify-pack'>> {
    return progressItems(async (onProgress) => {
      const { signingKey } = this.#dependencies
      const verified = await verifyPack(path.resolve(folder), { signingKey }, signal, onProgress)
      return verified.ok ? ok(verified.value?.report ?? null) : verified
    }, finished)
  }

  /** Verifies a pack, then links or copies its models; refused as a whole before anything is installed. */
  install(order: InstallOrder, signal: AbortSignal): Stream<Item<'models.install-pack'>> {
    return progressItems(
      (onProgress) => this.#install({ ...order, folder: path.resolve(order.folder) }, signal, onProgress),
      (models) => ({
        type: 'finished' as const, // as: a fixed type
        reason: models === null ? ('stopped' as const) : ('complete' as const), // as: reasons both
        models: [...(models ?? [])],
      }),
    )
  }

  async #make(
    modelIds: readonly string[],
    folder: string,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<Result<PackReport | null>> {
    const chosen = await this.#chosen(modelIds)
    if (!chosen.ok) return chosen
    const made = await newFolder(folder)
    if (!made.ok) return made
    const result = await this.#fill(chosen.value, folder, signal, onProgress)
    if (!result.ok || result.value === null) await undo(folder, made.value)
    return result
  }

  async #chosen(modelIds: readonly string[]): Promise<Result<readonly ModelRecord[]>> {
    const installed = await this.#dependencies.models.list()
    if (!installed.ok) return installed
    const chosen: ModelRecord[] = []
    for (const id of new Set(modelIds)) {
      const model = installed.value.find((each) => each.id === id)
      if (model === undefined) return fail('not-found', { what: 'model', id })
      chosen.push(model)
    }
    return ok(chosen)
  }

  async #fill(
    models: readonly ModelRecord[],
    folder: string,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<Result<PackReport | null>> {
    const totalBytes = models.reduce((sum, { bytes }) => sum + bytes, 0)
    const entries = await this.#dependencies.entries()
    const packed: PackedModel[] = []
    let before = 0
    for (const { path: from, sha256, bytes, name, catalogueId } of models) {
      const file = nameIn(packed, from, sha256)
      const order = { from, to: path.join(folder, file), sha256 }
      const copied = await copyModel(order, signal, (copiedBytes) => onProgress(before + copiedBytes, totalBytes))
      if (!copied.ok || copied.value === null) return copied.ok ? ok(null) : copied
      const licence = entries.find(({ id }) => id === catalogueId)?.licence ?? null
      packed.push({ name, file, bytes, sha256, catalogueId, licence })
      before += bytes
    }
    const { appVersion, now } = this.#dependencies
    const created = now().toISOString()
    const content: PackManifest = { format: 'sotto-model-pack', version: 1, created, appVersion, models: packed }
    const written = await writeManifest(folder, content)
    return written.ok ? ok({ created, appVersion, signed: false, models: packed }) : written
  }

  async #install(
    { folder, way, acceptLicence, older }: InstallOrder,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<Result<readonly ModelRecord[] | null>> {
    const { signingKey, own, shared, models, now } = this.#dependencies
    const target = way === 'link' ? folder : way === 'copy' ? own : shared
    if (target === null) return fail('pack-invalid', { name: path.basename(folder), reason: 'no-folder' })
    const welcome = older ? async () => ok(undefined) : (pack: NamedVersion) => this.#welcome(pack)
    const verified = await verifyPack(folder, { signingKey, welcome }, signal, onProgress)
    if (!verified.ok || verified.value === null) return verified.ok ? ok(null) : verified
    for (const { packed } of verified.value.models) {
      const { name, licence, sha256 } = packed
      if (licence?.mustAccept === true && !acceptLicence) {
        return fail('licence-required', { name, licence: licence.id, url: licence.url })
      }
      if (!models.allows(sha256)) return fail('model-not-allowed', { name })
    }
    const records: ModelRecord[] = []
    for (const model of verified.value.models) {
      const installed = await this.#installOne(model, { way, target, signed: verified.value.report.signed }, signal)
      if (!installed.ok || installed.value === null) return installed.ok ? ok(null) : installed
      records.push(installed.value)
    }
    const kept =
      signingKey === undefined ? ok(undefined) : await this.#rows.put(signingKey, verified.value.version, now())
    return kept.ok ? ok(records) : kept
  }

  /** Fails with `pack-older` where a newer pack of the same key was installed before. */
  async #welcome({ created, ...version }: NamedVersion): Promise<Result<void>> {
    const newest = await this.#rows.newest(this.#dependencies.signingKey ?? '')
    if (!newest.ok) return newest
    if (newest.value === null || !isReplayed(version, newest.value)) return ok(undefined)
    return fail('pack-older', { created, newest: new Date(newest.value.version).toISOString() })
  }

  async #installOne(
    { packed, file, checked }: VerifiedPack['models'][number],
    { way, target, signed }: { readonly way: InstallOrder['way']; readonly target: string; readonly signed: boolean },
    signal: AbortSignal,
  ): Promise<Result<ModelRecord | null>> {
    const { models } = this.#dependencies
    // Which entry of the catalogue a file is decides how it is spoken to: only a signature vouches for that.
    const origin = { catalogueId: signed ? packed.catalogueId : null, ours: way === 'copy' }
    if (way === 'link') return models.link(file, checked, origin)
    const there = await this.#alreadyThere(packed.sha256, target)
    if (there !== null) return ok(there)
    const to = path.join(target, packed.file)
    const copied = await copyModel({ from: file, to, sha256: packed.sha256 }, signal, () => undefined)
    if (!copied.ok || copied.value === null) return copied.ok ? ok(null) : copied
    return models.link(to, { ...checked, stamp: copied.value }, origin)
  }

  async #alreadyThere(sha256: string, folder: string): Promise<ModelRecord | null> {
    const installed = await this.#dependencies.models.list()
    if (!installed.ok) return null
    return installed.value.find((each) => each.sha256 === sha256 && path.dirname(each.path) === folder) ?? null
  }
}

function finished(pack: PackReport | null) {
  const reason = pack === null ? ('stopped' as const) : ('complete' as const) // as: reasons both
  return { type: 'finished' as const, reason, pack } // as: a fixed type
}

/** The file's own name where it is fit for any system and free, else one made of its hash. */
function nameIn(packed: readonly PackedModel[], from: string, sha256: string): string {
  const name = fileNameOf(path.basename(from))
  const taken = name === null || packed.some(({ file }) => file.toLowerCase() === name.toLowerCase())
  return taken ? `model-${sha256.slice(0, 16)}.gguf` : name
}

/** Makes the folder; true when it was not there before, false when it was there and empty. */
async function newFolder(folder: string): Promise<Result<boolean>> {
  try {
    const made = await mkdir(folder, { recursive: true })
    const entries = await readdir(folder)
    if (entries.length > 0) return fail('pack-invalid', { name: path.basename(folder), reason: 'exists' })
    return ok(made !== undefined)
  } catch (error) {
    return { ok: false, failure: diskFailure(error, path.join(folder, manifestName)) }
  }
}

/** The folder was empty before, so all that is in it is ours; a folder that was there stays. */
async function undo(folder: string, made: boolean): Promise<void> {
  if (made) return rm(folder, { recursive: true, force: true })
  for (const name of await readdir(folder)) await rm(path.join(folder, name), { force: true })
}

async function writeManifest(folder: string, content: PackManifest): Promise<Result<void>> {
  const file = path.join(folder, manifestName)
  try {
    await writeFile(`${file}.part`, `${JSON.stringify(content, null, 2)}\n`, { flush: true })
    await nameDurably(`${file}.part`, file)
    return ok(undefined)
  } catch (error) {
    return { ok: false, failure: diskFailure(error, file) }
  }
}
