// The queue as the window knows it: followed by events, put in order, told in words, and never guessed.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fail, ok } from '../../../../preload/contract/result.ts'
import { inOrder, jobShare, jobWords, leftOfAll } from '../../../../renderer/features/jobs/jobWords.ts'
import { batchOfRoute, createBatchesSlice, routeOfBatch } from '../../../../renderer/state/batchesSlice.ts'
import { createJobsSlice } from '../../../../renderer/state/jobsSlice.ts'
import { createFakeClient } from '../../../fakes/fakeClient.ts'
import { sampleJob } from '../../../fakes/sampleJob.ts'
import { buildState } from '../../../fakes/sliceState.ts'

let focused: boolean
beforeEach(() => {
  focused = true
  vi.stubGlobal('document', { hasFocus: () => focused })
})
afterEach(() => vi.unstubAllGlobals())

function words(key: string, values?: object): string {
  return values === undefined ? key : `${key} ${JSON.stringify(values)}`
}

function jobs(answers = {}) {
  const fake = createFakeClient(answers)
  const state = buildState(fake.client, createJobsSlice)
  return { ...fake, state }
}

test('events put jobs in the list, change them, and take removed ones out with their parts', () => {
  const { announce, state } = jobs()
  announce('jobs.changed', sampleJob({ id: 'a' }))
  announce('jobs.changed', sampleJob({ id: 'p', parentId: 'b' }))
  announce('jobs.changed', sampleJob({ id: 'b', kind: 'batch' }))
  announce('jobs.changed', sampleJob({ id: 'a', state: 'paused' }))
  expect(state.get().jobs.map(({ id, state: now }) => [id, now])).toEqual([
    ['b', 'queued'],
    ['p', 'queued'],
    ['a', 'paused'],
  ])
  announce('jobs.removed', { jobId: 'b' })
  expect(state.get().jobs.map(({ id }) => id)).toEqual(['a'])
})

test('what ends while the window is not in front is noticed, by name; parts and what one watches are not', () => {
  const { announce, state } = jobs()
  for (const id of ['a', 'b', 'p']) {
    announce('jobs.changed', sampleJob({ id, state: 'running', parentId: id === 'p' ? 'b' : null }))
  }
  announce('jobs.changed', sampleJob({ id: 'a', state: 'done' }))
  expect(state.get().jobNotices).toEqual([])
  focused = false
  announce('jobs.changed', sampleJob({ id: 'p', state: 'done', parentId: 'b' }))
  announce('jobs.changed', sampleJob({ id: 'b', title: 'Contracts', state: 'failed' }))
  expect(state.get().jobNotices).toEqual([{ jobId: 'b', title: 'Contracts', state: 'failed' }])
  state.get().dismissJobNotices()
  expect(state.get().jobNotices).toEqual([])
})

test('a refusal is shown; the next answer takes it away', async () => {
  const fake = jobs({ 'jobs.pause': () => fail('disk-full', { folder: 'data' }), 'jobs.stop': () => ok({}) })
  await fake.state.get().pauseJob('a')
  expect(fake.state.get().jobsFailure?.code).toBe('disk-full')
  await fake.state.get().stopJob('a')
  expect(fake.state.get().jobsFailure).toBeNull()
  expect(fake.asked.map(({ method, input }) => [method, input])).toEqual([
    ['jobs.pause', { jobId: 'a' }],
    ['jobs.stop', { jobId: 'a' }],
  ])
})

test('in order: what runs, what waits by its place, what rests, then what ended; parts of a batch are not listed', () => {
  const list = [
    sampleJob({ id: 'done', state: 'done' }),
    sampleJob({ id: 'second', place: 2, waitsFor: 'turn' }),
    sampleJob({ id: 'part', parentId: 'x' }),
    sampleJob({ id: 'paused', state: 'paused' }),
    sampleJob({ id: 'first', place: 1, waitsFor: 'turn' }),
    sampleJob({ id: 'running', state: 'running' }),
  ]
  const { owed, ended } = inOrder(list)
  expect(owed.map(({ id }) => id)).toEqual(['running', 'first', 'second', 'paused'])
  expect(ended.map(({ id }) => id)).toEqual(['done'])
})

test('time left of all is said only when it is known of each', () => {
  const known = [sampleJob({ remainingMs: 1000 }), sampleJob({ id: 'b', state: 'running', remainingMs: 2000 })]
  expect(leftOfAll(known)).toBe(3000)
  expect(leftOfAll([...known, sampleJob({ id: 'c' })])).toBeNull()
  expect(leftOfAll([sampleJob({ state: 'paused', remainingMs: 5 })])).toBeNull()
})

test('a job in words', () => {
  const running = sampleJob({ state: 'running', doneSteps: 3, totalSteps: 12, remainingMs: 120_000 })
  expect(jobWords(running, words, 'en')).toBe(
    'jobs.state.running · jobs.counted.steps {"done":"3","total":"12"} · jobs.left {"time":"2 minutes"}',
  )
  expect(jobWords(sampleJob({ waitsFor: 'turn', place: 4, totalSteps: 0 }), words, 'en')).toBe(
    'jobs.wait.place {"place":4}',
  )
  expect(jobWords(sampleJob({ state: 'running', waitsFor: 'chat', totalSteps: 0 }), words, 'en')).toBe('jobs.wait.chat')
  expect(jobWords(sampleJob({ state: 'done', remainingMs: null }), words, 'en')).toBe('jobs.state.done')
  expect([jobShare({ doneSteps: 1, totalSteps: 4 }), jobShare({ doneSteps: 0, totalSteps: 0 })]).toEqual([0.25, null])
})

test('a batch has an address of its own; a refused start stays on the sheet', async () => {
  expect([batchOfRoute(routeOfBatch('j1')), batchOfRoute('d1'), batchOfRoute(null)]).toEqual(['j1', null, null])
  const fake = createFakeClient({ 'batches.start': () => fail('batch-empty', { name: 'Empty', files: 2 }) })
  const state = buildState(fake.client, createBatchesSlice)
  state.get().askForBatch({ folderId: 'f1', name: 'Empty' })
  await state.get().startBatch('brief', '')
  expect(state.get().batchStart).toMatchObject({ order: { folderId: 'f1' }, failure: { code: 'batch-empty' } })
  expect(fake.asked[0]?.input).toEqual({ folderId: 'f1', preset: 'brief' })
})
