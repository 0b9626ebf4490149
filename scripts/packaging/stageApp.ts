// Lays out what goes into a package: the built app and the packages its code names.
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { importedPackages } from '../compileModule.ts'
import { nameOf, type Target } from './target.ts'
import { runtimePackages, type InstalledPackage } from './runtimePackages.ts'

/** Parts of the built app that no package carries: Electron's window takes the place of the browser host. */
const leftOut = /^main\/hosts\/browser\//

/** Packages the engine's package names and Sotto never loads: to compile it, for its own CLI, for faster downloads. */
export const neverLoaded: ReadonlySet<string> = new Set(['cmake-js', 'yargs', '@reflink/reflink'])

/** What Electron and Node bring along. */
const given = /^(node:|electron$)/

/** A folder ready for the packager, and the packages in it. */
export type Stage = { readonly folder: string; readonly packages: readonly InstalledPackage[] }

/** Fills `folder`, emptying it first, from `dist/app` and `node_modules`. Files are linked where the disk allows. */
export function stageApp(repository: string, folder: string): Stage {
  const app = join(repository, 'dist', 'app')
  rmSync(folder, { recursive: true, force: true })
  const files = filesOf(app).filter((file) => !leftOut.test(file) && file !== 'package.json')
  for (const file of files) place(join(app, file), join(folder, file))
  const roots = packagesNamedBy(app, files)
  const packages = runtimePackages(repository, roots, neverLoaded)
  for (const { folder: from } of packages) {
    // A package inside another is a package of its own here.
    for (const file of filesOf(join(repository, from)).filter((name) => !/(^|\/)node_modules\//.test(name))) {
      place(join(repository, from, file), join(folder, from, file))
    }
  }
  writeFileSync(join(folder, 'package.json'), describe(app, roots))
  return { folder, packages }
}

/** The packages the app's own modules name; the window's are built into it. */
function packagesNamedBy(app: string, files: readonly string[]): readonly string[] {
  const modules = files.filter((file) => /^(main|preload)\/.*\.c?js$/.test(file))
  const named = modules.flatMap((file) => importedPackages(readFileSync(join(app, file), 'utf8')))
  return [...new Set(named)].filter((name) => !given.test(name)).sort()
}

function describe(app: string, roots: readonly string[]): string {
  const built = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  } // as: written by buildElectron.ts
  const dependencies = Object.fromEntries(roots.map((name) => [name, built.dependencies[name] ?? '*']))
  return `${JSON.stringify({ ...built, dependencies }, null, 2)}\n`
}

function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to) // another disk, or one without links
  }
}

/** Files under a folder, relative to it, with forward slashes, sorted. */
export function filesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/** Whether npm installed the engine of a target into a `node_modules`: it does so for the machine it runs on. */
export function engineInstalled(modules: string, target: Target): boolean {
  const engines = join(modules, '@node-llama-cpp')
  const names = [nameOf(target), `${nameOf(target)}-metal`]
  return names.some((name) => existsSync(join(engines, name)))
}
