// `npm run sbom -- [FOLDER]`: writes the list of components beside the packages, and checksums of all files there.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { commitTime } from './packaging/commitTime.ts'
import { completeBom, type Bom } from './packaging/sbom.ts'

/** What goes to people; the packager leaves folders and its own notes beside it. */
const artifact = /\.(deb|rpm|tar\.gz|exe|dmg|zip|cdx\.json)$/

const repository = join(import.meta.dirname, '..')
const folder = resolve(process.argv[2] ?? join(repository, 'dist', 'packages'))
await main()

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const bom = completeBom(await askNpm(), repository, commitTime(repository, process.env))
  const name = `sotto-${String(bom.metadata.component['version'])}.cdx.json`
  writeFileSync(join(folder, name), `${JSON.stringify(bom, null, 2)}\n`)
  console.log(`${name}: ${bom.components.length} components`)
  const sums = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && artifact.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((file) => `${sha256(join(folder, file))}  ${file}`)
  writeFileSync(join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`)
  console.log(`SHA256SUMS: ${sums.length} files`)
}

/** npm reads the lock and what is installed; it asks nobody. */
async function askNpm(): Promise<Bom> {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev']
  const options = { cwd: repository, maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' }
  const { stdout } = await promisify(execFile)('npm', words, options)
  return JSON.parse(stdout) as Bom // as: npm's documented format
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
