// Replacing the catalogue: only with the organisation's signature, not ended, never by an older one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failureOf, type Result } from '#contract/result.ts'
import { readCatalogue, type CatalogueEntry } from '../../../../main/models/catalogue/catalogue.ts'
import { CatalogueStore } from '../../../../main/models/catalogue/catalogueStore.ts'
import type { Storage } from '../../../../main/storage/storage.ts'
import { Door } from '../../../fakes/door.ts'
import { openMemoryStorage } from '../../../fakes/memoryStorage.ts'
import { startModelMirror, type ModelMirror } from '../../../fakes/modelMirror.ts'
import { makeSigningKeys, signatureOf, type SigningKeys } from '../../../fakes/signedFile.ts'

const resources = fileURLToPath(new URL('../../../../resources', import.meta.url))
const never = new AbortController().signal
const keys = makeSigningKeys()
const { version: builtInVersion, models } = await readCatalogue(resources)
const starter = models[0]?.id
const one = { ...models[1], id: 'ours', name: 'Ours' } as CatalogueEntry // as: the second model of the built-in catalogue

let folder: string
let storage: Storage
let door: Door
let mirror: ModelMirror
let now: Date
let told: number

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-catalogue-'))
  storage = await openMemoryStorage()
  door = await Door.open(storage)
  mirror = await startModelMirror(Buffer.alloc(0))
  door.hosts = { 'model-header': [mirror.server.host] }
  now = new Date('2026-12-01T00:00:00Z')
  told = 0
})

afterEach(async () => {
  await door[Symbol.asyncDispose]()
  await mirror[Symbol.asyncDispose]()
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

function content(changes: Readonly<Record<string, unknown>> = {}): Buffer {
  const catalogue = {
    format: 1,
    version: builtInVersion + 1,
    expires: '2027-01-01T00:00:00Z',
    models: [one],
    ...changes,
  }
  return Buffer.from(JSON.stringify(catalogue))
}

type StoreOptions = { readonly signingKey?: string | undefined; readonly file?: boolean; readonly address?: string }

function store({ signingKey = keys.publicKey, file = false, address = '' }: StoreOptions = {}): CatalogueStore {
  return new CatalogueStore({
    resources,
    storage,
    gate: door.gate,
    policy: {
      ...(signingKey === '' ? {} : { signingKey }),
      ...(file ? { catalogue: path.join(folder, 'catalogue.json') } : {}),
    },
    mirror: () => address,
    now: () => now,
    announce: () => told++,
    writes: true,
  })
}

function put(bytes: Uint8Array, signature: Uint8Array | string): void {
  writeFileSync(path.join(folder, 'catalogue.json'), bytes)
  writeFileSync(path.join(folder, 'catalogue.json.sig'), signature)
}

/** What is in force: its source, version, why not the other, and the ids of its models. */
async function shown(catalogue: CatalogueStore): Promise<readonly unknown[]> {
  const state = await catalogue.state()
  if (!state.ok) throw new Error(state.failure.code)
  const { source, version, refused } = state.value
  const ids = (await catalogue.entries()).map(({ id }) => id)
  return [source, version, refused, ids.length === models.length ? 'all built in' : ids]
}

function refused(reason: string) {
  return { code: 'catalogue-refused', details: { reason } }
}

describe('by a file that the policy names', () => {
  test('signed, raw or in base64: in force, the starter stays', async () => {
    const bytes = content()
    put(bytes, signatureOf(bytes, keys))
    const expected = ['policy', builtInVersion + 1, null, [starter, 'ours']]
    expect(await shown(store({ file: true }))).toEqual(expected)
    put(bytes, `${signatureOf(bytes, keys).toString('base64')}\n`)
    expect(await shown(store({ file: true }))).toEqual(expected)
  })

  const builtIn = (reason: string) => ['built-in', builtInVersion, refused(reason), 'all built in']
  const other = makeSigningKeys()
  const changed = Buffer.from(content())
  changed[changed.indexOf('Ours')] = 0x6f
  const cases: readonly (readonly [string, Buffer, Uint8Array | string, string, string | undefined])[] = [
    ['one byte changed', changed, signatureOf(content(), keys), 'signature', undefined],
    ['another key', content(), signatureOf(content(), other), 'signature', undefined],
    ['no signature at all', content(), '', 'signature', undefined],
    ['a signature of the wrong length', content(), signatureOf(content(), keys).subarray(1), 'signature', undefined],
    ['no key in the policy', content(), signatureOf(content(), keys), 'key', ''],
    ['a key that is none', content(), signatureOf(content(), keys), 'signature', `${'/'.repeat(43)}=`],
    ...signed('ended', content({ expires: '2026-11-30T23:59:59Z' }), 'expired'),
    ...signed('no end', content({ expires: undefined }), 'format'),
    ...signed('older than the built-in one', content({ version: builtInVersion - 1 }), 'older'),
    ...signed('a model that says it comes with the app', content({ models: [{ ...one, starter: true }] }), 'format'),
    ...signed('two models of one name', content({ models: [one, one] }), 'format'),
    ...signed('an unknown key', content({ extra: 1 }), 'format'),
    ...signed('not JSON', Buffer.from('{'), 'format'),
    ...signed('not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'format'),
    ...signed('too large', Buffer.alloc(5 * 1024 * 1024, 0x20), 'too-large'),
  ]

  function signed(name: string, bytes: Buffer, reason: string) {
    return [[name, bytes, signatureOf(bytes, keys), reason, undefined]] as const
  }

  test.each(cases)('%s: refused, the built-in one stays', async (_, bytes, signature, reason, signingKey) => {
    put(bytes, signature)
    expect(await shown(store({ file: true, signingKey }))).toEqual(builtIn(reason))
  })

  test('no file, a folder: refused', async () => {
    expect(await shown(store({ file: true }))).toEqual(builtIn('unreadable'))
  })

  test('an older one than was in force before is refused, also by another run', async () => {
    const newer = content({ version: builtInVersion + 5 })
    put(newer, signatureOf(newer, keys))
    expect((await shown(store({ file: true })))[1]).toBe(builtInVersion + 5)
    const older = content({ version: builtInVersion + 4 })
    put(older, signatureOf(older, keys))
    expect(await shown(store({ file: true }))).toEqual(builtIn('older'))
    const same = content({ version: builtInVersion + 5, models: [] })
    put(same, signatureOf(same, keys))
    expect(await shown(store({ file: true }))).toEqual(builtIn('older'))
  })

  test('it ends while the app runs', async () => {
    const bytes = content()
    put(bytes, signatureOf(bytes, keys))
    const catalogue = store({ file: true })
    expect((await shown(catalogue))[0]).toBe('policy')
    now = new Date('2027-01-01T00:00:00Z')
    expect(await shown(catalogue)).toEqual(builtIn('expired'))
  })
})

describe('from the mirror', () => {
  function offer(bytes: Buffer, by: SigningKeys = keys): void {
    mirror.files.set('/sotto/model-catalog.json', bytes)
    mirror.files.set('/sotto/model-catalog.json.sig', signatureOf(bytes, by))
  }

  function fromMirror(): CatalogueStore {
    return store({ address: `${mirror.server.address}/` })
  }

  function failureIn(result: Result<unknown>): unknown {
    return result.ok ? null : result.failure
  }

  test('fetched when asked, told to the windows, in force in the next run without asking', async () => {
    offer(content())
    const catalogue = fromMirror()
    expect((await shown(catalogue))[0]).toBe('built-in')
    expect(failureIn(await catalogue.update(never))).toBe(null)
    expect(told).toBe(1)
    mirror.files.clear()
    const expected = ['mirror', builtInVersion + 1, null, [starter, 'ours']]
    expect([await shown(catalogue), await shown(fromMirror())]).toEqual([expected, expected])
    expect((await shown(store()))[0]).toBe('built-in')
    expect((await shown(store({ address: 'https://other.example' })))[0]).toBe('built-in')
    expect((await door.recorded()).length).toBe(4)
  })

  test('another key, an older one played back, one byte changed in the database: refused', async () => {
    const catalogue = fromMirror()
    offer(content({ version: builtInVersion + 2 }))
    expect(failureIn(await catalogue.update(never))).toBe(null)
    offer(content({ version: builtInVersion + 1 }))
    expect(failureIn(await catalogue.update(never))).toEqual(refused('older'))
    offer(content({ version: builtInVersion + 3 }), makeSigningKeys())
    expect(failureIn(await catalogue.update(never))).toEqual(refused('signature'))
    expect((await shown(catalogue))[1]).toBe(builtInVersion + 2)
    await storage.run("UPDATE catalogue_replacements SET content = CAST(replace(content, 'Ours', 'Evil') AS BLOB)")
    expect(await shown(fromMirror())).toEqual(['built-in', builtInVersion, refused('signature'), 'all built in'])
  })

  test('no mirror, no key, nothing there, too long', async () => {
    expect(failureIn(await store().update(never))).toEqual(refused('no-mirror'))
    const keyless = store({ signingKey: '', address: mirror.server.address })
    expect(failureIn(await keyless.update(never))).toEqual(refused('key'))
    mirror.misdeeds.push({ kind: 'status', status: 404 })
    const missing = { name: 'model-catalog.json', reason: 'not-found' } as const // as: a fixed reason
    expect(failureIn(await fromMirror().update(never))).toEqual(failureOf('download-failed', missing))
    offer(Buffer.alloc(5 * 1024 * 1024, 0x20))
    const long = { name: 'model-catalog.json', reason: 'bad-length' } as const // as: a fixed reason
    expect(failureIn(await fromMirror().update(never))).toEqual(failureOf('download-failed', long))
  })
})
