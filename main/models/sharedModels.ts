// Models in this computer's folder for everybody: they become installed models by themselves, and are never written.
import { realpath, stat } from 'node:fs/promises'
import { platform } from 'node:os'
import path from 'node:path'
import type { Announce } from '#contract/index.ts'
import type { ModelRecord } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import { checkFile, type CheckedFile } from './ggufFile.ts'
import { modelsOf } from './logic/peerModels.ts'
import { isGguf, listPeerFolder } from './peers/peerFolder.ts'

/** `ownerUid` is who must own the folder where the system has owners; root (0) unless a test says otherwise. */
export type SharedDependencies = {
  readonly folder: string | null
  readonly logger: Logger
  readonly announce: Announce
  readonly ownerUid?: number
  readonly models: {
    list(): Promise<Result<readonly ModelRecord[]>>
    link(
      file: string,
      checked: CheckedFile,
      origin: { readonly catalogueId: null; readonly ours: false },
    ): Promise<Result<ModelRecord>>
    forget(modelId: string): Promise<Result<void>>
  }
}

const writableByOthers = 0o022

/** The shared folder. */
export class SharedModels {
  readonly #dependencies: SharedDependencies
  readonly #closing = new AbortController()
  #looking: Promise<unknown> = Promise.resolve()

  constructor(dependencies: SharedDependencies) {
    this.#dependencies = dependencies
  }

  /**
   * Links what is new in the folder and forgets what has gone from it; how many of each. What others than its owner may
   * write to, folder or file, is left alone. Failures are the storage's; a file that is no sound model is skipped.
   */
  async adopt(signal: AbortSignal): Promise<Result<{ readonly linked: number; readonly forgotten: number }>> {
    const { folder, models, announce, logger } = this.#dependencies
    if (folder === null || !(await this.#isTrusted(folder))) return ok({ linked: 0, forgotten: 0 })
    const installed = await models.list()
    if (!installed.ok) return installed
    const files: string[] = []
    for (const file of await filesIn(folder, signal)) if (await this.#isSafe(folder, file)) files.push(file)
    const gone = installed.value.filter((model) => isBelow(folder, model.path) && !files.includes(model.path))
    for (const { id } of signal.aborted ? [] : gone) {
      const forgotten = await models.forget(id)
      if (!forgotten.ok) return forgotten
    }
    let linked = 0
    for (const file of files.filter((each) => installed.value.every((model) => model.path !== each))) {
      const checked = await checkFile(file, signal)
      if (signal.aborted) break
      if (!checked.ok || checked.value === null) continue
      const link = await models.link(file, checked.value, { catalogueId: null, ours: false })
      if (link.ok) linked += 1
    }
    if (linked + gone.length > 0) announce('models.list-changed', {})
    logger.info('models.shared', { linked, forgotten: gone.length })
    return ok({ linked, forgotten: gone.length })
  }

  /** Looks at the folder in the background, once. */
  start(): void {
    this.#looking = this.adopt(this.#closing.signal)
  }

  /** Stops the look; what is linked stays linked. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#looking
  }

  /** Whether a file, each folder between it and the shared one, and what a link leads to can be changed by nobody else. */
  async #isSafe(folder: string, file: string): Promise<boolean> {
    const [root, real] = await Promise.all([realpath(folder), realpath(file)]).catch(() => [folder, ''] as const) // as: gone meanwhile
    if (!isBelow(root, real)) return false
    const places = [...placesBetween(folder, file), ...placesBetween(root, real)]
    for (const place of new Set(places)) if (!(await this.#isTrusted(place, true))) return false
    return true
  }

  async #isTrusted(place: string, anyKind = false): Promise<boolean> {
    const status = await stat(place).catch(() => null)
    if (status === null || !(anyKind || status.isDirectory())) return false
    // Windows has access lists instead; its folder belongs to administrators.
    if (platform() === 'win32') return true
    const { ownerUid = 0 } = this.#dependencies
    return status.uid === ownerUid && (status.mode & writableByOthers) === 0
  }
}

/** Whether a file lies in the folder, at any depth. */
export function isBelow(folder: string, file: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`)
}

/** The file and every folder above it that lies in `folder`. */
function placesBetween(folder: string, file: string): readonly string[] {
  return isBelow(folder, file) ? [file, ...placesBetween(folder, path.dirname(file))] : []
}

async function filesIn(folder: string, signal: AbortSignal): Promise<readonly string[]> {
  const listing = await listPeerFolder('shared', folder, signal)
  if (listing === null) return []
  const files: string[] = []
  for (const model of modelsOf('shared', listing.files, listing.lists)) {
    const file = path.join(folder, ...model.path.split('/'))
    if (model.leftOut === null && (await isGguf(file))) files.push(file)
  }
  return files
}
