// Files that are either the old one or the new one, whole, whatever happens in between.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { platform } from 'node:os'
import { dirname } from 'node:path'

/**
 * Writes `text` to `path` so that after a crash there is the old file or the new one, never a torn one. `mode` is of a
 * newly made file. Throws the file system's errors, then with the old file untouched.
 */
export function writeDurably(path: string, text: string, mode: number): void {
  const partial = `${path}.partial`
  rmSync(partial, { force: true })
  try {
    const file = openSync(partial, 'wx', mode)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameDurably(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Renames within one folder and makes the folder's new content durable. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to)
  if (platform() === 'win32') return // Windows cannot open a folder to flush it; NTFS journals the rename
  const folder = openSync(dirname(to), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
