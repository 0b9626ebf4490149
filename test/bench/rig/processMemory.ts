// Memory of a process, as the system counts it. Linux only.
import { readdirSync, readFileSync } from 'node:fs'

/** MiB. `own` is nobody else's; `files` is mapped from files and given back when memory is short. */
export type ProcessMemory = { readonly own: number; readonly files: number }

/** The memory of a process now; null where the system does not tell or the process is gone. */
export function memoryOf(pid: number): ProcessMemory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024
    return { own: field('RssAnon'), files: field('RssFile') }
  } catch {
    return null
  }
}

/** Process ids below `ancestor` whose command line contains `part`. */
export function descendants(ancestor: number, part: string): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = /\) \S (\d+)/.exec(read(`/proc/${name}/stat`))?.[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const below = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === ancestor || below(parent))
  }
  return [...parents.keys()].filter((pid) => below(pid) && read(`/proc/${pid}/cmdline`).includes(part))
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
