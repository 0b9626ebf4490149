// A package made with a stand-in for Electron: what is inside, its fuses, its integrity, twice the same, and it works.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuses } from '../../scripts/packaging/fuses.ts'
import { thisTarget, type Target } from '../../scripts/packaging/target.ts'
import { digestOf, verifyPackage, type Verified } from '../../scripts/packaging/verifyPackage.ts'
import { checkout, packStandIn, runPackedCli } from './standIn.ts'

const here = thisTarget()
const onLinux = process.platform === 'linux'
const work = mkdtempSync(join(tmpdir(), 'sotto-packages-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe.runIf(here !== undefined)('a package for this machine, with a stand-in runtime', () => {
  const target: Target = here ?? { system: 'linux', arch: 'x64' }
  let folder = ''
  let verified: Verified

  beforeAll(async () => {
    const packed = await packStandIn(target, join(work, 'first'))
    folder = packed.folder
    expect(packed.code, packed.errors).toBe(0)
    verified = await verifyPackage(checkout, folder, target)
  })

  it('holds exactly what it should, and nothing else', () => {
    expect(verified.problems).toEqual([])
    expect(verified.packed.archived.length).toBeGreaterThan(500)
  })

  it('holds no sources, maps, tests or keys', () => {
    const loaded = /^node_modules\/suffix-thumb\/src\/test\//
    const all = [...verified.packed.archived, ...verified.packed.files].filter((file) => !loaded.test(file))
    expect(all.filter((file) => /\.(ts|tsx|map|pem|key|p12)$|(^|\/)(\.env|tests?)(\/|$)/.test(file))).toEqual([])
  })

  it('has the fuses of the table', () => {
    expect(verified.packed.fuses).toEqual(fuses)
  })

  it('carries at most 120 MB of native code, all of it beside the archive', () => {
    expect(verified.packed.sizes.natives).toBeGreaterThan(10_000_000)
    expect(verified.packed.sizes.natives).toBeLessThanOrEqual(120_000_000)
  })

  it('brings its licences', () => {
    expect(
      verified.packed.files.filter((file) => file.includes('/licences/')).map((file) => file.split('/').at(-1)),
    ).toEqual(['LICENSE.txt', 'NOTICE.txt', 'THIRD-PARTY-NOTICES.txt'])
  })

  it('is the same, byte for byte, when it is made again', async (context) => {
    const before = sourcesNow()
    const again = await packStandIn(target, join(work, 'again'))
    if (sourcesNow() !== before) context.skip('the sources were edited while the test ran')
    expect(again.code, again.errors).toBe(0)
    expect(digestOf(again.folder)).toBe(digestOf(folder))
  })

  it('runs its CLI under Node and summarizes the sample with the starter model', async () => {
    const sample = join('resources', 'samples', 'harbour-report.pdf')
    const run = await runPackedCli({ folder, target }, join(work, 'extracted'), ['summarize', sample, '--json'])
    expect(run.code, run.output + run.errors).toBe(0)
    const { summary } = JSON.parse(run.output) as { summary: { claims: { supported: boolean }[]; coverage: object } } // as: compared on the next lines
    expect(summary.coverage).toEqual({ unit: 'page', total: 6, read: 6, withoutText: [] })
    expect(summary.claims.length).toBeGreaterThan(0)
    expect(summary.claims.every(({ supported }) => supported)).toBe(true)
  })
})

const foreign = [
  { system: 'win', arch: 'x64', deepOnly: false },
  { system: 'win', arch: 'arm64', deepOnly: true },
  { system: 'mac', arch: 'x64', deepOnly: true },
  { system: 'mac', arch: 'arm64', deepOnly: false },
] as const

describe.each(foreign)('a package for $system-$arch made on Linux, with a stand-in runtime', (target) => {
  it('is what it should be, its system knows the archive, and one changed byte is seen', async (context) => {
    if (!onLinux) context.skip('foreign stand-ins are made on Linux; each system makes its own package')
    if (target.deepOnly && process.env['SOTTO_DEEP'] !== '1') context.skip('in npm run test:deep')
    const { folder, code, errors } = await packStandIn(target, join(work, `${target.system}-${target.arch}`))
    expect(code, errors).toBe(0)
    const { packed, problems } = await verifyPackage(checkout, folder, target)
    expect(problems).toEqual([])
    expect(packed.toldHash).toBe(packed.headerHash)
    const resources = packed.files.find((file) => file.endsWith('/app.asar')) ?? ''
    const copy = join(work, 'changed')
    cpSync(folder, copy, { recursive: true })
    changeLetter(join(copy, resources))
    const changed = await verifyPackage(checkout, copy, target)
    rmSync(copy, { recursive: true })
    expect(changed.problems).toContainEqual(expect.stringMatching(/^integrity: told [0-9a-f]{64}, is [0-9a-f]{64}$/))
  })
})

it('is refused as a release where there is no certificate, with a stand-in runtime', async (context) => {
  if (!onLinux) context.skip('made on Linux, where no keychain can help')
  if (process.env['SOTTO_DEEP'] !== '1') context.skip('in npm run test:deep')
  const { code, errors } = await packStandIn({ system: 'win', arch: 'x64' }, join(work, 'release'), ['--release'])
  expect(code).toBe(1)
  expect(errors).toContain('"forceCodeSigning" is set to true')
})

/** What the built app was built from, as its builder remembers it. */
function sourcesNow(): string {
  return readFileSync(join(checkout, 'dist', 'app.sha256'), 'utf8')
}

/** Changes one letter of one file's checksum in the archive's header. */
function changeLetter(archive: string): void {
  const bytes = readFileSync(archive)
  const at = bytes.indexOf('"hash":"') + '"hash":"'.length
  bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30
  writeFileSync(archive, bytes)
}
