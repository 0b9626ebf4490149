// The catalogue, a header read from afar, and what is refused before a download.
import { fileURLToPath } from 'node:url'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { readCatalogue } from '../../../../main/models/catalogue/catalogue.ts'
import { CatalogueService, type CatalogueDependencies } from '../../../../main/models/catalogue/catalogueService.ts'
import type { DownloadWish } from '../../../../main/models/downloads/downloadService.ts'
import type { Storage } from '../../../../main/storage/storage.ts'
import { Door } from '../../../fakes/door.ts'
import { openMemoryStorage } from '../../../fakes/memoryStorage.ts'
import { startModelMirror, type ModelMirror } from '../../../fakes/modelMirror.ts'

const resources = fileURLToPath(new URL('../../../../resources', import.meta.url))
const starter = readFileSync(`${resources}/models/sotto-starter.gguf`)
const never = new AbortController().signal
const gib = 1024 ** 3

let storage: Storage
let door: Door
let mirror: ModelMirror
let wishes: DownloadWish[]

beforeEach(async () => {
  storage = await openMemoryStorage()
  door = await Door.open(storage)
  mirror = await startModelMirror(starter)
  door.hosts = { 'model-header': [mirror.server.host] }
  wishes = []
})

afterEach(async () => {
  await door[Symbol.asyncDispose]()
  await mirror[Symbol.asyncDispose]()
  await storage.close()
})

function service(totalBytes = 16 * gib, gpu: Partial<CatalogueDependencies> = {}): CatalogueService {
  return new CatalogueService({
    entries: () => readCatalogue(resources).then(({ models }) => models),
    installed: async () => ok([]),
    start: async (wish) => {
      wishes.push(wish)
      return fail('local-only', { by: 'setting' })
    },
    gate: door.gate,
    mirror: () => mirror.server.address,
    gpuWanted: () => false,
    testGpu: async () => ok([]),
    memory: () => ({ availableBytes: totalBytes / 2, totalBytes }),
    ...gpu,
  })
}

test('the GPU is tried once for the verdicts, and not at all for the quick ones', async () => {
  const tested: string[] = []
  const asked = service(16 * gib, {
    gpuWanted: () => true,
    testGpu: async () => {
      tested.push('tested')
      return ok([{ backend: 'vulkan', outcome: 'works', deviceNames: ['Radeon'], memoryBytes: 16 * gib }])
    },
  })
  const kinds = async (quick: boolean) => {
    const listed = await asked.catalog(never, quick)
    return listed.ok ? new Set(listed.value.map(({ verdict }) => verdict.gpuName)) : new Set()
  }
  expect([await kinds(true), [...tested]]).toEqual([new Set([null]), []])
  expect([await kinds(false), [...tested]]).toEqual([new Set(['Radeon']), ['tested']])
  expect([await kinds(true), [...tested]]).toEqual([new Set(['Radeon']), ['tested']])
})

test('every model has a verdict without asking anybody, and one is the best choice', async () => {
  const listed = await service().catalog(never)
  if (!listed.ok) throw new Error(listed.failure.code)
  expect(listed.value.filter(({ preferred }) => preferred).map(({ id }) => id)).toEqual(['gemma-4-e2b'])
  expect(listed.value.some(({ kind }) => kind === 'embedding')).toBe(true)
  expect(mirror.asked).toEqual([])
})

test('a header is read by range, each byte once, and judged exactly', async () => {
  const fit = await service().fit('user/repo/x.gguf', never)
  expect(fit).toMatchObject({
    ok: true,
    value: { name: 'x', bytes: starter.length, contextTokens: 2048, verdict: { kind: 'memory', exact: true } },
  })
  const entries = await door.recorded()
  const received = entries.map((line) => Number(line.split(' ').at(-1)))
  expect(received.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(starter.length / 2)
  expect(new Set(mirror.asked).size).toBe(mirror.asked.length)
})

test('a server that ignores ranges is read only as far as needed; one that has nothing is told', async () => {
  mirror.misdeeds.push({ kind: 'ignore-range' })
  mirror.content = starter.subarray(0, 100)
  expect(await service().fit('user/repo/x.gguf', never)).toMatchObject({ failure: { code: 'model-invalid' } })
  mirror.misdeeds.push({ kind: 'status', status: 404 })
  expect(await service().fit('user/repo/x.gguf', never)).toEqual(
    fail('download-failed', { name: 'x', reason: 'not-found' }),
  )
})

test('a licence must be accepted, what is too large must be wanted, and a source must be one', async () => {
  const order = { source: 'llama-3.2-3b', acceptLicence: false, anyway: false }
  expect(await service().download(order, never)).toMatchObject({ failure: { code: 'licence-required' } })
  const large = { ...order, source: 'qwen3.5-9b' }
  expect(await service(4 * gib).download(large, never)).toMatchObject({ failure: { code: 'model-too-large' } })
  expect(await service().download({ ...order, source: '../../x' }, never)).toEqual(
    fail('download-failed', { name: '../../x', reason: 'bad-source' }),
  )
  expect(wishes).toEqual([])
  await service(4 * gib).download({ ...large, anyway: true }, never)
  expect(wishes.map(({ catalogueId, anyway }) => [catalogueId, anyway])).toEqual([['qwen3.5-9b', true]])
})

describe('a repository without a file', () => {
  const oid = 'a'.repeat(64)
  const files = [
    { type: 'directory', path: 'Q8_0', size: 0, oid: 'x' },
    { type: 'file', path: 'README.md', size: 3000, oid: 'x' },
    { type: 'file', path: 'Some-Q2_K.gguf', size: 1 * gib, oid: 'x', lfs: { oid, size: 1 * gib } },
    { type: 'file', path: 'Some-Q4_K_M.gguf', size: 2 * gib, oid: 'x', lfs: { oid, size: 2 * gib, pointerSize: 134 } },
    { type: 'file', path: 'Q8_0/Some-Q8_0.gguf', size: 4 * gib, oid: 'x' },
    { type: 'file', path: 'Some-F32-00001-of-00002.gguf', size: 8 * gib, oid: 'x' },
    { type: 'file', path: 'Some-F32-00002-of-00002.gguf', size: 7 * gib, oid: 'x' },
    { type: 'file', path: 'mmproj-Some-F16.gguf', size: gib, oid: 'x' },
    { type: 'file', path: '../../escape.gguf', size: gib, oid: 'x' },
  ]
  const list = '/api/models/user/repo/tree/main?recursive=true'

  async function listed(totalBytes?: number, source = 'user/repo') {
    const found = await service(totalBytes).files(source, never)
    return found.ok
      ? found.value.files.map(({ file, bytes, quantisation, leftOut, preferred, verdict }) => [
          file,
          bytes / gib,
          quantisation,
          leftOut ?? verdict?.kind,
          preferred,
        ])
      : found.failure
  }

  test('its models with verdicts; parts and picture halves with the reason; four bits are preferred', async () => {
    mirror.files.set(list, JSON.stringify(files))
    const expected = [
      ['Some-Q2_K.gguf', 1, 'Q2_K', 'memory', false],
      ['Some-Q4_K_M.gguf', 2, 'Q4_K_M', 'memory', true],
      ['Q8_0/Some-Q8_0.gguf', 4, 'Q8_0', 'slow', false],
      ['Some-F32-00001-of-00002.gguf', 15, 'F32', 'multi-part', false],
      ['mmproj-Some-F16.gguf', 1, 'F16', 'projector', false],
    ]
    expect(await listed(32 * gib)).toEqual(expected)
    expect(await listed(32 * gib, `${mirror.server.address}/user/repo/tree/main`)).toEqual(expected)
    // Everything was asked of the mirror, and is in the ledger.
    expect((await door.recorded()).length).toBe(4)
  })

  test('where four bits do not fit, what does', async () => {
    mirror.files.set(list, JSON.stringify(files))
    const found = await listed(3.4 * gib)
    expect(Array.isArray(found) ? found.filter(([, , , , preferred]) => preferred === true) : found).toEqual([
      ['Some-Q2_K.gguf', 1, 'Q2_K', 'memory', true],
    ])
  })

  test('a download takes the preferred one, and nobody vouches for its hash', async () => {
    mirror.files.set(list, JSON.stringify(files))
    await service(32 * gib).download({ source: 'user/repo', acceptLicence: false, anyway: false }, never)
    expect(wishes).toEqual([
      {
        name: 'Some-Q4_K_M',
        repository: 'user/repo',
        file: 'Some-Q4_K_M.gguf',
        catalogueId: null,
        exactBytes: null,
        expectedSha256: null,
        anyway: false,
      },
    ])
  })

  test.each([
    ['nothing but pictures', JSON.stringify([files[7]]), 'no-model'],
    ['not a list', '{"error":"gone"}', 'not-a-list'],
    ['not JSON', '<html>', 'not-a-list'],
    ['a size that is none', JSON.stringify([{ ...files[2], size: -1 }]), 'not-a-list'],
    ['far too long', ' '.repeat(9 * 1024 * 1024), 'bad-length'],
  ] as const)('%s', async (_, answer, reason) => {
    mirror.files.set(list, answer)
    const order = { source: 'user/repo', acceptLicence: false, anyway: false }
    expect(await service().download(order, never)).toEqual(fail('download-failed', { name: 'user/repo', reason }))
  })

  test('another host, or a path that leaves its place, is no source', async () => {
    for (const source of [
      'https://other.example/user/repo',
      'user/..',
      '../../repo',
      'user/repo/more/of/it',
      'con/x',
    ]) {
      expect(await service().files(source, never)).toEqual(
        fail('download-failed', { name: source, reason: 'bad-source' }),
      )
    }
    expect(await door.recorded()).toEqual([])
  })
})
