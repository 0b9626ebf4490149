// A model on its way: bytes are appended and hashed; what counts as here is only what was flushed to the disk.
import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, rename, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { platform } from 'node:os'

const chunkBytes = 4 * 1024 * 1024

/** A part file. Methods reject with the file system's errors. Whoever opens it closes it. */
export class PartFile {
  readonly path: string
  readonly #handle: FileHandle
  #hash: Hash = createHash('sha256')
  #position = 0

  /**
   * Opens or makes the file and keeps its first `keptBytes`, which are read and hashed again; a file that is shorter
   * starts anew. A link in its place is refused (ELOOP).
   */
  static async open(file: string, keptBytes: number): Promise<PartFile> {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) // Windows has no such flag
    const handle = await open(file, flags, 0o600) // closed by close()
    const part = new PartFile(file, handle)
    try {
      await part.#keep(keptBytes)
      return part
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  private constructor(file: string, handle: FileHandle) {
    this.path = file
    this.#handle = handle
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#position
  }

  async append(bytes: Uint8Array): Promise<void> {
    let written = 0
    while (written < bytes.length) {
      const step = await this.#handle.write(bytes, written, bytes.length - written, this.#position)
      this.#hash.update(bytes.subarray(written, written + step.bytesWritten))
      written += step.bytesWritten
      this.#position += step.bytesWritten
    }
  }

  /** Forgets all that was written. */
  async restart(): Promise<void> {
    await this.#handle.truncate(0)
    this.#hash = createHash('sha256')
    this.#position = 0
  }

  /** The first bytes, up to `count`. */
  async head(count: number): Promise<Uint8Array> {
    const buffer = new Uint8Array(Math.min(count, this.#position))
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  }

  /** Makes all that was written outlive a power cut. */
  async flush(): Promise<void> {
    await this.#handle.sync()
  }

  /** SHA-256 of all that was written, hex. */
  digest(): string {
    return this.#hash.copy().digest('hex')
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  async #keep(keptBytes: number): Promise<void> {
    const status = await this.#handle.stat()
    const kept = status.size < keptBytes ? 0 : keptBytes
    await this.#handle.truncate(kept)
    const buffer = new Uint8Array(chunkBytes)
    while (this.#position < kept) {
      const length = Math.min(buffer.length, kept - this.#position)
      const { bytesRead } = await this.#handle.read(buffer, 0, length, this.#position)
      if (bytesRead === 0) return this.restart()
      this.#hash.update(buffer.subarray(0, bytesRead))
      this.#position += bytesRead
    }
  }
}

/** Gives a finished, closed and flushed file its name, and makes the name durable. */
export async function nameDurably(from: string, to: string): Promise<void> {
  await rename(from, to)
  if (platform() === 'win32') return // Windows cannot open a folder to flush it; NTFS journals the rename
  const folder = await open(path.dirname(to), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Whether anything, even a broken link, has this name. */
export async function isTaken(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch {
    return false
  }
}
