// The rules a package is checked by, each broken once: a rule that finds nothing in bad packages finds nothing at all.
import { describe, expect, it } from 'vitest'
import { contentProblems, nativesLimit, type Expected } from '../../scripts/packaging/contentRules.ts'
import { fuses } from '../../scripts/packaging/fuses.ts'
import type { PackedApp } from '../../scripts/packaging/readPackage.ts'
import { fuseProblems } from '../../scripts/packaging/verifyPackage.ts'

const target = { system: 'linux', arch: 'x64' } as const
const keyring = 'node_modules/@napi-rs/keyring-linux-x64-gnu/keyring.linux-x64-gnu.node'
const database = 'node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node'
const engine = 'node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/llama-addon.node'
const natives = [keyring, database, engine]
const app = ['main/app.js', 'package.json']
const good: PackedApp = {
  archived: [...app, 'node_modules/zod/index.js', 'node_modules/zod/LICENSE', ...natives],
  unpacked: natives,
  resources: ['app.asar', 'app.asar.unpacked', 'licences'],
  files: ['sotto', 'resources/app.asar'],
  fuses,
  headerHash: 'a',
  toldHash: undefined,
  transport: undefined,
  sizes: { folder: 3, archive: 2, natives: 1 },
}
const expected: Expected = {
  app,
  packages: new Set([
    'zod',
    '@napi-rs/keyring-linux-x64-gnu',
    'better-sqlite3-multiple-ciphers',
    '@node-llama-cpp/linux-x64',
  ]),
  nativesInstalled: true,
}

function problemsWith(change: Partial<PackedApp>): readonly string[] {
  return contentProblems({ ...good, ...change }, target, expected)
}

function withFile(file: string): readonly string[] {
  return problemsWith({ archived: [...good.archived, file] })
}

describe('contentProblems', () => {
  it('finds nothing in a good package', () => {
    expect(problemsWith({})).toEqual([])
  })

  it.each([
    'node_modules/zod/index.ts',
    'node_modules/zod/index.js.map',
    'node_modules/zod/test/index.js',
    'node_modules/zod/__tests__/index.js',
    'node_modules/zod/.env',
    'node_modules/zod/.npmrc',
    'node_modules/zod/signing.pem',
    'node_modules/zod/signing.p12',
    'node_modules/zod/id_ed25519',
  ])('refuses %s', (file) => {
    expect(withFile(file)).toContain(`must not be inside: ${file}`)
  })

  it('refuses a key beside the archive', () => {
    expect(problemsWith({ files: [...good.files, 'signing.pfx'] })).toEqual(['must not be beside: signing.pfx'])
  })

  it('refuses a file of the app nobody wrote, and misses one that is not there', () => {
    expect(withFile('main/extra.js')).toEqual(['app: not expected: main/extra.js'])
    expect(problemsWith({ archived: good.archived.slice(1) })).toEqual(['app: missing: main/app.js'])
  })

  it('refuses papers of packages, and packages that are not on the list', () => {
    expect(withFile('node_modules/zod/README.md')).toEqual(['not code of a package: node_modules/zod/README.md'])
    expect(withFile('node_modules/zod/node_modules/left-pad/index.js')).toEqual(['package not on the list: left-pad'])
  })

  it('refuses native code of another target, CUDA, and natives inside the archive', () => {
    const cuda = 'node_modules/@node-llama-cpp/linux-x64-cuda/bins/linux-x64-cuda/libggml-cuda.so'
    const windows = 'node_modules/better-sqlite3-multiple-ciphers/prebuilds/win32-x64.node'
    for (const file of [cuda, windows]) {
      const problems = problemsWith({ archived: [...good.archived, file], unpacked: [...natives, file] })
      expect(problems).toContain(`native code of another target or of nobody: ${file}`)
    }
    expect(problemsWith({ unpacked: [keyring, database] })).toEqual([`native code inside the archive: ${engine}`])
  })

  it('misses each native file', () => {
    const without = (file: string) => problemsWith({ archived: good.archived.filter((each) => each !== file) })
    expect(without(keyring)).toEqual([`native code is missing: ${keyring}`])
    expect(without(database)).toEqual([`native code is missing: ${database}`])
    expect(without(engine)).toEqual(['the engine is missing'])
  })

  it('refuses natives over their weight, and a second app', () => {
    const sizes = { ...good.sizes, natives: nativesLimit + 1 }
    expect(problemsWith({ sizes })).toEqual([`natives weigh ${nativesLimit + 1} bytes`])
    expect(problemsWith({ resources: [...good.resources, 'default_app.asar'] })).toEqual([
      'must not be among the resources: default_app.asar',
    ])
  })
})

describe('fuseProblems', () => {
  it('finds nothing when the wire is the table', () => {
    expect(fuseProblems(fuses)).toEqual([])
  })

  it('finds a fuse that is wrong, missing or unknown', () => {
    const { WasmTrapHandlers: _, ...eight } = fuses
    expect(fuseProblems({ ...fuses, RunAsNode: true })).toEqual(['fuse RunAsNode: true, not false'])
    expect(fuseProblems(eight)).toEqual(['fuse WasmTrapHandlers: undefined, not true'])
    expect(fuseProblems({ ...fuses, 9: 48 })).toEqual(['fuse 9: 48, not undefined'])
  })
})
