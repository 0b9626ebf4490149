// Packs, the shared folder and a signed catalogue through the real command line, under a policy of the machine.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogOutput, importOutput, installOutput, modelsOutput, packOutput } from '../../main/hosts/cli/output.ts'
import { peerModel } from '../fakes/modelPeers.ts'
import { makeSigningKeys, signatureOf } from '../fakes/signedFile.ts'
import { failureOf, mountRefusal, root, sotto, testFolder, withMounts, type Run } from './faultCli.ts'

const folder = testFolder()
const keys = makeSigningKeys()
const pack = path.join(folder, 'pack')
const shared = path.join(folder, 'shared')

function models(data: string, ...args: readonly string[]): Promise<Run> {
  return sotto(folder, ['models', ...args, '--data', path.join(folder, data), '--json'])
}

/** The same on a machine with this policy. */
function managed(policy: unknown, ...args: readonly string[]): Promise<Run> {
  const file = path.join(folder, 'policy.json')
  writeFileSync(file, JSON.stringify(policy), { mode: 0o644 })
  // Nothing of this computer's own is made or changed: all of it lies in mounts that end with the command.
  const etc = '[ -d /etc/sotto ] && mount -t tmpfs none /etc/sotto || { mount -t tmpfs none /etc; mkdir /etc/sotto; }'
  const prefix = withMounts(
    `${etc}\ncp '${file}' /etc/sotto/policy.json\nchmod 755 /etc/sotto\nchmod 644 /etc/sotto/policy.json`,
  )
  return sotto(folder, ['models', ...args, '--data', path.join(folder, 'managed'), '--json'], { prefix })
}

async function packed(): Promise<readonly string[]> {
  const file = path.join(folder, 'mine.gguf')
  writeFileSync(file, peerModel('Mine'))
  const { model } = importOutput.parse(JSON.parse((await models('maker', 'import', file)).output))
  const made = packOutput.parse(JSON.parse((await models('maker', 'pack', pack, model.id)).output))
  return made.pack.models.map((each) => each.name)
}

test('packed on one computer, verified and installed on another', { timeout: 180_000 }, async () => {
  expect(await packed()).toEqual(['Mine'])
  expect(failureOf(await models('maker', 'pack', pack, 'sotto-starter'))).toBe('pack-invalid')
  const verified = packOutput.parse(JSON.parse((await models('user', 'verify', pack)).output))
  expect([verified.pack.signed, verified.pack.models.length]).toEqual([false, 1])
  const installed = installOutput.parse(JSON.parse((await models('user', 'install', pack, '--copy')).output))
  expect(installed.models.map(({ name, ours }) => [name, ours])).toEqual([['Mine', true]])
  expect(readdirSync(path.join(folder, 'user/models'))).toEqual(['mine.gguf'])
})

describe('where the policy names a key, a shared folder and a catalogue', () => {
  const policy = {
    version: 1,
    models: { signingKey: keys.publicKey, sharedFolder: shared, catalogue: path.join(folder, 'catalogue.json') },
  }

  test('an unsigned pack is refused, a signed one lies in the shared folder', { timeout: 180_000 }, async (context) => {
    const refusal = mountRefusal()
    if (refusal !== null) return context.skip(refusal)
    mkdirSync(shared)
    expect(failureOf(await managed(policy, 'install', pack, '--share'))).toBe('pack-invalid')
    const manifest = path.join(pack, 'manifest.json')
    writeFileSync(`${manifest}.sig`, signatureOf(readFileSync(manifest), keys).toString('base64'))
    const installed = installOutput.parse(JSON.parse((await managed(policy, 'install', pack, '--share')).output))
    expect(installed.models.map((each) => [each.name, each.shared, path.dirname(each.path)])).toEqual([
      ['Mine', true, shared],
    ])
    const listed = modelsOutput.parse(JSON.parse((await managed(policy, 'list')).output))
    const model = listed.models.find((each) => each.shared)
    expect(failureOf(await managed(policy, 'remove', model?.id ?? ''))).toBe('not-found')
    expect(readdirSync(shared)).toEqual(['mine.gguf'])
  })

  test(
    'the catalogue is the organisation’s, and the built-in one when a byte changes',
    { timeout: 180_000 },
    async (context) => {
      const refusal = mountRefusal()
      if (refusal !== null) return context.skip(refusal)
      const builtIn = JSON.parse(readFileSync(path.join(root, 'resources/model-catalog.json'), 'utf8')) as {
        readonly version: number
        readonly models: readonly object[]
      } // as: our own file
      const own = { ...builtIn.models[1], id: 'house-model', name: 'House Model' }
      const content = JSON.stringify({
        format: 1,
        version: builtIn.version + 1,
        expires: '2999-01-01T00:00:00Z',
        models: [own],
      })
      writeFileSync(path.join(folder, 'catalogue.json'), content)
      writeFileSync(path.join(folder, 'catalogue.json.sig'), signatureOf(content, keys))
      const theirs = catalogOutput.parse(JSON.parse((await managed(policy, 'catalog')).output))
      expect([theirs.catalogue.source, theirs.models.map(({ id }) => id)]).toEqual(['policy', ['house-model']])
      writeFileSync(path.join(folder, 'catalogue.json'), content.replace('House', 'Horse'))
      const ours = catalogOutput.parse(JSON.parse((await managed(policy, 'catalog')).output))
      expect([ours.catalogue.source, ours.catalogue.refused, ours.models.length]).toEqual([
        'built-in',
        { code: 'catalogue-refused', details: { reason: 'signature' } },
        builtIn.models.length - 1,
      ])
    },
  )
})
