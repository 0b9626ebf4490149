// The catalogue, a header read from afar, and what is refused before a download.
import { fileURLToPath } from 'node:url'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { readCatalogue } from '../../../main/models/catalogue.ts'
import { CatalogueService } from '../../../main/models/catalogueService.ts'
import type { DownloadWish } from '../../../main/models/downloadService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { Door } from '../../fakes/door.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { startModelMirror, type ModelMirror } from '../../fakes/modelMirror.ts'

const resources = fileURLToPath(new URL('../../../resources', import.meta.url))
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

function service(totalBytes = 16 * gib): CatalogueService {
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
  })
}

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
  expect(await service().download({ ...order, source: '../x' }, never)).toEqual(
    fail('download-failed', { name: '../x', reason: 'bad-source' }),
  )
  expect(wishes).toEqual([])
  await service(4 * gib).download({ ...large, anyway: true }, never)
  expect(wishes.map(({ catalogueId, anyway }) => [catalogueId, anyway])).toEqual([['qwen3.5-9b', true]])
})
