// The policy file: believed only when nobody but its owner could have written it, and closed when in doubt.
import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPolicy } from '../../../main/policy/policyFile.ts'
import type { PolicyResolution } from '../../../main/policy/policyResolution.ts'
import { failSafePolicy, noPolicy } from '../../../main/policy/schema.ts'

const ownerUid = process.getuid?.() ?? 0

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sotto-policy-'))
  file = path.join(folder, 'policy.json')
})

afterEach(() => rm(folder, { recursive: true }))

async function readText(text: string | Uint8Array, mode = 0o644): Promise<PolicyResolution> {
  await writeFile(file, text)
  await chmod(file, mode)
  return readPolicy(file, { ownerUid })
}

function invalidWith(issues: readonly string[], sha256: string | null = null): PolicyResolution {
  return { state: 'invalid', source: file, sha256, issues: [...issues], values: failSafePolicy }
}

function hashOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

test('no place and no file are no policy', async () => {
  expect([await readPolicy(null), await readPolicy(file, { ownerUid })]).toEqual([
    { state: 'none', source: null, sha256: null, issues: [], values: noPolicy },
    { state: 'none', source: null, sha256: null, issues: [], values: noPolicy },
  ])
})

test('no folder is no policy', async () => {
  expect((await readPolicy('/nowhere/at/all/policy.json')).state).toBe('none')
})

test('a whole policy is read with its hash', async () => {
  const policy = {
    version: 1,
    organisation: { name: 'Example Works', contact: 'it@example.org' },
    settings: { localOnly: { value: true, reason: 'Contracts stay in the house.' }, theme: { value: 'dark' } },
    recommended: { language: 'de', threads: 4 },
    cloudMode: 'off',
    cloud: { retention: {}, prices: {} },
    models: {},
    modelDownload: 'off',
    allowedModelSha256: ['ab'.repeat(32)],
  }
  const text = JSON.stringify(policy)
  expect(await readText(text)).toEqual({
    state: 'active',
    source: file,
    sha256: hashOf(text),
    issues: [],
    rules: [
      { key: 'recommended.language', value: 'de' },
      { key: 'recommended.threads', value: '4' },
      { key: 'cloudMode', value: 'off' },
      { key: 'modelDownload', value: 'off' },
      { key: 'allowedModelSha256', value: 'ab'.repeat(32) },
    ],
    values: policy,
  })
})

test('what a policy leaves out is open', async () => {
  expect((await readText('{"version":1}')).values).toEqual({
    version: 1,
    settings: {},
    recommended: {},
    cloudMode: 'ask',
    cloud: { retention: {}, prices: {} },
    models: {},
    modelDownload: 'on',
  })
})

test('what holds when it is refused keeps everything here', () => {
  expect(failSafePolicy).toEqual({
    version: 1,
    settings: { localOnly: { value: true, reason: 'policy-invalid' } },
    recommended: {},
    cloudMode: 'off',
    cloud: { retention: {}, prices: {} },
    models: {},
    modelDownload: 'off',
  })
})

describe('a file that cannot be trusted', () => {
  test.each([
    [0o664, 'file-writable-by-others'],
    [0o646, 'file-writable-by-others'],
    [0o666, 'file-writable-by-others'],
  ])('mode %o', async (mode, issue) => {
    expect(await readText('{"version":1}', mode)).toEqual(invalidWith([issue]))
  })

  test('of another owner', async () => {
    await writeFile(file, '{"version":1}', { mode: 0o644 })
    const read = await readPolicy(file, { ownerUid: ownerUid + 1 })
    const folderIssue = ownerUid === 0 ? 'file-not-owned-by-root' : 'folder-not-owned-by-root'
    expect(read).toEqual(invalidWith([folderIssue]))
  })

  test('a symbolic link, even to a good file', async () => {
    const target = path.join(folder, 'target.json')
    await writeFile(target, '{"version":1}', { mode: 0o644 })
    await symlink(target, file)
    expect(await readPolicy(file, { ownerUid })).toEqual(invalidWith(['file-not-regular']))
  })

  test('a symbolic link to nothing', async () => {
    await symlink(path.join(folder, 'nothing'), file)
    expect(await readPolicy(file, { ownerUid })).toEqual(invalidWith(['file-not-regular']))
  })

  test('a folder', async () => {
    await mkdir(file)
    expect(await readPolicy(file, { ownerUid })).toEqual(invalidWith(['file-not-regular']))
  })

  test('in a folder where others could take it away', async () => {
    await writeFile(file, '{"version":1}', { mode: 0o644 })
    await chmod(folder, 0o777)
    const open = await readPolicy(file, { ownerUid })
    await chmod(folder, 0o1777)
    const sticky = await readPolicy(file, { ownerUid })
    expect([open, sticky.state]).toEqual([invalidWith(['folder-writable-by-others']), 'active'])
  })

  test('taken away where others could', async () => {
    await chmod(folder, 0o777)
    expect(await readPolicy(file, { ownerUid })).toEqual(invalidWith(['folder-writable-by-others']))
  })

  test('larger than 1 MiB', async () => {
    expect(await readText(`{"version":1}${' '.repeat(1024 * 1024)}`)).toEqual(invalidWith(['file-too-large']))
  })
})

describe('a file that does not say what it should', () => {
  test.each<[string, string, readonly string[]]>([
    ['nothing', '', ['not-json']],
    ['cut JSON', '{"version":1', ['not-json']],
    ['another kind', '[]', [': invalid_type']],
    ['no version', '{}', ['version: invalid_value']],
    ['a later version', '{"version":2}', ['version: invalid_value']],
    ['an unknown key', '{"version":1,"cloudmode":"off"}', ['cloudmode: unrecognized_keys']],
    [
      'a misspelt setting',
      '{"version":1,"settings":{"localonly":{"value":true}}}',
      ['settings.localonly: unrecognized_keys'],
    ],
    [
      'a setting without its value',
      '{"version":1,"settings":{"localOnly":true}}',
      ['settings.localOnly: invalid_type'],
    ],
    [
      'a value of another type',
      '{"version":1,"settings":{"localOnly":{"value":"yes"}}}',
      ['settings.localOnly.value: invalid_type'],
    ],
    ['a value out of range', '{"version":1,"recommended":{"threads":-1}}', ['recommended.threads: too_small']],
    ['a hash that is none', '{"version":1,"allowedModelSha256":["abc"]}', ['allowedModelSha256.0: invalid_format']],
    ['a key that is none', '{"version":1,"models":{"signingKey":"abc="}}', ['models.signingKey: invalid_format']],
    ['a prototype', '{"version":1,"__proto__":{"cloudMode":"ask"}}', ['__proto__: unrecognized_keys']],
    ['no contact', '{"version":1,"organisation":{"name":"A"}}', ['organisation.contact: invalid_type']],
  ])('%s', async (_name, text, issues) => {
    expect(await readText(text)).toEqual(invalidWith(issues, hashOf(text)))
  })

  test('bytes that are not UTF-8', async () => {
    const bytes = Uint8Array.of(0x7b, 0xff, 0x7d)
    expect(await readText(bytes)).toEqual(invalidWith(['not-json'], hashOf(bytes)))
  })

  test('a byte order mark does no harm', async () => {
    expect((await readText('\uFEFF{"version":1}')).state).toBe('active')
  })
})
