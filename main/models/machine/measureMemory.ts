// The most memory a process ever held, asked from outside.
import { readFile } from 'node:fs/promises'

/** Bytes at the peak, from `VmHWM` in `/proc/<pid>/status` (KiB); null where the system does not tell in this way (only Linux does). */
export async function peakMemoryFromProc(pid: number): Promise<number | null> {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kibibytes === undefined ? null : Number(kibibytes) * 1024
  } catch {
    return null
  }
}
