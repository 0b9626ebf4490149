// This machine in the words that matter to speed.
import { readFileSync } from 'node:fs'
import os from 'node:os'
import { thisMachine } from '../../main/inference/machine.ts'
import type { BenchMachine } from './bar.ts'

/** Describes the machine without its name, its maker's names or any path. */
export function describeMachine(): BenchMachine {
  return {
    system: `${os.platform()} ${os.arch()}`,
    cores: thisMachine().physicalCores,
    memory: Math.round(os.totalmem() / 2 ** 30),
    vectors: vectors(),
    node: process.versions.node,
    engine: engineVersion(),
  }
}

function vectors(): string {
  if (os.arch() === 'arm64') return 'NEON'
  let flags = ''
  try {
    flags = readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return 'vector instructions unknown'
  }
  if (/\bavx512f\b/.test(flags)) return 'AVX-512'
  return /\bavx2\b/.test(flags) ? 'AVX2' : 'no AVX2'
}

function engineVersion(): string {
  const file = new URL('../../node_modules/node-llama-cpp/package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string } // as: every package.json has one
  return version
}
