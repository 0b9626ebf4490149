// Packs played back: a signed one older than the newest installed of its key is refused unless it is meant.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { failureOf, ok } from '#contract/result.ts'
import { PackService, type PackDependencies } from '../../../../main/models/packs/packService.ts'
import type { Storage } from '../../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../../fakes/memoryStorage.ts'
import { sha256Of } from '../../../fakes/modelMirror.ts'
import { peerModel } from '../../../fakes/modelPeers.ts'
import { makeSigningKeys, signatureOf, type SigningKeys } from '../../../fakes/signedFile.ts'

const keys = makeSigningKeys()
const model = Buffer.from(peerModel('Alpha'))
let folder: string
let storage: Storage
let allowed: boolean

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-older-packs-'))
  storage = await openMemoryStorage()
  allowed = true
})

afterEach(async () => {
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Makes the pack of that date anew. */
function madeOn(created: string, signWith: SigningKeys | null = keys, appVersion = '1.0.0'): void {
  const packed = { name: 'Alpha', file: 'alpha.gguf', bytes: model.length, sha256: sha256Of(model) }
  const models = [{ ...packed, catalogueId: null, licence: null }]
  const manifest = JSON.stringify({ format: 'sotto-model-pack', version: 1, created, appVersion, models })
  writeFileSync(path.join(folder, 'alpha.gguf'), model)
  writeFileSync(path.join(folder, 'manifest.json'), manifest)
  if (signWith !== null) writeFileSync(path.join(folder, 'manifest.json.sig'), signatureOf(manifest, signWith))
}

/** The failure, or how many models were installed. */
async function install(signingKey: string | undefined, older = false): Promise<unknown> {
  const models = { list: async () => ok([]), allows: () => allowed, link: async () => ok({ id: 'm1' }) }
  const world = {
    own: null,
    shared: null,
    appVersion: '1.0.0',
    now: () => new Date('2026-12-01T00:00:00Z'),
    entries: async () => [],
  }
  const dependencies = { storage, signingKey, models, ...world } as unknown as PackDependencies // as: records are only counted
  const order = { folder, way: 'link', acceptLicence: false, older } as const // as: a fixed word
  const stream = new PackService(dependencies).install(order, new AbortController().signal)
  let installed = 0
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return step.value.ok ? installed : step.value.failure
    if (step.value.type === 'finished') installed = step.value.models.length
  }
}

test('refused with both dates, and taken when asked for; the newest stays the newest', async () => {
  madeOn('2026-11-20T10:00:00Z')
  expect([await install(keys.publicKey), await install(keys.publicKey)]).toEqual([1, 1])
  madeOn('2026-11-20T10:30:00+02:00')
  const refused = failureOf('pack-older', { created: '2026-11-20T10:30:00+02:00', newest: '2026-11-20T10:00:00.000Z' })
  expect(await install(keys.publicKey)).toEqual(refused)
  expect(await install(keys.publicKey, true)).toBe(1)
  expect(await install(keys.publicKey)).toEqual(refused)
  madeOn('2026-11-21T10:00:00Z')
  expect(await install(keys.publicKey)).toBe(1)
})

test('of the same moment with another content it is refused, too; what was refused counts as never installed', async () => {
  allowed = false
  madeOn('2026-11-22T10:00:00Z')
  expect(await install(keys.publicKey)).toEqual(failureOf('model-not-allowed', { name: 'Alpha' }))
  allowed = true
  madeOn('2026-11-21T10:00:00Z')
  expect(await install(keys.publicKey)).toBe(1)
  madeOn('2026-11-21T10:00:00Z', keys, '2.0.0')
  expect(await install(keys.publicKey)).toMatchObject({ code: 'pack-older' })
})

test('another key has a newest of its own, and packs nobody signed have none', async () => {
  madeOn('2026-11-21T10:00:00Z')
  expect(await install(keys.publicKey)).toBe(1)
  const others = makeSigningKeys()
  madeOn('2026-11-20T10:00:00Z', others)
  expect(await install(others.publicKey)).toBe(1)
  madeOn('2026-11-19T10:00:00Z', null)
  expect(await install(undefined)).toBe(1)
})

test('a pack of a computer whose clock ran ahead locks out nothing that comes after', async () => {
  madeOn('2036-01-01T00:00:00Z')
  expect([await install(keys.publicKey), await install(keys.publicKey)]).toEqual([1, 1])
  madeOn('2026-12-02T10:00:00Z')
  expect(await install(keys.publicKey)).toBe(1)
  madeOn('2026-11-30T10:00:00Z')
  expect(await install(keys.publicKey)).toMatchObject({ code: 'pack-older' })
})
