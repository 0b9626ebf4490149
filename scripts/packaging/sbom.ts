// The list of everything Sotto is made of, as CycloneDX: what npm knows, and what it does not know.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A component, as far as it is written here. */
export type Component = {
  readonly 'bom-ref': string
  readonly type: 'library' | 'framework' | 'machine-learning-model' | 'data'
  readonly name: string
  readonly version: string
  readonly description?: string
  readonly purl?: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses: readonly { readonly license: { readonly id?: string; readonly name?: string } }[]
}

/** A CycloneDX document, as far as it is read here. */
export type Bom = {
  readonly metadata: { readonly component: Readonly<Record<string, unknown>>; readonly timestamp: string }
  readonly components: readonly Component[]
} & Readonly<Record<string, unknown>>

/**
 * npm's list with our components added, named after the product. Two lists of one commit are the same: the time is the
 * commit's (`seconds` since 1970) and the number is made from the content.
 */
export function completeBom(npmBom: Bom, repository: string, seconds: number): Bom {
  const components = [...npmBom.components, ...componentsNpmMisses(repository)]
  const timestamp = new Date(seconds * 1000).toISOString()
  const product = { ...npmBom.metadata.component, type: 'application', name: 'sotto' }
  const bom = { ...npmBom, metadata: { ...npmBom.metadata, component: product, timestamp }, components }
  const digest = createHash('sha256')
    .update(JSON.stringify({ ...bom, serialNumber: '' }))
    .digest('hex')
  return { ...bom, serialNumber: `urn:uuid:${uuidOf(digest)}` }
}

/** Electron and what it stands on is not an npm package's content; neither are natives, fonts and the model. */
function componentsNpmMisses(repository: string): readonly Component[] {
  const electron = versionOf(repository, 'electron')
  return [
    {
      ...component('framework', 'electron', electron, 'MIT'),
      description: 'Brings Chromium and Node; their licences are in LICENSES.chromium.html',
      purl: `pkg:github/electron/electron@v${electron}`,
    },
    engine(repository),
    {
      ...component('library', 'sqlite', sqliteVersion(repository), 'blessing'),
      description: 'In better-sqlite3-multiple-ciphers',
    },
    ...fonts(repository),
    {
      ...component('data', 'Adobe CMaps', '6.1.200', 'BSD-3-Clause'),
      description: 'resources/cmaps, as pdfjs-dist packs them',
    },
    starterModel(repository),
  ]
}

function engine(repository: string): Component {
  const path = join(repository, 'node_modules', 'node-llama-cpp', 'llama', 'llama.cpp.info.json')
  const { tag, llamaCppGithubRepo } = JSON.parse(readFileSync(path, 'utf8')) as {
    tag: string
    llamaCppGithubRepo: string
  } // as: written by the engine's package
  return {
    ...component('library', 'llama.cpp', tag, 'MIT'),
    description: 'With ggml; in the binaries of @node-llama-cpp',
    purl: `pkg:github/${llamaCppGithubRepo}@${tag}`,
  }
}

/** From the header the driver's binaries are compiled with. */
function sqliteVersion(repository: string): string {
  const deps = join(repository, 'node_modules', 'better-sqlite3-multiple-ciphers', 'deps')
  const header = readFileSync(join(deps, 'sqlite3', 'sqlite3.h'), 'utf8')
  return /^#define SQLITE_VERSION\s+"([^"]+)"/m.exec(header)?.[1] ?? 'unknown'
}

/** The font files the window was built with, each package's with one digest over all of them. */
function fonts(repository: string): readonly Component[] {
  const packages = ['@fontsource-variable/source-serif-4', '@fontsource/jetbrains-mono']
  return packages.map((name) => {
    const folder = join(repository, 'node_modules', name)
    const metadata = JSON.parse(readFileSync(join(folder, 'metadata.json'), 'utf8')) as {
      family: string
      version: string
    } // as: the package's own format
    const hash = createHash('sha256')
    for (const file of readdirSync(join(folder, 'files')).sort()) hash.update(readFileSync(join(folder, 'files', file)))
    const hashes = [{ alg: 'SHA-256', content: hash.digest('hex') }]
    return {
      ...component('data', metadata.family, metadata.version, 'OFL-1.1'),
      description: `Font files of ${name}`,
      hashes,
    }
  })
}

/** Read from the file that is packed, never copied from the card. */
function starterModel(repository: string): Component {
  const bytes = readFileSync(join(repository, 'resources', 'models', 'sotto-starter.gguf'))
  const digest = createHash('sha256').update(bytes).digest('hex')
  return {
    'bom-ref': `sotto-starter@${digest.slice(0, 12)}`,
    type: 'machine-learning-model',
    name: 'sotto-starter',
    version: digest.slice(0, 12),
    description:
      'Starter model trained for Sotto; its card is resources/models/README.md, its training text is in NOTICE',
    hashes: [{ alg: 'SHA-256', content: digest }],
    licenses: [{ license: { id: 'Apache-2.0' } }],
  }
}

/** A component with its own reference and one licence. */
function component(type: Component['type'], name: string, version: string, licence: string): Component {
  return { 'bom-ref': `${name}@${version}`, type, name, version, licenses: [{ license: { id: licence } }] }
}

function versionOf(repository: string, name: string): string {
  const text = readFileSync(join(repository, 'node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version // as: npm's own format
}

/** Version 8 of RFC 9562: a number of one's own making. */
function uuidOf(hex: string): string {
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)]
  return parts.join('-')
}
