// Reads a packed app back: what is in its archive and beside it, its fuses, its integrity values, its property list.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { getRawHeader, listPackage, statFile } from '@electron/asar'
import { parsePlistFile } from 'app-builder-lib/out/util/plist.js'
import { NtExecutable, NtExecutableResource } from 'resedit'
import { readFuses } from './fuses.ts'
import { filesOf } from './stageApp.ts'
import { layoutOf, type Target } from './target.ts'

/** A packed app as it is; paths with forward slashes, sizes in bytes. */
export type PackedApp = {
  /** Every file of the archive, those beside it included. */
  readonly archived: readonly string[]
  /** Files that lie beside the archive, in `app.asar.unpacked`. */
  readonly unpacked: readonly string[]
  /** Names in the folder of resources. */
  readonly resources: readonly string[]
  /** Every file outside the archive, relative to the packed folder. */
  readonly files: readonly string[]
  readonly fuses: Readonly<Record<string, boolean | number>>
  /** SHA-256 of the archive's header as it is, and as the system was told; undefined where it is told none (Linux). */
  readonly headerHash: string
  readonly toldHash: string | undefined
  /** What macOS lets the app load over a network; undefined elsewhere. */
  readonly transport: unknown
  readonly sizes: { readonly folder: number; readonly archive: number; readonly natives: number }
}

/** Endings of native code and of what it loads itself. */
const native = /\.(node|so|dylib|dll|metal|metallib)$/

/** Reads the folder the packager left for a target. */
export async function readPackage(folder: string, target: Target): Promise<PackedApp> {
  const layout = layoutOf(target)
  const resources = join(folder, layout.resources)
  const archive = join(resources, 'app.asar')
  const unpacked = filesOf(`${archive}.unpacked`)
  const files = filesOf(folder)
  const size = (path: string): number => statSync(path).size
  const beside = unpacked.filter((file) => native.test(file)).map((file) => join(`${archive}.unpacked`, file))
  return {
    archived: archivedFiles(archive),
    unpacked,
    resources: readdirSync(resources).sort(),
    files,
    fuses: await readFuses(join(folder, layout.program)),
    headerHash: headerHash(archive),
    toldHash: await toldHash(folder, target),
    transport: target.system === 'mac' ? await transportOf(folder, layout.program) : undefined,
    sizes: {
      folder: sum(files.map((file) => size(join(folder, file)))),
      archive: size(archive),
      natives: sum(beside.map(size)),
    },
  }
}

function archivedFiles(archive: string): readonly string[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => !('files' in statFile(archive, path)))
    .sort()
}

/** SHA-256, in hexadecimal, of the header Electron checks before it reads anything from the archive. */
export function headerHash(archive: string): string {
  return createHash('sha256').update(getRawHeader(archive).headerString).digest('hex')
}

async function toldHash(folder: string, target: Target): Promise<string | undefined> {
  const { program } = layoutOf(target)
  switch (target.system) {
    case 'linux':
      return undefined
    case 'win':
      return windowsHash(join(folder, program))
    case 'mac': {
      const list = await parsePlistFile<Record<string, unknown>>(join(folder, program, 'Contents', 'Info.plist'))
      const told = list['ElectronAsarIntegrity'] as Readonly<Record<string, { readonly hash?: string }>> | undefined // as: the form Electron asks for
      return told?.['Resources/app.asar']?.hash
    }
  }
}

/** From the resource `INTEGRITY`/`ELECTRONASAR` of the program file. */
function windowsHash(program: string): string | undefined {
  const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(program), { ignoreCert: true }))
  const entry = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR')
  if (entry === undefined) return undefined
  const told = JSON.parse(Buffer.from(entry.bin).toString('utf8')) as { file: string; value: string }[] // as: the form Electron asks for
  return told.find(({ file }) => file === 'resources\\app.asar')?.value
}

async function transportOf(folder: string, program: string): Promise<unknown> {
  const path = join(folder, program, 'Contents', 'Info.plist')
  if (!existsSync(path)) return undefined
  return (await parsePlistFile<Record<string, unknown>>(path))['NSAppTransportSecurity']
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
