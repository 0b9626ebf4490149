// How much memory a child process holds, asked from outside, because a busy child cannot say.
import { readFile } from 'node:fs/promises'

/** Resident bytes of a process; null when it has gone or the system does not tell in this way (only Linux does). */
export type MemoryOf = (pid: number) => Promise<number | null>

/** Reads `VmRSS` in `/proc/<pid>/status`, which is in KiB whatever the size of a page. */
export async function memoryFromProc(pid: number): Promise<number | null> {
  try {
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kibibytes === undefined ? null : Number(kibibytes) * 1024
  } catch {
    return null
  }
}
