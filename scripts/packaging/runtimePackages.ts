// Which installed packages the app needs when it runs: those its code names, those they name, and so on.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** An installed package; `folder` is relative to the repository, with forward slashes. */
export type InstalledPackage = {
  readonly name: string
  readonly version: string
  readonly folder: string
  readonly licence: string
}

type Description = {
  readonly name: string
  readonly version: string
  readonly license?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/**
 * The closure of `roots`, sorted by folder. Optional packages count where they are installed; `without` names packages
 * that are not followed. Throws when a package that is needed is not installed.
 */
export function runtimePackages(
  repository: string,
  roots: readonly string[],
  without: ReadonlySet<string> = new Set(),
): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>()
  const open = roots.map((name) => ({ name, from: repository, needed: true }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (without.has(next.name)) continue
    const folder = locate(repository, next.name, next.from)
    if (folder === undefined && next.needed) throw new Error(`${next.name} is not installed`)
    if (folder === undefined || found.has(folder)) continue
    const description = describe(folder)
    found.set(folder, {
      name: next.name,
      version: description.version,
      folder: relative(repository, folder).split(sep).join('/'),
      licence: licenceOf(description.license),
    })
    open.push(...needsOf(description).map(([name, needed]) => ({ name, from: folder, needed })))
  }
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

/** Names with whether they must be there. */
function needsOf(description: Description): readonly (readonly [string, boolean])[] {
  const optional = new Set(Object.keys(description.optionalDependencies ?? {}))
  const peers = Object.keys(description.peerDependencies ?? {})
  // Types are for compilers; some packages ask for them all the same.
  const dependencies = Object.keys(description.dependencies ?? {}).filter((name) => !name.startsWith('@types/'))
  return [
    ...dependencies.map((name) => [name, !optional.has(name)] as const),
    ...[...optional].map((name) => [name, false] as const),
    // Optional peers are what a package can work with; whoever wants that names them itself.
    ...peers
      .filter((name) => description.peerDependenciesMeta?.[name]?.optional !== true)
      .map((name) => [name, false] as const),
  ]
}

/** As Node looks: the nearest `node_modules` upwards, not above the repository. */
function locate(repository: string, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (folder === repository || folder === dirname(folder)) return undefined
  }
}

function describe(folder: string): Description {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Description // as: npm's own format
}

function licenceOf(license: unknown): string {
  if (typeof license === 'string') return license
  const type = (license as { readonly type?: unknown } | undefined)?.type // as: an older form of the field
  return typeof type === 'string' ? type : 'see its folder'
}
