// Builds `dist/app`: the whole app as plain JavaScript, as Electron and a package need it. Run by itself or by npm start.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { buildWindow, sourcesHash } from './buildWindow.ts'
import { compileModule, importedPackages } from './compileModule.ts'

/** What the built app depends on besides the window's own sources: folders whole, and single files. */
const sources = [
  'main',
  'package.json',
  'resources',
  ...['buildElectron', 'bundlePreload', 'compileModule'].map((name) => `scripts/${name}.ts`),
]

/** Modules Electron and Node bring along. */
const given = /^(node:|electron$)/

/** These stand in the window's build and in one file of their own. */
const bridges = new Set(['browser', 'electron', 'electronPort'].map((name) => join('preload', `${name}.ts`)))

type Description = {
  readonly version: string
  readonly description: string
  readonly license: string
  readonly dependencies: Readonly<Record<string, string>>
}

/**
 * Answers true when `dist/app` is up to date, building it first where it is not; false when it cannot be built, after
 * saying why. It holds `main/` and `preload/` compiled with their tree kept, `preload/electron.cjs` (one CommonJS
 * file), `renderer/` (the built window), `resources/` and a `package.json`; packages are found in the `node_modules`
 * of a folder above. A build appears whole or not at all.
 */
export function buildElectron(repository: string, say: (line: string) => void): boolean {
  if (!buildWindow(repository, say)) return false
  const built = join(repository, 'dist', 'app')
  const stampFile = join(repository, 'dist', 'app.sha256')
  const stamp = appHash(repository)
  if (existsSync(join(built, 'package.json')) && readStamp(stampFile) === stamp) return true
  say('Building the app …')
  const fresh = join(repository, 'dist', `app-${process.pid}`)
  try {
    fill(repository, fresh)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    say(`The app could not be built:\n${error instanceof Error ? error.message : String(error)}`)
    return false
  }
  rmSync(stampFile, { force: true })
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
  writeFileSync(stampFile, stamp)
  return true
}

function fill(repository: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const used = new Set<string>()
  for (const file of [...modulesOf(repository, 'main'), ...modulesOf(repository, 'preload')]) {
    if (bridges.has(file)) continue
    const script = compileModule(file, readFileSync(join(repository, file), 'utf8'))
    for (const name of importedPackages(script)) used.add(name)
    const target = join(folder, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, script)
  }
  bundlePreload(repository, folder)
  cpSync(join(repository, 'dist', 'renderer'), join(folder, 'renderer'), { recursive: true })
  cpSync(join(repository, 'resources'), join(folder, 'resources'), { recursive: true })
  const description = readDescription(repository)
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packageOf(description, used), null, 2)}\n`)
}

/** What the packager and Electron read; `used` are the packages the compiled code names. */
function packageOf(description: Description, used: ReadonlySet<string>): object {
  const names = [...used].filter((name) => !given.test(name)).sort()
  const missing = names.filter((name) => description.dependencies[name] === undefined)
  if (missing.length > 0) throw new Error(`Not under "dependencies": ${missing.join(', ')}`)
  const { version, license } = description
  return {
    name: 'sotto',
    productName: 'Sotto',
    version,
    description: description.description,
    license,
    private: true,
    type: 'module',
    main: 'main/hosts/electron/main.js',
    imports: { '#contract/*.ts': './preload/contract/*.js', '#client': './preload/client.js' },
    dependencies: Object.fromEntries(names.map((name) => [name, description.dependencies[name]])),
  }
}

/** A sandboxed preload script is one CommonJS file that may ask for `electron` and nothing else. */
function bundlePreload(repository: string, folder: string): void {
  const args = [join(repository, 'scripts', 'bundlePreload.ts'), join(folder, 'preload')]
  const options = { env: { ...process.env, NODE_ENV: 'production' }, encoding: 'utf8', cwd: repository } as const
  const { status, stderr } = spawnSync(process.execPath, args, options)
  if (status !== 0) throw new Error(stderr.trim())
}

function modulesOf(repository: string, folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
    .sort()
}

function appHash(repository: string): string {
  return createHash('sha256').update(sourcesHash(repository)).update(sourcesHash(repository, sources)).digest('hex')
}

function readDescription(repository: string): Description {
  return JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Description // as: our own package.json
}

function readStamp(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

if (import.meta.main) {
  process.exitCode = buildElectron(join(import.meta.dirname, '..'), console.error) ? 0 : 1
}
