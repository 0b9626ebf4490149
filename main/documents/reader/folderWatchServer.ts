// Looks after one folder for the parent: walks it, listens for changes, and shows that its drive still answers.
import { lstat, opendir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { assertNever } from '#contract/result.ts'
import type { ParentPort } from '../../parentPort.ts'
import { ignoredBecause } from '../logic/ignoredEntry.ts'
import type { FoundFile, WatchMessage, WatchRequest } from '../watchProtocol.ts'
import { isFarAway, listenForChanges } from './folderEvents.ts'
import { foundFileOf, kindOf, walkFolder } from './walkFolder.ts'

type Order = Extract<WatchRequest, { type: 'watch' }>

/** Batches that may be on their way before the parent must ask for more. */
const BATCHES_AHEAD = 4
/** Changes are gathered so long, so that a file being written is looked at once. */
const SETTLE_MILLISECONDS = 300

/** Answers the requests of one parent; the first is `look` or `watch`. */
export class FolderWatchServer {
  readonly #port: ParentPort
  #folder: WatchedFolder | null = null

  constructor(port: ParentPort) {
    this.#port = port
  }

  take(request: WatchRequest): void {
    switch (request.type) {
      case 'look':
        return void look(request.path).then((message) => this.#port.post(message))
      case 'watch':
        this.#folder = new WatchedFolder(this.#port, request)
        return void this.#folder.run()
      case 'more':
        return this.#folder?.credit()
      case 'scan':
        return this.#folder?.wantScan()
      default:
        return assertNever(request)
    }
  }
}

/** A folder named through a link is the folder the link means; files that are links are `other`. */
async function look(asked: string): Promise<WatchMessage> {
  const seen = { type: 'looked', reason: '', file: null, path: asked } as const
  try {
    const first = await lstat(asked, { bigint: true })
    const place = kindOf(first) === 'link' ? await realpath(asked) : asked
    const stats = place === asked ? first : await lstat(place, { bigint: true })
    const kind = kindOf(stats)
    if (kind === 'folder') {
      await (await opendir(place)).close()
      return { ...seen, kind, path: place }
    }
    const isFile = kind === 'file' && place === asked
    return isFile ? { ...seen, kind, file: foundFileOf(place, stats) } : { ...seen, kind: 'other' }
  } catch (error) {
    const code = codeOf(error)
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { ...seen, kind: 'missing' }
      : { ...seen, kind: 'unreadable', reason: code }
  }
}

/** One folder: scans and changes take turns, so that the parent sees one order of things. */
class WatchedFolder {
  readonly #port: ParentPort
  readonly #order: Order
  readonly #changed = new Set<string>()
  #left = BATCHES_AHEAD
  #wake: (() => void) | null = null
  #isScanWanted = true

  constructor(port: ParentPort, order: Order) {
    this.#port = port
    this.#order = order
  }

  /** Never ends; the parent ends the process. */
  async run(): Promise<void> {
    const { path: root, aliveMilliseconds, rescanMilliseconds, isPolled } = this.#order
    setInterval(() => void this.#showAlive(), aliveMilliseconds)
    // Listening begins first: what changes during the first scan is not missed.
    const isListening =
      !isPolled &&
      !(await isFarAway(root)) &&
      (await listenForChanges(root, (at) => this.#note(at), this.#lose)) !== null
    this.#port.post({ type: 'watching', how: isListening ? 'watched' : 'rescanned' } satisfies WatchMessage)
    if (!isListening) setInterval(() => this.wantScan(), rescanMilliseconds)
    for (;;) {
      if (this.#isScanWanted) await this.#scan()
      else if (this.#changed.size > 0) await this.#tellChanges()
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  credit(): void {
    this.#left += 1
    this.#stir()
  }

  wantScan(): void {
    this.#isScanWanted = true
    this.#stir()
  }

  readonly #lose = (): void => {
    this.#post({ type: 'watching', how: 'rescanned' })
    setInterval(() => this.wantScan(), this.#order.rescanMilliseconds)
  }

  #note(place: string): void {
    this.#changed.add(place)
    if (this.#changed.size === 1) setTimeout(() => this.#stir(), SETTLE_MILLISECONDS)
  }

  #stir(): void {
    this.#wake?.()
    this.#wake = null
  }

  #post(message: WatchMessage): void {
    this.#port.post(message)
  }

  /** Told only when the look came back, so a drive that hangs is silent. */
  async #showAlive(): Promise<void> {
    try {
      await lstat(this.#order.path)
      this.#post({ type: 'alive' })
    } catch (error) {
      this.#post({ type: 'failed', reason: codeOf(error) })
    }
  }

  async #scan(): Promise<void> {
    this.#isScanWanted = false
    this.#changed.clear()
    this.#post({ type: 'scanning' })
    const { path: root, limitBytes } = this.#order
    const walk = walkFolder(root, limitBytes)
    for (;;) {
      const step = await walk.next()
      if (step.done !== true) {
        await this.#give(step.value)
        continue
      }
      if (step.value.closed.includes(root)) return this.#post({ type: 'failed', reason: 'closed' })
      return this.#post({ type: 'scanned', ignored: [...step.value.ignored], closed: [...step.value.closed] })
    }
  }

  async #tellChanges(): Promise<void> {
    const places = [...this.#changed]
    this.#changed.clear()
    const files: FoundFile[] = []
    for (const place of places) {
      const seen = await look(place)
      if (seen.type !== 'looked') continue
      if (seen.kind === 'missing') this.#post({ type: 'gone', path: place })
      else if (seen.file !== null && this.#isWanted(seen.file)) files.push(seen.file)
    }
    await this.#give(files)
  }

  #isWanted({ path: place, bytes }: FoundFile): boolean {
    return ignoredBecause(path.basename(place), 'file', bytes, this.#order.limitBytes) === null
  }

  async #give(files: readonly FoundFile[]): Promise<void> {
    if (files.length === 0) return
    while (this.#left === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#left -= 1
    this.#post({ type: 'entries', files: [...files] })
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown' // as: Node's file errors carry a code
}
