// Reads and hashes a GGUF file on disk through one open handle, so that what was checked is what was hashed.
import { createHash } from 'node:crypto'
import { constants, type BigIntStats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { platform } from 'node:os'
import path from 'node:path'
import { fail, ok, type Result } from '#contract/result.ts'
import { refusedHeader } from './logic/leftOut.ts'
import { parseGgufHeader, type HeaderFacts, type HeaderOutcome } from './logic/ggufHeader.ts'

/**
 * What tells one state of a file from another without reading it. `changed` is when the system last noted a change of
 * the file or of what it knows about it, in nanoseconds since 1970; unlike the time of the last write no program can set
 * it. Null where the system has no such time, or where the stamp was made before it was kept.
 */
export type FileStamp = {
  readonly bytes: number
  readonly modifiedMs: number
  readonly inode: string
  readonly changed: string | null
}

/** A file that passed the validator. `sha256` of the whole file. */
export type CheckedFile = { readonly stamp: FileStamp; readonly facts: HeaderFacts; readonly sha256: string }

const firstWindow = 256 * 1024
/** No real header comes near; without a limit a sparse file of a terabyte could claim a header that fills the memory. */
const largestHeader = 128 * 1024 * 1024
const chunkBytes = 4 * 1024 * 1024
/** A new mode, name or hard link also counts as a change; a file that nobody lets be is given up after this many. */
const mostReadings = 3

/** The file's stamp. Failures: `file-missing`, `file-unreadable`, `file-not-regular`. */
export async function stampFile(file: string): Promise<Result<FileStamp>> {
  return withFile(file, (handle) => stampOf(handle, file))
}

/** The header's facts and the file's stamp, without hashing. Failures: those of `stampFile`, `model-invalid`. */
export async function readHeader(
  file: string,
): Promise<Result<{ readonly stamp: FileStamp; readonly facts: HeaderFacts }>> {
  return withFile(file, (handle) => headerOf(handle, file))
}

/**
 * Validates, then hashes the whole file; null when stopped. Fails with `model-invalid` (`changed-while-reading`) when
 * the file was written to meanwhile. `onProgress` gets bytes read.
 */
export async function checkFile(
  file: string,
  signal: AbortSignal,
  onProgress: (readBytes: number, totalBytes: number) => void = () => undefined,
): Promise<Result<CheckedFile | null>> {
  return withFile(file, async (handle) => {
    for (let reading = 1; reading <= mostReadings; reading++) {
      const header = await headerOf(handle, file)
      if (!header.ok) return header
      const { stamp, facts } = header.value
      const sha256 = await hash(handle, stamp.bytes, signal, onProgress)
      if (sha256 === null) return ok(null)
      const after = await stampOf(handle, file)
      if (!after.ok) return after
      if (sameStamp(stamp, after.value)) return ok({ stamp, facts, sha256 })
      if (!sameStamp(stamp, { ...after.value, changed: null })) break
    }
    return invalid(file, 'changed-while-reading')
  })
}

/** Whether two stamps are of the same state of the same file; a `changed` that one of them lacks is not compared. */
export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  const unchanged = a.changed === null || b.changed === null || a.changed === b.changed
  return a.bytes === b.bytes && a.modifiedMs === b.modifiedMs && a.inode === b.inode && unchanged
}

/** The stamp of a file that was looked at. */
export function stampOfStatus({ size, mtimeMs, ino, ctimeNs }: BigIntStats): FileStamp {
  // Under Windows any program can set it.
  const changed = platform() === 'win32' ? null : String(ctimeNs)
  return { bytes: Number(size), modifiedMs: Math.trunc(Number(mtimeMs)), inode: String(ino), changed }
}

async function headerOf(
  handle: FileHandle,
  file: string,
): Promise<Result<{ readonly stamp: FileStamp; readonly facts: HeaderFacts }>> {
  const stamp = await stampOf(handle, file)
  if (!stamp.ok) return stamp
  const { bytes } = stamp.value
  let window = firstWindow
  let outcome: HeaderOutcome
  do {
    const buffer = new Uint8Array(Math.min(window, bytes))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    outcome = parseGgufHeader(buffer.subarray(0, bytesRead), bytes)
    // A file that became shorter than its stamp said cannot give what is asked for.
    if (outcome.state === 'more' && bytesRead < buffer.length) return invalid(file, 'truncated')
    if (outcome.state === 'more' && outcome.upTo > largestHeader) return invalid(file, 'header-too-large')
    if (outcome.state === 'more') window = Math.min(largestHeader, Math.max(outcome.upTo, window * 2))
  } while (outcome.state === 'more')
  return outcome.state === 'valid' ? ok({ stamp: stamp.value, facts: outcome.facts }) : invalid(file, outcome.reason)
}

async function hash(
  handle: FileHandle,
  totalBytes: number,
  signal: AbortSignal,
  onProgress: (readBytes: number, totalBytes: number) => void,
): Promise<string | null> {
  const digest = createHash('sha256')
  const buffer = new Uint8Array(chunkBytes)
  let position = 0
  for (;;) {
    if (signal.aborted) return null
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) return digest.digest('hex')
    digest.update(buffer.subarray(0, bytesRead))
    position += bytesRead
    onProgress(Math.min(position, totalBytes), totalBytes)
  }
}

async function stampOf(handle: FileHandle, file: string): Promise<Result<FileStamp>> {
  const status = await handle.stat({ bigint: true })
  if (!status.isFile()) return fail('file-not-regular', { name: path.basename(file) })
  return ok(stampOfStatus(status))
}

async function withFile<T>(file: string, work: (handle: FileHandle) => Promise<Result<T>>): Promise<Result<T>> {
  let handle: FileHandle | null = null
  try {
    // Looking first keeps devices from being opened; should a pipe take the place meanwhile, O_NONBLOCK does not wait.
    if (!(await stat(file)).isFile()) return fail('file-not-regular', { name: path.basename(file) })
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)) // closed below; Windows has no such flag
    return await work(handle)
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
    if (code === null) throw error
    const name = path.basename(file)
    if (code === 'ENOENT' || code === 'ENOTDIR') return fail('file-missing', { name })
    if (code === 'EISDIR') return fail('file-not-regular', { name })
    return fail('file-unreadable', { name, reason: code })
  } finally {
    await handle?.close()
  }
}

function invalid(file: string, reason: string): Result<never> {
  return refusedHeader(path.basename(file), reason)
}
