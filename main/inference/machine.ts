// What the engine wants to know about this computer: its physical cores, whether it may have a GPU, and a name for both.
import { existsSync, readFileSync } from 'node:fs'
import os from 'node:os'

/**
 * Facts about this computer; `key` names it among stored measurements. `driver` changes when the system's or the GPU's
 * driver does, as far as the system tells without being asked by a program of its own.
 */
export type Machine = {
  readonly physicalCores: number
  readonly mayHaveGpu: boolean
  readonly key: string
  readonly driver: string
}

/** Looks at this computer. Cores are those this process may use; hyper-threads do not count where the system tells. */
export function thisMachine(): Machine {
  const usable = os.availableParallelism()
  const physicalCores = Math.max(1, Math.min(usable, physicalCoresOf(os.platform()) ?? usable))
  const key = [os.platform(), os.arch(), os.cpus()[0]?.model ?? '', physicalCores].join(' ')
  return {
    physicalCores,
    mayHaveGpu: mayHaveGpu(os.platform()),
    key,
    driver: `${os.release()} ${nvidiaDriver()}`.trim(),
  }
}

/** The version of NVIDIA's kernel module; the drivers of others come with the kernel or, elsewhere, with the system. */
function nvidiaDriver(): string {
  try {
    return readFileSync('/sys/module/nvidia/version', 'utf8').trim()
  } catch {
    return ''
  }
}

function physicalCoresOf(platform: NodeJS.Platform): number | null {
  // Apple's chips have no hyper-threads; on Windows half of the logical processors is the safe guess.
  if (platform === 'win32') return Math.ceil(os.cpus().length / 2)
  return platform === 'linux' ? countLinuxCores() : null
}

/** Distinct pairs of package and core in /proc/cpuinfo; null where it does not name them (ARM). */
function countLinuxCores(): number | null {
  let text: string
  try {
    text = readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return null
  }
  const cores = new Set<string>()
  for (const block of text.split('\n\n')) {
    const socket = /^physical id\s*:\s*(\d+)/m.exec(block)?.[1]
    const core = /^core id\s*:\s*(\d+)/m.exec(block)?.[1]
    if (socket !== undefined && core !== undefined) cores.add(`${socket}/${core}`)
  }
  return cores.size === 0 ? null : cores.size
}

/** A computer without any of these device files has no GPU a backend could use; others are tested in a child. */
function mayHaveGpu(platform: NodeJS.Platform): boolean {
  return platform !== 'linux' || ['/dev/nvidiactl', '/dev/dri', '/dev/dxg', '/dev/kfd'].some((file) => existsSync(file))
}
