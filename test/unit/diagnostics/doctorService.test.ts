// The doctor's report for a computer that is well, one that is not, and one that is stopped half way.
import { expect, test } from 'vitest'
import type { ReadItem } from '#contract/document.ts'
import type { EngineState, ModelRecord } from '#contract/model.ts'
import { fail, ok, type Stream } from '#contract/result.ts'
import { doctorCheck } from '#contract/system.ts'
import { DoctorService, type DoctorNeeds } from '../../../main/diagnostics/doctorService.ts'
import { createFakeHost } from '../../fakes/fakeHost.ts'

const model: ModelRecord = {
  id: 'm',
  name: 'Big Model',
  path: '/m.gguf',
  bytes: 4_000_000_000,
  sha256: 'aa',
  architecture: 'qwen',
  parameters: null,
  contextTokens: 8192,
  summaryMode: 'free',
  chatWrapper: 'matched',
  starter: false,
  licence: null,
  catalogueId: null,
  ours: false,
  shared: false,
}
const ready: EngineState = {
  state: 'ready',
  modelId: 'm',
  gpu: 'cpu',
  gpuName: null,
  gpuLayers: 0,
  totalLayers: 8,
  threads: 7,
  contextTokens: 8192,
  mapSequences: 1,
  mapSequencesMeasured: false,
  fallback: null,
}
const plain = { source: 'default', locked: false, reason: null, contact: null } as const
const paths = { data: '/data', resources: '/resources', policy: null }

function healthy(): { needs: DoctorNeeds; calls: string[] } {
  const calls: string[] = []
  let state: EngineState = { state: 'idle' }
  const needs: DoctorNeeds = {
    host: createFakeHost({ paths, environment: { LANG: 'de_DE.UTF-8' } }),
    keyPlace: 'keyring',
    storage: { check: async () => ok([]) },
    settings: {
      get: (key: string) => ({ ...plain, value: key === 'gpu' ? 'auto' : 'system' }) as never, // as: one fake for both keys
      localOnlyCause: () => null,
      policyState: () => ({ state: 'none', source: null, sha256: null, issues: [] }),
    },
    models: {
      chosen: async () => ok(model),
      testGpu: async () => ok([{ backend: 'cuda', outcome: 'works', deviceNames: ['RTX'], memoryBytes: 1 }]),
    },
    engine: {
      state: () => state,
      load: async () => {
        state = ready
        return ok(undefined)
      },
      unload: async () => void calls.push('unload'),
    },
    documents: { extract: readSample },
    ledger: {
      verify: async () =>
        ok({
          intact: true,
          entries: 3,
          headHash: 'h',
          anchored: true,
          broken: null,
          checkedAt: '2026-11-20T12:00:00Z',
        }),
      totals: async () => ok({ contentBytes: 0, publicRequests: 2, refusals: 1, since: '2026-11-20T12:00:00Z' }),
    },
    now: () => new Date(0),
  }
  return { needs, calls }

  async function* readSample(file: string): Stream<ReadItem> {
    calls.push(file)
    yield { type: 'segments', segments: [{ text: 'One.', locator: { kind: 'lines', from: 1, to: 1 } }] }
    return ok(undefined)
  }
}

async function report(given: Partial<DoctorNeeds>, signal = new AbortController().signal) {
  const checked = await new DoctorService({ ...healthy().needs, ...given }).doctor(signal)
  if (!checked.ok) throw new Error('the doctor itself never fails')
  for (const check of checked.value) doctorCheck.parse(check)
  return Object.fromEntries(checked.value.map(({ id, ...rest }) => [id, rest]))
}

function well(details: Record<string, string | number>) {
  return { state: 'ok', details, failure: null }
}

test('a computer that is well, and an engine left as it was found', async () => {
  const { needs, calls } = healthy()
  expect(await report(needs)).toEqual({
    data: well({ folder: '/data' }),
    key: well({ context: 'keyring' }),
    model: well({ name: 'Big Model', bytes: 4_000_000_000, contextTokens: 8192 }),
    engine: well({ context: 'assumed', threads: 7, sequences: 1, milliseconds: 0 }),
    gpu: well({ backend: 'cuda', name: 'RTX' }),
    reader: well({ segments: 1, milliseconds: 0 }),
    policy: well({ context: 'none', source: '' }),
    egress: well({ context: 'open', contentBytes: 0, publicRequests: 2, refusals: 1 }),
    ledger: well({ entries: 3 }),
  })
  expect(calls).toEqual(['unload', '/resources/samples/harbour-report.pdf'])
})

test('each thing that is wrong is a line of its own and keeps no other from being looked at', async () => {
  const { needs } = healthy()
  const crashed = fail('engine-crashed', {})
  const found = await report({
    keyPlace: 'file',
    storage: { check: async () => ok(['row 3 missing from index', 'wrong count']) },
    models: {
      chosen: async () => ok({ ...model, starter: true }),
      testGpu: async () => ok([{ backend: 'vulkan', outcome: 'crashed', deviceNames: [], memoryBytes: null }]),
    },
    engine: { ...needs.engine, load: async () => crashed },
    documents: {
      extract: async function* () {
        return fail('reader-crashed', { name: 'harbour-report.pdf' })
      },
    },
    settings: {
      ...needs.settings,
      localOnlyCause: () => 'policy',
      policyState: () => ({ state: 'invalid', source: '/etc/p.json', sha256: null, issues: ['a', 'b'] }),
    },
    ledger: {
      ...needs.ledger,
      verify: async () =>
        ok({
          intact: false,
          entries: 3,
          headHash: 'h',
          anchored: true,
          broken: { seq: 2, reason: 'altered' },
          checkedAt: '2026-11-20T12:00:00Z',
        }),
    },
  })
  expect(found).toEqual({
    data: { state: 'problem', details: { findings: 2 }, failure: null },
    key: { state: 'note', details: { context: 'file' }, failure: null },
    model: {
      state: 'note',
      details: { name: 'Big Model', bytes: 4_000_000_000, contextTokens: 8192 },
      failure: null,
    },
    engine: { state: 'problem', details: {}, failure: { code: 'engine-crashed', details: {} } },
    gpu: { state: 'note', details: { context: 'broken', backend: 'vulkan' }, failure: null },
    reader: {
      state: 'problem',
      details: {},
      failure: { code: 'reader-crashed', details: { name: 'harbour-report.pdf' } },
    },
    policy: { state: 'problem', details: { source: '/etc/p.json', issues: 2 }, failure: null },
    egress: well({ context: 'closed', by: 'policy', contentBytes: 0, publicRequests: 2, refusals: 1 }),
    ledger: { state: 'problem', details: { seq: 2, reason: 'altered' }, failure: null },
  })
})

test('beside an empty folder it says that nothing is there yet', async () => {
  const found = await report({ keyPlace: 'none' })
  expect([found['data'], found['key']]).toEqual([
    { state: 'note', details: { context: 'empty', folder: '/data' }, failure: null },
    { state: 'note', details: { context: 'none' }, failure: null },
  ])
})

test('stopped, it gives what it has', async () => {
  const controller = new AbortController()
  const { needs } = healthy()
  const found = await report(
    {
      models: {
        ...needs.models,
        chosen: async () => {
          controller.abort()
          return ok(model)
        },
      },
    },
    controller.signal,
  )
  expect(Object.keys(found)).toEqual(['data', 'key', 'model'])
})

test('info names the language the environment asks for until the person chooses', async () => {
  expect(await new DoctorService(healthy().needs).info()).toEqual({
    ok: true,
    value: {
      appVersion: '0.0.0-test',
      host: 'cli',
      dataFolder: '/data',
      keyPlace: 'keyring',
      platform: `${process.platform} ${process.arch}`,
      language: 'de',
    },
  })
})
