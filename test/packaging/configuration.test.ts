// What electron-builder.yml and what is laid over it promise, read as the packager reads them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getConfig } from 'app-builder-lib/out/util/config/config.js'
import { parsePlistFile, savePlistFile } from 'app-builder-lib/out/util/plist.js'
import { afterAll, describe, expect, it } from 'vitest'
import { closeTransport } from '../../scripts/packaging/afterPack.ts'
import { overrides, type Order } from '../../scripts/packaging/overrides.ts'
import { checkout } from './standIn.ts'

const work = mkdtempSync(join(tmpdir(), 'sotto-configuration-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const text = readFileSync(join(checkout, 'electron-builder.yml'), 'utf8')
const configuration = await getConfig(checkout, null, null)
const order: Order = {
  target: { system: 'mac', arch: 'arm64' },
  output: '/somewhere/out',
  folderOnly: false,
  standIn: false,
  release: false,
  perUser: false,
}

describe('electron-builder.yml', () => {
  it('registers no deep links and publishes nothing', () => {
    expect(configuration.protocols).toBeUndefined()
    expect(configuration.publish).toBeNull()
    expect(configuration.mac?.protocols).toBeUndefined()
  })

  it('demands signatures, of libraries and addons too', () => {
    expect(configuration.forceCodeSigning).toBe(true)
    expect(configuration.win?.signExts).toEqual(['.exe', '.dll', '.node'])
    expect(configuration.win?.signtoolOptions?.signingHashAlgorithms).toEqual(['sha256'])
    expect(configuration.mac?.hardenedRuntime).toBe(true)
    expect(configuration.mac?.notarize).toBe(true)
  })

  it('makes the installers of three systems', () => {
    expect(configuration.linux?.target).toEqual(['deb', 'rpm', 'tar.gz'])
    expect(configuration.win?.target).toEqual(['nsis'])
    expect(configuration.mac?.target).toEqual(['dmg', 'zip'])
    expect(configuration.nsis).toMatchObject({ oneClick: false, perMachine: true })
  })

  it('asks macOS for compiling JavaScript and for nothing else', async () => {
    for (const key of ['entitlements', 'entitlementsInherit'] as const) {
      const path = join(checkout, configuration.mac?.[key] ?? '')
      expect(await parsePlistFile(path)).toEqual({ 'com.apple.security.cs.allow-jit': true })
    }
  })

  it('holds no secret and no address to publish to', () => {
    expect(text).not.toMatch(/^\s*\w*(password|secret|token|certificate|cscLink)\w*:|https?:/im)
  })
})

describe('overrides', () => {
  it('signs nothing and demands nothing for a build without secrets', () => {
    expect(overrides(order, {})).toEqual({
      forceCodeSigning: false,
      extraMetadata: { homepage: 'https://sotto.invalid' },
      mac: { identity: null, notarize: false },
    })
  })

  it('demands signatures for a release, whether or not there are secrets', () => {
    expect(overrides({ ...order, release: true }, {})).toEqual({
      forceCodeSigning: true,
      extraMetadata: { homepage: 'https://sotto.invalid' },
    })
  })

  it('signs where a certificate is in the environment, and never copies it', () => {
    const laid = overrides(order, { CSC_LINK: 'c2VjcmV0', CSC_KEY_PASSWORD: 'hunter2' })
    expect(laid.mac).toBeUndefined()
    expect(JSON.stringify(laid)).not.toMatch(/c2VjcmV0|hunter2/)
  })

  it('signs in Azure when all four names are there', () => {
    const environment = {
      SOTTO_AZURE_ENDPOINT: 'https://signing.example',
      SOTTO_AZURE_PROFILE: 'profile',
      SOTTO_AZURE_ACCOUNT: 'account',
      SOTTO_PUBLISHER: 'CN=The Sotto authors, O=The Sotto authors, C=DE',
    }
    expect(overrides(order, environment).win?.azureSignOptions).toMatchObject({
      endpoint: 'https://signing.example',
      certificateProfileName: 'profile',
      codeSigningAccountName: 'account',
      publisherName: 'CN=The Sotto authors, O=The Sotto authors, C=DE',
    })
    expect(overrides(order, { ...environment, SOTTO_PUBLISHER: '' }).win).toBeUndefined()
  })

  it('makes the installer for one person when asked', () => {
    expect(overrides({ ...order, perUser: true }, {}).nsis).toMatchObject({ perMachine: false })
  })
})

describe('closeTransport', () => {
  it('takes back what the packager allows', async () => {
    const path = join(work, 'Info.plist')
    const opened = {
      CFBundleName: 'Sotto',
      NSAppTransportSecurity: { NSAllowsArbitraryLoads: true, NSAllowsLocalNetworking: true },
    }
    await savePlistFile(path, opened)
    await closeTransport(path)
    expect(await parsePlistFile(path)).toEqual({
      CFBundleName: 'Sotto',
      NSAppTransportSecurity: { NSAllowsArbitraryLoads: false },
    })
  })
})
