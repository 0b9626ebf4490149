// Looks into another program's folder without touching anything: names, sizes, where links lead, and short lists.
import { constants } from 'node:fs'
import { lstat, open, readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ModelPeer } from '#contract/modelSupply.ts'
import { isPeerList, type PeerFile } from '../logic/peerModels.ts'

/** What is in a folder. `more`: it holds more than is looked at. */
export type PeerListing = {
  readonly state: 'read' | 'more' | 'unreadable'
  readonly files: readonly PeerFile[]
  readonly lists: ReadonlyMap<string, string>
}

const mostFiles = 20_000
const deepest = 8
const longestList = 1024 * 1024
/** All lists of a folder together: a thousand models have a megabyte of them. */
const mostListed = 32 * 1024 * 1024

/** Reads a folder's names; null when there is no such folder. Folders behind links are not entered (a circle has no end). */
export async function listPeerFolder(
  peer: ModelPeer,
  folder: string,
  signal: AbortSignal,
): Promise<PeerListing | null> {
  const root = await realpath(folder).catch(codeOf)
  if (typeof root !== 'string') return root.code === 'ENOENT' || root.code === 'ENOTDIR' ? null : unreadable
  if (!(await isFolder(root))) return null
  const walk = new Walk(peer, root, signal)
  await walk.enter('', 0)
  return walk.listing()
}

const unreadable: PeerListing = { state: 'unreadable', files: [], lists: new Map() }

/** The first four bytes of a GGUF file are its name; false also where it cannot be read. */
export async function isGguf(file: string): Promise<boolean> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => null) // closed below
  if (handle === null) return false
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(4), 0, 4, 0)
    return bytesRead === 4 && Buffer.from(buffer).toString('latin1') === 'GGUF'
  } catch {
    return false
  } finally {
    await handle.close()
  }
}

class Walk {
  readonly #peer: ModelPeer
  readonly #root: string
  readonly #signal: AbortSignal
  readonly #files: PeerFile[] = []
  readonly #lists = new Map<string, string>()
  #listedBytes = 0
  #state: PeerListing['state'] = 'read'

  constructor(peer: ModelPeer, root: string, signal: AbortSignal) {
    this.#peer = peer
    this.#root = root
    this.#signal = signal
  }

  listing(): PeerListing {
    return { state: this.#state, files: this.#files, lists: this.#lists }
  }

  /** `below` is the folder's path below the root, empty or ending in `/`. */
  async enter(below: string, depth: number): Promise<void> {
    const entries = await readdir(path.join(this.#root, below), { withFileTypes: true }).catch(() => null)
    if (entries === null) {
      if (depth === 0) this.#state = 'unreadable'
      return
    }
    for (const entry of entries) {
      if (this.#signal.aborted) return
      if (this.#files.length >= mostFiles) {
        this.#state = 'more'
        return
      }
      const name = `${below}${entry.name}`
      if (entry.isDirectory() && depth < deepest) await this.enter(`${name}/`, depth + 1)
      else if (entry.isFile()) await this.#take(name, null)
      else if (entry.isSymbolicLink()) await this.#follow(name)
    }
  }

  async #follow(name: string): Promise<void> {
    const real = await realpath(path.join(this.#root, name)).catch(() => null)
    const inside = real !== null && real.startsWith(`${this.#root}${path.sep}`)
    if (!inside) return this.#take(name, 'outside')
    if (!(await isFolder(real)))
      await this.#take(name, { path: path.relative(this.#root, real).split(path.sep).join('/') })
  }

  async #take(name: string, target: PeerFile['target']): Promise<void> {
    const file = path.join(this.#root, name)
    const status = await (target === 'outside' ? lstat(file) : stat(file)).catch(() => null)
    if (status === null || (target !== 'outside' && !status.isFile())) return
    this.#files.push({ path: name, bytes: status.size, target })
    if (target !== null || status.size > longestList || !isPeerList(this.#peer, name)) return
    if (this.#listedBytes + status.size > mostListed) {
      this.#state = 'more'
      return
    }
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) return
    this.#listedBytes += status.size
    this.#lists.set(name, text)
  }
}

async function isFolder(file: string): Promise<boolean> {
  const status = await stat(file).catch(() => null)
  return status?.isDirectory() === true
}

function codeOf(error: unknown): { readonly code: string } {
  return { code: error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN' }
}
