// Builds the window into `dist/renderer` when its sources changed since it was built last, and not otherwise.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'

/** What the built window depends on: folders whole, and single files. */
const windowSources = [
  'renderer',
  'preload',
  'resources/locales',
  'resources/icons',
  'vite.config.ts',
  'package-lock.json',
]

/**
 * Answers true when `dist/renderer` is up to date, building it first where it is not; false when it cannot be built,
 * after saying why. A build appears whole or not at all.
 */
export function buildWindow(repository: string, say: (line: string) => void): boolean {
  const built = join(repository, 'dist', 'renderer')
  const stampFile = join(repository, 'dist', 'renderer.sha256')
  const stamp = sourcesHash(repository)
  if (existsSync(join(built, 'index.html')) && readStamp(stampFile) === stamp) return true
  if (!mayWrite(existsSync(join(repository, 'dist')) ? join(repository, 'dist') : repository)) {
    say(
      'The window has to be built first, and this account may not write into the folder of Sotto. Have its owner run ' +
        '"npm start" there once, or copy the folder to a place of your own.',
    )
    return false
  }
  say('Building the window …')
  const started = performance.now()
  const fresh = join(repository, 'dist', `renderer-${process.pid}`)
  // A process of its own: the window is for people, whatever the environment of whoever asks for it (a test run, say).
  const vite = join(repository, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--config', join(repository, 'vite.config.ts'), '--outDir', fresh, '--emptyOutDir']
  // Read as it is, the configuration leaves no temporary file among the packages.
  args.push('--configLoader', 'native')
  const options = { env: { ...process.env, NODE_ENV: 'production' }, encoding: 'utf8', cwd: repository } as const
  const { status, stderr } = spawnSync(process.execPath, [...args, '--logLevel', 'error'], options)
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    say(`The window could not be built:\n${stderr.trim()}`)
    return false
  }
  mkdirSync(join(repository, 'dist'), { recursive: true })
  rmSync(stampFile, { force: true })
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
  writeFileSync(stampFile, stamp)
  say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  return true
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** One hash over the names and bytes of everything the window is built from, or of other files and folders. */
export function sourcesHash(repository: string, sources: readonly string[] = windowSources): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesOf(join(repository, source)))) {
    const bytes = readFileSync(file)
    hash.update(`${relative(repository, file)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

function filesOf(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  if (!found.isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}

function readStamp(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
