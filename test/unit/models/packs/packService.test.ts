// Packs: made, verified, installed by link, copy and into the shared folder; refused as a whole when anything is off.
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Item } from '#contract/index.ts'
import { failureOf, ok, type Stream } from '#contract/result.ts'
import { readCatalogue } from '../../../../main/models/catalogue/catalogue.ts'
import { ModelService, type ModelDependencies } from '../../../../main/models/modelService.ts'
import { PackService } from '../../../../main/models/packs/packService.ts'
import type { PackManifest } from '../../../../main/models/packs/packFile.ts'
import { SharedModels } from '../../../../main/models/sharedModels.ts'
import type { Storage } from '../../../../main/storage/storage.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../../fakes/memoryStorage.ts'
import { hashesOf, peerModel } from '../../../fakes/modelPeers.ts'
import { makeSigningKeys, signatureOf } from '../../../fakes/signedFile.ts'

const resources = fileURLToPath(new URL('../../../../resources', import.meta.url))
const never = new AbortController().signal
const keys = makeSigningKeys()
const now = new Date('2026-11-20T10:00:00Z')

let folder: string
let storage: Storage
let ids: number

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-packs-'))
  storage = await openMemoryStorage()
  ids = 0
})

afterEach(async () => {
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

type Rig = { readonly models: ModelService; readonly packs: PackService; readonly shared: SharedModels; told: number }

async function rig(
  options: { readonly signingKey?: string; readonly allowedSha256?: readonly string[] } = {},
): Promise<Rig> {
  const sharedFolder = path.join(folder, 'shared')
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 })
  const settings = { get: () => ({ value: '' }) }
  const engine = { state: () => ({ state: 'idle' }), matchWrapper: async () => ok(null), unload: async () => undefined }
  const models = new ModelService({
    storage,
    resources,
    settings,
    engine,
    now: () => now,
    newId: () => `m${++ids}`,
    sharedFolder,
    allowedSha256: options.allowedSha256,
  } as unknown as ModelDependencies) // as: linking asks neither settings nor engine for more
  const packs = new PackService({
    storage,
    own: path.join(folder, 'own'),
    shared: sharedFolder,
    signingKey: options.signingKey,
    appVersion: '1.0.0',
    now: () => now,
    entries: async () => (await readCatalogue(resources)).models,
    models,
  })
  const made: Rig = {
    models,
    packs,
    told: 0,
    shared: new SharedModels({
      folder: sharedFolder,
      logger: createFakeLogger(),
      announce: () => (made.told += 1),
      ownerUid: process.getuid?.() ?? 0,
      models,
    }),
  }
  return made
}

type Ending<Last> = { readonly last: Last | null; readonly failure: unknown }

async function drained<Each extends { readonly type: string }>(
  stream: Stream<Each>,
): Promise<Ending<Exclude<Each, { readonly type: 'progress' }>>> {
  let last: Exclude<Each, { readonly type: 'progress' }> | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return { last, failure: step.value.ok ? null : step.value.failure }
    if (step.value.type === 'finished') last = step.value as Exclude<Each, { readonly type: 'progress' }> // as: the other kind is progress
  }
}

async function linkTwo({ models }: Rig): Promise<readonly string[]> {
  const linkedIds: string[] = []
  for (const name of ['Alpha', 'Beta']) {
    const file = path.join(folder, 'from', name, 'model.gguf')
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, peerModel(name))
    const { last } = await drained<Item<'models.import'>>(models.import(file, never))
    linkedIds.push(last?.model?.id ?? '')
  }
  return linkedIds
}

function pack(): string {
  return path.join(folder, 'pack')
}

async function makePack(): Promise<void> {
  const first = await rig()
  const { failure } = await drained(first.packs.pack(await linkTwo(first), pack(), never))
  expect(failure).toBe(null)
  // Another computer: nothing is installed there.
  await storage.run('DELETE FROM models')
}

function invalid(name: string, reason: string): unknown {
  return { code: 'pack-invalid', details: { name, reason } }
}

function editManifest(edit: (manifest: PackManifest) => unknown): void {
  const file = path.join(pack(), 'manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as PackManifest // as: it was written just now
  writeFileSync(file, JSON.stringify(edit(manifest)))
}

test('made of installed models: copies under names of their own, a manifest, the originals untouched', async () => {
  const before = await rig()
  const modelIds = await linkTwo(before)
  const originals = hashesOf(path.join(folder, 'from'))
  const { last, failure } = await drained(before.packs.pack(modelIds, pack(), never))
  expect(failure).toBe(null)
  expect(last).toMatchObject({
    reason: 'complete',
    pack: {
      created: now.toISOString(),
      appVersion: '1.0.0',
      signed: false,
      models: [{ name: 'Alpha', file: 'model.gguf' }, { name: 'Beta' }],
    },
  })
  const second = last?.pack?.models[1]
  expect(readdirSync(pack()).sort()).toEqual([
    'manifest.json',
    `model-${second?.sha256.slice(0, 16)}.gguf`,
    'model.gguf',
  ])
  expect((await drained(before.packs.verify(pack(), never))).last).toEqual(last)
  expect(hashesOf(path.join(folder, 'from'))).toEqual(originals)
})

test('a folder that holds something, an unknown model, a stop: nothing is left behind', async () => {
  const made = await rig()
  const modelIds = await linkTwo(made)
  mkdirSync(pack())
  writeFileSync(path.join(pack(), 'mine.txt'), 'mine')
  expect((await drained(made.packs.pack(modelIds, pack(), never))).failure).toEqual(invalid('pack', 'exists'))
  expect(readdirSync(pack())).toEqual(['mine.txt'])
  rmSync(path.join(pack(), 'mine.txt'))
  const unknown = await drained(made.packs.pack(['nobody'], pack(), never))
  expect(unknown.failure).toEqual(failureOf('not-found', { what: 'model', id: 'nobody' }))
  const stopped = await drained(made.packs.pack(modelIds, pack(), AbortSignal.abort()))
  expect(stopped).toEqual({ last: { type: 'finished', reason: 'stopped', pack: null }, failure: null })
  expect(readdirSync(pack())).toEqual([])
})

describe('installed', () => {
  test('by link: the files stay in the pack', async () => {
    await makePack()
    const files = hashesOf(pack())
    const { packs, models } = await rig()
    const { last } = await drained(
      packs.install({ folder: pack(), way: 'link', acceptLicence: false, older: false }, never),
    )
    expect(last?.models.map(({ name, ours, shared, path: file }) => [name, ours, shared, path.dirname(file)])).toEqual([
      ['Alpha', false, false, pack()],
      ['Beta', false, false, pack()],
    ])
    for (const { id } of last?.models ?? []) expect(await models.remove(id)).toEqual(ok(undefined))
    expect(hashesOf(pack())).toEqual(files)
  })

  test('by copy: Sotto’s own, deleted with the model; a second time nothing is copied', async () => {
    await makePack()
    const { packs, models } = await rig()
    const order = { folder: pack(), way: 'copy', acceptLicence: false, older: false } as const // as: a fixed word
    const first = await drained(packs.install(order, never))
    expect(first.last?.models.map(({ ours }) => ours)).toEqual([true, true])
    const again = await drained(packs.install(order, never))
    expect([again.last?.models, again.failure]).toEqual([first.last?.models, null])
    for (const { id } of first.last?.models ?? []) await models.remove(id)
    expect(readdirSync(path.join(folder, 'own'))).toEqual([])
  })

  test('what Sotto copied and another program has too: removing the model never deletes the other’s file', async () => {
    await makePack()
    const { packs, models } = await rig()
    const order = { folder: pack(), way: 'copy', acceptLicence: false, older: false } as const // as: a fixed word
    const others = hashesOf(path.join(folder, 'from'))
    for (const lost of [false, true]) {
      await drained(packs.install(order, never))
      // Where Sotto's own file is gone the other's takes its place, and is the other's still.
      if (lost) rmSync(path.join(folder, 'own'), { recursive: true })
      const other = path.join(folder, 'from/Alpha/model.gguf')
      const { last } = await drained<Item<'models.import'>>(models.import(other, never))
      expect([last?.model?.ours, last?.model?.path === other]).toEqual([!lost, lost])
      const listed = await models.list()
      for (const { id, starter } of listed.ok ? listed.value : []) if (!starter) await models.remove(id)
      expect(hashesOf(path.join(folder, 'from'))).toEqual(others)
      if (!lost) expect(readdirSync(path.join(folder, 'own'))).toEqual([])
    }
  })

  test('into the shared folder: there for everybody, not to be removed by one', async () => {
    await makePack()
    const { packs, models } = await rig()
    const { last } = await drained(
      packs.install({ folder: pack(), way: 'share', acceptLicence: false, older: false }, never),
    )
    expect(last?.models.map(({ shared, ours }) => [shared, ours])).toEqual([
      [true, false],
      [true, false],
    ])
    const id = last?.models[0]?.id ?? ''
    expect(await models.remove(id)).toEqual({ ok: false, failure: failureOf('not-found', { what: 'model', id }) })
    expect(readdirSync(path.join(folder, 'shared')).length).toBe(2)
  })
})

describe('refused as a whole', () => {
  const cases: readonly (readonly [string, () => void, string, string])[] = [
    ['a changed byte', () => changeByte('model.gguf'), 'model.gguf', 'wrong-hash'],
    ['a longer file', () => appendFileSync(path.join(pack(), 'model.gguf'), 'x'), 'model.gguf', 'wrong-size'],
    ['a missing file', () => rmSync(path.join(pack(), 'model.gguf')), 'model.gguf', 'file-missing'],
    ['a link in place of a file', () => linkInstead('model.gguf'), 'model.gguf', 'file-missing'],
    ['no manifest', () => rmSync(path.join(pack(), 'manifest.json')), 'manifest.json', 'manifest'],
    ['a manifest that is none', () => editManifest(() => ({})), 'manifest.json', 'manifest'],
    ...['../../model.gguf', '/model.gguf', 'a/b.gguf', 'C:\\m.gguf', 'nul.gguf', 'm.gguf:x', 'model.exe', '..'].map(
      (file) => [`the name ${file}`, () => rename(file), 'manifest.json', 'manifest'] as const,
    ),
    [
      'one name twice',
      () => editManifest((each) => ({ ...each, models: [each.models[0], each.models[0]] })),
      'manifest.json',
      'manifest',
    ],
  ]

  function rename(file: string): void {
    editManifest((each) => ({
      ...each,
      models: each.models.map((model, at) => (at === 0 ? { ...model, file } : model)),
    }))
  }

  function changeByte(name: string): void {
    const bytes = readFileSync(path.join(pack(), name))
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    writeFileSync(path.join(pack(), name), bytes)
  }

  function linkInstead(name: string): void {
    rmSync(path.join(pack(), name))
    symlinkSync(path.join(folder, 'from/Alpha/model.gguf'), path.join(pack(), name))
  }

  test.each(cases)('%s', async (_, damage, name, reason) => {
    await makePack()
    damage()
    const { packs, models } = await rig()
    const order = { folder: pack(), way: 'copy', acceptLicence: false, older: false } as const // as: a fixed word
    expect((await drained(packs.install(order, never))).failure).toEqual(invalid(name, reason))
    const listed = await models.list()
    expect([listed.ok ? listed.value.length : 0, existsSync(path.join(folder, 'own'))]).toEqual([1, false])
  })

  test('a licence nobody accepted, a model the organisation does not allow', async () => {
    await makePack()
    const licence = { id: 'Their Licence', url: 'https://example.org/licence', mustAccept: true }
    editManifest((each) => ({ ...each, models: each.models.map((model) => ({ ...model, licence })) }))
    const order = { folder: pack(), way: 'link', acceptLicence: false, older: false } as const // as: a fixed word
    const { packs } = await rig()
    expect((await drained(packs.install(order, never))).failure).toEqual(
      failureOf('licence-required', { name: 'Alpha', licence: licence.id, url: licence.url }),
    )
    const strict = await rig({ allowedSha256: [] })
    expect((await drained(strict.packs.install({ ...order, acceptLicence: true }, never))).failure).toEqual(
      failureOf('model-not-allowed', { name: 'Alpha' }),
    )
    expect((await drained(packs.install({ ...order, acceptLicence: true }, never))).last?.models.length).toBe(2)
  })

  test('where the policy names a key: not signed, signed by another, changed after signing; signed is taken', async () => {
    await makePack()
    const { packs } = await rig({ signingKey: keys.publicKey })
    const verified = async () => drained(packs.verify(pack(), never))
    const manifest = readFileSync(path.join(pack(), 'manifest.json'))
    const sign = (signature: Uint8Array): void => writeFileSync(path.join(pack(), 'manifest.json.sig'), signature)
    expect((await verified()).failure).toEqual(invalid('manifest.json', 'not-signed'))
    sign(signatureOf(manifest, makeSigningKeys()))
    expect((await verified()).failure).toEqual(invalid('manifest.json', 'signature'))
    sign(signatureOf(manifest, keys))
    expect((await verified()).last?.pack?.signed).toBe(true)
    appendFileSync(path.join(pack(), 'manifest.json'), ' ')
    expect((await verified()).failure).toEqual(invalid('manifest.json', 'signature'))
  })
})

describe('the shared folder', () => {
  const inShared = (name: string): string => path.join(folder, 'shared', name)

  test('what lies there is installed by itself, what goes is forgotten, nothing there changes', async () => {
    const made = await rig()
    const { shared, models } = made
    writeFileSync(inShared('one.gguf'), peerModel('One'))
    writeFileSync(inShared('broken.gguf'), 'GGUF and no more')
    const before = hashesOf(path.join(folder, 'shared'))
    expect(await shared.adopt(never)).toEqual(ok({ linked: 1, forgotten: 0 }))
    const listed = await models.list()
    expect(listed.ok && listed.value.map(({ name, shared: isShared }) => [name, isShared])).toEqual([
      ['Sotto Starter', false],
      ['One', true],
    ])
    expect(await shared.adopt(never)).toEqual(ok({ linked: 0, forgotten: 0 }))
    expect(hashesOf(path.join(folder, 'shared'))).toEqual(before)
    rmSync(inShared('one.gguf'))
    expect(await shared.adopt(never)).toEqual(ok({ linked: 0, forgotten: 1 }))
    expect(made.told).toBe(2)
    const after = await models.list()
    expect(after.ok && after.value.length).toBe(1)
  })

  test('a folder that others may write to is left alone', async (context) => {
    if (process.platform === 'win32') return context.skip('Windows has access lists instead of mode bits')
    const { shared } = await rig()
    writeFileSync(inShared('one.gguf'), peerModel('One'))
    chmodSync(path.join(folder, 'shared'), 0o777)
    expect(await shared.adopt(never)).toEqual(ok({ linked: 0, forgotten: 0 }))
  })

  test('nor is anything taken from a folder in it, or a file, that others may write to', async (context) => {
    if (process.platform === 'win32') return context.skip('Windows has access lists instead of mode bits')
    const { shared, models } = await rig()
    for (const [name, mode] of [
      ['safe/deep', 0o755],
      ['open', 0o777],
      ['open/deep', 0o755],
    ] as const) {
      mkdirSync(inShared(name), { recursive: true, mode: 0o755 })
      writeFileSync(inShared(`${name}/model.gguf`), peerModel(name))
      chmodSync(inShared(name), mode)
    }
    writeFileSync(inShared('file.gguf'), peerModel('File'))
    chmodSync(inShared('file.gguf'), 0o666)
    symlinkSync(inShared('open/deep/model.gguf'), inShared('safe/link.gguf'))
    expect(await shared.adopt(never)).toEqual(ok({ linked: 1, forgotten: 0 }))
    const listed = await models.list()
    expect(listed.ok && listed.value.flatMap((each) => (each.shared ? [each.name] : []))).toEqual(['safe/deep'])
  })
})
