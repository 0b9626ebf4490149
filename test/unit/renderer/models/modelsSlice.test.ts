// Models in the window: choosing, loading, forgetting, permission, linking with progress and Stop.
import { describe, expect, test } from 'vitest'
import type { ModelRecord } from '#contract/model.ts'
import { fail, failureOf, ok } from '#contract/result.ts'
import { createModelsSlice } from '../../../../renderer/state/modelsSlice.ts'
import { createSettingsSlice } from '../../../../renderer/state/settingsSlice.ts'
import { type Answers, createFakeClient, streamOf } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const model: ModelRecord = {
  id: 'm',
  name: 'Model',
  path: '/m.gguf',
  bytes: 10,
  sha256: 'a',
  architecture: 'llama',
  parameters: 7,
  contextTokens: 2048,
  summaryMode: 'free',
  chatWrapper: 'matched',
  starter: false,
  licence: null,
  catalogueId: null,
  ours: false,
  shared: false,
}

function setUp(answers: Answers = {}) {
  const fake = createFakeClient({
    'models.list': async () => ok([model]),
    'models.engine': async () => ok({ state: 'idle' as const }),
    'settings.set': async ({ key, value }: { key: 'modelId'; value: string }) =>
      ok({ key, value, source: 'person' as const, locked: false, reason: null, contact: null }),
    ...answers,
  })
  const state = buildState(fake.client, (tools) => ({ ...createSettingsSlice(tools), ...createModelsSlice(tools) }))
  const methods = () => fake.asked.map(({ method, input }) => [method, input])
  return { fake, state, methods }
}

test('the list and the engine are read, and the engine is followed', async () => {
  const { fake, state } = setUp()
  expect([state.get().models, state.get().modelsKnown]).toEqual([[], false])
  await state.get().refreshModels()
  expect([state.get().models, state.get().modelsKnown]).toEqual([[model], true])
  fake.announce('models.engine-changed', { state: 'loading', modelId: 'm', progress: 0.5 })
  expect(state.get().engine).toEqual({ state: 'loading', modelId: 'm', progress: 0.5 })
})

test('using a model chooses it and loads it', async () => {
  const { state, methods } = setUp({ 'models.load': async () => ok({ state: 'idle' }) })
  await state.get().chooseModel('m')
  expect(methods()).toEqual([
    ['settings.set', { key: 'modelId', value: 'm' }],
    ['models.load', {}],
  ])
})

test('a model that may not be chosen is not loaded', async () => {
  const { state, methods } = setUp({
    'settings.set': async () => fail('setting-locked', { key: 'modelId', reason: '', contact: '' }),
  })
  await state.get().chooseModel('m')
  expect(methods()).toEqual([['settings.set', { key: 'modelId', value: 'm' }]])
})

test('a load that fails says why, until the next step', async () => {
  const { fake, state } = setUp({ 'models.load': async () => fail('engine-out-of-memory', {}) })
  await state.get().loadModel()
  expect(state.get().modelFailure).toEqual(failureOf('engine-out-of-memory', {}))
  fake.answers = { ...fake.answers, 'models.unload': async () => ok({ state: 'idle' }) }
  await state.get().unloadModel()
  expect(state.get().modelFailure).toBe(null)
})

test('forgetting the chosen model goes back to choosing automatically', async () => {
  const { fake, state, methods } = setUp({ 'models.load': async () => ok({}), 'models.remove': async () => ok({}) })
  await state.get().chooseModel('m')
  fake.asked.length = 0
  await state.get().forgetModel('m')
  expect(methods().slice(0, 2)).toEqual([
    ['models.remove', { modelId: 'm' }],
    ['settings.set', { key: 'modelId', value: '' }],
  ])
})

test('forgetting that fails changes no setting', async () => {
  const gone = failureOf('not-found', { what: 'model', id: 'm' })
  const { state, methods } = setUp({ 'models.remove': async () => ({ ok: false, failure: gone }) })
  await state.get().forgetModel('m')
  expect(methods()).toEqual([
    ['models.remove', { modelId: 'm' }],
    ['models.list', {}],
    ['models.engine', {}],
  ])
  expect(state.get().modelFailure).toEqual(gone)
})

test('permission for a template is asked of the program, and the list read again', async () => {
  const { state, methods } = setUp({ 'models.allow-template': async () => ok({}) })
  await state.get().allowTemplate('m')
  expect(methods().map(([method]) => method)).toEqual(['models.allow-template', 'models.list', 'models.engine'])
})

describe('linking a file', () => {
  test('shows progress, then the model, and reads the list', async () => {
    const seen: unknown[] = []
    const { state } = setUp({
      'models.import': () =>
        (async function* () {
          yield { type: 'progress', readBytes: 4, totalBytes: 10 }
          seen.push(state.get().modelImport)
          yield { type: 'finished', reason: 'complete', model }
          return ok(undefined)
        })(),
    })
    await state.get().importModel('/m.gguf')
    expect(seen).toEqual([{ state: 'checking', path: '/m.gguf', readBytes: 4, totalBytes: 10 }])
    expect([state.get().modelImport, state.get().models]).toEqual([{ state: 'linked', model }, [model]])
  })

  test('Stop is an outcome', async () => {
    const gate = Promise.withResolvers<void>()
    const { fake, state } = setUp({
      'models.import': () =>
        (async function* () {
          await gate.promise
          yield { type: 'finished', reason: 'stopped', model: null }
          return ok(undefined)
        })(),
    })
    const importing = state.get().importModel('/m.gguf')
    state.get().stopImport()
    expect(fake.asked[0]?.signal?.aborted).toBe(true)
    gate.resolve()
    await importing
    expect(state.get().modelImport).toEqual({ state: 'stopped' })
  })

  test('a refused file says why, and a second import waits for no first', async () => {
    const failure = failureOf('model-invalid', { name: 'm.gguf', reason: 'truncated' })
    const { fake, state } = setUp({ 'models.import': () => streamOf([], { ok: false, failure }) })
    const first = state.get().importModel('/m.gguf')
    await state.get().importModel('/other.gguf')
    await first
    expect(state.get().modelImport).toEqual({ state: 'failed', failure })
    expect(fake.asked.filter(({ method }) => method === 'models.import').length).toBe(1)
  })
})
