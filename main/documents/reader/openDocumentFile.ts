// Opens the one file this process is for: regular files only, without ever waiting on a pipe or touching a device.
import { constants, type BigIntStats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { fail, ok, type Result } from '#contract/result.ts'
import type { ReaderFailure } from '../protocol.ts'
import type { DocumentSource } from './formatReader.ts'

/** An open file. `checkUnchanged` fails with `document-changed` when size or time of change differ from the start. */
export type DocumentFile = {
  readonly name: string
  readonly source: DocumentSource
  checkUnchanged(): Promise<Result<void>>
  close(): Promise<void>
}

/**
 * Opens a file for reading. Symbolic links are followed. Failures: `file-missing`, `file-unreadable`,
 * `file-not-regular` (folders, pipes, devices, and files the system makes up, such as those in `/proc`), `file-empty`,
 * `file-too-large`.
 */
export async function openDocumentFile(file: string, limitBytes: number): Promise<Result<DocumentFile>> {
  const name = path.basename(file)
  let handle: FileHandle | undefined
  try {
    // Looking first keeps devices from being opened at all: with some, opening already does something.
    if (!(await stat(file)).isFile()) return fail('file-not-regular', { name })
    // Should a pipe have taken the place since, O_NONBLOCK keeps the open from waiting; Windows has neither.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)) // closed by the caller, or below
    const opened = await inspect(handle, name, limitBytes)
    if (!opened.ok) await handle.close()
    return opened
  } catch (error) {
    await handle?.close()
    return { ok: false, failure: failureOfCode(error, name) }
  }
}

async function inspect(handle: FileHandle, name: string, limitBytes: number): Promise<Result<DocumentFile>> {
  const before = await handle.stat({ bigint: true })
  if (!before.isFile()) return fail('file-not-regular', { name })
  const size = Number(before.size)
  if (size === 0) return fail((await isTrulyEmpty(handle)) ? 'file-empty' : 'file-not-regular', { name })
  if (size > limitBytes) return fail('file-too-large', { name, bytes: size, limitBytes })
  const source = new FileSource(handle, name, size)
  return ok({
    name,
    source,
    checkUnchanged: () => checkUnchanged(handle, before, name),
    close: () => handle.close(),
  })
}

/** Files in `/proc` say they are regular and hold nothing, and then give bytes or an error. */
async function isTrulyEmpty(handle: FileHandle): Promise<boolean> {
  try {
    return (await handle.read(new Uint8Array(1), 0, 1, 0)).bytesRead === 0
  } catch {
    return false
  }
}

async function checkUnchanged(handle: FileHandle, before: BigIntStats, name: string): Promise<Result<void>> {
  try {
    const after = await handle.stat({ bigint: true })
    const isSame = before.size === after.size && before.mtimeNs === after.mtimeNs
    return isSame ? ok(undefined) : fail('document-changed', { name })
  } catch (error) {
    return { ok: false, failure: failureOfCode(error, name) }
  }
}

function failureOfCode(error: unknown, name: string): ReaderFailure {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown' // as: Node's file errors carry a code
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ERR_INVALID_ARG_VALUE':
      return { code: 'file-missing', details: { name } }
    case 'EISDIR':
    case 'ENXIO':
      return { code: 'file-not-regular', details: { name } }
    default:
      return { code: 'file-unreadable', details: { name, reason: code } }
  }
}

class FileSource implements DocumentSource {
  readonly size: number
  readonly #handle: FileHandle
  readonly #name: string
  #failure: ReaderFailure | null = null

  constructor(handle: FileHandle, name: string, size: number) {
    this.#handle = handle
    this.#name = name
    this.size = size
  }

  get failure(): ReaderFailure | null {
    return this.#failure
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let done = 0
    try {
      while (done < length && this.#failure === null) {
        const { bytesRead } = await this.#handle.read(bytes, done, length - done, offset + done)
        if (bytesRead === 0) this.#failure = { code: 'document-changed', details: { name: this.#name } }
        done += bytesRead
      }
    } catch (error) {
      this.#failure = failureOfCode(error, this.#name)
    }
    return bytes
  }
}
