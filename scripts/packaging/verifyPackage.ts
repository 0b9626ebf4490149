// Whether a packed app is what it says: content, fuses, integrity, permissions. Run after every build, released or not.
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { contentProblems, type Expected } from './contentRules.ts'
import { fuses } from './fuses.ts'
import { readPackage, type PackedApp } from './readPackage.ts'
import { engineInstalled, filesOf } from './stageApp.ts'
import type { Target } from './target.ts'

/** What was found, and everything that is wrong with it: empty for a package that may go out. */
export type Verified = { readonly packed: PackedApp; readonly problems: readonly string[] }

/** Reads a packed folder and compares it with the repository it was made from. */
export async function verifyPackage(repository: string, folder: string, target: Target): Promise<Verified> {
  const packed = await readPackage(folder, target)
  const { headerHash, toldHash } = packed
  const problems = [
    ...contentProblems(packed, target, expectedContent(repository, target)),
    ...fuseProblems(packed.fuses),
    ...(target.system !== 'linux' && toldHash !== headerHash ? [`integrity: told ${toldHash}, is ${headerHash}`] : []),
    ...(target.system === 'mac' && JSON.stringify(packed.transport) !== '{"NSAllowsArbitraryLoads":false}'
      ? [`macOS may load over a network: ${JSON.stringify(packed.transport)}`]
      : []),
  ]
  return { packed, problems }
}

/** Every fuse of the wire against the table; one the table does not know is a problem too. */
export function fuseProblems(found: Readonly<Record<string, boolean | number>>): readonly string[] {
  const table: Readonly<Record<string, boolean>> = fuses
  const names = [...new Set([...Object.keys(table), ...Object.keys(found)])]
  return names
    .filter((name) => table[name] !== found[name])
    .map((name) => `fuse ${name}: ${String(found[name])}, not ${String(table[name])}`)
}

/** From the sources, not from the stage: every module by its source file, everything else by where it lies. */
function expectedContent(repository: string, target: Target): Expected {
  const modules = ['main', 'preload'].flatMap((folder) =>
    filesOf(join(repository, folder))
      .filter((file) => /(?<!\.d)\.ts$/.test(file))
      .map((file) => `${folder}/${file.replace(/\.ts$/, '.js')}`),
  )
  const kept = modules.filter(
    (file) => !/^main\/hosts\/browser\/|^preload\/(electron|electronPort|browser)\.js$/.test(file),
  )
  const window = filesOf(join(repository, 'dist', 'renderer')).filter((file) => file !== 'browser-preload.js')
  const resources = filesOf(join(repository, 'resources')).map((file) => `resources/${file}`)
  const notCarried = /^resources\/(icons|appIcons|entitlements|samples\/source)\/|^resources\/models\/README/
  return {
    app: [
      'package.json',
      'preload/electron.cjs',
      ...kept,
      ...window.map((file) => `renderer/${file}`),
      ...resources.filter((file) => !notCarried.test(file)),
    ],
    packages: new Set(
      readFileSync(join(import.meta.dirname, 'packages.txt'), 'utf8')
        .trim()
        .split('\n'),
    ),
    nativesInstalled: engineInstalled(join(repository, 'node_modules'), target),
  }
}

/** One SHA-256, in hexadecimal, over the names, the permission to run and the bytes of every file of a folder. */
export function digestOf(folder: string): string {
  const whole = createHash('sha256')
  for (const file of filesOf(folder)) {
    const path = join(folder, file)
    const mode = (statSync(path).mode & 0o111) === 0 ? 'file' : 'program'
    whole.update(`${file}\0${mode}\0${createHash('sha256').update(readFileSync(path)).digest('hex')}\n`)
  }
  return whole.digest('hex')
}
