// How much memory a child process holds, asked from outside, because a busy child cannot say.
import { readFile } from 'node:fs/promises'

/** Resident bytes of a process; null when it has gone or the system does not tell in this way (only Linux does). */
export type MemoryOf = (pid: number) => Promise<number | null>

/** Linux pages are 4 KiB on every machine the engine runs on but some ARM servers, where this reads too low. */
const PAGE_BYTES = 4096

/** Reads `/proc/<pid>/statm`. */
export async function memoryFromProc(pid: number): Promise<number | null> {
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1])
    return Number.isFinite(pages) ? pages * PAGE_BYTES : null
  } catch {
    return null
  }
}
