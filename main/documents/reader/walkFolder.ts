// Walks a folder and tells every file in it that may be a document, and what was passed by and why.
import type { BigIntStats, Dirent } from 'node:fs'
import { lstat, opendir } from 'node:fs/promises'
import path from 'node:path'
import type { IgnoredEntries, IgnoredReason } from '#contract/library.ts'
import { ignoredBecause, type EntryKind } from '../logic/ignoredEntry.ts'
import type { FoundFile } from '../watchProtocol.ts'

const BATCH = 200
const EXAMPLES = 5
const CLOSED_AT_MOST = 1000

/** What a walk comes to. `closed` are the folders that could not be opened, the folder itself among them. */
export type WalkEnd = { readonly ignored: readonly IgnoredEntries[]; readonly closed: readonly string[] }

type Stood = { readonly name: string; readonly stats: BigIntStats | null }

/**
 * Yields files in batches, folders breadth first. Links are not followed and no folder is entered twice, so there is no
 * way in circles. What vanishes meanwhile is left out.
 */
export async function* walkFolder(root: string, limitBytes: number): AsyncGenerator<FoundFile[], WalkEnd, void> {
  const walk = new Walk(root, limitBytes)
  for (let folder = walk.next(); folder !== undefined; folder = walk.next()) yield* walk.filesIn(folder)
  return walk.end()
}

/** A file as the library knows it. */
export function foundFileOf(file: string, stats: BigIntStats): FoundFile {
  return {
    path: file,
    identity: identityOf(stats),
    bytes: Number(stats.size),
    modifiedMs: Number(stats.mtimeNs / 1_000_000n),
  }
}

/** What a look without following links finds. */
export function kindOf(stats: BigIntStats): EntryKind {
  if (stats.isSymbolicLink()) return 'link'
  if (stats.isDirectory()) return 'folder'
  return stats.isFile() ? 'file' : 'special'
}

function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`
}

/** One walk: the folders still to see, those seen, and what was passed by. */
class Walk {
  readonly #limitBytes: number
  readonly #passed: PassedBy
  readonly #closed: string[] = []
  readonly #entered = new Set<string>()
  readonly #folders: string[]

  constructor(root: string, limitBytes: number) {
    this.#limitBytes = limitBytes
    this.#passed = new PassedBy(root)
    this.#folders = [root]
  }

  next(): string | undefined {
    return this.#folders.shift()
  }

  end(): WalkEnd {
    return { ignored: this.#passed.entries(), closed: this.#closed }
  }

  async *filesIn(folder: string): AsyncGenerator<FoundFile[], void, void> {
    try {
      for await (const names of namesIn(folder, (place) => this.#passed.add('name', place))) {
        const stood = await Promise.all(names.map((name) => standing(folder, name)))
        yield stood.flatMap(({ name, stats }) => (stats === null ? [] : this.#file(folder, name, stats)))
      }
    } catch {
      if (this.#closed.length < CLOSED_AT_MOST) this.#closed.push(folder)
    }
  }

  #file(folder: string, name: string, stats: BigIntStats): readonly FoundFile[] {
    const place = path.join(folder, name)
    const kind = kindOf(stats)
    const reason = ignoredBecause(name, kind, Number(stats.size), this.#limitBytes)
    if (reason !== null) this.#passed.add(reason, place)
    else if (kind === 'file') return [foundFileOf(place, stats)]
    else if (!this.#entered.has(identityOf(stats))) {
      this.#entered.add(identityOf(stats))
      this.#folders.push(place)
    }
    return []
  }
}

async function standing(folder: string, name: string): Promise<Stood> {
  try {
    return { name, stats: await lstat(path.join(folder, name), { bigint: true }) }
  } catch {
    return { name, stats: null }
  }
}

async function* namesIn(
  folder: string,
  unreadable: (place: string) => void,
): AsyncGenerator<readonly string[], void, void> {
  const raw = 'buffer' as never // as: typings know no buffers here
  const open = await opendir(folder, { encoding: raw, bufferSize: BATCH })
  let names: string[] = []
  const entries = open as unknown as AsyncIterable<Dirent<Buffer>> // as: with that encoding names are bytes
  // Iterating closes the folder, however it ends.
  for await (const { name: bytes } of entries) {
    const name = textOf(bytes)
    if (name === null) unreadable(path.join(folder, bytes.toString('utf8')))
    else names.push(name)
    if (names.length >= BATCH) {
      yield names
      names = []
    }
  }
  yield names
}

/** Null for bytes that are not UTF-8: such a name cannot be kept as text and found again. */
function textOf(name: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name)
  } catch {
    return null
  }
}

/** Counts what is passed by, with a few examples of each kind. */
class PassedBy {
  readonly #root: string
  readonly #found = new Map<IgnoredReason, { count: number; readonly examples: string[] }>()

  constructor(root: string) {
    this.#root = root
  }

  add(reason: IgnoredReason, place: string): void {
    const known = this.#found.get(reason) ?? { count: 0, examples: [] }
    known.count += 1
    if (known.examples.length < EXAMPLES) known.examples.push(path.relative(this.#root, place))
    this.#found.set(reason, known)
  }

  entries(): readonly IgnoredEntries[] {
    return [...this.#found].map(([reason, { count, examples }]) => ({ reason, count, examples }))
  }
}
