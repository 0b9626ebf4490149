// A stand-in for Electron's folder, for machines without its binary: the right files in the right places, none of which run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { savePlistFile } from 'app-builder-lib/out/util/plist.js'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'
import type { Target } from './target.ts'

/** What marks the fuse wire in Electron's program files. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** Fuse wire, version 1, nine fuses as Electron 45 is delivered. */
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from('101100011')])

/** Languages Electron brings; the packager keeps those Sotto speaks. */
const languages = ['en-US', 'de', 'fr']

/**
 * Writes the stand-in into an empty folder: the file names of Electron, its languages, licences and fuse wire. It can
 * be packed, signed and looked at; it starts nothing.
 */
export async function writeStandInElectron(folder: string, target: Target, version: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  write(join(folder, 'LICENSE'), 'Stand-in for the licence of Electron\n')
  write(join(folder, 'LICENSES.chromium.html'), '<p>Stand-in for the licences of Chromium</p>\n')
  write(join(folder, 'version'), version)
  switch (target.system) {
    case 'linux':
      return writeLinux(folder)
    case 'win':
      return writeWindows(folder, version)
    case 'mac':
      return writeMac(join(folder, 'Electron.app'), version)
  }
}

function writeLinux(folder: string): void {
  writeLanguages(folder)
  write(join(folder, 'electron'), Buffer.concat([smallestElf(), wire]), 0o755)
  write(join(folder, 'chrome-sandbox'), smallestElf(), 0o755)
}

function writeWindows(folder: string, version: string): void {
  writeLanguages(folder)
  write(join(folder, 'electron.exe'), Buffer.concat([windowsProgram(version), wire]))
  write(join(folder, 'ffmpeg.dll'), windowsProgram(version))
}

async function writeMac(app: string, version: string): Promise<void> {
  const frameworks = join(app, 'Contents', 'Frameworks')
  await writeBundle(app, 'Electron', 'com.github.Electron', version)
  for (const suffix of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${suffix}`
    await writeBundle(join(frameworks, `${name}.app`), name, 'com.github.Electron.helper', version)
  }
  const framework = join(frameworks, 'Electron Framework.framework')
  write(join(framework, 'Electron Framework'), Buffer.concat([smallestMachO(), wire]), 0o755)
  for (const language of ['en', 'de', 'fr']) {
    write(join(app, 'Contents', 'Resources', `${language}.lproj`, '.keep'), '')
    write(join(framework, 'Versions', 'A', 'Resources', `${language}.lproj`, 'locale.pak'), 'stand-in')
  }
}

async function writeBundle(folder: string, name: string, id: string, version: string): Promise<void> {
  write(join(folder, 'Contents', 'MacOS', name), smallestMachO(), 0o755)
  await savePlistFile(join(folder, 'Contents', 'Info.plist'), {
    CFBundleExecutable: name,
    CFBundleIdentifier: id,
    CFBundleName: name,
    CFBundleVersion: version,
    CFBundlePackageType: 'APPL',
  })
}

function writeLanguages(folder: string): void {
  for (const language of languages) write(join(folder, 'locales', `${language}.pak`), 'stand-in')
}

/** A 64-bit ELF header that loads nothing. */
function smallestElf(): Buffer {
  const header = Buffer.alloc(64)
  header.write('\x7fELF\x02\x01\x01', 'latin1')
  header.writeUInt16LE(2, 16) // an executable
  header.writeUInt16LE(62, 18) // x86-64
  header.writeUInt32LE(1, 20)
  header.writeUInt16LE(64, 52)
  return header
}

function smallestMachO(): Buffer {
  return Buffer.concat([Buffer.from([0xcf, 0xfa, 0xed, 0xfe]), Buffer.alloc(60)])
}

/** A program file with version information and nothing to run, which the packager can edit. */
function windowsProgram(version: string): Buffer {
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const information = Resource.VersionInfo.createEmpty()
  information.setFileVersion(version, 1033)
  information.setProductVersion(version, 1033)
  information.setStringValues({ lang: 1033, codepage: 1200 }, { FileDescription: 'Stand-in', FileVersion: version })
  information.outputToResourceEntries(resources.entries)
  resources.outputResource(program)
  return Buffer.from(program.generate())
}

function write(path: string, content: string | Buffer, mode = 0o644): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content, { mode })
}
