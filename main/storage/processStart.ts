// Tells a process from a later one with the same pid.
import { readFileSync } from 'node:fs'

/**
 * When the process began, as a text that no other process with this pid shares (boot id and clock ticks since boot);
 * null where the system does not say (anything but Linux) or where no such process runs.
 */
export function processStart(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name (field 2) may hold spaces and parentheses; fields are counted from behind its last one. A zombie is dead.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    const [state, ticks] = [fields[0], fields[19]]
    return ticks === undefined || state === 'Z' || state === 'X' ? null : `${boot}:${ticks}`
  } catch {
    return null
  }
}
