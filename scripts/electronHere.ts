// The answers to the Electron question on this machine: the package's files, its installer's rules, one memory file.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ElectronQuestion, RememberedHost } from './electronChoice.ts'

/** Answers for a checkout; `supported` says whether it has an Electron host. */
export function electronHere(repository: string, supported: boolean): ElectronQuestion {
  const electron = join(repository, 'node_modules', 'electron')
  const memory = join(repository, '.sotto', 'host.json')
  return {
    supported,
    remembered: readMemory(memory),
    remember: (choice) => writeMemory(memory, choice),
    installed: () => electronProgram(repository, process.env) !== null,
    source: () => sourceOf(electron),
    reachable,
    download: (signal) => download(electron, signal),
    onInterrupt,
    say: (line) => console.error(line),
  }
}

function readMemory(file: string): RememberedHost | null {
  if (!existsSync(file)) return null
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<RememberedHost> | null // as: checked on the next lines
    const { host, why } = found ?? {}
    if (host !== 'browser' && host !== 'electron') return null
    return why === 'asked' || why === 'unreachable' || why === 'interrupted' ? { host, why } : null
  } catch {
    return null // not JSON: nothing is remembered
  }
}

function writeMemory(file: string, choice: RememberedHost | null): void {
  if (choice === null) return rmSync(file, { force: true })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(choice)}\n`)
}

/**
 * Electron's program on this disk, absolute, or null; nothing is fetched. The package writes `path.txt` once its binary
 * is unpacked; `ELECTRON_OVERRIDE_DIST_PATH` names a folder that holds one.
 */
export function electronProgram(
  repository: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const electron = join(repository, 'node_modules', 'electron')
  const given = environment['ELECTRON_OVERRIDE_DIST_PATH']
  const named = join(electron, 'path.txt')
  if (given === undefined && !existsSync(named)) return null
  const name = existsSync(named) ? readFileSync(named, 'utf8') : programNames[process.platform]
  const program = join(given ?? join(electron, 'dist'), name ?? 'electron')
  return existsSync(program) ? program : null
}

const programNames: Readonly<Record<string, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
}

/** What the installer would ask for, mirrors and all: its own downloader is handed the address and goes no further. */
async function sourceOf(electron: string): Promise<string> {
  const asked = Promise.withResolvers<string>()
  const stop = new Error('only the address was wanted')
  const downloader = {
    download: async (address: string) => {
      asked.resolve(address)
      throw stop
    },
  }
  const { downloadArtifact, ElectronDownloadCacheMode } = await import('@electron/get')
  downloadArtifact({ ...artifact(electron), downloader, cacheMode: ElectronDownloadCacheMode.Bypass }).catch(
    asked.reject,
  )
  return asked.promise
}

async function reachable(address: string, milliseconds: number): Promise<boolean> {
  try {
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(milliseconds) })
    return answer.ok
  } catch {
    return false
  }
}

/** Fetches into the installer's cache, with progress, then lets the installer check and unpack it. */
async function download(electron: string, signal: AbortSignal): Promise<'done' | 'failed'> {
  try {
    const { downloadArtifact } = await import('@electron/get')
    const told = { percent: -1 }
    const getProgressCallback = async ({ percent }: { readonly percent: number }) => {
      const now = Math.floor(percent * 10) * 10
      if (now > told.percent) console.error(`Electron: ${now} %`)
      told.percent = Math.max(told.percent, now)
    }
    await downloadArtifact({ ...artifact(electron), downloadOptions: { quiet: true, signal, getProgressCallback } })
    return await new Promise((resolve) => {
      const child = spawn(process.execPath, [join(electron, 'install.js')], {
        stdio: ['ignore', 'ignore', 'inherit'],
        signal,
      })
      child.once('error', () => resolve('failed'))
      child.once('exit', (code) => resolve(code === 0 ? 'done' : 'failed'))
    })
  } catch {
    return 'failed' // told by the caller, who knows whether the person stopped it
  }
}

function artifact(electron: string) {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(electron, name), 'utf8'))
  const { version } = read('package.json') as { readonly version: string } // as: npm's own file
  const checksums = read('checksums.json') as Record<string, string> // as: part of the package
  return { version, artifactName: 'electron', platform: process.platform, arch: process.arch, checksums }
}

function onInterrupt(listener: () => void): () => void {
  process.on('SIGINT', listener)
  return () => process.off('SIGINT', listener)
}
