// The first page: the sample is read and shown, every way on is remembered, and nobody is held there.
import { expect, test } from 'vitest'
import type { SampleDocument } from '#contract/document.ts'
import { fail, failureOf, ok } from '#contract/result.ts'
import { createFirstRunSlice } from '../../../../renderer/state/firstRunSlice.ts'
import { createSettingsSlice } from '../../../../renderer/state/settingsSlice.ts'
import { type Answers, createFakeClient, streamOf } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const sample: SampleDocument = { name: 'a.pdf', title: 'A', path: '/s/a.pdf', unit: 'page', units: 6 }
const kept = { key: 'welcomed', value: true, source: 'person', locked: false, reason: null, contact: null } as const

function setUp(answers: Answers = {}) {
  const went: unknown[] = []
  const fake = createFakeClient({ 'settings.set': async () => ok(kept), ...answers })
  const state = buildState(fake.client, (tools) => ({
    ...createSettingsSlice(tools),
    ...createFirstRunSlice(tools),
    refreshDocuments: async () => void went.push('documents'),
    navigate: (...place: unknown[]) => void went.push(place),
  }))
  return { fake, state, went }
}

test('the samples are listed', async () => {
  const { state } = setUp({ 'documents.samples': async () => ok([sample]) })
  await state.get().refreshSamples()
  expect(state.get().samples).toEqual([sample])
})

test('reading the sample adds it, leaves the page for good and opens the document', async () => {
  const { fake, state, went } = setUp({
    'documents.add': () =>
      streamOf(
        [
          { type: 'progress', unit: 'page', read: 1, total: 6 },
          { type: 'added', document: { id: 'd' } },
        ],
        ok(undefined),
      ),
  })
  const reading = state.get().readSample(sample)
  expect(state.get().sampleReading).toEqual({ state: 'reading' })
  await reading
  expect([state.get().sampleReading, state.get().welcomeLeft]).toEqual([{ state: 'none' }, true])
  expect(went).toEqual(['documents', ['documents', 'd']])
  expect(fake.asked.map(({ method, input }) => [method, input])).toEqual([
    ['documents.add', { path: '/s/a.pdf' }],
    ['settings.set', { key: 'welcomed', value: true }],
  ])
})

test('a sample that cannot be read says why and leaves the page where it is', async () => {
  const failure = failureOf('disk-full', { folder: '/d' })
  const { state, went } = setUp({ 'documents.add': () => streamOf([], { ok: false, failure }) })
  await state.get().readSample(sample)
  expect([state.get().sampleReading, state.get().welcomeLeft, went]).toEqual([{ state: 'failed', failure }, false, []])
})

test('leaving while the sample is read stops it and opens nothing', async () => {
  const gate = Promise.withResolvers<void>()
  const { fake, state, went } = setUp({
    'documents.add': () =>
      (async function* () {
        await gate.promise
        yield { type: 'added', document: { id: 'd' } }
        return ok(undefined)
      })(),
  })
  const reading = state.get().readSample(sample)
  state.get().leaveWelcome()
  expect(fake.asked[0]?.signal?.aborted).toBe(true)
  gate.resolve()
  await reading
  expect([went, state.get().welcomeLeft]).toEqual([[], true])
})

test('where it cannot be kept the page is left all the same', async () => {
  const { state } = setUp({ 'settings.set': async () => fail('data-read-only', { folder: '/d' }) })
  state.get().leaveWelcome()
  await Promise.resolve()
  expect(state.get().welcomeLeft).toBe(true)
})
