// Fetches sources and packages of Debian into a folder, by apt but without touching this system's own lists or settings.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ensureDebianPackage } from './systemPackages.mjs'

const execute = promisify(execFile)

/** A source package, of which only archives whose name matches `archives` are fetched, or a binary package. */
export type DebianPackage = { readonly name: string; readonly kind: 'source' | 'binary'; readonly archives?: RegExp }

/** A tar file on disk and the package it came from. */
export type DebianArchive = { readonly name: string; readonly path: string }

type Listed = { readonly uri: string; readonly file: string; readonly hash: string }

const helper = '/usr/lib/apt/apt-helper'
const maxBuffer = 2 ** 28

/** Apt with lists of its own in a folder, and where the archives go. */
export class DebianArchives {
  readonly #folder: string
  readonly #options: readonly string[]

  private constructor(folder: string, options: readonly string[]) {
    this.#folder = folder
    this.#options = options
  }

  /** Reads the lists of the mirror this system uses, sources too, into `folder`; or answers why that cannot be done. */
  static async open(folder: string): Promise<DebianArchives | { readonly skipped: string }> {
    if (!existsSync(helper)) return { skipped: 'documents come from Debian’s archive, and there is no apt here' }
    const dpkg = ensureDebianPackage('dpkg', ['dpkg-deb'])
    const xz = ensureDebianPackage('xz-utils', ['xz'])
    if (dpkg.path === undefined || xz.path === undefined) return { skipped: dpkg.reason ?? xz.reason ?? '' }
    const lists = join(folder, 'apt')
    for (const part of ['lists/partial', 'archives/partial']) mkdirSync(join(lists, part), { recursive: true })
    const options = ['Dir::Etc::sourceparts=-', `Dir::Etc::sourcelist=${lists}/sources.list`, `Dir::Cache=${lists}`]
      .concat(`Dir::State::lists=${lists}/lists`, 'Acquire::Retries=3', 'Acquire::http::Timeout=20')
      .flatMap((option) => ['-o', option])
    const archives = new DebianArchives(folder, options)
    return (await archives.#readLists(join(lists, 'sources.list'))) ?? archives
  }

  /** The package's archives as tar files, fetched once; without those that cannot be had (any more). */
  async fetch({ name, kind, archives }: DebianPackage): Promise<readonly DebianArchive[]> {
    const wanted = kind === 'binary' ? /\.deb$/ : (archives ?? /\.orig(?:-[\w-]+)?\.tar\.\w+$/)
    const found: DebianArchive[] = []
    for (const { uri, file, hash } of await this.#uris(name, kind)) {
      if (!wanted.test(file)) continue
      const path = join(this.#folder, file)
      if (!existsSync(path)) {
        // The list quotes what the helper quotes again.
        const words = ['download-file', decodeURIComponent(uri), `${path}.part`, hash]
        if (!(await works(helper, [...this.#options, ...words]))) continue
        renameSync(`${path}.part`, path)
      }
      found.push({ name, path: kind === 'binary' ? await asTar(path) : path })
    }
    return found
  }

  async #readLists(sourcesList: string): Promise<{ readonly skipped: string } | undefined> {
    const format = '$(SITE) $(REPO_URI) $(CODENAME)'
    const targets = await execute('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
    const line = targets.stdout.split('\n').find((each) => /debian\/? \w+$/.test(each))
    const [, uri, release] = line?.split(' ') ?? []
    if (uri === undefined || release === undefined) return { skipped: 'apt here knows no archive of Debian' }
    const origin = `[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${uri} ${release} main`
    writeFileSync(sourcesList, `deb ${origin}\ndeb-src ${origin}\n`)
    if (await works('apt-get', [...this.#options, '-o', 'APT::Update::Error-Mode=any', 'update'])) return undefined
    return { skipped: 'documents come from Debian’s archive, and it cannot be reached from here' }
  }

  async #uris(name: string, kind: DebianPackage['kind']): Promise<readonly Listed[]> {
    const words = kind === 'binary' ? ['download', name] : ['source', '--download-only', name]
    try {
      const { stdout } = await execute('apt-get', [...this.#options, '--print-uris', ...words], { maxBuffer })
      return [...stdout.matchAll(/^'([^']+)' (\S+) \d+ (SHA\w+:\w+)/gm)].map(
        ([, uri = '', file = '', hash = '']): Listed => ({ uri, file, hash }),
      )
    } catch {
      return []
    }
  }
}

/** The names of the files in a tar. */
export async function membersOf({ path }: DebianArchive): Promise<readonly string[]> {
  const { stdout } = await execute('tar', ['-tf', path, '--no-wildcards'], { maxBuffer })
  return stdout.split('\n').filter((name) => name !== '' && !name.endsWith('/'))
}

/** Puts some members of a tar below `folder`, at their paths. */
export async function extractMembers(
  archive: DebianArchive,
  members: readonly string[],
  folder: string,
): Promise<void> {
  if (members.length === 0) return
  const list = join(folder, 'members.txt')
  writeFileSync(list, members.join('\n'))
  const options = ['--no-same-owner', '--no-same-permissions', '--verbatim-files-from']
  await execute('tar', ['-xf', archive.path, '-C', folder, ...options, '-T', list], { maxBuffer })
}

/** Whether a program ended well. */
async function works(program: string, words: readonly string[]): Promise<boolean> {
  return execute(program, words, { maxBuffer }).then(
    () => true,
    () => false,
  )
}

async function asTar(path: string): Promise<string> {
  const tar = `${path}.tar`
  if (existsSync(tar)) return tar
  await execute('sh', ['-c', 'dpkg-deb --fsys-tarfile "$1" > "$2.part" && mv "$2.part" "$2"', 'sh', path, tar])
  return tar
}
