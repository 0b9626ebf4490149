// Models: listing, linking, choosing, and every way a file can go wrong.
import { appendFile, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineState } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { CalibrationStore } from '../../../main/models/calibrationStore.ts'
import { ModelService, type ModelEngine } from '../../../main/models/modelService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { ggufBytes, soundFile, withMetadata } from '../../fixtures/gguf.ts'

const resources = fileURLToPath(new URL('../../../resources', import.meta.url))
const starterFile = path.join(resources, 'models', 'sotto-starter.gguf')
const starterSha256 = '5852cd8905c775ec3d8ee4b138e0d760018efd96bee7b89377e9788d637a5437'
const never = new AbortController().signal

class FakeEngine implements ModelEngine {
  current: EngineState = { state: 'idle' }
  wrapper: Result<string | null> = ok('chatML')
  unloads = 0
  state() {
    return this.current
  }
  async unload() {
    this.unloads++
    this.current = { state: 'idle' }
  }
  async load() {
    return fail('engine-crashed', {})
  }
  async testGpu() {
    return ok([])
  }
  async matchWrapper() {
    return this.wrapper
  }
}

let folder: string
let storage: Storage
let engine: FakeEngine
let settings: { modelId: string; threads: number; gpu: 'auto' | 'off'; contextTokens: number }
let memory: number

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'models-'))
  storage = await openMemoryStorage()
  engine = new FakeEngine()
  settings = { modelId: '', threads: 0, gpu: 'auto', contextTokens: 0 }
  memory = 8_000_000_000
})

afterEach(async () => {
  await storage.close()
  await rm(folder, { recursive: true })
})

function service(from = resources, allowedSha256?: readonly string[]): ModelService {
  let count = 0
  return new ModelService({
    storage,
    resources: from,
    settings: {
      get: (key) => ({
        value: settings[key as 'modelId'] as never, // as: only these are asked for
        source: 'default',
        locked: false,
        reason: null,
        contact: null,
      }),
    },
    engine,
    now: () => new Date('2026-11-20T10:00:00Z'),
    newId: () => `model-${++count}`,
    availableMemory: () => memory,
    allowedSha256,
  })
}

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, bytes)
  return file
}

async function importFile(models: ModelService, file: string, signal = never) {
  const items: unknown[] = []
  const stream = models.import(file, signal)
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return { items, result: step.value }
    items.push(step.value)
  }
}

test('a fresh app has the starter, chosen, with what the catalogue says', async () => {
  const models = service()
  expect(await models.list()).toEqual(
    ok([
      {
        id: 'sotto-starter',
        name: 'Sotto Starter',
        path: starterFile,
        bytes: 14758560,
        sha256: starterSha256,
        architecture: 'llama',
        parameters: 7280480,
        contextTokens: 2048,
        summaryMode: 'extractive',
        chatWrapper: 'catalogue',
        starter: true,
        licence: 'Apache-2.0',
        catalogueId: 'sotto-starter',
        ours: false,
        shared: false,
      },
    ]),
  )
  expect(await models.chosen()).toMatchObject({
    ok: true,
    value: { modelId: 'sotto-starter', contextTokens: 2048, calibratedThreads: 1, gpu: 'unused', totalLayers: 6 },
  })
})

test('importing validates, hashes with progress and links; the larger model is then chosen', async () => {
  const models = service()
  const file = await write('tiny.gguf', ggufBytes(soundFile))
  const { items, result } = await importFile(models, file)
  const bytes = ggufBytes(soundFile).length
  expect(result).toEqual(ok(undefined))
  expect(items).toMatchObject([
    { type: 'progress', readBytes: bytes, totalBytes: bytes },
    { type: 'finished', reason: 'complete', model: { id: 'model-1', name: 'Tiny', chatWrapper: 'matched' } },
  ])
  settings.modelId = 'model-1'
  expect(await models.chosen()).toMatchObject({
    ok: true,
    value: { path: file, contextTokens: 512, wrapper: { kind: 'builtin', name: 'chatML' }, summaryMode: 'free' },
  })
  expect(await importFile(models, file)).toMatchObject({ items: [{}, { model: { id: 'model-1' } }] })
  expect(await models.list()).toMatchObject({ value: [{ id: 'sotto-starter' }, { id: 'model-1' }] })
})

test('a template of its own needs permission first', async () => {
  engine.wrapper = ok(null)
  const models = service()
  await importFile(models, await write('tiny.gguf', ggufBytes(soundFile)))
  settings.modelId = 'model-1'
  expect(await models.chosen()).toEqual(fail('model-invalid', { name: 'Tiny', reason: 'template-needs-permission' }))
  expect(await models.allowWrapper('model-1')).toEqual(ok(undefined))
  expect(await models.chosen()).toMatchObject({ value: { wrapper: { kind: 'embedded' } } })
  expect(await models.allowWrapper('other')).toEqual(fail('not-found', { what: 'model', id: 'other' }))
})

test('without a wish, a model that needs permission is passed over', async () => {
  engine.wrapper = ok(null)
  const models = service()
  await importFile(models, await write('tiny.gguf', ggufBytes(soundFile)))
  expect(await models.chosen()).toMatchObject({ value: { modelId: 'sotto-starter' } })
})

test('a file that changed, vanished or was only touched after the import', async () => {
  const models = service()
  const file = await write('tiny.gguf', ggufBytes(soundFile))
  await importFile(models, file)
  settings.modelId = 'model-1'
  await writeFile(file, ggufBytes(soundFile))
  expect(await models.chosen()).toMatchObject({ ok: true })
  await appendFile(file, 'x')
  expect(await models.chosen()).toEqual(fail('model-invalid', { name: 'Tiny', reason: 'changed-since-import' }))
  await rm(file)
  expect(await models.chosen()).toEqual(fail('model-missing', { name: 'Tiny' }))
})

test('what cannot be imported is refused with its reason', async () => {
  const models = service()
  const refused = async (file: string) => (await importFile(models, file)).result
  expect(await refused(path.join(folder, 'none.gguf'))).toEqual(fail('file-missing', { name: 'none.gguf' }))
  expect(await refused(folder)).toEqual(fail('file-not-regular', { name: path.basename(folder) }))
  expect(await refused(await write('empty.gguf', new Uint8Array()))).toEqual(
    fail('model-invalid', { name: 'empty.gguf', reason: 'empty' }),
  )
  const blocks = ggufBytes(withMetadata({ 'llama.block_count': { type: 'u32', value: 100_000 } }))
  expect(await refused(await write('deep.gguf', blocks))).toEqual(
    fail('model-invalid', { name: 'deep.gguf', reason: 'bad-block-count' }),
  )
  const whole = ggufBytes(soundFile)
  expect(await refused(await write('cut.gguf', whole.subarray(0, 300)))).toEqual(
    fail('model-invalid', { name: 'cut.gguf', reason: 'truncated' }),
  )
  expect(await models.list()).toMatchObject({ value: [{ id: 'sotto-starter' }] })
})

test('an engine that dies while comparing templates fails the import and links nothing', async () => {
  engine.wrapper = fail('engine-crashed', {})
  const models = service()
  expect((await importFile(models, await write('tiny.gguf', ggufBytes(soundFile)))).result).toEqual(
    fail('engine-crashed', {}),
  )
  expect(await models.list()).toMatchObject({ value: [{ id: 'sotto-starter' }] })
})

test('a stopped import links nothing', async () => {
  const models = service()
  const { items, result } = await importFile(models, starterFile, AbortSignal.abort())
  expect(result).toEqual(ok(undefined))
  expect(items).toEqual([{ type: 'finished', reason: 'stopped', model: null }])
})

test('a starter that is gone or was changed is said so', async () => {
  await mkdir(path.join(folder, 'models'))
  await copyFile(path.join(resources, 'model-catalog.json'), path.join(folder, 'model-catalog.json'))
  expect(await service(folder).chosen()).toEqual(fail('model-not-installed', {}))
  const copy = path.join(folder, 'models', 'sotto-starter.gguf')
  await copyFile(starterFile, copy)
  const models = service(folder)
  expect(await models.chosen()).toMatchObject({ ok: true })
  await appendFile(copy, 'x')
  expect(await models.chosen()).toEqual(fail('model-invalid', { name: 'Sotto Starter', reason: 'wrong-hash' }))
  settings.modelId = 'gone'
  expect(await models.chosen()).toEqual(fail('model-missing', { name: 'gone' }))
})

test('only what the organisation allows is linked, chosen or taken by its path', async () => {
  const file = await write('tiny.gguf', ggufBytes(soundFile))
  await importFile(service(), file)
  settings.modelId = 'model-1'
  const strict = service(resources, [starterSha256])
  const refused = await Promise.all([
    strict.chosen(),
    strict.withModelPath(file),
    importFile(strict, file).then(({ result }) => result),
    service(resources, []).withModelPath(starterFile),
  ])
  expect(refused.map((result) => (result.ok ? 'ok' : result.failure.code))).toEqual(
    Array.from({ length: 4 }, () => 'model-not-allowed'),
  )
  settings.modelId = ''
  expect(await strict.chosen()).toMatchObject({ ok: true, value: { modelId: 'sotto-starter' } })
})

test('a model that does not fit is refused before loading; once loaded, its own memory does not count against it', async () => {
  const models = service()
  memory = 100_000_000
  expect(await models.chosen()).toMatchObject({
    failure: { code: 'model-too-large', details: { name: 'Sotto Starter', availableBytes: 100_000_000 } },
  })
  memory = 8_000_000_000
  await models.chosen()
  engine.current = { state: 'loading', modelId: 'sotto-starter', progress: 0 }
  memory = 100_000_000
  expect(await models.chosen()).toMatchObject({ ok: true, value: { contextTokens: 2048 } })
})

test('a model by path is described like its catalogue entry, and stored nowhere', async () => {
  const models = service()
  const copy = path.join(folder, 'copy.gguf')
  await copyFile(starterFile, copy)
  expect(await models.withModelPath(copy)).toMatchObject({
    value: { path: copy, sha256: starterSha256, summaryMode: 'extractive', wrapper: { kind: 'jinja' } },
  })
  engine.wrapper = ok(null)
  const tiny = await write('tiny.gguf', ggufBytes(soundFile))
  expect(await models.withModelPath(tiny)).toMatchObject({ failure: { code: 'model-invalid' } })
  expect(await models.withModelPath(tiny, never, true)).toMatchObject({ value: { wrapper: { kind: 'embedded' } } })
  expect(await models.list()).toMatchObject({ value: [{ id: 'sotto-starter' }] })
})

test('hashing stops when asked to, and what was not hashed is hashed the next time', async () => {
  const models = service()
  const copy = path.join(folder, 'copy.gguf')
  await copyFile(starterFile, copy)
  const stopped = fail('model-load-failed', { name: 'copy.gguf' })
  expect(await models.withModelPath(copy, AbortSignal.abort())).toEqual(stopped)
  expect(await models.withModelPath(copy)).toMatchObject({ ok: true, value: { sha256: starterSha256 } })
})

test('removing forgets the link, unloads the model and leaves the file; the starter stays', async () => {
  const models = service()
  const file = await write('tiny.gguf', ggufBytes(soundFile))
  await importFile(models, file)
  engine.current = { state: 'loading', modelId: 'model-1', progress: 1 }
  expect(await models.remove('model-1')).toEqual(ok(undefined))
  expect(engine.unloads).toBe(1)
  expect(await models.remove('sotto-starter')).toEqual(fail('not-found', { what: 'model', id: 'sotto-starter' }))
  expect(await importFile(models, file)).toMatchObject({ result: ok(undefined) })
})

test('measured threads are kept by model and computer', async () => {
  const store = new CalibrationStore({ storage, now: () => new Date('2026-11-20T10:00:00Z') })
  expect(await store.get('a', 'here')).toBeNull()
  await store.set('a', 'here', 3, 40.5)
  await store.set('a', 'here', 7, 60)
  expect(await store.get('a', 'here')).toBe(7)
  expect(await store.get('a', 'there')).toBeNull()
})
