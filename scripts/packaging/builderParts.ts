// Two libraries the packager brings along, taken from where it has them: property lists and Windows program files.
import { createRequire } from 'node:module'

/** A property list file, read and written as plain values. */
export type PlistFiles = {
  parsePlistFile(path: string): Promise<Record<string, unknown>>
  savePlistFile(path: string, content: unknown): Promise<void>
}

type ResourceEntry = { readonly type: number | string; readonly id: number | string; readonly bin: ArrayBuffer }
type VersionInfo = {
  setStringValues(language: { lang: number; codepage: number }, values: Readonly<Record<string, string>>): void
  setFileVersion(version: string): void
  setProductVersion(version: string): void
  outputToResourceEntries(entries: ResourceEntry[]): void
}
type Executable = { generate(): ArrayBuffer }
type ExecutableResources = { readonly entries: ResourceEntry[]; outputResource(executable: Executable): void }

/** The parts of `resedit` used here: Windows program files and what is embedded in them. */
export type ResEdit = {
  readonly NtExecutable: { createEmpty(is32Bit: boolean, isDll: boolean): Executable; from(bytes: Buffer): Executable }
  readonly NtExecutableResource: { from(executable: Executable): ExecutableResources }
  readonly Resource: { readonly VersionInfo: { createEmpty(): VersionInfo } }
}

const packager = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const packagerParts = createRequire(packager.resolve('app-builder-lib'))

/** The packager's own property list files. */
export const plistFiles = packager('app-builder-lib/out/util/plist.js') as PlistFiles // as: checked against its declarations

/** The packager's own editor of Windows program files. */
export const resedit = packagerParts('resedit') as ResEdit // as: checked against its declarations
