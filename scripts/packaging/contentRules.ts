// What may be in a package and what must: the app's own files one by one, of packages only their code, nothing secret.
import type { PackedApp } from './readPackage.ts'
import { nameOf, platforms, type Target } from './target.ts'

/** Most that native code may weigh, in bytes. */
export const nativesLimit = 120_000_000

/** What no file of a package may be: sources, maps, tests, settings of the build, keys. */
const forbidden =
  /\.(ts|tsx|mts|cts|map|pem|key|p12|pfx|cer|crt|keystore|jks|kdbx|env|orig|log)$|(^|\/)(\.env[^/]*|\.git[^/]*|\.npmrc|id_(rsa|ed25519)|__tests__|tests?|electron-builder\.[^/]*)(\/|$)/i

/** Named like a test, and loaded by the package it belongs to. */
const loadedTest = /^node_modules\/suffix-thumb\/src\/test\/[^/]+\.js$/

/** What the code of a package consists of. */
const codeOfPackages =
  /\.(js|cjs|mjs|json|node|so|dylib|dll|metal|metallib|wasm|gbnf)$|(^|\/)(licen[cs]e|copying|notice)[^/]*$/i

/** Native files that are not the engine's: where each lies, by target. */
function smallNatives({ system, arch }: Target): readonly string[] {
  const platform = platforms[system]
  const suffix = { linux: '-gnu', win: '-msvc', mac: '' }[system]
  const keyring = `keyring-${platform}-${arch}${suffix}`
  return [
    `node_modules/@napi-rs/${keyring}/${keyring.replace('keyring-', 'keyring.')}.node`,
    `node_modules/better-sqlite3-multiple-ciphers/prebuilds/${platform}-${arch}.node`,
  ]
}

/** What the rules are applied with: the app's own files, and the packages that may come along. */
export type Expected = {
  /** Files of `main/`, `preload/`, `renderer/`, `resources/` and `package.json`, exactly. */
  readonly app: readonly string[]
  /** Names of packages; one that is not here is a surprise. */
  readonly packages: ReadonlySet<string>
  /** Whether the natives of the target were installed where the package was made; where not, they are not asked for. */
  readonly nativesInstalled: boolean
}

/** Every way in which the archive differs from what is expected; empty when it is exactly that. */
export function contentProblems(packed: PackedApp, target: Target, expected: Expected): readonly string[] {
  const own = packed.archived.filter((file) => !file.startsWith('node_modules/'))
  const foreign = packed.archived.filter((file) => file.startsWith('node_modules/'))
  const packages = new Set(foreign.map(packageOf))
  return [
    ...differences('app', own, expected.app),
    ...packed.archived
      .filter((file) => forbidden.test(file) && !loadedTest.test(file))
      .map((file) => `must not be inside: ${file}`),
    ...packed.files.filter((file) => forbidden.test(file)).map((file) => `must not be beside: ${file}`),
    ...foreign.filter((file) => !codeOfPackages.test(file)).map((file) => `not code of a package: ${file}`),
    ...[...packages].filter((name) => !expected.packages.has(name)).map((name) => `package not on the list: ${name}`),
    ...nativeProblems(packed, target, expected.nativesInstalled),
    ...resourceProblems(packed, target),
  ]
}

/** Native code lies beside the archive, is the target's own, and is within its weight. */
function nativeProblems(packed: PackedApp, target: Target, installed: boolean): readonly string[] {
  const natives = packed.archived.filter((file) => /\.(node|so|dylib|dll|metal|metallib)$/.test(file))
  const small = smallNatives(target)
  const engine = new RegExp(`^node_modules/@node-llama-cpp/${nameOf(target)}(-vulkan|-metal)?/bins/`)
  const engines = natives.filter((file) => engine.test(file))
  const strangers = natives.filter((file) => !small.includes(file) && !engine.test(file))
  const missing = installed ? small.filter((file) => !natives.includes(file)) : []
  return [
    ...strangers.map((file) => `native code of another target or of nobody: ${file}`),
    ...missing.map((file) => `native code is missing: ${file}`),
    ...(installed && !engines.some((file) => file.endsWith('.node')) ? ['the engine is missing'] : []),
    ...natives
      .filter((file) => !packed.unpacked.includes(file))
      .map((file) => `native code inside the archive: ${file}`),
    ...(packed.sizes.natives > nativesLimit ? [`natives weigh ${packed.sizes.natives} bytes`] : []),
  ]
}

/** The folder of resources holds the archive, what lies beside it, and licences: no second app, no default app. */
function resourceProblems(packed: PackedApp, { system }: Target): readonly string[] {
  const known = new Set(['app.asar', 'app.asar.unpacked', 'licences', 'icon.icns', 'elevate.exe'])
  const macOwn = /\.lproj$|^LICENSES?[^/]*$/
  const strangers = packed.resources.filter((name) => !known.has(name) && !(system === 'mac' && macOwn.test(name)))
  return strangers.map((name) => `must not be among the resources: ${name}`)
}

/** A package's name from the path of one of its files. */
export function packageOf(file: string): string {
  const inner = file.slice(file.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return inner.split('/', inner.startsWith('@') ? 2 : 1).join('/')
}

function differences(what: string, found: readonly string[], wanted: readonly string[]): readonly string[] {
  const here = new Set(found)
  const there = new Set(wanted)
  return [
    ...wanted.filter((file) => !here.has(file)).map((file) => `${what}: missing: ${file}`),
    ...found.filter((file) => !there.has(file)).map((file) => `${what}: not expected: ${file}`),
  ]
}
