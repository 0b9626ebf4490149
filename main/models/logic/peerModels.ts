// Where other programs keep their models inside their folders. Pure: names and lists in, models out.
import type { LeftOutReason, ModelPeer } from '#contract/modelSupply.ts'
import { leftOutByName, looksLikeModel, sizesOfSplit, splitPartOf, wholeOf } from './modelNames.ts'

/**
 * A file below a program's folder, parts joined by `/`. `target` is where a link leads: a path below the
 * same folder, or `outside` when that is elsewhere or nowhere; null for a plain file.
 */
export type PeerFile = {
  readonly path: string
  readonly bytes: number
  readonly target: { readonly path: string } | 'outside' | null
}

/** A model of another program; `sha256` where its layout names the file by it. `path` is below the folder. */
export type PeerModel = {
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly leftOut: LeftOutReason | null
  readonly sha256: string | null
}

/** Whether the folder's reader must hand over what is in a file: a list of Ollama, or the newest revision of the hub's cache. */
export function isPeerList(peer: ModelPeer, path: string): boolean {
  if (peer === 'ollama') return path.startsWith('manifests/') && path.split('/').length >= 4
  return peer === 'hugging-face' && /^models--[^/]+\/refs\/main$/.test(path)
}

/**
 * The models in a program's folder, by name. Layouts, as seen in November 2026:
 * LM Studio `<publisher>/<repository>/<file>.gguf` (its documentation, "Import models");
 * Ollama `manifests/<host>/<namespace>/<model>/<tag>` naming `blobs/sha256-<hash>` (its source, `manifest/paths.go`);
 * Jan `llamacpp/models/<id>/model.gguf`, before that `models/…` (its documentation, "Data folder");
 * GPT4All `<file>.gguf` (its documentation, "Download path"), `incomplete-` before unfinished ones;
 * Hugging Face `models--<user>--<repository>/snapshots/<revision>/<file>`, links into `blobs` (hub documentation,
 * "Local cache"); the shared folder holds files directly or in folders of packs.
 */
export function modelsOf(
  peer: ModelPeer,
  files: readonly PeerFile[],
  lists: ReadonlyMap<string, string>,
): readonly PeerModel[] {
  const found = peer === 'ollama' ? ollamaModels(files, lists) : ggufModels(peer, files, lists)
  return found.toSorted((a, b) => compare(a.name, b.name) || compare(a.path, b.path))
}

function ggufModels(
  peer: ModelPeer,
  files: readonly PeerFile[],
  lists: ReadonlyMap<string, string>,
): readonly PeerModel[] {
  const models: PeerModel[] = []
  const wholes = sizesOfSplit(files)
  const seen = new Set<string>()
  for (const file of newestFirst(peer, files, lists)) {
    const name = last(file.path)
    if (!looksLikeModel(name) || !belongs(peer, file.path)) continue
    const split = splitPartOf(name)
    if (split !== null && split.part > 1) continue
    const blob = typeof file.target === 'object' ? (file.target?.path ?? null) : null
    const key = blob ?? file.path
    if (seen.has(key)) continue
    seen.add(key)
    models.push({
      name: nameOf(peer, file.path),
      path: file.path,
      bytes: split === null ? file.bytes : (wholes.get(wholeOf(file.path, split.stem)) ?? file.bytes),
      leftOut: leftOutByName(name) ?? (file.target === 'outside' ? 'outside' : null),
      sha256: peer === 'hugging-face' && blob !== null ? hashIn(last(blob)) : null,
    })
  }
  return models
}

/** Of several revisions in the hub's cache that have the same file, the one its branch names counts. */
function newestFirst(
  peer: ModelPeer,
  files: readonly PeerFile[],
  lists: ReadonlyMap<string, string>,
): readonly PeerFile[] {
  if (peer !== 'hugging-face') return files
  const isNewest = ({ path }: PeerFile): boolean => {
    const [repository, , revision] = path.split('/')
    return lists.get(`${repository}/refs/main`)?.trim() === revision
  }
  return files.toSorted((a, b) => Number(isNewest(b)) - Number(isNewest(a)) || compare(a.path, b.path))
}

function belongs(peer: ModelPeer, path: string): boolean {
  if (peer === 'hugging-face') return /^models--[^/]+\/snapshots\/[^/]+\/./.test(path)
  if (peer === 'jan') return /^(llamacpp\/)?models\/./.test(path)
  return peer !== 'gpt4all' || !path.includes('/')
}

function nameOf(peer: ModelPeer, path: string): string {
  const parts = path.split('/')
  const file = last(path).replace(/\.gguf$/i, '')
  if (peer !== 'jan') return file
  // Jan calls every file `model.gguf`; its folder is the model's name.
  const folder = parts.slice(parts.indexOf('models') + 1, -1).join('/')
  return /^model$/i.test(file) && folder !== '' ? folder : file
}

const modelLayer = 'application/vnd.ollama.image.model'

/** One model for each list; its first model layer counts, further ones are parts of it. */
function ollamaModels(files: readonly PeerFile[], lists: ReadonlyMap<string, string>): readonly PeerModel[] {
  const blobs = new Map(files.map((file) => [file.path, file]))
  const models: PeerModel[] = []
  for (const [path, text] of lists) {
    const layers = modelLayers(text)
    const first = layers[0]
    if (first === undefined) continue
    const blob = blobs.get(`blobs/sha256-${first}`)
    models.push({
      name: ollamaName(path),
      path: `blobs/sha256-${first}`,
      bytes: blob?.bytes ?? 0,
      leftOut: leftOutOf(blob, layers.length),
      sha256: first,
    })
  }
  return models
}

function leftOutOf(blob: PeerFile | undefined, layers: number): LeftOutReason | null {
  if (blob === undefined) return 'missing'
  if (blob.target === 'outside') return 'outside'
  return layers > 1 ? 'multi-part' : null
}

/** Hashes of a list's model layers; none where it is no such list, or names anything but a hash (CVE-2024-37032). */
function modelLayers(text: string): readonly string[] {
  const list = parsed(text)
  if (!isRecord(list) || !Array.isArray(list['layers'])) return []
  return list['layers'].flatMap((layer: unknown) => {
    if (!isRecord(layer) || layer['mediaType'] !== modelLayer) return []
    const digest = layer['digest']
    const [, hash] = /^sha256[:-]([0-9a-f]{64})$/.exec(typeof digest === 'string' ? digest : '') ?? []
    return hash === undefined ? [] : [hash]
  })
}

/** As Ollama prints it: without its own registry and its own namespace. */
function ollamaName(path: string): string {
  const parts = path.split('/').slice(1)
  const tag = parts.pop() ?? ''
  if (parts[0] === 'registry.ollama.ai') parts.shift()
  if (parts[0] === 'library') parts.shift()
  return `${parts.join('/')}:${tag}`
}

function hashIn(name: string): string | null {
  return /^[0-9a-f]{64}$/.test(name) ? name : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
