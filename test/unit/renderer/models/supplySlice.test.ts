// Models on their way: downloads followed and steered, a repository looked into, other programs' folders.
import { expect, test } from 'vitest'
import type { CatalogueModel, ModelDownload, ModelFit, ModelRecord } from '#contract/model.ts'
import type { RepositoryModel } from '#contract/modelSupply.ts'
import { failureOf, fail, ok } from '#contract/result.ts'
import { catalogueOrder } from '../../../../renderer/features/models/catalogueOrder.ts'
import { createModelsSlice } from '../../../../renderer/state/modelsSlice.ts'
import { createSupplySlice } from '../../../../renderer/state/supplySlice.ts'
import { type Answers, createFakeClient } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const download: ModelDownload = {
  id: 'd',
  name: 'Model',
  repository: 'user/repo',
  file: 'model.gguf',
  state: 'queued',
  receivedBytes: 0,
  totalBytes: 10,
  bytesPerSecond: null,
  secondsLeft: null,
  failure: null,
  modelId: null,
  sha256: null,
  pinned: false,
}
const verdict: ModelFit['verdict'] = {
  kind: 'memory',
  contextTokens: 4096,
  neededBytes: 1,
  availableBytes: 2,
  totalBytes: 3,
  gpuName: null,
  gpuLayers: null,
  totalLayers: null,
  exact: true,
}
const installed = { id: 'm', name: 'Model' } as ModelRecord // as: only passed through

function setUp(answers: Answers = {}) {
  const fake = createFakeClient({
    'models.list': async () => ok([installed]),
    'models.engine': async () => ok({ state: 'idle' }),
    'models.catalog': async () => ok([]),
    'models.downloads': async () => ok([download]),
    'models.catalogue-state': async () => ok({ source: 'built-in', version: 1, expires: null, refused: null }),
    ...answers,
  })
  const state = buildState(fake.client, (tools) => ({ ...createModelsSlice(tools), ...createSupplySlice(tools) }))
  return { fake, state }
}

test('downloads are read once and then followed', async () => {
  const { fake, state } = setUp()
  await state.get().refreshSupply()
  const running = { ...download, state: 'running' as const, receivedBytes: 5 }
  const other = { ...download, id: 'e' }
  fake.announce('models.download-changed', running)
  fake.announce('models.download-changed', other)
  expect(state.get().downloads).toEqual([running, other])
})

test('a complete download brings its model into the list', async () => {
  const { fake, state } = setUp()
  fake.announce('models.download-changed', { ...download, state: 'complete', modelId: 'm' })
  await expect.poll(() => state.get().models).toEqual([installed])
})

test('a refused download says why at the place it was asked for, until the next', async () => {
  const failure = failureOf('licence-required', { name: 'Model', licence: 'x', url: 'https://example.org/' })
  const { fake, state } = setUp({ 'models.download': async () => ({ ok: false, failure }) })
  await state.get().downloadModel('model', { acceptLicence: false, anyway: false })
  expect(state.get().supplyFailure).toEqual({ source: 'model', failure })
  fake.answers = { ...fake.answers, 'models.download': async () => ok(download) }
  await state.get().downloadModel('model', { acceptLicence: true, anyway: false })
  expect([state.get().supplyFailure, state.get().downloads]).toEqual([null, [download]])
  expect(fake.asked.at(-1)?.input).toEqual({ source: 'model', acceptLicence: true, anyway: false })
})

test('pausing, going on and giving up name the download', async () => {
  const { fake, state } = setUp({
    'models.pause-download': async () => ok({ ...download, state: 'paused' }),
    'models.resume-download': async () => ok(download),
    'models.cancel-download': async () => ok({}),
  })
  await state.get().pauseDownload('d')
  expect(state.get().downloads[0]?.state).toBe('paused')
  await state.get().resumeDownload('d')
  expect(state.get().downloads[0]?.state).toBe('queued')
  await state.get().cancelDownload('d')
  expect(state.get().downloads).toEqual([])
  expect(fake.asked.map(({ input }) => input)).toEqual([{ downloadId: 'd' }, { downloadId: 'd' }, { downloadId: 'd' }])
})

test('a bare repository is asked for its files, anything longer is judged as a file', async () => {
  const files: readonly RepositoryModel[] = []
  const fit: ModelFit = {
    name: 'a',
    address: 'https://example.org/a.gguf',
    bytes: 1,
    sha256: null,
    architecture: 'llama',
    parameters: 1,
    contextTokens: 1,
    verdict,
  }
  const { state } = setUp({
    'models.files': async () => ok({ repository: 'user/repo', files }),
    'models.fit': async () => ok(fit),
  })
  await state.get().lookOutside('user/repo')
  expect(state.get().outsideLook).toEqual({ state: 'files', repository: 'user/repo', files })
  await state.get().lookOutside('user/repo/a.gguf')
  expect(state.get().outsideLook).toEqual({ state: 'file', source: 'user/repo/a.gguf', fit })
})

test('an answer that a later question has overtaken is not shown', async () => {
  const first = Promise.withResolvers<unknown>()
  const { fake, state } = setUp({ 'models.files': () => first.promise })
  const slow = state.get().lookOutside('user/slow')
  fake.answers = { ...fake.answers, 'models.files': async () => ok({ repository: 'user/fast', files: [] }) }
  await state.get().lookOutside('user/fast')
  first.resolve(ok({ repository: 'user/slow', files: [] }))
  await slow
  expect(state.get().outsideLook).toEqual({ state: 'files', repository: 'user/fast', files: [] })
})

test('a scan shows what was found or why it failed', async () => {
  const { fake, state } = setUp({ 'models.scan': async () => ok({ folders: [], models: [] }) })
  await state.get().scanPrograms()
  expect(state.get().programScan).toEqual({ state: 'found', folders: [], models: [] })
  fake.answers = { ...fake.answers, 'models.scan': async () => fail('internal', { id: 'x' }) }
  await state.get().scanPrograms()
  expect(state.get().programScan).toEqual({ state: 'failed', failure: failureOf('internal', { id: 'x' }) })
})

test('the best for this computer comes first, what does not fit stands apart', () => {
  const model = (
    id: string,
    kind: ModelFit['verdict']['kind'],
    rest: Partial<CatalogueModel> = {},
  ): CatalogueModel => ({
    id,
    name: id,
    kind: 'chat',
    repository: 'r',
    file: 'f',
    bytes: 1,
    sha256: null,
    licence: { id: 'MIT', url: 'https://example.org/', mustAccept: false },
    contextTokens: 1,
    thinking: 'none',
    languages: [],
    summaryMode: 'free',
    namesEntities: false,
    verdict: { ...verdict, kind },
    preferred: false,
    installedModelId: null,
    ...rest,
  })
  const { suited, further, unsuited } = catalogueOrder([
    model('embedding', 'gpu', { kind: 'embedding' }),
    model('huge', 'too-large'),
    model('slow', 'slow'),
    model('small', 'memory'),
    model('large', 'memory', { bytes: 2 }),
    model('best', 'slow', { preferred: true }),
  ])
  expect(suited.map(({ id }) => id)).toEqual(['best', 'large', 'small', 'slow'])
  expect(further.map(({ id }) => id)).toEqual(['embedding'])
  expect(unsuited.map(({ id }) => id)).toEqual(['huge'])
})

test('the first page has the catalogue judged without starting anything', async () => {
  const { fake, state } = setUp()
  await state.get().refreshCatalogueQuickly()
  expect(fake.asked.map(({ method, input }) => [method, input])).toEqual([['models.catalog', { quick: true }]])
})
