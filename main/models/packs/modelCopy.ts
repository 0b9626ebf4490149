// Copies a model file so that a cut copy never passes for whole: hashed while written, flushed, then named.
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Failure } from '#contract/failures.ts'
import { fail, failureOf, ok, type Result } from '#contract/result.ts'
import { stampOfStatus, type FileStamp } from '../ggufFile.ts'
import { isTaken, nameDurably, PartFile } from '../downloads/partFile.ts'

/** What to copy and what it must come to. */
export type CopyOrder = { readonly from: string; readonly to: string; readonly sha256: string }

/**
 * Copies; null when stopped, with nothing left behind. What has the name already is never replaced. Failures:
 * `pack-invalid` (`exists`, `wrong-hash`), `disk-full`, `data-read-only`, `file-unreadable`.
 */
export async function copyModel(
  { from, to, sha256 }: CopyOrder,
  signal: AbortSignal,
  onProgress: (copiedBytes: number) => void,
): Promise<Result<FileStamp | null>> {
  const name = path.basename(to)
  if (await isTaken(to)) return fail('pack-invalid', { name, reason: 'exists' })
  const part = `${to}.part`
  try {
    const digest = await write(from, part, signal, onProgress)
    if (digest !== sha256) {
      await rm(part, { force: true })
      return digest === null ? ok(null) : fail('pack-invalid', { name, reason: 'wrong-hash' })
    }
    await nameDurably(part, to)
    return ok(stampOfStatus(await stat(to, { bigint: true })))
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    return { ok: false, failure: diskFailure(error, to) }
  }
}

/** The hash of what was written, or null when stopped. */
async function write(
  from: string,
  part: string,
  signal: AbortSignal,
  onProgress: (copiedBytes: number) => void,
): Promise<string | null> {
  const file = await PartFile.open(part, 0)
  try {
    const source: AsyncIterable<Uint8Array> = createReadStream(from, { highWaterMark: 4 * 1024 * 1024 })
    for await (const chunk of source) {
      if (signal.aborted) return null
      await file.append(chunk)
      onProgress(file.position)
    }
    await file.flush()
    return file.digest()
  } finally {
    await file.close()
  }
}

/** What a file system's error means to a person; without a code it is a bug and thrown on. */
export function diskFailure(error: unknown, file: string): Failure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code === null) throw error
  const folder = path.basename(path.dirname(file))
  if (code === 'ENOSPC' || code === 'EDQUOT') return failureOf('disk-full', { folder })
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return failureOf('data-read-only', { folder })
  return failureOf('file-unreadable', { name: path.basename(file), reason: code })
}
